import { describe, expect, test } from 'vitest'
import { ruleTables } from '../../schemas/rules/index.ts'
import { sharingPolicy } from '../../schemas/rules/sharing-policy.ts'
import {
  ruleTableAnswer,
  ruleTablesAnswer,
  ruleVersionsAnswer,
  ruleWouldChangeAnswer,
} from '../../schemas/rules-answers.ts'
import { createRules, rulesIn } from '../../src/rules/rules.ts'
import { permissionFor } from '../../src/sharing/permission.ts'
import { freshKey, issuesIn, problemOf } from '../routes/support.ts'
import { openWorld } from '../support/world.ts'

const world = await openWorld()
const get = (path: string, headers: Record<string, string> = {}) => world.call('GET', path, { key: '', headers })
const json = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>

const versionsPath = '/v1/rules/sharing-policy/versions'
const publish = (body: object, headers: Record<string, string> = {}, key = world.keys.admin) =>
  world.call('POST', versionsPath, { key, body, headers: { ...freshKey(), ...headers } })
const tagNow = async () => ({ 'if-match': (await get(versionsPath)).headers.get('etag') ?? '' })

const row = {
  kind: 'share',
  agency: 'fx',
  purpose: 'statistics',
  reach: 'all',
  fields: ['/declaration/direction'],
  basis: { en: 'an agreement', zh: '协议' },
  evidence: 'assumed',
}
const version = {
  validFrom: '2026-12-01',
  source: 'a test',
  evidence: 'assumed',
  reason: 'less is enough',
  rows: [row],
}

describe('everybody reads the rule tables', () => {
  test('all of them, each with its purpose and the version that holds', async () => {
    const { data } = ruleTablesAnswer.parse(await json('/v1/rules'))
    expect(data.map(({ id }) => id)).toEqual(ruleTables.map(({ id }) => id))
    expect(data.find(({ id }) => id === 'sharing-policy')).toMatchObject({
      title: sharingPolicy.title,
      purpose: sharingPolicy.purpose,
      holds: { validFrom: '2026-01-01', evidence: 'assumed' },
      versionCount: 1,
    })
  })

  test('the rows of a day, with a tag', async () => {
    const answer = await get('/v1/rules/sharing-policy')
    const table = ruleTableAnswer.parse(await answer.json())
    expect(table).toMatchObject({ on: '2026-11-21', holds: { validFrom: '2026-01-01' } })
    expect(table.rows.length).toBeGreaterThan(15)
    expect(JSON.stringify(table.rowSchema)).toContain('discloseAfterDays')
    const tag = answer.headers.get('etag') ?? ''
    expect((await get('/v1/rules/sharing-policy', { 'if-none-match': tag })).status).toBe(304)
    expect(await json('/v1/rules/sharing-policy?on=2025-12-31')).toMatchObject({ rows: [] })
    expect(await json('/v1/rules/sharing-policy?on=2025-12-31')).not.toHaveProperty('holds')
  })

  test('as a file: a row a line, and no cell a spreadsheet would run', async () => {
    const answer = await get('/v1/rules/sharing-policy/rows.csv')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = (await answer.text()).trim().split('\r\n')
    expect(lines[0]).toContain('"kind","agency","purpose","reach","fields"')
    expect(lines).toHaveLength(1 + ((await json('/v1/rules/sharing-policy'))['rows'] as unknown[]).length)
  })

  test('their documentation: each table with its fields, its versions and their sources', async () => {
    const answer = await get('/v1/rules.md')
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    const text = await answer.text()
    for (const { id, title, purpose } of ruleTables)
      for (const said of [`\`${id}\``, title.zh, purpose.en]) expect(text).toContain(said)
    expect(text).toMatch(/\| 2026-01-01 \(holds now\) \| 2026-01-01 \| \d+ \| assumed \| Set by this project/)
    expect(text).toContain('| `discloseAfterDays` | days until the trader sees')
  })

  test.each([
    '/v1/rules/nothing',
    '/v1/rules/__proto__',
    '/v1/rules/nothing/versions',
    '/v1/rules/nothing/rows.csv',
    '/v1/rules/sharing-policy/versions/2020-01-01',
    '/v1/rules/sharing-policy/differences?from=2020-01-01',
  ])('404: %s', async (path) => {
    await problemOf(await get(path), 'not-found')
  })

  test.each(['?on=2026-02-30', '?on=today', '?day=2026-01-01'])('400: %s', async (query) => {
    await problemOf(await get(`/v1/rules/sharing-policy${query}`), 'invalid-parameter')
  })
})

