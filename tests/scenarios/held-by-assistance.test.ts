import { expect, test, vi } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { sweepAssistance } from '../../src/assistance/sweep.ts'
import { makeKey } from '../../src/db/keys.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// Border inspection has a suspicion it keeps to itself, and asks customs to hold a declaration. Everything that was not sent stands still, what
// customs has already it holds; the trader learns that it is held, and no more.
const world = await openWorld()
const keyOf = (agency: string) => makeKey(world.database, { name: `${agency} desk`, role: 'agency', agency })
const [border, customs, tax] = [await keyOf('border'), await keyOf('customs'), await keyOf('tax')]
const secret = 'SUSPICION-4711'

interface Request {
  id: string
  act: string
  status: string
  etag: string
  escalatedAt?: string
  steps?: { what: string; by: string; data: Record<string, unknown> }[]
}
const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T
const hour = 3_600_000
const at = (ms: number) => new Date(world.now() + ms).toISOString()
const ask = async (key: string, body: object) =>
  world.call('POST', '/v1/assistance', { key, body, headers: { 'idempotency-key': Math.random().toString() } })
const hold = async (declarationId: string, more: object = {}, key = border) =>
  json<Request>(
    ask(key, {
      act: 'hold',
      to: 'customs',
      declarationId,
      reason: secret,
      dueAt: at(hour),
      expiresAt: at(24 * hour),
      ...more,
    }),
  )
const read = (id: string, key = border) => json<Request>(world.call('GET', `/v1/assistance/${id}`, { key }))
const act = (what: string, { id, etag }: Request, body: object, key: string) =>
  world.call('POST', `/v1/assistance/${id}/${what}`, { key, body, headers: { 'if-match': etag } })
const told = (noteId: string) =>
  vi.waitFor(async () => {
    const { rows } = await world.database.pool.query<{ agency: string; state: string }>(
      'SELECT agency, state FROM cooperation_note WHERE note_id = ANY($1) ORDER BY agency',
      [[noteId, `${noteId}-hold`]],
    )
    expect(rows.filter(({ state }) => state !== 'told')).toEqual([])
    return rows.map(({ agency }) => agency)
  }, 10_000)
const gatesOf = (seen: Seen) =>
  (
    seen.filings as (Seen['filings'][number] & { gates?: { kind: string; id: string; because: { en: string } }[] })[]
  ).map(({ procedure, status, gates = [] }) => ({ procedure, status, gates }))
const held = (seen: Seen) => gatesOf(seen).filter(({ gates }) => gates.length > 0)
const sweep = () => sweepAssistance({ database: world.database, adapters, rules: ownRules, now: () => world.now() })

/** What a trader reads wherever it can read anything at all: every GET there is, of this declaration and of everything. */
const everywhere = async (id: string) => {
  const { filings } = await world.read(id)
  const paths = world.app.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/v1/') && !path.includes('*'))
    .flatMap(({ path }) =>
      path.includes(':filingId') ? filings.map((filing) => path.replace(':filingId', filing.id)) : [path],
    )
    .map((path) => path.replace('/v1/declarations/:id', `/v1/declarations/${id}`))
    .filter((path) => !path.includes(':'))
  const texts: string[] = []
  for (const path of new Set(paths)) texts.push(`${path}\n${await (await world.call('GET', path)).text()}`)
  return texts
}

let id: string
let request: Request

test('a hold keeps what was not sent, and the trader reads that it is held, neither by whom nor why', async () => {
  const { body } = await world.post(evBatteries('-C.INSPECT'))
  id = body.id
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'in-review')
  const before = await world.read(id)
  request = await hold(id)
  expect(request).toMatchObject({ act: 'hold', status: 'open' })
  const seen = await world.read(id)
  const unsent = before.filings.filter(({ status }) => status === 'waiting').map(({ procedure }) => procedure)
  expect(unsent.length).toBeGreaterThan(2)
  expect(held(seen).map(({ procedure }) => procedure)).toEqual(unsent)
  for (const { gates } of held(seen))
    expect(gates).toEqual([
      expect.objectContaining({
        kind: 'assistance',
        because: { en: 'Held at an agency’s request', zh: '应有关部门要求暂缓办理' },
      }),
    ])
})

