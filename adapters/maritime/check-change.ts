import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PlacedLeg } from '../../schemas/declaration/journey.ts'
import type { Issue } from '../../schemas/issue.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import type { About, Change, Filed } from '../adapter.ts'
import { checkDangerousShip, checkDeparture, checkInlandReport } from './check.ts'
import { checkDangerousCargo } from './check-dangerous-cargo.ts'
import { dangerousLeg, departureLeg, inlandLeg, shipNames, watersOf } from './journey.ts'
import { missingDangerousCargo, missingDangerousShip, missingDeparture, missingInlandReport } from './missing.ts'
import type { DangerousCargo, DangerousShip, Departure, InlandReport } from './particulars.ts'
import { broken } from './rules.ts'

/** A procedure as a change of it looks at it. */
interface Changed {
  missing(after: Filed): Issue[]
  check(after: Filed): Issue[]
  leg(declaration: Declaration): PlacedLeg | undefined
  /** What no change may touch (MA-504), and where below the leg it stands. */
  bound(filed: Filed, placed: PlacedLeg): readonly [value: string | undefined, below: string]
}

const shipOf = (shipId: string | undefined, placed: PlacedLeg): readonly [string | undefined, string] => {
  const names = shipNames(placed)
  return [shipId ?? names.shipId ?? names.imo, 'conveyance/id']
}

const inlandReport: Changed = {
  missing: ({ declaration, particulars }) => missingInlandReport(declaration, particulars as InlandReport | undefined),
  check: ({ declaration, particulars }) => checkInlandReport(declaration, particulars as InlandReport),
  leg: inlandLeg,
  bound: ({ particulars }, placed) => shipOf((particulars as InlandReport | undefined)?.shipId, placed),
}

const changeable: { readonly [procedure: string]: Changed } = {
  'inland-report': inlandReport,
  'dangerous-cargo': {
    missing: ({ declaration, particulars }) =>
      missingDangerousCargo(declaration, particulars as DangerousCargo | undefined),
    check: ({ declaration, particulars }) => checkDangerousCargo(declaration, particulars as DangerousCargo),
    leg: dangerousLeg,
    bound: (_, placed) => [`${watersOf(placed)} ${placed.leg.voyageNumber}`, 'voyageNumber'],
  },
  'dangerous-ship': {
    missing: ({ declaration, particulars }) =>
      missingDangerousShip(declaration, particulars as DangerousShip | undefined),
    check: ({ declaration, particulars }) => checkDangerousShip(declaration, particulars as DangerousShip),
    leg: dangerousLeg,
    bound: ({ particulars }, placed) => shipOf((particulars as DangerousShip | undefined)?.shipId, placed),
  },
  departure: {
    missing: ({ declaration, particulars }) => missingDeparture(declaration, particulars as Departure | undefined),
    check: ({ declaration, particulars }) => checkDeparture(declaration, particulars as Departure),
    leg: departureLeg,
    bound: (_, placed) => [placed.leg.conveyance?.id, 'conveyance/id'],
  },
}

/** What of the document as it is to be is not there yet. */
export const missingAmendment = ({ change }: About = {}): Issue[] =>
  change?.after === undefined ? [] : (changeable[change.procedure]?.missing(change.after) ?? [])

/** What the office would not grant of an amendment, as far as its clock and registers are not needed. */
export function checkAmendment({ change }: About = {}): Issue[] {
  const changed = changeable[change?.procedure ?? '']
  if (change?.after === undefined || changed === undefined) return []
  return [
    ...tooLate(change, changed),
    ...changed.check(change.after),
    ...notAmendable(change.before, change.after, changed),
  ]
}

/** What the office would not grant of a cancellation. */
export function checkCancellation({ change }: About = {}): Issue[] {
  const changed = changeable[change?.procedure ?? '']
  return change === undefined || changed === undefined ? [] : tooLate(change, changed)
}

/** An inland report is closed by being received, and changed until the voyage is over; the others are closed by the ship's leaving. */
const over = (changed: Changed): readonly FilingStatus[] =>
  changed === inlandReport ? ['refused', 'withdrawn'] : ['closed', 'refused', 'withdrawn']

const tooLate = ({ status, before }: Change, changed: Changed): Issue[] =>
  broken([
    [
      over(changed).includes(status),
      changed.leg(before.declaration)?.pointer ?? '/goodsShipment/consignment/legs',
      'too-late',
      'Refused, expired, taken back, or the ship has left: nothing can be changed (MA-502)',
      '已不予许可、过期、撤销或船舶已离港，不得变更（MA-502）',
    ],
  ])

function notAmendable(before: Filed, after: Filed, changed: Changed): Issue[] {
  const [one, other] = [changed.leg(before.declaration), changed.leg(after.declaration)]
  if (one === undefined || other === undefined) return []
  const [is, below] = changed.bound(after, other)
  return broken([
    [
      changed.bound(before, one)[0] !== is,
      `${other.pointer}/${below}`,
      'not-amendable',
      'Another ship or voyage is no correction: cancel, and apply anew (MA-504)',
      '更换船舶或航次不属更正，请撤销后重新申报（MA-504）',
    ],
  ])
}