describe('admins publish versions', () => {
  test('others do not', async () => {
    await problemOf(await publish(version, await tagNow(), world.keys.trader), 'forbidden')
    await problemOf(await publish(version, await tagNow(), ''), 'unauthenticated')
  })

  test('who has not said which state they saw, or saw another, is told so', async () => {
    await problemOf(await publish(version), 'if-match-missing')
    await problemOf(await publish(version, { 'if-match': '"sharing-policy.7"' }), 'if-match-stale')
  })

  test('everything wrong is told at once, with pointers; nothing is kept', async () => {
    const wrong = {
      ...version,
      validFrom: '2026-11-21',
      rows: [row, { ...row, purpose: 'gossip' }, { ...row, fields: [] }],
    }
    expect(issuesIn(await problemOf(await publish(wrong, await tagNow()), 'body-invalid'))).toEqual([
      '/rows/1/purpose invalid-value',
      '/rows/2/fields too-small',
      '/validFrom too-early',
    ])
    const contradicting = { ...version, rows: [row, row, { ...row, agency: 'tax', fields: ['/declaration/nothing'] }] }
    expect(issuesIn(await problemOf(await publish(contradicting, await tagNow()), 'body-invalid'))).toEqual([
      '/rows/1 rules-contradict',
      '/rows/2 rules-contradict',
    ])
    expect(await json('/v1/rules')).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ id: 'sharing-policy', versionCount: 1 })]) as unknown,
    })
  })

  test('a version holds from its day on; what held before holds until then', async () => {
    const tag = await tagNow()
    const key = freshKey()
    const elsewhere = await createRules(world.database, (error) => {
      throw error
    })
    expect(elsewhere.versions(sharingPolicy)).toHaveLength(1)
    const answer = await publish(version, { ...tag, ...key })
    expect(answer.status).toBe(201)
    const made = (await answer.json()) as { id: string }
    expect(made).toMatchObject({
      validFrom: '2026-12-01',
      rowCount: 1,
      published: { by: 'admin', reason: 'less is enough' },
    })
    const again = await publish(version, { ...tag, ...key })
    expect([again.status, again.headers.get('idempotent-replayed'), await again.json()]).toEqual([201, 'true', made])
    await problemOf(await publish({ ...version, reason: 'other' }, { ...tag, ...key }), 'idempotency-key-reused')

    // The same tag again: somebody was first.
    await problemOf(await publish(version, tag), 'if-match-stale')
    const { data } = ruleVersionsAnswer.parse(await json(versionsPath))
    expect(data.map(({ id }) => id)).toEqual(['2026-01-01', made.id])
    expect(await json(answer.headers.get('location') ?? '')).toMatchObject({ id: made.id, rows: [row] })

    expect(((await json('/v1/rules/sharing-policy'))['rows'] as unknown[]).length).toBeGreaterThan(15)
    expect(await json('/v1/rules/sharing-policy?on=2026-11-30')).toMatchObject({ holds: { id: '2026-01-01' } })
    expect(await json('/v1/rules/sharing-policy?on=2026-12-01')).toMatchObject({ holds: { id: made.id }, rows: [row] })

    // Another process hears of it by itself.
    await expect.poll(() => elsewhere.versions(sharingPolicy).length).toBe(2)

    // Chongqing is eight hours ahead: its day begins while it is still yesterday in Greenwich.
    const rules = await rulesIn(world.database.pool)
    const allowed = (at: string) => permissionFor(rules, 'fx', 'statistics', Date.parse(at))
    expect(allowed('2026-11-30T15:59:59Z')?.policy.version).toBe('2026-01-01')
    expect(allowed('2026-11-30T16:00:00Z')).toMatchObject({
      fields: ['/declaration/direction'],
      policy: { version: made.id },
    })
    expect(permissionFor(rules, 'fx', 'payment-verification', Date.parse('2026-12-01T00:00:00Z'))).toBeUndefined()
  })

  test('what a version would change is told before it is published, and nothing is kept of it', async () => {
    const dry = (body: object, key = world.keys.admin) =>
      world.call('POST', `${versionsPath}?dryRun=true`, { key, body })
    const before = await json(versionsPath)
    const later = { ...version, validFrom: '2027-03-01', rows: [{ ...row, basis: { en: 'another', zh: '另一协议' } }] }
    const told = ruleWouldChangeAnswer.parse(await (await dry(later)).json())
    expect(told).toMatchObject({ validFrom: '2027-03-01', gone: [row], come: later.rows, unchangedCount: 0 })
    const wrong = await problemOf(await dry({ ...later, validFrom: '2026-11-21', rows: [{}] }), 'body-invalid')
    expect(issuesIn(wrong).some((found) => found.startsWith('/rows/0'))).toBe(true)
    expect(issuesIn(wrong)).toContain('/validFrom too-early')
    await problemOf(await dry(later, world.keys.trader), 'forbidden')
    expect(await json(versionsPath)).toEqual(before)
  })

  test('two versions are compared row by row', async () => {
    const differences = await json('/v1/rules/sharing-policy/differences?from=2026-01-01')
    const before = (await json('/v1/rules/sharing-policy?on=2026-11-21'))['rows'] as unknown[]
    expect(differences).toMatchObject({ from: { id: '2026-01-01' }, come: [row], unchangedCount: 0 })
    expect(differences['gone']).toEqual(before)
    expect(await json('/v1/rules/sharing-policy/differences?from=2026-01-01&to=2026-01-01')).toMatchObject({
      gone: [],
      come: [],
      unchangedCount: before.length,
    })
  })

  test('what was published is never changed', async () => {
    await expect(world.database.pool.query("UPDATE rule_version SET reason = 'other'")).rejects.toThrow('append-only')
    await expect(world.database.pool.query('DELETE FROM rule_version')).rejects.toThrow('append-only')
  })

  test('two who publish at once: one is first, the other is told', async () => {
    const tag = await tagNow()
    const answers = await Promise.all([publish(version, tag), publish(version, tag)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412])
  })
})
