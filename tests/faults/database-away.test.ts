import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { ownDatabase } from '../support/database.ts'
import { filingOf, laptops, openWorld } from '../support/world.ts'

// PostgreSQL goes away 数据库中断 for some seconds and comes back: every connection breaks, and new ones are refused.
const world = await openWorld({ troubled: true })
const alone = await ownDatabase({ troubled: true })

const nameOf = (url: string) => new URL(url).pathname.slice(1)
const administer = async (...statements: string[]) => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}
const cutOff = (name: string) =>
  administer(
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  )
const letIn = (name: string) => administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)

test('whoever listens tries again once a second, however long it takes, and hears again afterwards', async () => {
  const heard: string[] = []
  const refusals = () =>
    alone.errors.filter(({ message }) => /not currently accepting connections/.test(message)).length
  await alone.database.listen('test_channel', (payload) => heard.push(payload))
  await cutOff(nameOf(alone.url))
  const since = performance.now()
  await expect.poll(refusals, { timeout: 20_000, interval: 20 }).toBeGreaterThanOrEqual(4)
  expect(performance.now() - since).toBeGreaterThan(3_500)
  await letIn(nameOf(alone.url))
  // An empty call says that something may have been missed.
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([''])
  await alone.database.pool.query("SELECT pg_notify('test_channel', 'news')")
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['', 'news'])
})

test('gateway and worker live through it: what was accepted goes on to its end, once', async () => {
  const declaration = laptops('-C.SKIPJ-B.CLEAR')
  const { status, body } = await world.post(declaration)
  expect(status).toBe(202)
  await cutOff(nameOf(world.url))
  const path = `/v1/declarations/${body.id}`
  const meanwhile = await world.call('GET', path)
  expect([meanwhile.status, meanwhile.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
  await letIn(nameOf(world.url))
  await expect.poll(async () => (await world.call('GET', path)).status, { timeout: 10_000 }).toBe(200)
  const end = await world.until(body.id, ({ status }) => status === 'completed')
  expect(filingOf(end, 'customs').attempt).toBe(1)
  const effects = world.effects(declaration.functionalReferenceId)
  expect([...new Set(effects)]).toEqual(effects)
})
