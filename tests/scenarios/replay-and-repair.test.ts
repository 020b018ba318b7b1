import { expect, test } from 'vitest'
import type { Procedure } from '../../adapters/adapter.ts'
import { adapters as registered } from '../../adapters/registry.ts'
import type { Adapters } from '../../src/filing/plan.ts'
import { evBatteries, filingOf, openWorld } from '../support/world.ts'

// A day at the operator's desk 重发与修复: a lane stopped by hand, an encoder that is mended, an agency that lost what it had.
const mark = '<!-- made by a faulty encoder -->'
let isFaulty = false
/** The same agencies; one of them has an encoder that makes a mistake for a while. */
const mistaking = (procedure: Procedure): Procedure => ({
  ...procedure,
  encode(submission) {
    const message = procedure.encode(submission)
    return isFaulty ? { ...message, body: `${message.body}\n${mark}` } : message
  },
})
const adapters: Adapters = Object.fromEntries(
  Object.entries(registered).map(([agency, adapter]) => {
    if (agency !== 'singapore') return [agency, adapter]
    const procedures = Object.entries(adapter.procedures).map(([id, procedure]) => [id, mistaking(procedure)] as const)
    return [agency, { ...adapter, procedures: Object.fromEntries(procedures) }]
  }),
)
const calls: string[] = []
const world = await openWorld({
  adapters,
  apart: ['customs', 'singapore'],
  transport: (agencies) => ({
    ...agencies,
    async call(agency, message, trace) {
      calls.push(`${agency} ${message.method} ${message.path.split('?')[0]}`)
      if (message.body?.includes(mark)) return { status: 500, contentType: 'text/plain', body: 'NullPointerException' }
      return agencies.call(agency, message, trace)
    },
  }),
})
const { admin } = world.keys
/** What the operator asks, and the answer: a replay or a list of what is stuck. */
const operate = async (method: string, path: string, body?: unknown, key?: string) => {
  const answer = await world.call(method, `/v1/operations${path}`, {
    key: admin,
    body,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  })
  return { status: answer.status, body: (await answer.json()) as Replay & Stuck }
}
interface Replay {
  confirm: string
  filings: { filingId: string; outcome: string; asksFirst?: boolean; difference?: { unified: string } }[]
}
interface Stuck {
  data: { cause: string; agency: string; filingId?: string; error?: string; since: string }[]
}
const declaration = evBatteries('-B.CLEAR-M.CARGOPASS')
const lrn = declaration.functionalReferenceId
const sentTo = (agency: string, method: string) => calls.filter((call) => call.startsWith(`${agency} ${method}`)).length
let id = ''

test('customs is being maintained: the operator stops its lane, and nothing leaves for it', async () => {
  const reason = 'customs maintains its system until noon'
  const stopped = await operate('PUT', '/lanes/customs', { state: 'open', reason })
  expect(stopped).toMatchObject({ status: 200, body: { state: 'open', order: { reason, by: 'admin' } } })
  // A look into the mailbox that was under way ends by itself.
  const looks = () => world.database.pool.query("SELECT FROM mailbox WHERE lease_until > now() AND agency = 'customs'")
  await expect.poll(async () => (await looks()).rowCount).toBe(0)
  calls.length = 0
  const { status, body } = await world.post(declaration)
  expect([status, body.errors]).toEqual([202, undefined])
  id = body.id
  await world.until(id, (seen) => filingOf(seen, 'singapore').status === 'approved')
  expect(calls.filter((call) => call.startsWith('customs'))).toEqual([])
})

test('its trader reads who stopped it and why; the list of what is stuck too', async () => {
  const seen = await world.meanwhile(
    id,
    ({ timeline }) => timeline?.some(({ type }) => type.endsWith('lane-stopped')) ?? false,
  )
  const stopped = seen.timeline?.filter(({ type }) => type === 'yuchuang.filing.lane-stopped')
  expect(stopped).toMatchObject([
    { subject: filingOf(seen, 'customs').id, data: { by: 'admin', reason: 'customs maintains its system until noon' } },
  ])
  const { body } = await operate('GET', '/stuck?agency=customs')
  expect(body.data).toMatchObject([{ cause: 'stopped', error: 'customs maintains its system until noon' }])
})

test('resumed, what waited goes, once', async () => {
  await operate('PUT', '/lanes/customs', { state: 'closed', reason: 'customs is back' })
  const seen = await world.meanwhile(
    id,
    (seen) =>
      filingOf(seen, 'customs').status === 'acknowledged' &&
      seen.timeline?.some(({ type }) => type.endsWith('lane-resumed')) === true,
  )
  expect(seen.timeline?.find(({ type }) => type === 'yuchuang.filing.lane-resumed')?.data).toMatchObject({
    by: 'admin',
    reason: 'customs is back',
  })
  expect(sentTo('customs', 'POST')).toBe(1)
  expect((await operate('GET', '/stuck?agency=customs')).body.data).toEqual([])
})

