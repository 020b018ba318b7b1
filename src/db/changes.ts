import type { Plan } from '../../schemas/plan.ts'
import { rankOf } from '../../schemas/status.ts'
import { chain } from '../audit/chain.ts'
import type { Case, Changes, OpenChange } from '../filing/case.ts'
import type { HandedIn } from '../filing/examine.ts'
import { readWritten } from './audit.ts'
import type { Client } from './database.ts'
import { saveDeadlines } from './deadlines.ts'

/** Writes what a step changed: filings, names, bytes to send, events. One statement a table, however many cases. */
export async function saveChanges(client: Client, changes: Changes, at: Date): Promise<void> {
  await saveAdded(client, changes, at)
  const filings = [...changes.filings]
  if (filings.length > 0)
    await client.query(
      `UPDATE filing SET attempt = new.attempt, status = new.status, rank = new.rank, holds = string_to_array(new.holds, ','),
              pending = new.pending, unknown = new.unknown, particulars = new.particulars, version = new.version, gates = new.gates, revision = filing.revision + 1, updated_at = $11
       FROM unnest($1::text[], $2::int[], $3::text[], $4::int[], $5::text[], $6::text[], $7::bool[], $8::text[], $9::int[], $10::text[])
         AS new (id, attempt, status, rank, holds, pending, unknown, particulars, version, gates)
       WHERE filing.id = new.id`,
      [
        filings.map(({ id }) => id),
        filings.map(({ attempt }) => attempt),
        filings.map(({ status }) => status),
        filings.map(({ status }) => rankOf(status)),
        filings.map(({ holds }) => holds.join(',')),
        filings.map(({ pending }) =>
          pending === undefined || Object.keys(pending).length === 0 ? null : JSON.stringify(pending),
        ),
        filings.map(({ unknown }) => unknown),
        filings.map(({ particulars }) => (particulars === undefined ? null : JSON.stringify(particulars))),
        filings.map(({ version }) => version),
        filings.map(({ gates }) => (gates.length === 0 ? null : JSON.stringify(gates))),
        at,
      ],
    )
  if (changes.learned.length > 0)
    await client.query(
      `INSERT INTO filing_reference (agency, scheme, value, filing_id, at)
       SELECT *, $5::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
      [
        changes.learned.map(({ filing }) => filing.agency),
        changes.learned.map(({ reference }) => reference.scheme),
        changes.learned.map(({ reference }) => reference.value),
        changes.learned.map(({ filing }) => filing.id),
        at,
      ],
    )
  await saveOutbound(client, changes, at)
  await saveSettled(client, changes, at)
  await saveDeadlines(client, changes.deadlines)
  await saveHappenings(client, changes, at)
}

async function saveAdded(client: Client, { added }: Changes, at: Date): Promise<void> {
  if (added.length === 0) return
  await client.query(
    `INSERT INTO filing (id, declaration_id, position, serial, agency, procedure, status, rank, particulars, occasion, version, change_id, changes, covers, updated_at)
     SELECT id, declaration_id, position, serial, agency, procedure, 'planned', 0, particulars, occasion, version, change_id, changes, string_to_array(covers, ','), $13
     FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::text[], $12::text[])
       AS new (id, declaration_id, position, serial, agency, procedure, particulars, occasion, version, change_id, changes, covers)`,
    [
      added.map(({ id }) => id),
      added.map(({ declarationId }) => declarationId),
      added.map(({ position }) => position),
      added.map(({ serial }) => serial),
      added.map(({ agency }) => agency),
      added.map(({ procedure }) => procedure),
      added.map(({ particulars }) => (particulars === undefined ? null : JSON.stringify(particulars))),
      added.map(({ occasion }) => occasion),
      added.map(({ version }) => version),
      added.map(({ changeId }) => changeId ?? null),
      added.map(({ changes }) => changes ?? null),
      added.map(({ covers }) => covers.join(',')),
      at,
    ],
  )
}

/** Changes that came to their end; one that was granted makes its version, and the plan of it, the one that counts. */
async function saveSettled(client: Client, { settled }: Changes, now: Date): Promise<void> {
  for (const { at, change, outcome } of settled) {
    await client.query('UPDATE change SET outcome = $2, settled_at = $3 WHERE id = $1', [change.id, outcome, now])
    await client.query('UPDATE declaration SET version = $2, plan = CASE WHEN $3 THEN $4 ELSE plan END WHERE id = $1', [
      at.id,
      at.version,
      change.kind === 'amendment' && at.version === change.version,
      JSON.stringify(change.plan),
    ])
  }
}

async function saveOutbound(client: Client, { outbound }: Changes, at: Date): Promise<void> {
  if (outbound.length === 0) return
  await client.query(
    `WITH going AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
         AS new (filing_id, agency, attempt, method, path, content_type, body, instant)
     ), written AS (
       INSERT INTO message (filing_id, agency, attempt, kind, method, path, content_type, body, at)
       SELECT filing_id, agency, attempt, 'submission', method, path, content_type, body, instant FROM going
     )
     INSERT INTO delivery (filing_id, lane, attempt, instant, due_at)
     SELECT filing_id, agency, attempt, instant, $9 FROM going
     ON CONFLICT (filing_id) DO UPDATE SET attempt = excluded.attempt, instant = excluded.instant, due_at = excluded.due_at, tries = 0,
       lease_until = NULL, fence = delivery.fence + 1, unknown = false, error = NULL`,
    [
      outbound.map(({ filing }) => filing.id),
      outbound.map(({ filing }) => filing.agency),
      outbound.map(({ filing }) => filing.attempt),
      outbound.map(({ message }) => message.method),
      outbound.map(({ message }) => message.path),
      outbound.map(({ message }) => message.contentType ?? null),
      outbound.map(({ message }) => message.body ?? null),
      outbound.map(({ instant }) => instant),
      at,
    ],
  )
  await client.query("SELECT pg_notify('yuchuang_lanes', $1)", [
    [...new Set(outbound.map(({ filing }) => filing.agency))].join(','),
  ])
}

/** Last of all: the events bind what was written before them. */
async function saveHappenings(client: Client, { cases, happenings }: Changes, at: Date): Promise<void> {
  const ids = [...cases].map(({ id }) => id)
  if (ids.length === 0) return
  const stray = happenings.find(({ declarationId }) => !ids.includes(declarationId))
  if (stray !== undefined) throw new Error(`An event of ${stray.declarationId}, which did not change`)
  const events = chain(await readWritten(client, ids), happenings, at)
  if (events.length > 0)
    await client.query(
      `INSERT INTO event (declaration_id, number, type, filing_id, data, binds, hash, at)
       SELECT *, $8::timestamptz FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`,
      [
        events.map(({ declarationId }) => declarationId),
        events.map(({ number }) => number),
        events.map(({ type }) => type),
        events.map(({ filingId }) => filingId),
        events.map(({ data }) => data),
        events.map(({ binds }) => binds),
        events.map(({ hash }) => hash),
        at,
      ],
    )
  const last = new Map(events.map((event) => [event.declarationId, event]))
  for (const one of cases) one.eventCount = last.get(one.id)?.number ?? one.eventCount
  await client.query(
    `UPDATE declaration SET event_count = coalesce(new.number, event_count), head = coalesce(new.hash, head), revision = declaration.revision + 1, updated_at = $4
     FROM unnest($1::text[], $2::int[], $3::text[]) AS new (id, number, hash) WHERE declaration.id = new.id`,
    [ids, ids.map((id) => last.get(id)?.number ?? null), ids.map((id) => last.get(id)?.hash ?? null), at],
  )
  await client.query("SELECT pg_notify('yuchuang_events', $1)", [ids.join(',')])
}

/** Keeps the next version of a declaration; it does not count yet. @returns its number */
export async function keepVersion(client: Client, at: Case, handedIn: HandedIn, now: Date): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `INSERT INTO declaration_version (declaration_id, version, media_type, raw, document, at)
     SELECT $1, max(version) + 1, $2, $3, $4, $5 FROM declaration_version WHERE declaration_id = $1 RETURNING version`,
    [at.id, handedIn.mediaType, handedIn.raw, handedIn.document ?? null, now],
  )
  return rows[0]?.version ?? 1
}

/** Keeps the next version of a declaration, and makes it and its plan the ones that count. @returns its number */
export async function makeVersionCount(
  client: Client,
  at: Case,
  handedIn: HandedIn,
  plan: Plan,
  now: Date,
): Promise<number> {
  const version = await keepVersion(client, at, handedIn, now)
  await client.query('UPDATE declaration SET version = $2, plan = $3 WHERE id = $1', [
    at.id,
    version,
    JSON.stringify(plan),
  ])
  return version
}

/** Keeps a change that was asked for. */
export async function keepChange(client: Client, at: Case, change: OpenChange, now: Date): Promise<void> {
  await client.query(
    'INSERT INTO change (id, declaration_id, kind, version, before, reason, plan, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [change.id, at.id, change.kind, change.version, at.version, change.reason, JSON.stringify(change.plan), now],
  )
}

/** Takes back submissions nobody has taken up yet: they were not sent. @returns the filings whose submission is back */
export async function recallDeliveries(client: Client, filingIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ filing_id: string }>(
    'DELETE FROM delivery WHERE filing_id = ANY($1) AND tries = 0 AND lease_until IS NULL RETURNING filing_id',
    [filingIds],
  )
  return new Set(rows.map(({ filing_id }) => filing_id))
}
