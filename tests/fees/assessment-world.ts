import type { Hono } from 'hono'
import { pino } from 'pino'
import type * as z from 'zod'
import { adapters } from '../../adapters/registry.ts'
import type { Entry } from '../../schemas/fees/entries.ts'
import { createApp } from '../../src/app.ts'
import { closedDesk } from '../../src/certificates/desk.ts'
import { developmentSecret } from '../../src/config.ts'
import type { Database } from '../../src/db/database.ts'
import { makeKey } from '../../src/db/keys.ts'
import { serialsFrom } from '../../src/db/serials.ts'
import { canonicalJson, sha256Hex } from '../../src/fees/canonical.ts'
import { createCatalogues } from '../../src/fees/catalogues.ts'
import { createAcceptor } from '../../src/filing/accept.ts'
import { createComposer } from '../../src/filing/compose.ts'
import { createHub } from '../../src/filing/hub.ts'
import { createRecorder } from '../../src/filing/recorder.ts'
import { assessFees } from '../../src/jobs/assess-fees.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { createMetrics } from '../../src/metrics.ts'
import { createBell } from '../../src/notices/bell.ts'
import { createVault } from '../../src/notices/vault.ts'
import { ownRules } from '../../src/rules/rules.ts'
import type { Env } from '../../src/services.ts'
import { ownDatabase } from '../support/database.ts'
import { cuntanFirm, guoyuanFirm } from './assessment-sample.ts'

export interface Called {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** What it says: as a schema has it, or as whoever reads it knows it to be. */
  json<T>(shape?: z.ZodType<T>): T
}
interface Calling {
  /** None: a call without a key. */
  readonly key?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** A gateway without agencies whose days a test turns itself 评估. */
export interface AssessmentWorld {
  readonly app: Hono<Env>
  readonly database: Database
  readonly keys: {
    /** Two officers, two payees, a trader. */
    readonly officer: string
    readonly publisher: string
    readonly guoyuan: string
    readonly cuntan: string
    readonly trader: string
  }
  /** Makes it another instant. */
  at(instant: string): void
  call(method: string, path: string, options?: Calling): Promise<Called>
  /** Does what was put into the queue of background jobs. */
  work(): Promise<void>
  /** Does what recurs: by the machine's clock else, here when a test says so. */
  recur(): Promise<void>
}

export async function openAssessments(): Promise<AssessmentWorld> {
  const { database } = await ownDatabase()
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' })
  let instant = Date.parse('2026-10-01T01:00:00Z')
  const now = () => instant
  const catalogues = await createCatalogues(database, now, 0)
  const app = createApp(
    {
      database,
      rules: ownRules,
      certificates: closedDesk,
      demonstrations: undefined,
      adapters,
      acceptor: createAcceptor(database, createComposer(adapters, serialsFrom(database)), now),
      recorder: createRecorder(database, adapters, now, log),
      hub: await createHub(database),
      metrics: createMetrics(database),
      log,
      callbackSecretOf: developmentSecret,
      simulatorUrl: undefined,
      simulatorKey: undefined,
      notices: { vault: createVault([]), bell: await createBell(database), allowPrivate: true },
      catalogues,
      now,
    },
    1_000_000,
  )
  const keys = {
    officer: await makeKey(database, { name: 'officer', role: 'admin' }),
    publisher: await makeKey(database, { name: 'publisher', role: 'admin' }),
    guoyuan: await makeKey(database, { name: 'guoyuan', role: 'payee', tenant: guoyuanFirm }),
    cuntan: await makeKey(database, { name: 'cuntan', role: 'payee', tenant: cuntanFirm }),
    trader: await makeKey(database, { name: 'trader', role: 'trader', tenant: '91500112MA5U0B0037' }),
  }
  return {
    app,
    database,
    keys,
    at(when) {
      instant = Date.parse(when)
    },
    async call(method, path, { key, body, headers = {} } = {}) {
      const response = await app.request(path, {
        method,
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: (shape) => (shape === undefined ? (JSON.parse(text) as never) : shape.parse(JSON.parse(text))),
      }
    },
    work: () => runJobsOnce({ database, rules: ownRules, jobs: async () => [assessFees], log, now }),
    recur: () => assessFees.run({}, { database, rules: ownRules, log, now, lastTry: false }),
  }
}

/** Puts a checked bill into the tables, as a check does: each line as it was judged. */
export async function keepBill(
  { pool }: Database,
  bill: {
    readonly id: string
    readonly tenant: string
    readonly billNumber: string
    readonly port: string
    readonly payee: string
    readonly issuedOn: string
    readonly at: string
    readonly lines: readonly {
      readonly verdict: string
      readonly fee?: string
      readonly kind?: string
      readonly charged: string
      readonly over: string
    }[]
  },
): Promise<void> {
  const { id, tenant, billNumber, port, payee, issuedOn, at, lines } = bill
  await pool.query(
    `INSERT INTO bill_check (id, tenant, bill, findings, edition, port, payee, issued_on, at) VALUES ($1, $2, $3, '[]', 1, $4, $5, $6, $7)`,
    [id, tenant, JSON.stringify({ billNumber, payee }), port, payee, issuedOn, new Date(at)],
  )
  for (const [index, { verdict, fee, kind, charged, over }] of lines.entries())
    await pool.query(
      `INSERT INTO bill_check_line (check_id, line, verdict, fee, kind, port, payee, issued_on, charged, most, over)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10)`,
      [id, index + 1, verdict, fee ?? null, kind ?? null, port, payee, issuedOn, charged, over],
    )
}

/** Puts an edition into the tables as it is, whatever is wrong with it: no check of today would publish the sample. */
export async function keepEdition(
  { pool }: Database,
  number: number,
  validFrom: string,
  entries: readonly Entry[],
): Promise<void> {
  const digest = sha256Hex(canonicalJson(entries))
  await pool.query(
    `INSERT INTO catalogue_edition (number, draft_id, title, reason, announced_at, notice_until, valid_from, drafted_by, approved_by, entries,
       digest, signature, signing_key)
     VALUES ($1, $2, $2, 'For a test', $3::date, $3::date, $3::date, 'one', 'another', $4, $5, 'signature', 'key')`,
    [number, `edition ${number}`, validFrom, entries.length, digest],
  )
  for (const { type, id, content } of entries) {
    const written = canonicalJson(content)
    const revision = [type, id, written, sha256Hex(written)]
    await pool.query(
      'INSERT INTO catalogue_revision (type, entry_id, content, digest) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      revision,
    )
    await pool.query(
      `INSERT INTO catalogue_edition_entry (edition, type, entry_id, revision_id)
       SELECT $5::int, type, entry_id, id FROM catalogue_revision WHERE type = $1 AND entry_id = $2 AND content = $3 AND digest = $4`,
      [...revision, number],
    )
  }
}
