import type { Receipt } from '../../schemas/receipt.ts'
import type { DeliveryOutcome, Incoming, MailboxOutcome, News } from '../filing/record.ts'
import type { Client } from './database.ts'
import { keepableInstant } from './keepable.ts'

/** Finds the filing each receipt speaks of: by our own number, else by the first of its names that is known. */
export async function resolveReferences(client: Client, incoming: readonly Incoming[]): Promise<void> {
  const open = incoming.filter(({ filingId }) => filingId === undefined)
  if (open.length === 0) return
  const names = open.flatMap(({ agency, receipt }) => receipt.references.map((reference) => ({ agency, ...reference })))
  const { rows } = await client.query<{ agency: string; scheme: string; value: string; filing_id: string }>(
    `SELECT agency, scheme, value, filing_id FROM filing_reference
       JOIN unnest($1::text[], $2::text[], $3::text[]) AS said (agency, scheme, value) USING (agency, scheme, value)
     UNION ALL
     SELECT filing.agency, 'filing', filing.id, filing.id FROM filing
       JOIN unnest($1::text[], $2::text[], $3::text[]) AS said (agency, scheme, value)
         ON said.scheme = 'filing' AND filing.id = said.value AND filing.agency = said.agency
     UNION ALL
     SELECT filing.agency, 'message', said.value, filing.id FROM filing
       JOIN unnest($1::text[], $2::text[], $3::text[]) AS said (agency, scheme, value)
         ON said.scheme = 'message' AND filing.id = split_part(said.value, '-', 1) AND filing.agency = said.agency`,
    [names.map(({ agency }) => agency), names.map(({ scheme }) => scheme), names.map(({ value }) => value)],
  )
  const key = (agency: string, scheme: string, value: string) => JSON.stringify([agency, scheme, value])
  const known = new Map<string, string>()
  // Of several filings with one name the newest is meant: ids sort by age.
  for (const { agency, scheme, value, filing_id } of rows.sort((a, b) => (a.filing_id < b.filing_id ? -1 : 1)))
    known.set(key(agency, scheme, value), filing_id)
  for (const one of open)
    one.filingId = one.receipt.references
      .map(({ scheme, value }) => known.get(key(one.agency, scheme, value)))
      .find((filingId) => filingId !== undefined)
}

