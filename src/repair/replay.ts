import { createHash } from 'node:crypto'
import type { Text } from '../../schemas/text.ts'
import { loadDocuments, lockCases, readCase } from '../db/cases.ts'
import { type Client, type Database, transaction } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { lockWaiting, readStored, readWaiting, requeue, type Selection, selectFilings } from '../db/repair.ts'
import {
  isOpen,
  keepConfirmation,
  keepOutcome,
  keepShown,
  lockReplays,
  type Replay,
  type ReplayFiling,
  readReplayFilings,
} from '../db/replays.ts'
import type { Case, Filing } from '../filing/case.ts'
import { keepChanges } from '../filing/keep.ts'
import type { Adapters } from '../filing/plan.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { judge, type Manner, refusals, type Verdict } from './judge.ts'
import { type LineDifference, lineDifference } from './lines.ts'

/** What an operator wants sent again. */
export interface Wanted extends Manner {
  readonly select: Selection
}

/** One filing as a replay shows it before anything is sent. */
export interface ShownFiling {
  readonly filingId: string
  readonly declarationId: string
  readonly agency: string
  readonly procedure: string
  readonly attempt: number
  readonly status: string
  readonly verdict: Verdict
  /** Against the stored bytes, where it is encoded anew. */
  readonly difference: LineDifference | undefined
}

/** What a replay would do: confirmed by its digest. */
export interface Shown {
  readonly digest: string
  readonly until: Date
  readonly filings: readonly ShownFiling[]
  readonly left: number
  readonly answered: number
  /** The last filing shown: the next replay's selection goes on after it. */
  readonly after: string | undefined
}

const requestOf = ({ select, from, force }: Wanted): string =>
  JSON.stringify([
    select.filingId ?? select.filingIds,
    select.agency,
    select.from,
    select.to,
    select.after,
    from,
    force,
  ])

/** How a replay that was kept sends. */
export function mannerOf({ request }: Pick<Replay, 'request'>): Manner {
  const [from, force] = (JSON.parse(request) as unknown[]).slice(-2) as [Manner['from'], boolean]
  return { from, force }
}

/** Shows what would be sent again, filing by filing, and keeps what was shown: only that can be confirmed. @throws {Problem} not-found */
export async function showReplay(database: Database, adapters: Adapters, wanted: Wanted, now: Date): Promise<Shown> {
  const {
    filings: chosen,
    left,
    answered,
  } = await selectFilings(database, wanted.select, wanted.force, limits.replayMost)
  const isNamed = wanted.select.filingId !== undefined || wanted.select.filingIds !== undefined
  if (isNamed && chosen.length === 0) throw new Problem('not-found')
  const filings: ShownFiling[] = []
  for (const { filingId, declarationId } of chosen) {
    const shown = await showFiling(database, adapters, declarationId, filingId, wanted, now)
    if (shown !== undefined) filings.push(shown)
  }
  const bytesOf = ({ verdict }: ShownFiling) => (verdict.send ? verdict.digest : undefined)
  const id = newId(now.getTime())
  const digest = createHash('sha256')
    .update(
      JSON.stringify([id, requestOf(wanted), filings.map((one) => [one.filingId, one.attempt, bytesOf(one) ?? null])]),
    )
    .digest('base64url')
  await keepShown(
    database,
    { id, digest, request: requestOf(wanted), left },
    filings.map((one) => ({ ...one, instant: now, bytes: bytesOf(one) })),
    now,
    new Date(now.getTime() - limits.replayConfirmMs),
  )
  const until = new Date(now.getTime() + limits.replayConfirmMs)
  return { digest, until, filings, left, answered, after: left > 0 ? filings.at(-1)?.filingId : undefined }
}

async function showFiling(
  database: Database,
  adapters: Adapters,
  declarationId: string,
  filingId: string,
  manner: Manner,
  now: Date,
): Promise<ShownFiling | undefined> {
  const { at, documents } = await readCase(database, declarationId)
  const filing = at?.filings.find(({ id }) => id === filingId)
  if (at === undefined || filing === undefined || documents === undefined) return undefined
  const { agency, procedure, attempt, status } = filing
  const stored = await readStored(database.pool, filingId, attempt)
  const waiting = await readWaiting(database.pool, filingId, attempt)
  const verdict = judge(adapters, at, filing, { documents, stored, waiting }, manner, now)
  const difference =
    manner.from === 'encoded' && verdict.send
      ? lineDifference(stored?.body ?? '', verdict.message.body ?? '')
      : undefined
  return { filingId, declarationId, agency, procedure, attempt, status, verdict, difference }
}

