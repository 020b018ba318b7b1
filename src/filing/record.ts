import { createHash } from 'node:crypto'
import type { Receipt } from '../../schemas/receipt.ts'
import { loadDocuments, lockCases } from '../db/cases.ts'
import { type Database, transaction } from '../db/database.ts'
import {
  adoptable,
  finishDeliveries,
  hastenMailboxes,
  keepMessages,
  keepReceipts,
  moveMailboxes,
  resolveReferences,
} from '../db/inbound.ts'
import { keepable } from '../db/keepable.ts'
import { recordResults, saysMore } from '../recognition/record-results.ts'
import {
  attemptFor,
  type Case,
  type Changes,
  type Filing,
  isUnsent,
  namedAttempt,
  noChanges,
  receive,
  sent,
} from './case.ts'
import { mayHaveDeadlines, watchDeadlines } from './deadlines.ts'
import { keepChanges } from './keep.ts'
import type { Adapters } from './plan.ts'
import { release } from './release.ts'
import { settle } from './settle.ts'

/** Bytes that came in (or an answer that did not come). */
export interface InboundMessage {
  readonly kind: 'answer' | 'inquiry' | 'push' | 'document'
  readonly method?: string
  readonly path?: string
  readonly status?: number
  readonly contentType?: string
  readonly body?: string
  /** Why it could not be used. */
  readonly error?: string
}

/** How a delivery ended, under the fence it was leased with. */
export interface DeliveryOutcome {
  readonly filingId: string
  readonly attempt: number
  readonly fence: number
  /** `answered`: the agency has it. `later`: try again at `dueAt`; `unknown` when it may have arrived. */
  readonly verdict: 'answered' | 'later'
  readonly dueAt?: Date
  readonly unknown?: boolean
  readonly error?: string
  /** First failure of this submission: worth an event. */
  readonly first?: boolean
}

/** A mailbox that was read up to a cursor, under the fence it was leased with. */
export interface MailboxOutcome {
  readonly agency: string
  readonly fence: number
  readonly cursor: string
  readonly dueAt: Date
  readonly error?: string
}

/** One piece of news from an agency: what is kept in one transaction, or not at all. */
export interface News {
  readonly agency: string
  readonly message?: InboundMessage
  readonly receipts: readonly Receipt[]
  /** The filing whose submission this answers. */
  readonly answers?: { readonly filingId: string; readonly attempt: number }
  readonly delivery?: DeliveryOutcome
  readonly mailbox?: MailboxOutcome
}

/** A receipt on its way to its filing. */
export interface Incoming {
  readonly news: number
  readonly agency: string
  readonly receipt: Receipt
  readonly digest: string
  filingId: string | undefined
}

