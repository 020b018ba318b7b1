import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Issue } from '../../schemas/issue.ts'
import { isForbiddenWithPassengers } from './codes.ts'
import { dangerousContainers, dangerousItems, dangerousLeg, departureLeg, inlandLeg, shipNames } from './journey.ts'
import { type DangerousShip, type Departure, dangerousCargo, type InlandReport } from './particulars.ts'
import { broken, conflict, expired, imoRow, legRows, limitedItems, type Row } from './rules.ts'

/** What the office would refuse of the report of an inland voyage. */
export function checkInlandReport(declaration: Declaration, _given: InlandReport): Issue[] {
  const placed = inlandLeg(declaration)
  if (placed === undefined) return []
  const { departureDateTime = '', arrivalDateTime = '' } = placed.leg
  return broken([
    ...legRows(placed),
    [
      Date.parse(arrivalDateTime) <= Date.parse(departureDateTime),
      `${placed.pointer}/arrivalDateTime`,
      'arrival-not-after-departure',
      'The arrival is not after the departure (MA-002)',
      '抵港时间不晚于离港时间（MA-002）',
    ],
  ])
}

/** What the office would refuse of the carrier's declaration, as far as its clock and registers are not needed. */
export function checkDangerousShip(declaration: Declaration, given: DangerousShip): Issue[] {
  const placed = dangerousLeg(declaration)
  if (placed === undefined) return []
  const { imo } = shipNames(placed)
  const base = '/particulars/maritime/dangerous-ship'
  const stowage = given.stowage ?? []
  const boxes = new Set(dangerousContainers(declaration).map(({ container }) => container.id))
  return broken([
    ...legRows(placed),
    ...(imo === undefined ? [] : [imoRow(imo, placed)]),
    ...dangerousItems(declaration).map(
      ({ dangerous, pointer }): Row => [
        given.shipType === 'PASSENGER' && isForbiddenWithPassengers(dangerous.classCode ?? ''),
        `${pointer}/dangerousGoods/classCode`,
        'forbidden-on-passenger-ship',
        `Class ${dangerous.classCode} may not move on a passenger ship (MA-205)`,
        `${dangerous.classCode}类危险货物禁止由客船载运（MA-205）`,
      ],
    ),
    ...stowage.map(
      ({ containerId }, at): Row => [
        !boxes.has(containerId) || stowage.findIndex((stow) => stow.containerId === containerId) !== at,
        `${base}/stowage/${at}/containerId`,
        'container-not-due',
        `${containerId} holds no dangerous goods of this declaration, or has a row already`,
        `集装箱${containerId}未装本申报的危险货物，或已有数据行`,
      ],
    ),
    ...bayRows(declaration, stowage),
  ])
}

/** The bay of a stowage position: what stands before row and tier, two digits each. */
const bayOf = (position: string) => Number(position.slice(0, -4))

function bayRows(declaration: Declaration, stowage: NonNullable<DangerousShip['stowage']>): Row[] {
  // What is in limited quantities is known from the shipper's declaration, of this same office.
  const cargo = dangerousCargo.safeParse(declaration.particulars?.['maritime']?.['dangerous-cargo'])
  const limited = limitedItems(cargo.data)
  const boxes = new Map(
    dangerousContainers(declaration).map(({ container, items }) => [
      container.id,
      items.filter(({ item }) => !limited.has(item.sequence)),
    ]),
  )
  return stowage.flatMap((stow, at) =>
    stowage.slice(0, at).flatMap((other): Row[] => {
      const [ours, theirs] = [boxes.get(stow.containerId) ?? [], boxes.get(other.containerId) ?? []]
      return [
        [
          bayOf(stow.position) === bayOf(other.position) &&
            ours.some((one) => theirs.some((two) => conflict(one, two))),
          `/particulars/maritime/dangerous-ship/stowage/${at}/position`,
          'segregation-conflict',
          `Containers ${stow.containerId} and ${other.containerId} may not lie in one bay (MA-204)`,
          `集装箱${stow.containerId}与${other.containerId}不得积载于同一贝位（MA-204）`,
        ],
      ]
    }),
  )
}

/** What the office would refuse of the application to leave, as far as its clock and the other agencies are not needed. */
export function checkDeparture(declaration: Declaration, given: Departure): Issue[] {
  const placed = departureLeg(declaration)
  if (placed === undefined) return []
  const expiry = given.securityCertificate?.expiryDate
  return broken([
    ...legRows(placed),
    imoRow(shipNames(placed).imo, placed),
    [
      expired(expiry, placed),
      '/particulars/maritime/departure/securityCertificate/expiryDate',
      'certificate-expired',
      `The security certificate ISSC expires on ${expiry}, before the departure (MA-401)`,
      `国际船舶保安证书于${expiry}到期，早于离港日期（MA-401）`,
    ],
  ])
}
