import { type Rules, when } from '../checks.ts'
import {
  contact,
  count,
  headGroup,
  instantOf,
  isDecimal,
  isName,
  isShipId,
  isTime,
  isYesOrNo,
  millionths,
  place,
  voyage,
} from '../formats.ts'
import { group, matches, may, must, upTo } from '../shape.ts'

const shape = group({
  Head: headGroup,
  Reporter: group(contact),
  Ship: group({
    Name: must(isName),
    ShipId: must(isShipId),
    Mmsi: may(matches(/^\d{9}$/)),
    GrossTonnage: may(isDecimal),
  }),
  Voyage: voyage,
  From: group(place),
  To: group(place),
  Etd: must(isTime),
  Eta: must(isTime),
  Cargo: group({ Summary: must(upTo(256)), ContainerCount: count, DangerousOnBoard: must(isYesOrNo) }),
})

/** Gross tonnage below which a ship need not have an MMSI. Source: inland report rules of 2017-03-22. */
const smallShip = millionths('100')
const isAbroad = (unLocode: string): boolean => unLocode !== '' && !unLocode.startsWith('CN')

/** 进出港报告 Inland voyage report: a domestic leg, put on record. */
export const inland: Rules<ReturnType<typeof shape.read>> = {
  root: 'InlandReport',
  shape,
  check: ({ Ship, From, To, Etd, Eta }) => {
    const isSmall = Ship.GrossTonnage !== '' && millionths(Ship.GrossTonnage) < smallShip
    return [
      ...when(Ship.Mmsi === '' && !isSmall, 'MA-001', '/InlandReport/Ship/Mmsi'),
      ...when(isAbroad(From.UNLoCode), 'MA-002', '/InlandReport/From/UNLoCode'),
      ...when(isAbroad(To.UNLoCode), 'MA-002', '/InlandReport/To/UNLoCode'),
      ...when(Etd !== '' && Eta !== '' && instantOf(Eta) <= instantOf(Etd), 'MA-002', '/InlandReport/Eta'),
    ]
  },
  facts: ({ Etd, Eta, Voyage, From, Ship }) => ({
    etd: instantOf(Etd),
    voyage: Voyage,
    place: From.UNLoCode,
    contents: [],
    approvals: [],
    bound: { to: Ship.ShipId, location: '/InlandReport/Ship/ShipId' },
    eta: instantOf(Eta),
  }),
}
