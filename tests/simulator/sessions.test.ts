import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { limits } from '../../mocks/simulator/limits.ts'
import { type Stage, stage, startAt } from './support.ts'

const iso = (seconds: number) => new Date(startAt + seconds * 1_000).toISOString()

/** What one session's customer does: every call carries the session. */
function within({ simulator }: Stage, session: string) {
  const headers = { 'x-sim-session': session }
  const call = async (method: string, path: string, body?: object) =>
    simulator.app.request(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const json = async <T>(method: string, path: string, body?: object) =>
    (await (await call(method, path, body)).json()) as T
  return {
    call,
    json,
    submit: (reference: string, afterSeconds: readonly number[] = []) =>
      json<{ number: number; at: number; duplicate?: true }>('POST', '/island/submit', { reference, afterSeconds }),
    known: () => json<string[]>('GET', '/island/known'),
    mailbox: () => json<{ sequence: number; body: string }[]>('GET', '/island/mailbox'),
    advance: (order: object) => json<{ now: string }>('POST', '/control/clock/advance', order),
  }
}

async function make({ control }: Stage, settings: object = {}): Promise<string> {
  const answer = await control('POST', '/sessions', { startAt: iso(0), ...settings })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

test('a hundred sessions at once never see each other: memory, clock, chance, mailbox and journal are their own', async () => {
  const all = stage()
  const ids = await Promise.all(Array.from({ length: 100 }, (_, at) => make(all, { id: `s${at}`, seed: `seed ${at}` })))
  const numbers = await Promise.all(
    ids.map(async (id, at) => {
      const mine = within(all, id)
      const [first] = await Promise.all([mine.submit('EV1', [at]), mine.submit(`EV-${id}`)])
      expect(first.duplicate).toBeUndefined()
      expect(await mine.advance({ by: `PT${at}S` })).toMatchObject({ now: iso(at) })
      expect((await mine.known()).toSorted()).toEqual(['EV1', `EV-${id}`].toSorted())
      expect(await mine.mailbox()).toHaveLength(1)
      const journal = await mine.json<{ data: { references: string[] }[] }>('GET', '/control/journal?limit=1000')
      expect(new Set(journal.data.flatMap(({ references }) => references))).toEqual(new Set(['EV1', `EV-${id}`]))
      return first.number
    }),
  )
  expect(new Set(numbers).size).toBeGreaterThan(95)
  expect(await (await all.simulator.app.request('/island/known')).json()).toEqual([])
  expect(all.simulator.clock.now()).toBe(startAt)
})

test('a session is named by header or by path, and one that is not there is refused, never made', async () => {
  const all = stage()
  const id = await make(all)
  await within(all, id).submit('EV1')
  expect(await (await all.simulator.app.request(`/sessions/${id}/island/known`)).json()).toEqual(['EV1'])
  const control = await all.simulator.app.request(`/sessions/${id}/control/journal?reference=EV1`)
  expect(((await control.json()) as { data: [] }).data).toHaveLength(3)
  for (const path of ['/island/known', '/control/health', '/control/sessions/other']) {
    const answer = await within(all, 'other').call('GET', path)
    expect(answer.status, path).toBe(path.endsWith('other') ? 404 : answer.status)
    expect(await answer.json()).toMatchObject({
      status: 404,
      code: 'no-such-session',
      detailZh: expect.stringContaining('会话'),
    })
  }
})

test('a session begins with the seed, the time and the clock it was asked for, and says so', async () => {
  const all = stage()
  const id = await make(all, { id: 'mine', seed: 'a seed', mode: 'run', speed: 60, callbackUrl: 'http://else.test' })
  expect(await (await all.control('GET', `/sessions/${id}`)).json()).toMatchObject({
    id: 'mine',
    state: 'awake',
    seed: 'a seed',
    callbackUrl: 'http://else.test',
    clock: { mode: 'run', speed: 60 },
  })
  const list = (await (await all.control('GET', '/sessions')).json()) as { data: { id: string }[] }
  expect(list.data.map((one) => one.id)).toEqual(['default', 'mine'])
})

test.each([
  [{ id: '../etc' }, '/id'],
  [{ mode: 'backwards' }, '/mode'],
  [{ speed: 0 }, '/speed'],
  [{ startAt: 'yesterday' }, '/startAt'],
  [{ callbackUrl: 'file:///etc/passwd' }, '/callbackUrl'],
  [{ secrets: { island: 'guess' } }, '/secrets/island'],
  [{ colour: 'blue' }, ''],
])('a session asked for with %j is refused with a pointer', async (settings, pointer) => {
  const { control } = stage()
  const answer = await control('POST', '/sessions', settings)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'invalid', errors: [{ pointer }] })
})

