import { pino } from 'pino'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { evBatteries } from '../support/world.ts'
import { clerkOf } from './clerk.ts'
import { hostile } from './hostile-names.ts'
import { done, type Place } from './pages.ts'
import type { Site } from './site.ts'

const admin = (path: string, shows?: string): Place => ({
  path,
  as: 'admin',
  ...(shows === undefined ? {} : { shows }),
})

/** Pages of the operators there are without anything having happened. */
export const standing: readonly Place[] = [
  admin('/operations'),
  admin('/operations/stuck'),
  admin('/operations/stuck?cause=orphan'),
  admin('/operations/replays'),
  admin('/operations/replays/nowhere'),
  admin('/operations/receipts'),
  admin('/operations/certificates'),
  admin('/operations/certificates/4/nowhere'),
  admin('/operations/rules'),
  admin('/operations/rules/sharing-policy'),
  admin('/operations/rules/nowhere'),
  admin('/operations/audit'),
  admin('/operations/audit/declarations?q=nowhere'),
  { path: '/operations', as: 'trader' },
]

/** An agency whose lane an operator holds. */
const held = 'border'

/** What there is to see when a lane is held, something was given up, receipts belong to nobody, and what was kept was checked. */
export async function furnishOperations({ world, keys }: Site): Promise<readonly Place[]> {
  const operator = await clerkOf(world, keys.admin)
  const sql = (text: string, values: unknown[] = []) => world.database.pool.query(text, values)
  const lane = `/operations/lanes/${held}`
  done(await operator.send(await operator.get(lane), /lanes/, { 'reason-open': hostile, sure: 'yes' }))
  const { body } = await world.post({ ...evBatteries(), functionalReferenceId: 'OPERATIONS-1' })
  const { id } = body
  const waits = `SELECT filing_id FROM delivery WHERE lane = '${held}' AND filing_id IN (SELECT id FROM filing WHERE declaration_id = '${id}')`
  await world.eventually(async () => ((await sql(waits)).rowCount ?? 0) > 0)
  await sql(
    `UPDATE delivery SET due_at = '9999-12-31T00:00:00Z', tries = 60, error = $1 WHERE filing_id IN (${waits})`,
    [hostile],
  )
  const filing = ((await sql(waits)).rows[0] as { filing_id: string }).filing_id
  await world.push(held, { body: `<html>${hostile}</html>`, contentType: 'text/html' })
  await sql(
    `INSERT INTO receipt (agency, digest, code, content, received_at) VALUES ($1, 'of nobody', 'X', $2, now())`,
    [held, JSON.stringify({ references: [{ scheme: hostile, value: hostile }], code: hostile, text: hostile })],
  )
  await sql(
    `INSERT INTO certificate (type_code, number, issuer, holder, uses, uses_taken) VALUES ('4', 'EX-2026-1', 'commerce', '91500112MA5U0B0037', 3, 1)`,
  )
  const stray = ((await sql('SELECT max(id) AS id FROM message WHERE filing_id IS NULL')).rows[0] as { id: number }).id
  const start = await operator.get(`/operations/replays?filing=${filing}`)
  const shown = await operator.send(start, /show$/, { from: 'stored', reason: hostile })
  const replay = done(await operator.send(shown, /replays$/, { looked: 'yes' }))
  await sql(`UPDATE delivery SET due_at = '9999-12-31T00:00:00Z', tries = 60, error = $1 WHERE filing_id = $2`, [
    hostile,
    filing,
  ])
  const check = done(await operator.send(await operator.get('/operations/audit'), /verifications$/))
  await runJobsOnce({
    database: world.database,
    rules: ownRules,
    jobs: async () => jobs.filter((job) => job.id === 'audit-verification'),
    log: pino({ level: 'silent' }),
    now: world.now,
  })
  const rules = '/operations/rules/suppression'
  const rows = String(
    (await operator.get(`${rules}/new`)).forms.find(({ action }) => action.endsWith('check'))?.fields['rows'],
  )
  const checked = await operator.post(`${rules}/check`, {
    validFrom: '2027-01-01',
    source: hostile,
    evidence: 'assumed',
    reason: hostile,
    rows,
  })
  done(await operator.send(checked, /versions$/))
  const { data } = (await (await world.call('GET', '/v1/rules/suppression/versions', { key: '' })).json()) as {
    data: { id: string }[]
  }
  return [
    { ...admin('/operations', hostile), refreshes: true },
    admin(lane, hostile),
    admin('/operations/stuck', hostile),
    admin(`/operations/replays?filing=${filing}`, hostile),
    { ...admin(replay, hostile), refreshes: true },
    admin('/operations/receipts', hostile),
    admin(`/operations/receipts/messages/${stray}`, hostile),
    admin('/operations/certificates?number=EX'),
    admin('/operations/certificates/4/EX-2026-1'),
    admin(`${rules}/new`),
    admin(`${rules}?from=${data[0]?.id}&to=${data[1]?.id}`, hostile),
    admin(check),
    admin(`/operations/audit/declarations/${id}`),
  ]
}
