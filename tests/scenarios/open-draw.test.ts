import { Readable } from 'node:stream'
import { beforeAll, expect, test } from 'vitest'
import type * as z from 'zod'
import { drawAnswer, drawLine, lotAnswer, resultAnswer, rosterAnswer, selectionAnswer } from '../../schemas/draw.ts'
import { riskAnswer } from '../../schemas/risk.ts'
import { makeKey } from '../../src/db/keys.ts'
import { tendDraws } from '../../src/draw/drawer.ts'
import { verifyDraw } from '../../src/draw/verify.ts'
import { createVault } from '../../src/notices/vault.ts'
import { roomOf } from '../draw/desk.ts'
import { freshKey, issuesIn, problemOf } from '../routes/support.ts'
import { evBatteries, frozenBeef, openWorld } from '../support/world.ts'

const world = await openWorld()
const { database } = world
const room = roomOf(database, { vault: createVault([]) })
const day = '2026-11-21'
const at = `/v1/draws/customs/${day}`
let customs: string
let tax: string
beforeAll(async () => {
  customs = await makeKey(database, { name: 'customs', role: 'agency', agency: 'customs' })
  tax = await makeKey(database, { name: 'tax', role: 'agency', agency: 'tax' })
})

const get = async (path: string, key = '') => world.call('GET', path, { key })
const json = async <T>(shape: z.ZodType<T>, path: string, key?: string): Promise<T> =>
  shape.parse(await (await get(path, key)).json())
const page = async <T>(shape: z.ZodType<T>, path: string, key?: string): Promise<T[]> => {
  const { data } = (await (await get(path, key)).json()) as { data: unknown[] }
  return data.map((one) => shape.parse(one))
}
const isRegistered = ({ filings }: { filings: { agency: string; procedure: string; references: unknown[] }[] }) =>
  filings.some(
    ({ agency, procedure, references }) =>
      agency === 'customs' && procedure === 'declare' && JSON.stringify(references).includes('entry-number'),
  )

