import { expiredAt, type Rules, when } from '../checks.ts'
import {
  contact,
  count,
  headGroup,
  instantOf,
  isCountry,
  isDay,
  isImoNumber,
  isName,
  isTime,
  place,
  voyage,
} from '../formats.ts'
import { group, matches, may, must, upTo } from '../shape.ts'

const shape = group({
  Head: headGroup,
  Applicant: group(contact),
  Ship: group({ Name: must(isName), ImoNumber: must(isImoNumber), Flag: must(isCountry), CallSign: may(upTo(10)) }),
  Voyage: voyage,
  Port: group(place),
  NextPort: group(place),
  Etd: must(isTime),
  CrewCount: count,
  SecurityCertificate: group(
    { Number: must(upTo(35), { missing: 'MA-401' }), Expiry: must(isDay, { missing: 'MA-401' }) },
    { missing: 'MA-401' },
  ),
  CustomsReleaseNumber: must(matches(/^\d{18}$/), { missing: 'MA-402' }),
  BorderClearanceNumber: must(upTo(20), { missing: 'MA-402' }),
})

const root = '/DeparturePermitApplication'

/** 出口岸许可 A ship's permit to leave the port for abroad, when customs and border inspection have signed. */
export const departure: Rules<ReturnType<typeof shape.read>> = {
  root: 'DeparturePermitApplication',
  shape,
  check: ({ Port, NextPort, Etd, CrewCount, SecurityCertificate: { Expiry } }) => [
    ...when(Port.UNLoCode !== '' && !Port.UNLoCode.startsWith('CN'), 'MA-002', `${root}/Port/UNLoCode`),
    ...when(NextPort.UNLoCode.startsWith('CN'), 'MA-002', `${root}/NextPort/UNLoCode`),
    ...when(CrewCount !== '' && Number(CrewCount) === 0, 'MA-002', `${root}/CrewCount`),
    ...when(expiredAt(Expiry, Etd), 'MA-401', `${root}/SecurityCertificate/Expiry`),
  ],
  facts: ({ Etd, Voyage, Port, Ship }) => ({
    etd: instantOf(Etd),
    voyage: Voyage,
    place: Port.UNLoCode,
    contents: [],
    approvals: [],
    bound: { to: Ship.ImoNumber, location: `${root}/Ship/ImoNumber` },
    eta: Number.NaN,
  }),
}