const select = () => ({ select: { filingId: filing }, reason: 'customs lost a morning of its work' })
let filing = ''

test('what its agency has is not sent again; with force it is, and has no second effect', async () => {
  filing = filingOf(await world.read(id), 'customs').id
  const unforced = await operate('POST', '/replays', { ...select(), from: 'stored', dryRun: true })
  expect(unforced.body.filings).toMatchObject([{ filingId: filing, outcome: 'answered' }])
  const forced = { ...select(), from: 'stored', force: true }
  const shown = await operate('POST', '/replays', { ...forced, dryRun: true })
  expect(shown.body.filings).toMatchObject([{ outcome: 'would-be-sent', asksFirst: false }])
  const done = await operate('POST', '/replays', { ...forced, confirm: shown.body.confirm }, 'lost-morning')
  expect(done).toMatchObject({ status: 201, body: { filings: [{ filingId: filing, outcome: 'accepted' }] } })
  const seen = await world.meanwhile(id, () => sentTo('customs', 'POST') === 2)
  expect(seen.timeline?.find(({ type }) => type === 'yuchuang.filing.replayed')?.data).toMatchObject({
    by: 'admin',
    reason: 'customs lost a morning of its work',
    from: 'stored',
    force: true,
  })
  await world.meanwhile(id, (seen) => filingOf(seen, 'customs').delivery === undefined)
  expect(world.effects(lrn).filter((effect) => effect === 'customs: declared')).toHaveLength(1)
})

test('an encoder makes a mistake: its agency answers 500, and the filing is stuck as unknown', async () => {
  isFaulty = true
  const second = evBatteries('-B.CLEAR-M.CARGOPASS', new Date(world.simulator.clock.now()))
  id = (await world.post(second)).body.id
  const seen = await world.meanwhile(id, (seen) => (filingOf(seen, 'singapore').delivery?.tries ?? 0) >= 2)
  filing = filingOf(seen, 'singapore').id
  const { body } = await operate('GET', '/stuck?cause=unknown')
  expect(body.data).toMatchObject([{ agency: 'singapore', filingId: filing, error: 'HTTP 500' }])
})

test('mended, the difference is shown line by line before anything is sent', async () => {
  isFaulty = false
  const wanted = { select: { agency: 'singapore' }, from: 'encoded', reason: 'the encoder is mended' }
  // A worker may have it in its hands just now: then it says so, and is shown later.
  let shown = await operate('POST', '/replays', { ...wanted, dryRun: true })
  await world.meanwhile(id, () => {
    void operate('POST', '/replays', { ...wanted, dryRun: true }).then((answer) => (shown = answer))
    return shown.body.filings[0]?.outcome === 'would-be-sent'
  })
  expect(shown.body.filings).toMatchObject([{ filingId: filing, outcome: 'would-be-sent', asksFirst: true }])
  const unified = shown.body.filings[0]?.difference?.unified.split('\n') ?? []
  expect(unified).toContain(`-${mark}`)
  expect(unified.filter((line) => line.startsWith('+')).every((line) => line.includes('dateTime'))).toBe(true)
})

test('confirmed, the new bytes go: asked first, sent once, approved', async () => {
  const wanted = { select: { filingId: filing }, from: 'encoded', reason: 'the encoder is mended' }
  let outcome = ''
  for (let run = 0; outcome !== 'accepted' && run < 20; run++) {
    const shown = await operate('POST', '/replays', { ...wanted, dryRun: true })
    const done = await operate('POST', '/replays', { ...wanted, confirm: shown.body.confirm }, `mended-${run}`)
    outcome = done.body.filings[0]?.outcome ?? ''
    expect(['accepted', 'under-way', 'changed']).toContain(outcome)
  }
  const seen = await world.until(id, (seen) => filingOf(seen, 'singapore').status === 'approved')
  expect(filingOf(seen, 'singapore')).toMatchObject({ attempt: 1, unknown: false })
  const answer = await world.call('GET', `/v1/declarations/${id}/messages?limit=200&filing=${filing}`)
  const { data } = (await answer.json()) as { data: { kind: string; body?: string }[] }
  const submissions = data.filter(({ kind }) => kind === 'submission').map(({ body }) => body?.includes(mark))
  expect(submissions).toEqual([true, false])
  expect(data.findLastIndex(({ kind }) => kind === 'inquiry')).toBeLessThan(
    data.findIndex(({ kind, body }) => kind === 'answer' && body?.includes('Exception') === false),
  )
})
