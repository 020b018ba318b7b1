import { pino } from 'pino'
import { expect, test } from 'vitest'
import { suppression } from '../../schemas/rules/suppression.ts'
import { clearanceAnswer, type RecountAnswer, statisticsAnswer } from '../../schemas/statistics.ts'
import { transaction } from '../../src/db/database.ts'
import { publishVersion } from '../../src/db/rules.ts'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { createRules, ownRules, type Rules } from '../../src/rules/rules.ts'
import { publishDue } from '../../src/statistics/publish.ts'
import { tables } from '../statistics/support.ts'
import { filingOf, frozenBeef, laptops, openWorld } from '../support/world.ts'

// How long clearance took 通关时间: three firms export laptops, one declaration of beef is inspected; weeks later anybody can read what it took, and
// nobody can tell whose it was.
const world = await openWorld()
const exporters = ['91500112MA5U0B0037', '91500106MA5U0C102B', '91500103MA5U0F207T']
const ask = async (query: string) =>
  clearanceAnswer.parse(await (await world.call('GET', `/v1/statistics/clearance?${query}`, { key: '' })).json())
/** How far the agencies' clock moves at a time: nobody's turn is of interest here. */
const strideMs = 3_600_000
const hours: number[] = []
let rules: Rules = ownRules

test('each declaration is counted when customs releases it, by customs’ clock', async () => {
  const posted = Array.from({ length: 4 }, async (_, at) => {
    const declaration = laptops()
    const { exporter } = declaration.goodsShipment
    if (exporter !== undefined) exporter.id = exporters[at % 3] ?? ''
    const { status, body } = await world.post(declaration)
    expect(status).toBe(202)
    return body.id
  })
  const ids = await Promise.all(posted)
  const beef = await world.post(frozenBeef('-B.CLEAR-C.INSPECT'))
  for (const id of [...ids, beef.body.id])
    await world.until(id, (seen) => filingOf(seen, 'customs').status === 'closed', strideMs)
  for (const id of ids) {
    const { receipts } = filingOf(await world.read(id), 'customs')
    const at = (...statuses: string[]) =>
      Math.min(
        ...receipts
          .filter(({ status }) => statuses.includes(status))
          .map(({ agencyTime = '' }) => Date.parse(agencyTime)),
      )
    hours.push((at('approved', 'closed') - at('registered')) / 3_600_000)
  }
  const { contributions } = await tables(world.database)
  const kinds = Map.groupBy(contributions as { kind: string }[], ({ kind }) => kind)
  expect([kinds.get('overall')?.length, kinds.get('declared')?.length, kinds.get('duties-20')?.length]).toEqual([
    5, 5, 1,
  ])
})

test('the month is not over: nobody is told anything yet', async () => {
  // This is a quiet port: an admin has set smaller thresholds for it.
  const version = {
    table: suppression.id,
    validFrom: '2026-11-01',
    source: 'A story',
    evidence: 'assumed' as const,
    rows: ownRules.rowsAt(suppression, world.now()).map((rule) => ({ ...rule, minimumDeclarations: 4 })),
    reason: 'A quiet port',
    by: 'admin',
    at: new Date(world.now()),
  }
  await transaction(world.database.pool, (client) => publishVersion(client, version, () => undefined))
  rules = await createRules(world.database, () => undefined)
  expect(await publishDue(world.database, rules, world.now())).toEqual([])
  expect(await ask('from=2026-10&to=2027-01')).toMatchObject({ months: [], data: [] })
})

test('when it is over and has settled it is published; the one inspected import is in no figure', async () => {
  const published = await publishDue(world.database, rules, Date.parse('2027-01-10T00:00:00+08:00'))
  expect(published).toContain('2026-11')
  const { data } = await ask('from=2026-11&to=2026-12&measure=declared&by=direction')
  expect(data.map(({ direction, declarations }) => [direction, declarations])).toEqual([['export', 4]])
  const mean = hours.reduce((sum, one) => sum + one, 0) / hours.length
  expect(Number(data[0]?.mean)).toBeCloseTo(mean, 3)
  const middle = hours.toSorted((a, b) => a - b)[1] ?? 0
  expect(Math.abs(Number(data[0]?.median) - middle)).toBeLessThanOrEqual(middle * 0.011 + 0.0001)
  const about = statisticsAnswer.parse(await (await world.call('GET', '/v1/statistics', { key: '' })).json())
  const overall = about.months.flatMap(({ covered }) => covered).find(({ measure }) => measure === 'overall')
  // Nobody reported when the goods came to the port: the figures say what they start from.
  expect(overall).toEqual({ measure: 'overall', declarations: 4, withheld: true, starts: { declared: 100 } })
})

test('every agency’s own time stands beside it', async () => {
  const { data } = await ask('from=2026-11&to=2026-12&measure=agency&by=')
  const agencies = new Set(data.map(({ agency }) => agency))
  expect(agencies.size).toBeGreaterThan(1)
  for (const { declarations } of data) expect(declarations).toBe(4)
})

test('an admin has it counted anew from the kept receipts: the same tables', async () => {
  const before = await tables(world.database)
  const asked = await world.call('POST', '/v1/statistics/recounts', {
    key: world.keys.admin,
    headers: { 'idempotency-key': 'recount' },
  })
  const { id } = (await asked.json()) as RecountAnswer
  const log = pino({ level: 'silent' })
  await runJobsOnce({ database: world.database, rules: ownRules, log, jobs: async () => jobs, now: world.now })
  const done = await world.call('GET', `/v1/statistics/recounts/${id}`, { key: world.keys.admin })
  expect(await done.json()).toMatchObject({ status: 'done', declarations: 5, corrected: 0 })
  expect(await tables(world.database)).toEqual(before)
})
