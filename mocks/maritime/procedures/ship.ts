import { isContainerNumber } from '../../../schemas/formats.ts'
import { conflicts, hazardOf, type Rules, tooLate, type View, when } from '../checks.ts'
import {
  contact,
  headGroup,
  instantOf,
  isClass,
  isImoNumber,
  isName,
  isShipId,
  isTime,
  isUnNumber,
  isYesOrNo,
  place,
  voyage,
  waters,
} from '../formats.ts'
import { forbiddenInland, forbiddenWithPassengers } from '../parameters.ts'
import { type Fault, group, many, matches, may, must, oneOf, upTo } from '../shape.ts'

const shape = group({
  Head: headGroup,
  Carrier: group(contact),
  CargoApprovalNumber: many(must(upTo(20), { missing: 'MA-206' }), 1, 50),
  Ship: group({
    Name: must(isName),
    ShipId: may(isShipId),
    ImoNumber: may(isImoNumber),
    Type: must(oneOf('CONTAINER', 'GENERAL', 'RORO', 'PASSENGER')),
  }),
  Carriage: group({ Waters: waters, Voyage: voyage, From: group(place), To: group(place), Etd: must(isTime) }),
  Stowage: many(
    group({
      ContainerNumber: must(isContainerNumber),
      UNNumber: must(isUnNumber, { missing: 'MA-101', wrong: 'MA-101' }),
      Class: must(isClass, { missing: 'MA-102', wrong: 'MA-102' }),
      Position: must(matches(/^\d{6,7}$/)),
      OnDeck: must(isYesOrNo),
    }),
    1,
    500,
  ),
})

type Document = ReturnType<typeof shape.read>

const root = 'DangerousShipDeclaration'
const stowage = (at: number): string => `/${root}/Stowage[${at + 1}]`
/** Bay-row-tier: two digits each for row and tier, the bay before them. Source: ISO 9711-1. */
const bayOf = (position: string): string => String(Number(position.slice(0, -4)))

/** MA-206: the approvals named hold for this voyage, and name what is stowed. */
function checkApprovals({ CargoApprovalNumber, Carriage, Stowage }: Document, { approvals }: View): Fault[] {
  const isInForce = (number: string) => {
    const approval = approvals.get(number)
    return approval !== undefined && (Carriage.Voyage === '' || approval.voyage === Carriage.Voyage)
  }
  const contents = CargoApprovalNumber.filter(isInForce).flatMap((number) => approvals.get(number)?.contents ?? [])
  const isApproved = (container: string, unNumber: string) =>
    contents.some((one) => one.container === container && one.unNumber === unNumber)
  // Of an approval that is not in force one fault is enough: whatever it names is missing too.
  const unknown = CargoApprovalNumber.flatMap((number, at) =>
    when(!isInForce(number), 'MA-206', `/${root}/CargoApprovalNumber[${at + 1}]`),
  )
  if (unknown.length > 0) return unknown
  return Stowage.flatMap(({ ContainerNumber, UNNumber }, at) =>
    when(
      ContainerNumber !== '' && UNNumber !== '' && !isApproved(ContainerNumber, UNNumber),
      'MA-206',
      `${stowage(at)}/ContainerNumber`,
    ),
  )
}

/** MA-205: what this ship, on these waters, may not carry. */
function checkForbidden({ Ship, Carriage, Stowage }: Document): Fault[] {
  return Stowage.flatMap(({ UNNumber, Class }, at) => {
    const inland = Carriage.Waters === 'INLAND' && forbiddenInland.unNumbers.some((one) => one === UNNumber)
    const passengers =
      Ship.Type === 'PASSENGER' && forbiddenWithPassengers.classes.some((one) => one === hazardOf(Class))
    return when(inland || passengers, 'MA-205', `${stowage(at)}/UNNumber`)
  })
}

/** 船舶载运危险货物申报单 (船报) The carrier's declaration: which ship carries them, and where on board. */
export const ship: Rules<Document> = {
  root,
  shape,
  check: (document, view) => [
    ...when(document.Ship.ShipId === '' && document.Ship.ImoNumber === '', 'MA-001', `/${root}/Ship/ShipId`),
    ...tooLate(document.Carriage.Etd, view.now, `/${root}/Carriage/Etd`),
    ...checkApprovals(document, view),
    ...checkForbidden(document),
    ...conflicts(
      document.Stowage.map(({ Class, Position }, at) => ({
        where: bayOf(Position),
        classes: [Class],
        location: stowage(at),
      })),
    ),
  ],
  facts: ({ Carriage, CargoApprovalNumber, Ship }) => ({
    etd: instantOf(Carriage.Etd),
    voyage: Carriage.Voyage,
    place: Carriage.From.UNLoCode,
    contents: [],
    approvals: CargoApprovalNumber,
    bound: {
      to: Ship.ShipId === '' ? Ship.ImoNumber : Ship.ShipId,
      location: `/${root}/Ship/${Ship.ShipId === '' ? 'ImoNumber' : 'ShipId'}`,
    },
    eta: Number.NaN,
  }),
}