/** Keeps the bytes of each piece of news; gives the id of each, in the same order (undefined where there were none). */
export async function keepMessages(
  client: Client,
  news: readonly News[],
  incoming: readonly Incoming[],
  at: Date,
): Promise<(number | undefined)[]> {
  const kept = news.flatMap(({ agency, message, answers }, index) =>
    message === undefined ? [] : [{ agency, message, answers, index }],
  )
  const ids: (number | undefined)[] = news.map(() => undefined)
  if (kept.length === 0) return ids
  const ownerOf = (index: number) => {
    const owners = new Set(incoming.filter((one) => one.news === index).map(({ filingId }) => filingId))
    const [only] = owners
    return owners.size === 1 ? only : undefined
  }
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO message (filing_id, agency, attempt, kind, method, path, status, content_type, body, error, at)
     SELECT filing_id, agency, attempt, kind, method, path, status, content_type, body, error, $11::timestamptz
     FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[], $9::text[], $10::text[])
       WITH ORDINALITY AS new (filing_id, agency, attempt, kind, method, path, status, content_type, body, error, place)
     ORDER BY place RETURNING id`,
    [
      kept.map(({ answers, index }) => answers?.filingId ?? ownerOf(index) ?? null),
      kept.map(({ agency }) => agency),
      kept.map(({ answers }) => answers?.attempt ?? null),
      kept.map(({ message }) => message.kind),
      kept.map(({ message }) => message.method ?? null),
      kept.map(({ message }) => message.path ?? null),
      kept.map(({ message }) => message.status ?? null),
      kept.map(({ message }) => message.contentType ?? null),
      kept.map(({ message }) => message.body ?? null),
      kept.map(({ message }) => message.error ?? null),
      at,
    ],
  )
  for (const [place, { index }] of kept.entries()) ids[index] = rows[place]?.id
  return ids
}

interface Placed extends Incoming {
  readonly messageId: number | undefined
  readonly attempt: number | undefined
}

/** Keeps receipts not kept before; gives those that are new, with their ids, by their place in `placed`. */
export async function keepReceipts(
  client: Client,
  placed: readonly Placed[],
  at: Date,
): Promise<{ id: number; index: number }[]> {
  if (placed.length === 0) return []
  const { rows } = await client.query<{ id: number; agency: string; digest: string }>(
    `INSERT INTO receipt (agency, filing_id, attempt, message_id, digest, at, status, code, content, received_at)
     SELECT agency, filing_id, attempt, message_id, digest, said_at, status, code, content, $10::timestamptz
     FROM unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[])
       WITH ORDINALITY AS new (agency, filing_id, attempt, message_id, digest, said_at, status, code, content, place)
     ORDER BY place ON CONFLICT (agency, digest) DO NOTHING RETURNING id, agency, digest`,
    [
      placed.map(({ agency }) => agency),
      placed.map(({ filingId }) => filingId ?? null),
      placed.map(({ attempt }) => attempt ?? null),
      placed.map(({ messageId }) => messageId ?? null),
      placed.map(({ digest }) => digest),
      placed.map(({ receipt }) => keepableInstant(receipt.at)),
      placed.map(({ receipt }) => receipt.status ?? null),
      placed.map(({ receipt }) => receipt.code),
      placed.map(({ receipt }) => JSON.stringify(receipt)),
      at,
    ],
  )
  return rows.map(({ id, agency, digest }) => ({
    id,
    index: placed.findIndex((one) => one.agency === agency && one.digest === digest),
  }))
}

/** Receipts without an owner that use one of these names: they are given to its filing. */
export async function adoptable(
  client: Client,
  names: readonly { agency: string; scheme: string; value: string; filingId: string }[],
  attemptFor: (filingId: string, receipt: Receipt) => number | undefined,
): Promise<{ filingId: string; id: number; receipt: Receipt; attempt: number }[]> {
  if (names.length === 0) return []
  const { rows } = await client.query<{ id: number; content: string; filing_id: string }>(
    `SELECT DISTINCT ON (receipt.id) receipt.id, receipt.content, known.filing_id
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS known (agency, scheme, value, filing_id)
     JOIN receipt ON receipt.agency = known.agency AND receipt.filing_id IS NULL
       AND receipt.content::jsonb -> 'references' @> jsonb_build_array(jsonb_build_object('scheme', known.scheme, 'value', known.value))
     ORDER BY receipt.id`,
    [
      names.map(({ agency }) => agency),
      names.map(({ scheme }) => scheme),
      names.map(({ value }) => value),
      names.map(({ filingId }) => filingId),
    ],
  )
  const found = rows.flatMap(({ id, content, filing_id }) => {
    const receipt = JSON.parse(content) as Receipt
    const attempt = attemptFor(filing_id, receipt)
    return attempt === undefined ? [] : [{ filingId: filing_id, id, receipt, attempt }]
  })
  if (found.length > 0)
    await client.query(
      `UPDATE receipt SET filing_id = new.filing_id, attempt = new.attempt
       FROM unnest($1::bigint[], $2::text[], $3::int[]) AS new (id, filing_id, attempt) WHERE receipt.id = new.id`,
      [found.map(({ id }) => id), found.map(({ filingId }) => filingId), found.map(({ attempt }) => attempt)],
    )
  return found
}

/**
 * An agency that was idle owes something again: its mailbox is looked into soon, not at the idle pace. One that somebody moves on or hastens at this
 * moment is passed over: it is due then, and of two who hold mailboxes neither waits for the other's.
 */
export async function hastenMailboxes(client: Client, agencies: readonly string[], dueAt: Date): Promise<void> {
  if (agencies.length > 0)
    await client.query(
      `UPDATE mailbox SET due_at = $2 WHERE agency IN (
         SELECT agency FROM mailbox WHERE agency = ANY($1) AND due_at > $2 FOR UPDATE SKIP LOCKED)`,
      [agencies, dueAt],
    )
}

/** Ends or postpones deliveries; those whose lease another worker has taken since are left alone. */
export async function finishDeliveries(client: Client, outcomes: readonly DeliveryOutcome[]): Promise<void> {
  const answered = outcomes.filter(({ verdict }) => verdict === 'answered')
  if (answered.length > 0)
    await client.query(
      `DELETE FROM delivery USING unnest($1::text[], $2::int[]) AS done (filing_id, fence)
       WHERE delivery.filing_id = done.filing_id AND delivery.fence = done.fence`,
      [answered.map(({ filingId }) => filingId), answered.map(({ fence }) => fence)],
    )
  const later = outcomes.filter(({ verdict }) => verdict === 'later')
  if (later.length > 0)
    await client.query(
      `UPDATE delivery SET lease_until = NULL, due_at = late.due_at, unknown = late.unknown, error = late.error
       FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::bool[], $5::text[]) AS late (filing_id, fence, due_at, unknown, error)
       WHERE delivery.filing_id = late.filing_id AND delivery.fence = late.fence`,
      [
        later.map(({ filingId }) => filingId),
        later.map(({ fence }) => fence),
        later.map(({ dueAt }) => dueAt ?? null),
        later.map(({ unknown }) => unknown ?? false),
        later.map(({ error }) => error ?? null),
      ],
    )
}

/** Moves mailboxes on to where they were read; a reader whose lease was taken since moves nothing. */
export async function moveMailboxes(client: Client, outcomes: readonly MailboxOutcome[]): Promise<void> {
  for (const { agency, fence, cursor, dueAt, error } of outcomes)
    await client.query(
      'UPDATE mailbox SET cursor = $3, due_at = $4, lease_until = NULL, error = $5, failed_at = NULL WHERE agency = $1 AND fence = $2',
      [agency, fence, cursor, dueAt, error ?? null],
    )
}
