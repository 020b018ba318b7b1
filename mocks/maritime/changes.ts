import type { Facts, View } from './checks.ts'
import type { Attempt, Filing, Path } from './filing.ts'
import { type Changing, changeRoot, type ExaminedChange, examineChange, locations } from './procedures/change.ts'
import { procedures } from './procedures/index.ts'
import type { Fault, Found } from './shape.ts'
import type { Out } from './write.ts'

type Filings = ReadonlyMap<string, Filing>

/** States in which a filing cannot be changed any more. */
const over = ['REFUSED', 'EXPIRED', 'CANCELLED', 'DEPARTED']
/** States of a change that is not decided. */
const undecided = ['SUBMITTED', 'ACCEPTED', 'IN_REVIEW']

/** The newest attempt of the filing that a change names, when there is one and it is the one described. */
export function changedBy(filings: Filings, { path, ourReference, number }: Changing) {
  const filing = filings.get(ourReference)
  const attempt = filing?.attempts.at(-1)
  if (filing?.path !== path || attempt === undefined) return undefined
  return number === '' || Object.values(attempt.numbers).includes(number) ? { filing, attempt } : undefined
}

/**
 * What forbids a change as things stand 不予变更. `self` is the change itself, which is no other change. Whether cargo is still named
 * by a ship is asked when it is decided: whoever takes back both may send them in any order.
 */
export function against(
  filings: Filings,
  changing: Changing,
  facts: Facts | undefined,
  self: string,
  now: number,
  isDecided: boolean,
): Fault[] {
  const changed = changedBy(filings, changing)
  const fault = (code: string): Fault[] => [{ code, location: locations.changed }]
  if (changed === undefined) return fault('MA-501')
  if (over.includes(changed.attempt.status) || (changed.attempt.facts?.eta ?? now) < now) return fault('MA-502')
  if (isBeingChanged(filings, changing.ourReference, self)) return fault('MA-503')
  if (changing.kind === 'cancellation') return isDecided && isNamed(filings, changed.attempt) ? fault('MA-506') : []
  return facts === undefined ? [] : againstReplacement(changed.attempt, facts)
}

/** How often the same was asked of a filing before: whoever is refused may ask again under another number. */
export const timesAsked = (filings: Filings, { kind, ourReference }: Changing): number =>
  [...filings.values()]
    .flatMap(({ attempts }) => attempts)
    .filter(({ changing }) => changing?.kind === kind && changing.ourReference === ourReference).length

const isBeingChanged = (filings: Filings, ourReference: string, self: string): boolean =>
  [...filings].some(([reference, { attempts }]) => {
    const last = attempts.at(-1)
    return reference !== self && last?.changing?.ourReference === ourReference && undecided.includes(last.status)
  })

/** A ship's declaration in force, which nobody is taking back, names the approval of this cargo. */
const isNamed = (filings: Filings, { numbers: { ApprovalNumber } }: Attempt): boolean =>
  typeof ApprovalNumber === 'string' &&
  [...filings].some(([reference, { path, attempts }]) => {
    const last = attempts.at(-1)
    return (
      path === 'dangerous-ship' &&
      last !== undefined &&
      !over.includes(last.status) &&
      last.facts?.approvals.includes(ApprovalNumber) === true &&
      !isBeingCancelled(filings, reference)
    )
  })

const isBeingCancelled = (filings: Filings, ourReference: string): boolean =>
  [...filings.values()].some(({ attempts }) => {
    const last = attempts.at(-1)
    const { changing } = last ?? {}
    return (
      changing?.kind === 'cancellation' &&
      changing.ourReference === ourReference &&
      undecided.includes(last?.status ?? '')
    )
  })

function againstReplacement({ facts: before, validUntil = Number.NaN }: Attempt, after: Facts): Fault[] {
  const fault = (code: string, location: string): Fault => ({ code, location: `/${changeRoot}${location}` })
  return [
    ...(before?.bound.to === after.bound.to ? [] : [fault('MA-504', after.bound.location)]),
    ...(after.etd > validUntil ? [fault('MA-505', '/DeparturePermitApplication/Etd')] : []),
  ]
}

/** What is asked, in the outcome table's word, and whether it is answered at once. */
export function kindOf(path: Path, changing: Changing | undefined): { word: string; inline: boolean } {
  if (path !== 'changes') return procedures[path]
  const inline = changing !== undefined && procedures[changing.path].inline
  const kind = changing?.kind ?? 'amendment'
  return { word: inline ? `inland-${kind}` : kind, inline }
}

/** Reads a document of any kind. */
export function examine(path: Path, content: Found, view: View): ExaminedChange {
  return path === 'changes' ? examineChange(content, view) : procedures[path].examiner.examine(content, view)
}

/** What a change is about, as its receipts say. */
export const changedOf = ({ path, ourReference, number }: Changing): Out => ({
  Procedure: path,
  OurReference: ourReference || undefined,
  Number: number || undefined,
})
