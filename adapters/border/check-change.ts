import type { Declaration } from '../../schemas/declaration/index.ts'
import { internationalLeg, type PlacedLeg } from '../../schemas/declaration/journey.ts'
import type { Issue } from '../../schemas/issue.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import type { About, Change } from '../adapter.ts'
import { check, missing, report } from './check.ts'
import { conveyanceTypes } from './codes.ts'
import type { BorderProcedure } from './encode.ts'
import type { Particulars } from './particulars.ts'

/** Bytes a change adds to the document it replaces: its reason and contact, every character escaped. */
const changeBytes = 8 * 1024

/** A cleared conveyance may pass so many hours later than it was cleared for. Source: specification §7 [unverified, 2026-11-21]. */
const clearedForHours = 24

/** What of the new lists and the new port call is not there yet. */
export const missingAmendment = (declaration: Declaration, { change }: About = {}): Issue[] =>
  change === undefined
    ? []
    : missing(change.procedure as BorderProcedure, declaration, change.after?.particulars as Particulars | undefined)

/** What border inspection would not grant of an amendment, as far as its clock and registers are not needed. */
export function checkAmendment(declaration: Declaration, { change }: About = {}): Issue[] {
  if (change?.after === undefined) return []
  const [before, after] = [internationalLeg(change.before.declaration), internationalLeg(declaration)]
  const procedure = change.procedure as BorderProcedure
  return [
    ...tooLate(change, after),
    ...check(procedure, declaration, change.after.particulars as Particulars, changeBytes),
    ...(before === undefined || after === undefined ? [] : notAmendable(change, before, after)),
  ]
}

/** What border inspection would not grant of a cancellation. */
export const checkCancellation = (declaration: Declaration, { change }: About = {}): Issue[] =>
  change === undefined ? [] : tooLate(change, internationalLeg(declaration))

const over: readonly FilingStatus[] = ['closed', 'refused', 'withdrawn', 'reversed']

const tooLate = ({ status }: Change, placed: PlacedLeg | undefined): Issue[] =>
  over.includes(status)
    ? [
        report(
          placed?.pointer ?? '/goodsShipment/consignment/legs',
          'too-late',
          'Rejected, cancelled, or the conveyance has passed the border: nothing can be changed (BI-402)',
          '申报已退回、已撤销或运输工具已出入境，不得变更（BI-402）',
        ),
      ]
    : []

function notAmendable(change: Change, { leg: before }: PlacedLeg, { leg: after, pointer }: PlacedLeg): Issue[] {
  const [end, time] =
    change.procedure === 'departure' ? (['from', 'departureDateTime'] as const) : (['to', 'arrivalDateTime'] as const)
  const sameKind = conveyanceTypes[before.modeCode] === conveyanceTypes[after.modeCode]
  const latest = Date.parse(before[time] ?? '') + clearedForHours * 3_600_000
  const rows: readonly [is: boolean, below: string, en: string, zh: string][] = [
    [
      !sameKind || before.conveyance?.id !== after.conveyance?.id,
      sameKind ? 'conveyance/id' : 'modeCode',
      'Another conveyance is no correction: cancel, and declare anew (BI-404)',
      '更换运输工具不属更正，请撤销后重新申报（BI-404）',
    ],
    [
      before[end].unLocode !== after[end].unLocode,
      `${end}/unLocode`,
      'Another port is no correction: cancel, and declare anew (BI-404)',
      '更换口岸不属更正，请撤销后重新申报（BI-404）',
    ],
    [
      change.status === 'approved' && Date.parse(after[time] ?? '') > latest,
      time,
      `Cleared, and more than ${clearedForHours} h later: formalities again; cancel, and declare anew (BI-405)`,
      `已放行且推迟超过${clearedForHours}小时，须重新办理手续，请撤销后重新申报（BI-405）`,
    ],
  ]
  return rows.filter(([is]) => is).map(([, below, en, zh]) => report(`${pointer}/${below}`, 'not-amendable', en, zh))
}