test('a second session of one name is refused, and so is one more than the limit; the default one stays', async () => {
  const all = stage()
  await make(all, { id: 'one' })
  expect(await (await all.control('POST', '/sessions', { id: 'one' })).json()).toMatchObject({ code: 'session-exists' })
  expect(await (await all.control('DELETE', '/sessions/default')).json()).toMatchObject({ code: 'default-session' })
  for (let at = 1; at < limits.sessions; at += 1) await make(all, { id: `s${at}` })
  const over = await all.control('POST', '/sessions')
  expect([over.status, await over.json()]).toEqual([
    429,
    expect.objectContaining({ code: 'session-limit', detail: expect.stringContaining(String(limits.sessions)) }),
  ])
  expect((await all.control('DELETE', '/sessions/one')).status).toBe(204)
  expect((await within(all, 'one').call('GET', '/island/known')).status).toBe(404)
  await make(all, { id: 'one' })
  expect(await within(all, 'one').known()).toEqual([])
})

test('a reset session is as it was made: the same numbers come again at the same times', async () => {
  const all = stage()
  const mine = within(all, await make(all, { id: 'mine', seed: 'a seed' }))
  const life = async () => {
    const first = await mine.submit('EV1', [5])
    await mine.advance({ by: 'PT1M' })
    return [first, await mine.submit('EV1'), await mine.mailbox()]
  }
  const before = await life()
  await all.control('POST', '/sessions/mine/reset')
  expect([await mine.known(), (await mine.json<{ now: string }>('GET', '/control/clock')).now]).toEqual([[], iso(0)])
  expect(await life()).toEqual(before)
})

test('a snapshot brings back what was, whatever happened since, and from there the future is the same again', async () => {
  const all = stage()
  const mine = within(all, await make(all, { id: 'mine' }))
  const other = within(all, await make(all, { id: 'other' }))
  await mine.submit('EV1', [10, 20])
  await mine.advance({ by: 'PT15S' })
  const journal = await mine.json('GET', '/control/journal')
  expect((await all.control('POST', '/sessions/mine/snapshots', { name: 'before' })).status).toBe(201)
  const future = async () => {
    await mine.advance({ to: iso(30) })
    return [await mine.submit('EV2'), await mine.submit('EV1'), await mine.mailbox()]
  }
  const once = await future()
  await other.submit('EV9')
  await all.control('POST', '/sessions/mine/restore', { snapshot: 'before' })
  expect(await mine.json('GET', '/control/clock')).toMatchObject({ now: iso(15), mode: 'frozen', pending: 1 })
  expect(await mine.json('GET', '/control/journal')).toEqual(journal)
  expect(await mine.known()).toEqual(['EV1'])
  expect(await future()).toEqual(once)
  expect(await other.known()).toEqual(['EV9'])
})

test('snapshots are named once, listed, dropped, limited, and only restored where they are', async () => {
  const all = stage()
  await make(all, { id: 'mine' })
  const snap = (body: object) => all.control('POST', '/sessions/mine/snapshots', body)
  await snap({ name: 'a' })
  expect(await (await snap({ name: 'a' })).json()).toMatchObject({ code: 'snapshot-exists' })
  expect(await (await snap({ name: '../a' })).json()).toMatchObject({ errors: [{ pointer: '/name' }] })
  for (let at = 1; at < limits.snapshotsOfSession; at += 1) await snap({})
  expect(await (await snap({})).json()).toMatchObject({ code: 'snapshot-limit' })
  expect((await all.control('DELETE', '/sessions/mine/snapshots/a')).status).toBe(204)
  expect((await all.control('DELETE', '/sessions/mine/snapshots/a')).status).toBe(404)
  const list = (await (await all.control('GET', '/sessions/mine/snapshots')).json()) as { data: string[] }
  expect(list.data).toHaveLength(limits.snapshotsOfSession - 1)
  const gone = await all.control('POST', '/sessions/mine/restore', { snapshot: 'a' })
  expect([gone.status, await gone.json()]).toEqual([404, expect.objectContaining({ code: 'no-such-snapshot' })])
})