test('every agency that has something of it is told once, the reason only whoever is asked', async () => {
  expect(await told(request.id)).toEqual(['border', 'customs', 'fx', 'maritime', 'singapore'])
  const { rows } = await world.database.pool.query<{ agency: string; body: string }>(
    'SELECT agency, body FROM cooperation_note',
  )
  expect(rows.filter(({ body }) => body.includes(secret)).map(({ agency }) => agency)).toEqual(['customs'])
  await vi.waitFor(async () => expect((await read(request.id)).status).toBe('in-force'), 10_000)
})

test('customs holds what it has, and nothing goes on however long it takes', async () => {
  const seen = await world.until(id, (now) => filingOf(now, 'customs').holds.includes('suspended'))
  expect(filingOf(seen, 'customs').lastReceipt?.code).toBe('H')
  await world.simulator.clock.advance(12 * hour)
  const later = await world.read(id)
  expect(filingOf(later, 'customs').status).toBe('in-review')
  expect(held(later)).toHaveLength(held(seen).length)
})

test('nothing of a confidential request is anywhere a trader can read', async () => {
  const texts = await everywhere(id)
  expect(texts.filter((text) => text.startsWith(`/v1/declarations/${id}`)).length).toBeGreaterThan(8)
  expect(texts.length).toBeGreaterThan(20)
  const text = texts.join('\n')
  expect(text).toContain('Held at an agency')
  expect(text).not.toContain(secret)
  expect(text).not.toMatch(/assistance\.(asked|answered|closed|escalated)/)
  expect((await world.call('GET', `/v1/assistance/${request.id}`)).status).toBe(404)
  expect((await world.call('GET', `/v1/assistance/${request.id}`, { key: world.keys.integrator })).status).toBe(404)
  expect((await world.call('GET', `/v1/assistance/${request.id}`, { key: tax })).status).toBe(404)
})

test('a question that is confidential leaves no trace at all: not even the declaration’s revision moves', async () => {
  const tag = async () => (await world.call('GET', `/v1/declarations/${id}`)).headers.get('etag')
  // Whatever was still on its way about the declaration has come.
  await world.eventually(() => world.calm())
  const before = await tag()
  const question = await json<Request>(
    ask(border, { act: 'verify', to: 'customs', declarationId: id, reason: secret, dueAt: at(hour) }),
  )
  await told(question.id)
  await vi.waitFor(async () => expect((await read(question.id)).status).toBe('answered'), 10_000)
  expect(await tag()).toBe(before)
  expect((await read(question.id)).steps?.map(({ what, by }) => `${what} ${by}`)).toEqual([
    'asked border',
    'answered customs',
  ])
})

test('two holds: both must be lifted, each by whoever asked, or by its answer', async () => {
  const second = await hold(id, { to: 'border', visibility: 'trader', reason: 'The papers are looked at' }, customs)
  expect(held(await world.read(id))[0]?.gates).toHaveLength(2)
  const current = await read(request.id)
  expect((await act('cancel', current, { reason: 'not mine' }, customs)).status).toBe(404)
  expect((await act('cancel', { ...current, etag: '"x.0"' }, { reason: 'stale' }, border)).status).toBe(412)
  const release = await ask(border, {
    act: 'release',
    to: 'customs',
    declarationId: id,
    reason: 'cleared up',
    dueAt: at(hour),
    ends: request.id,
  })
  expect(release.status).toBe(201)
  expect((await read(request.id)).status).toBe('released')
  const between = held(await world.read(id))
  expect(between.length).toBeGreaterThan(2)
  expect(between[0]?.gates.map(({ id }) => id)).toEqual([second.id])
  const answered = await act(
    'answer',
    await read(second.id, border),
    { outcome: 'cleared', finding: 'in order' },
    border,
  )
  expect(answered.status).toBe(200)
  expect(held(await world.read(id))).toEqual([])
})