test('a day of the open draw, from the morning to the file anybody recomputes', async () => {
  // The officers of the day: one must not inspect this exporter, one is off duty.
  const batteries = evBatteries()
  const exporter = batteries.goodsShipment.exporter?.id ?? ''
  const officers = [
    { code: 'CQ-01', name: '王一' },
    { code: 'CQ-02', name: '李二', excused: [exporter] },
    { code: 'CQ-03', name: '张三' },
    { code: 'CQ-04', name: '赵四', onDuty: false },
  ]
  const before = await get('/v1/draws/customs/officers', customs)
  const put = (body: unknown, etag = before.headers.get('etag') ?? '') =>
    world.call('PUT', '/v1/draws/customs/officers', { key: customs, body, headers: { 'if-match': etag } })
  expect(rosterAnswer.parse(await (await put({ officers })).json())).toMatchObject({ revision: 1 })
  await problemOf(await put({ officers }), 'if-match-stale')
  expect(issuesIn(await problemOf(await put({ officers: [...officers, officers[0]] }, '*'), 'body-invalid'))).toEqual([
    '/officers/4/code duplicate',
  ])

  // Five in the morning: the day is committed to before it begins.
  await tendDraws(room, new Date('2026-11-20T21:00:00Z'))
  const morning = await json(drawAnswer, at)
  expect(morning).toMatchObject({ late: false, lots: 0, officers: ['CQ-01', 'CQ-02', 'CQ-03'], officersDrawn: 2 })
  expect(morning.seed).toBeUndefined()

  // The exporter is on the list of the seriously discredited: its goods are always inspected. The beef is as anybody's.
  const level = await world.call('PUT', `/v1/credit/${exporter}/customs-credit`, {
    key: customs,
    body: { level: 'SERIOUSLY_DISHONEST', since: day, reason: 'list of this day', basis: 'decision 7' },
    headers: { 'if-match': `"credit-${exporter}-customs-credit-0"` },
  })
  expect(level.status).toBe(200)
  const certain = (await world.post(batteries)).body.id
  const other = (await world.post(frozenBeef())).body.id
  for (const id of [certain, other]) await world.until(id, isRegistered)
  await tendDraws(room, new Date(world.now()))

  // The agency knows at once; the trader knows that it takes part and with what probability, and nothing more.
  const selected = await page(selectionAnswer, `${at}/selections`, customs)
  const mine = selected.find(({ declarationId }) => declarationId === certain)
  expect(mine).toMatchObject({ ppm: 1_000_000, officers: expect.not.arrayContaining(['CQ-02', 'CQ-04']) as string[] })
  expect(mine?.officers.toSorted()).toEqual(['CQ-01', 'CQ-03'])
  const [lot] = await page(lotAnswer, `/v1/declarations/${certain}/draws`, world.keys.trader)
  expect(lot).toMatchObject({ ppm: 1_000_000, revealed: false, lot: mine?.lot })
  expect(Object.keys(lot ?? {}).filter((name) => ['selected', 'officers', 'salt', 'result'].includes(name))).toEqual([])
  expect(await page(lotAnswer, `/v1/declarations/${certain}/draws`, world.keys.admin)).toEqual([lot])
  expect(await page(lotAnswer, `/v1/declarations/${certain}/draws`, customs)).toMatchObject([{ selected: true }])
  expect(await page(lotAnswer, `/v1/declarations/${certain}/draws`, tax)).toEqual([])
  const [risk] = await page(riskAnswer, `/v1/declarations/${certain}/risk`, world.keys.trader)
  expect(risk).toMatchObject({ drawn: true, ppm: 1_000_000 })
  expect(await json(drawAnswer, at)).toMatchObject({ lots: 2 })
  // Nothing a trader reads names an officer while the day lasts.
  for (const path of ['', '/events', '/messages', '/export', '/document', '/risk', '/draws'])
    expect(await (await get(`/v1/declarations/${certain}${path}`, world.keys.trader)).text()).not.toMatch(/CQ-0\d/)
  expect(await (await get('/v1/events', world.keys.trader)).text()).not.toMatch(/CQ-0\d/)
  for (const [path, key, code] of [
    [`${at}/selections`, tax, 'not-found'],
    [`${at}/selections`, world.keys.trader, 'forbidden'],
    [`${at}/selections`, world.keys.admin, 'forbidden'],
    [`/v1/declarations/${certain}/draws`, world.keys.stranger, 'not-found'],
    [`${at}/file`, '', 'not-found'],
    ['/v1/draws/customs/officers', tax, 'not-found'],
    ['/v1/draws/customs/2026-02-30', '', 'not-found'],
    ['/v1/draws/nobody/2026-11-21', '', 'not-found'],
    ['/v1/draws?after=2026-02-30.customs', '', 'invalid-parameter'],
  ] as const)
    await problemOf(await get(path, key), code)

  // What the inspection found, told once however often it is sent.
  const result = { lot: mine?.lot, outcome: 'discrepancy', inspectedOn: day }
  const headers = freshKey()
  const tell = (body: unknown, key = customs, more = freshKey()) =>
    world.call('POST', `${at}/results`, { key, body, headers: more })
  const first = await tell(result, customs, headers)
  expect([first.status, resultAnswer.parse(await first.json()).number]).toEqual([201, 1])
  const again = await tell(result, customs, headers)
  expect([again.headers.get('idempotent-replayed'), resultAnswer.parse(await again.json()).number]).toEqual(['true', 1])
  await problemOf(await tell(result, tax), 'not-found')
  const wrong = await problemOf(
    await tell({ ...result, lot: '0'.repeat(64), inspectedOn: '2026-11-20' }),
    'body-invalid',
  )
  expect(issuesIn(wrong)).toEqual(['/inspectedOn out-of-range', '/lot not-selected'])

  // The day is over: first the root, later the seed.
  await tendDraws(room, new Date('2026-11-21T22:15:00Z'))
  const evening = await json(drawAnswer, at)
  expect(evening).toMatchObject({ status: 'closed', closing: { count: 2 } })
  expect(evening.seed).toBeUndefined()
  await problemOf(await get(`${at}/file`), 'not-found')
  await tendDraws(room, new Date('2026-11-21T22:30:00Z'))
  const revealed = await json(drawAnswer, at)
  expect(revealed).toMatchObject({ status: 'revealed', selected: selected.length, hash: morning.hash })

  // A late correction: both stand in the file, the later one counts.
  await tell({ ...result, outcome: 'nothing-found' })
  const [told] = await page(lotAnswer, `/v1/declarations/${certain}/draws`, world.keys.trader)
  expect(told).toMatchObject({ revealed: true, selected: true, result: { number: 2, outcome: 'nothing-found' } })

  const response = await get(`${at}/file`)
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  const file = await response.text()
  const found = await verifyDraw(Readable.from([file]), {
    draw: morning.hash,
    seedHash: morning.seedHash,
    root: evening.closing?.root,
    lot: lot?.hash,
    declaration: { id: certain, salt: told?.salt ?? '' },
  })
  expect(found).toMatchObject({ lots: 2, selected: selected.length, results: 2, early: 0 })
  expect(found.own).toMatchObject({ selected: true, officers: mine?.officers })
  for (const secret of [certain, other, exporter, '王一', 'CQ-04', '8507600020', world.keys.trader])
    expect(file).not.toContain(secret)
  expect(
    file
      .trimEnd()
      .split('\n')
      .map((line) => drawLine.parse(JSON.parse(line)).kind),
  ).toEqual(['draw', 'lot', 'lot', 'closing', 'seed', 'result', 'result'])
  expect((await page(drawAnswer, '/v1/draws?agency=customs&limit=1')).map(({ agency }) => agency)).toEqual(['customs'])
  expect(await (await get('/v1/draws/verify')).text()).toContain('npm run draw:verify')
})