/** The same thing said twice is one receipt: what it says, of which submission when that is known. */
export function digestOf(receipt: Receipt, answers: News['answers']): string {
  const names = receipt.references.map(({ scheme, value }) => `${scheme}=${value}`).sort()
  const said = [
    answers ? `${answers.filingId}-${answers.attempt}` : '',
    receipt.status ?? '',
    receipt.code,
    receipt.text,
    receipt.at ?? '',
    receipt.details ?? '',
    ...names,
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url')
}

/**
 * Keeps news from agencies and draws every conclusion from it, in one transaction: bytes, receipts, names, status, holds,
 * events, filings that may go now, deliveries that are done. Either all of it is true afterwards or nothing happened.
 */
export async function record(database: Database, adapters: Adapters, said: readonly News[], now: Date): Promise<void> {
  const news = said.map(keepable)
  await transaction(database.pool, async (client) => {
    const incoming: Incoming[] = news.flatMap(({ agency, receipts, answers }, at) =>
      receipts.map((receipt) => ({
        news: at,
        agency,
        receipt,
        digest: digestOf(receipt, answers),
        filingId: answers?.filingId,
      })),
    )
    await resolveReferences(client, incoming)
    const touched = new Set<string>()
    for (const { filingId } of incoming) if (filingId !== undefined) touched.add(filingId)
    for (const { delivery, answers } of news)
      for (const named of [delivery, answers]) if (named !== undefined) touched.add(named.filingId)
    const { rows } = await client.query<{ declaration_id: string }>(
      'SELECT DISTINCT declaration_id FROM filing WHERE id = ANY($1)',
      [[...touched]],
    )
    const cases = await lockCases(
      client,
      rows.map(({ declaration_id }) => declaration_id),
    )
    const filings = new Map<string, { at: Case; filing: Filing }>()
    for (const at of cases.values()) for (const filing of at.filings) filings.set(filing.id, { at, filing })

    const messageIds = await keepMessages(client, news, incoming, now)
    await finishDeliveries(
      client,
      news.flatMap(({ delivery }) => delivery ?? []),
    )
    const answering = new Set(
      news.flatMap(({ agency, delivery }) => (delivery?.verdict === 'answered' ? [agency] : [])),
    )
    // Those that are ours first: hastening the others waits for nobody.
    await moveMailboxes(
      client,
      news.flatMap(({ mailbox }) => mailbox ?? []),
    )
    await hastenMailboxes(client, [...answering], now)

    const changes = noChanges()
    for (const { delivery } of news)
      if (delivery !== undefined) tellDelivery(filings.get(delivery.filingId), delivery, changes)
    const placed = incoming.map((one) => {
      const found = one.filingId === undefined ? undefined : filings.get(one.filingId)
      const answered = news[one.news]?.answers?.attempt
      return {
        ...one,
        messageId: messageIds[one.news],
        attempt:
          found && (namedAttempt(found.filing.id, one.receipt) ?? answered ?? attemptFor(found.filing, one.receipt)),
      }
    })
    for (const { id, index } of await keepReceipts(client, placed, now)) {
      const one = placed[index]
      const found = one?.filingId === undefined ? undefined : filings.get(one.filingId)
      if (one !== undefined && found !== undefined && one.attempt !== undefined)
        receive(found.at, found.filing, { id, receipt: one.receipt, attempt: one.attempt }, changes)
    }
    await adopt(client, filings, changes)
    await goOn(client, adapters, changes, now)
    // Bytes that change nothing are kept too: their declaration vouches for them.
    const kept = [...incoming, ...news.flatMap(({ message, answers }) => (message && answers) ?? [])]
    for (const { filingId = '' } of kept) {
      const found = filings.get(filingId)
      if (found !== undefined) changes.cases.add(found.at)
    }
    await keepChanges({ client, adapters, now }, changes)
  })
}

/** Receipts that came before anybody knew the name they use, and now do. */
async function adopt(
  client: Parameters<typeof adoptable>[0],
  filings: Map<string, { at: Case; filing: Filing }>,
  changes: Changes,
) {
  for (let from = 0; from < changes.learned.length; ) {
    const learned = changes.learned.slice(from)
    from = changes.learned.length
    const found = await adoptable(
      client,
      learned.map(({ filing, reference }) => ({ agency: filing.agency, ...reference, filingId: filing.id })),
      (filingId, receipt) => {
        const known = filings.get(filingId)
        return known === undefined ? undefined : attemptFor(known.filing, receipt)
      },
    )
    for (const { filingId, ...kept } of found) {
      const known = filings.get(filingId)
      if (known !== undefined) receive(known.at, known.filing, kept, changes)
    }
  }
}

function tellDelivery(
  found: { at: Case; filing: Filing } | undefined,
  delivery: DeliveryOutcome,
  changes: Changes,
): void {
  // An outcome of an attempt that is over changes nothing.
  if (found === undefined || found.filing.attempt !== delivery.attempt) return
  const { at, filing } = found
  if (delivery.verdict === 'answered' || delivery.unknown) sent(at, filing, changes, delivery.unknown ?? false)
  if (delivery.verdict === 'later' && !delivery.unknown && delivery.first) {
    changes.cases.add(at)
    changes.happenings.push({
      declarationId: at.id,
      type: 'filing.unreachable',
      filingId: filing.id,
      data: { agency: filing.agency, procedure: filing.procedure, attempt: filing.attempt, error: delivery.error },
    })
  }
}

/**
 * Changes that agencies have answered are settled, and what waits in the changed cases is looked at again; documents are
 * loaded only where something does.
 */
export async function goOn(
  client: Parameters<typeof lockCases>[0],
  adapters: Adapters,
  changes: Changes,
  now: Date,
): Promise<void> {
  const waiting = [...changes.cases].filter(
    (at) =>
      at.change !== undefined ||
      changes.milestones.has(at) ||
      at.filings.some((filing) => isUnsent(filing) || (changes.filings.has(filing) && saysMore(adapters, filing))),
  )
  const documents = await loadDocuments(client, waiting)
  for (const at of waiting) {
    const its = documents.get(at.id)
    if (its === undefined) continue
    await settle(client, adapters, at, its, changes, now)
    await recordResults(client, adapters, at, its, changes, now)
    release(adapters, at, its, now, changes)
    const watched = changes.milestones.has(at)
      ? at.filings
      : at.filings.filter((filing) => changes.filings.has(filing) && mayHaveDeadlines(adapters, filing))
    watchDeadlines(adapters, at, watched, its, changes)
  }
}

/** Looks again for the owners of young receipts nobody knew: two transactions may have missed each other. */
export async function adoptOrphans(
  database: Database,
  adapters: Adapters,
  now: Date,
  youngerThanMs: number,
): Promise<number> {
  return transaction(database.pool, async (client) => {
    const { rows } = await client.query<{
      agency: string
      scheme: string
      value: string
      filing_id: string
      declaration_id: string
    }>(
      `SELECT DISTINCT reference.agency, reference.scheme, reference.value, reference.filing_id, filing.declaration_id
       FROM receipt
       CROSS JOIN LATERAL jsonb_to_recordset(receipt.content::jsonb -> 'references') AS said (scheme text, value text)
       JOIN filing_reference reference USING (agency, scheme, value)
       JOIN filing ON filing.id = reference.filing_id
       WHERE receipt.filing_id IS NULL AND receipt.received_at > $1 LIMIT 100`,
      [new Date(now.getTime() - youngerThanMs)],
    )
    if (rows.length === 0) return 0
    const cases = await lockCases(client, [...new Set(rows.map(({ declaration_id }) => declaration_id))])
    const filings = new Map<string, { at: Case; filing: Filing }>()
    for (const at of cases.values()) for (const filing of at.filings) filings.set(filing.id, { at, filing })
    const changes = noChanges()
    const found = await adoptable(
      client,
      rows.map(({ agency, scheme, value, filing_id }) => ({ agency, scheme, value, filingId: filing_id })),
      (filingId, receipt) => {
        const known = filings.get(filingId)
        return known === undefined ? undefined : attemptFor(known.filing, receipt)
      },
    )
    for (const { filingId, ...kept } of found) {
      const known = filings.get(filingId)
      if (known !== undefined) receive(known.at, known.filing, kept, changes)
    }
    await goOn(client, adapters, changes, now)
    await keepChanges({ client, adapters, now }, changes)
    return found.length
  })
}