test('then everything goes on by itself, at the agencies too', async () => {
  const seen = await world.until(id, (now) => filingOf(now, 'customs').status === 'approved')
  expect(filingOf(seen, 'customs').holds).toEqual([])
  await world.until(id, (now) => filingOf(now, 'maritime', 'departure').status === 'approved')
})

test('what the trader may see stands on its timeline, in order', async () => {
  const { data } = await json<{ data: { type: string; data: { act?: string; step?: string; from?: string } }[] }>(
    world.call('GET', `/v1/declarations/${id}/events?limit=200`),
  )
  const steps = data
    .filter(({ type }) => type.startsWith('yuchuang.assistance'))
    .map(({ data }) => `${data.from} ${data.act} ${data.step}`)
  expect(steps).toEqual(expect.arrayContaining(['customs hold asked', 'customs hold answered']))
  expect(steps.filter((step) => step.startsWith('border'))).toEqual([])
  const own = await json<{ data: { act: string; from: string; steps?: unknown }[] }>(
    world.call('GET', '/v1/assistance'),
  )
  expect(own.data).toMatchObject([{ act: 'hold', from: 'customs' }])
  expect(own.data[0]?.steps).toBeUndefined()
})

test('a filing that comes later is held too, and the hold ends by itself when it runs out', async () => {
  const { body } = await world.post(evBatteries('-C.NEVER'))
  const first = await hold(body.id, { expiresAt: at(2 * hour) })
  const seen = await world.read(body.id)
  const asked = await world.call('POST', `/v1/declarations/${body.id}/filings`, {
    body: { agency: 'singapore', procedure: 'origin-certificate' },
    headers: { 'idempotency-key': 'later', 'if-match': (seen as unknown as { etag: string }).etag ?? '*' },
  })
  expect(asked.status, await asked.clone().text()).toBe(202)
  const later = gatesOf(await world.read(body.id)).find(({ procedure }) => procedure === 'origin-certificate')
  expect(later?.gates.map(({ id }) => id)).toEqual([first.id])
  await world.database.pool.query(`UPDATE assistance SET expires_at = $2 WHERE id = $1`, [first.id, at(-1)])
  await Promise.all([sweep(), sweep()])
  const over = await read(first.id)
  expect([over.status, over.steps?.filter(({ what }) => what === 'expired').length]).toEqual(['expired', 1])
  expect(held(await world.read(body.id))).toEqual([])
})

test('what was not answered in time is escalated once, to the name the rules give', async () => {
  const question = await json<Request>(
    ask(customs, { act: 'verify', to: 'border', declarationId: id, reason: 'Who is on board?', dueAt: at(hour) }),
  )
  await told(question.id)
  await sweep()
  expect((await read(question.id)).escalatedAt).toBeUndefined()
  await world.database.pool.query(`UPDATE assistance SET due_at = $2 WHERE id = $1`, [question.id, at(-1)])
  await Promise.all([sweep(), sweep(), sweep()])
  await sweep()
  const late = await read(question.id)
  expect(late.steps?.filter(({ what }) => what === 'escalated')).toMatchObject([
    { data: { to: { zh: '边检站值班站领导' } } },
  ])
  expect(await told(`${question.id}-escalated`)).toEqual(['border'])
  const list = await json<{ data: Request[] }>(
    world.call('GET', '/v1/assistance?escalated=true', { key: world.keys.admin }),
  )
  expect(list.data.map(({ id }) => id)).toEqual([question.id])
  const answered = await act('answer', late, { outcome: 'done', finding: 'the crew as listed' }, border)
  expect([answered.status, (await read(question.id)).status]).toEqual([200, 'answered'])
  expect((await act('answer', await read(question.id), { outcome: 'done' }, border)).status).toBe(409)
})