test('the default session is reset and restored like any other, and its clock and journal are the new ones', async () => {
  const all = stage()
  await all.submit('EV1', [5])
  await all.control('POST', '/sessions/default/snapshots', { name: 'one' })
  await all.advance(60)
  await all.control('POST', '/sessions/default/restore', { snapshot: 'one' })
  expect(all.simulator.clock.now()).toBe(startAt)
  await all.advance(5)
  expect(all.gateway.names()).toEqual(['1', '1'])
  await all.control('POST', '/sessions/default/reset')
  expect(all.simulator.journal.find().data).toEqual([])
})

test('in a folder, sessions and snapshots outlive a killed simulator and wake when they are asked for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-'))
  try {
    const first = stage({ folder })
    const mine = within(first, await make(first, { id: 'mine', seed: 'a seed' }))
    await mine.submit('EV1', [60])
    await mine.json('POST', '/control/sessions/mine/snapshots', { name: 'one' })
    await mine.submit('EV2')
    const second = stage({ folder })
    const list = await (await second.control('GET', '/sessions')).json()
    expect(list).toMatchObject({ data: [{ id: 'default' }, { id: 'mine', state: 'asleep' }] })
    const again = within(second, 'mine')
    expect(await again.known()).toEqual(['EV1', 'EV2'])
    expect(await again.advance({ next: true })).toMatchObject({ now: iso(60) })
    await second.control('POST', '/sessions/mine/restore', { snapshot: 'one' })
    const third = within(stage({ folder }), 'mine')
    expect(await third.known()).toEqual(['EV1'])
    expect(await third.json('GET', '/control/health')).toMatchObject({ defects: 0 })
    await second.control('DELETE', '/sessions/mine')
    expect((await within(stage({ folder }), 'mine').call('GET', '/island/known')).status).toBe(404)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('what fell due is done in order, and what was pushed has arrived, before the clock’s call is answered', async () => {
  const all = stage()
  await all.submit('EV1', [30, 10, 20])
  const answer = await all.control('POST', '/clock/advance', { by: 'PT20S' })
  expect(all.gateway.names()).toEqual(['2', '3'])
  expect(await answer.json()).toMatchObject({ now: iso(20), pending: 1, nextAt: iso(30) })
  await all.control('POST', '/clock/advance', { next: true })
  expect(all.gateway.names()).toEqual(['2', '3', '1'])
})

test.each([
  [{ to: iso(-1) }, 409, 'time-runs-forward'],
  [{ to: '2999-01-01T00:00:00Z' }, 400, 'too-far'],
  [{ by: 'P1M' }, 400, 'invalid'],
  [{ by: 'soon' }, 400, 'invalid'],
  [{ ms: -1 }, 400, 'invalid'],
  [{ ms: 1, next: true }, 400, 'invalid'],
  [{}, 400, 'invalid'],
])('the clock cannot be moved by %j', async (order, status, code) => {
  const all = stage()
  const answer = await all.control('POST', '/clock/advance', order)
  expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })])
  expect(all.simulator.clock.now()).toBe(startAt)
})

test('an agency that pushes to another session’s customer pushes nothing to ours', async () => {
  const all = stage()
  const id = await make(all, { callbackUrl: 'http://else.test/' })
  const mine = within(all, id)
  await mine.call('POST', '/harbour/submit', { reference: 'EV1', afterSeconds: [1] })
  await mine.advance({ by: 'PT1S' })
  expect(all.gateway.got.map(({ url }) => url)).toEqual(['http://else.test/v1/agencies/harbour/receipts'])
})

test('a body that is no JSON, or too long, is refused and prints nothing', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { simulator } = stage()
  const post = async (body: string) =>
    (await simulator.app.request('/control/sessions', { method: 'POST', body })).json()
  expect(await post('{')).toMatchObject({ status: 400, code: 'not-json' })
  expect(await post('[]')).toMatchObject({ status: 400, code: 'invalid' })
  expect(await post(' '.repeat(limits.controlBytes + 1))).toMatchObject({ status: 413, code: 'too-large' })
  expect(printed).not.toHaveBeenCalled()
  printed.mockRestore()
})
