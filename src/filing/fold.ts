import type { Receipt } from '../../schemas/receipt.ts'
import { type FilingStatus, type Hold, isRefusal, rankOf } from '../../schemas/status.ts'

/** A receipt as it is kept: with the attempt it belongs to. */
export interface KeptReceipt {
  readonly id: number
  readonly attempt: number
  readonly status: FilingStatus | undefined
  readonly at: string | undefined
  readonly receipt: Receipt
}

/** What an attempt's receipts say together. */
export interface Folded {
  readonly status: FilingStatus | undefined
  readonly holds: readonly Hold[]
  /** The receipt that set each hold that stands: why, and until when. */
  readonly heldBy: ReadonlyMap<Hold, KeptReceipt>
  /** A refusal beside a grant in one attempt: an error to show to a person. */
  readonly contradiction: boolean
  /** Newest by the agency's clock. */
  readonly last: KeptReceipt | undefined
}

const timeOf = (receipt: { at: string | undefined }) =>
  receipt.at === undefined ? Number.NEGATIVE_INFINITY : Date.parse(receipt.at)

/**
 * Sorted by the agency's time, then rank; never by arrival. At one time and rank what lifts a hold comes before what sets one
 * (the cautious reading), then by code and text. Receipts without a time (direct answers) come first.
 */
export function inAgencyOrder(receipts: readonly KeptReceipt[]): KeptReceipt[] {
  const rank = (receipt: KeptReceipt) => (receipt.status === undefined ? -1 : rankOf(receipt.status))
  const sets = ({ receipt }: KeptReceipt) => (receipt.sets?.length ? 1 : 0)
  const said = ({ receipt }: KeptReceipt) => `${receipt.code} ${receipt.text}`
  return [...receipts].sort(
    (a, b) =>
      compare(timeOf(a), timeOf(b)) ||
      rank(a) - rank(b) ||
      sets(a) - sets(b) ||
      compare(said(a), said(b)) ||
      a.id - b.id,
  )
}

const compare = <T extends number | string>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The state of one attempt from all its receipts. A pure function of the set: late, doubled and swapped receipts end in the
 * same state. Status is the highest rank reached; a hold stands until a later receipt lifts it or the matter is decided.
 */
export function fold(receipts: readonly KeptReceipt[], attempt: number): Folded {
  const ours = inAgencyOrder(receipts.filter((receipt) => receipt.attempt === attempt))
  let status: FilingStatus | undefined
  const holds = new Map<Hold, KeptReceipt>()
  let refused = false
  let granted = false
  for (const kept of ours) {
    const { receipt, status: brings } = kept
    if (brings !== undefined) {
      if (status === undefined || rankOf(brings) > rankOf(status)) status = brings
      refused ||= brings === 'refused'
      granted ||= brings === 'approved' || brings === 'closed'
      if (rankOf(brings) >= rankOf('approved')) holds.clear()
    }
    for (const hold of receipt.lifts ?? []) holds.delete(hold)
    for (const hold of receipt.sets ?? []) holds.set(hold, kept)
  }
  if (status !== undefined && isRefusal(status)) holds.clear()
  return {
    status,
    holds: [...holds.keys()].sort(),
    heldBy: holds,
    contradiction: refused && granted,
    last: ours.at(-1),
  }
}

/**
 * The attempt a receipt belongs to, by the agency's own clock: an attempt ends with its refusal, and what the agency dated
 * no later than that was said of it. `named` is the attempt the document itself names.
 */
export function attemptOf(
  at: string | undefined,
  kept: readonly KeptReceipt[],
  current: number,
  named?: number,
): number {
  if (named !== undefined) return Math.min(named, current)
  if (at === undefined) return current
  for (let attempt = 1; attempt < current; attempt++) {
    const ends = kept
      .filter((receipt) => receipt.attempt === attempt && receipt.status !== undefined && isRefusal(receipt.status))
      .map(timeOf)
    if (ends.length > 0 && Date.parse(at) <= Math.max(...ends)) return attempt
  }
  return current
}