/** A replay as an operator confirms it: what was shown, named by its digest, and why. */
export interface Confirmation {
  readonly wanted: Wanted
  readonly digest: string
  readonly reason: string
  readonly by: string
  readonly key: string
  readonly bodyHash: string
}

/**
 * Carries out what was shown, one transaction a filing: each answers for itself. The same confirmation again, after a crash too,
 * goes on where it broke off and sends nothing twice.
 * @throws {Problem} not-as-shown, idempotency-key-reused
 */
export async function confirmReplay(
  database: Database,
  adapters: Adapters,
  confirmation: Confirmation,
  now: Date,
): Promise<{ id: string; replayed: boolean }> {
  const { replay, replayed } = await transaction(database.pool, (client) => claim(client, confirmation, now))
  for (const filing of await readReplayFilings(database, replay.id))
    if (filing.outcome === undefined) await replayFiling(database, adapters, replay.id, filing, confirmation, now)
  return { id: replay.id, replayed }
}

async function claim(
  client: Client,
  confirmation: Confirmation,
  now: Date,
): Promise<{ replay: Replay; replayed: boolean }> {
  const { key, bodyHash, digest, wanted } = confirmation
  const found = await lockReplays(client, key, digest)
  const known = found.find((replay) => replay.key === key)
  if (known !== undefined) {
    if (known.bodyHash !== bodyHash) throw new Problem('idempotency-key-reused')
    return { replay: known, replayed: true }
  }
  const shown = found.find((replay) => replay.digest === digest)
  const isTooOld = shown !== undefined && now.getTime() - shown.shownAt.getTime() > limits.replayConfirmMs
  if (shown === undefined || isTooOld || shown.request !== requestOf(wanted)) throw new Problem('not-as-shown')
  if (shown.confirmedAt !== undefined)
    throw new Problem('not-as-shown', {
      detail: {
        en: `It was carried out already: /v1/operations/replays/${shown.id}`,
        zh: `该重发已执行：/v1/operations/replays/${shown.id}`,
      },
    })
  await keepConfirmation(client, shown.id, confirmation, now)
  return { replay: shown, replayed: false }
}

/** Sends one filing again, or says why not: bytes, delivery, event and outcome in one transaction. */
function replayFiling(
  database: Database,
  adapters: Adapters,
  replayId: string,
  shown: ReplayFiling,
  { wanted, reason, by }: Confirmation,
  now: Date,
): Promise<void> {
  return transaction(database.pool, async (client) => {
    const at = (await lockCases(client, [shown.declarationId])).get(shown.declarationId)
    if (!(await isOpen(client, replayId, shown.filingId))) return
    const end = (outcome: string, detail?: Text) => keepOutcome(client, replayId, shown.filingId, outcome, detail)
    const filing = at?.filings.find(({ id }) => id === shown.filingId)
    const documents = at && (await loadDocuments(client, [at])).get(at.id)
    if (at === undefined || filing === undefined || documents === undefined)
      return end('not-there', refusals['not-there'])
    const stored = await readStored(client, filing.id, filing.attempt)
    const waiting = await lockWaiting(client, filing.id, filing.attempt)
    const verdict = judge(adapters, at, filing, { documents, stored, waiting }, wanted, shown.instant)
    if (!verdict.send) return end(verdict.code, verdict.why)
    if (verdict.digest !== shown.bytes) return end('changed', refusals.changed)
    tell(at, filing, verdict, { replayId, from: wanted.from, force: wanted.force, reason, by })
    await keepChanges({ client, adapters, now }, verdict.changes)
    const instant = verdict.changes.outbound.find((going) => going.filing === filing)?.instant
    await requeue(
      client,
      filing,
      {
        instant: instant === undefined ? (waiting?.instant ?? stored?.at ?? now) : new Date(instant),
        unknown: verdict.asksFirst,
      },
      now,
    )
    return end('accepted')
  })
}

function tell(
  at: Case,
  filing: Filing,
  { changes, digest, asksFirst }: Extract<Verdict, { send: true }>,
  act: Record<string, unknown>,
): void {
  changes.happenings.push({
    declarationId: at.id,
    type: 'filing.replayed',
    filingId: filing.id,
    data: {
      agency: filing.agency,
      procedure: filing.procedure,
      attempt: filing.attempt,
      ...act,
      bytes: digest,
      asksFirst,
    },
  })
}
