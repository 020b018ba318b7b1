import { afterEach, expect, test } from 'vitest'
import { keepAcceptances } from '../../src/db/accept.ts'
import { serialsFrom, type TakeSerials } from '../../src/db/serials.ts'
import { createAcceptor, hashOf } from '../../src/filing/accept.ts'
import type { AcceptRequest, Composer } from '../../src/filing/compose.ts'
import { type ComposersOptions, startComposers } from '../../src/filing/composers.ts'
import { limits } from '../../src/limits.ts'
import { ownDatabase } from '../support/database.ts'
import { broker, laptops, startAt } from '../support/world.ts'

// Threads compose what is handed in; they may die, hang or be busy, and nobody else's declaration notices.
const { database } = await ownDatabase()
const dying = new URL('dying-composer.ts', import.meta.url)
const composers: Composer[] = []
afterEach(async () => {
  await Promise.all(composers.splice(0).map((composer) => composer.stop()))
})
const deaths: Error[] = []
async function start(options: Partial<ComposersOptions> = {}): Promise<Composer> {
  deaths.length = 0
  const composer = await startComposers({
    threads: 1,
    takeSerials: serialsFrom(database),
    onDeath: (error) => deaths.push(error),
    ...options,
  })
  composers.push(composer)
  return composer
}

let handed = 0
function request(text: string, mediaType = 'application/json'): AcceptRequest {
  const bytes = Buffer.from(text)
  const about = { instance: '/v1/declarations', requestId: 'threads', language: 'en' } as const
  return { tenant: broker, key: `thread-${++handed}`, bodyHash: hashOf(bytes), mediaType, bytes, about }
}
const good = () => request(JSON.stringify(laptops()))
const saying = (word: string) => request(JSON.stringify({ ...laptops(), remarks: word }))
const outcomes = async (composer: Composer, requests: readonly AcceptRequest[]) =>
  (await Promise.allSettled(requests.map((one) => composer.compose(one, startAt)))).map((one) =>
    one.status === 'fulfilled' ? one.value.answer.status : ((one.reason as { code?: string }).code ?? 'failed'),
  )

test('a document that kills its thread fails alone: everything beside it is composed', async () => {
  const composer = await start({ program: dying })
  const requests = [...Array.from({ length: 5 }, good), saying('DIES'), ...Array.from({ length: 12 }, good)]
  expect(await outcomes(composer, requests)).toEqual(requests.map((_, at) => (at === 5 ? 'failed' : 202)))
  expect(deaths).toHaveLength(limits.composeTries)
})

test('a document that never ends is ended, and fails alone', async () => {
  const composer = await start({ program: dying, composeMs: 1_000, threads: 2 })
  expect(await outcomes(composer, [good(), saying('HANGS'), good(), good()])).toEqual([202, 'failed', 202, 202])
  expect(await outcomes(composer, [good()])).toEqual([202])
})

test('what was composed when its thread died is kept once, under numbers nobody else has', async () => {
  const composer = await start({ program: dying, threads: 2 })
  const acceptor = createAcceptor(database, composer, () => startAt)
  const requests = Array.from({ length: 24 }, (_, at) => (at === 3 ? saying('DIES') : good()))
  const answers = await Promise.allSettled(requests.map((one) => acceptor.accept(one)))
  expect(answers.map(({ status }) => status)).toEqual(requests.map((_, at) => (at === 3 ? 'rejected' : 'fulfilled')))
  const { rows } = await database.pool.query<{ declarations: number; filings: number; serials: number }>(
    `SELECT count(DISTINCT declaration_id)::int AS declarations, count(*)::int AS filings,
       count(DISTINCT (agency, serial))::int AS serials FROM filing`,
  )
  expect(rows[0]?.declarations).toBe(23)
  expect(rows[0]?.serials).toBe(rows[0]?.filings)
})

test('while the largest document is composed this thread goes on', async () => {
  const composer = await start()
  const rows = '<DecList><GNo>1</GNo></DecList>'.repeat(Math.floor(limits.bodyBytes / 32))
  const large = composer.compose(
    request(`<DecMessage><DecLists>${rows}</DecLists></DecMessage>`, 'application/xml'),
    startAt,
  )
  let turns = 0
  const over = large.catch(() => undefined).then(() => true)
  while (!(await Promise.race([over, new Promise<false>((resolve) => setImmediate(resolve, false))]))) turns++
  expect(turns).toBeGreaterThan(100)
})

test('a problem comes out of a thread as it is', async () => {
  const composer = await start()
  await expect(composer.compose(request('{"a":1,"a":2}'), startAt)).rejects.toMatchObject({
    name: 'Problem',
    code: 'malformed-body',
    errors: [{ pointer: '/a', code: 'duplicate-key' }],
  })
  await expect(composer.compose(request('x', 'text/plain'), startAt)).rejects.toMatchObject({
    code: 'unsupported-media-type',
    detail: { zh: expect.stringContaining('application/json') as string },
  })
})

test('without serial numbers nothing is composed, and with them again everything', async () => {
  let away = true
  const takeSerials: TakeSerials = (agency, count) =>
    away
      ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }))
      : serialsFrom(database)(agency, count)
  const composer = await start({ takeSerials })
  expect(await outcomes(composer, [good()])).toEqual(['ECONNREFUSED'])
  away = false
  expect(await outcomes(composer, [good()])).toEqual([202])
})

test('more than may wait is turned away at once', async () => {
  const composer = await start({ program: dying })
  const large = () => request(`"${'x'.repeat(limits.bodyBytes - 2)}"`)
  const most = limits.composeAhead + Math.ceil(limits.composeWaitingBytes / limits.bodyBytes)
  void composer.compose(saying('HANGS'), startAt).catch(() => undefined)
  const waiting = Array.from({ length: most }, () => composer.compose(large(), startAt))
  void Promise.allSettled(waiting)
  await expect(composer.compose(large(), startAt)).rejects.toMatchObject({ code: 'unavailable' })
})

test('a thread that cannot start is told at the start', async () => {
  await expect(start({ program: new URL('no-such-program.ts', import.meta.url) })).rejects.toThrow(/no-such-program/)
})

test('a thread composes what this thread would', async () => {
  const composed = await (await start()).compose(good(), startAt)
  await keepAcceptances(database, [composed.rows], new Date(startAt))
  const { rows } = await database.pool.query<{ body: string }>('SELECT body FROM idempotency WHERE location = $1', [
    composed.answer.location,
  ])
  expect(rows).toEqual([{ body: composed.answer.body }])
})
