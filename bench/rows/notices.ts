import { Agent } from 'undici'
import { transaction } from '../../src/db/database.ts'
import { makeEndpoint } from '../../src/db/endpoints.ts'
import { newId } from '../../src/db/ids.ts'
import { limits } from '../../src/limits.ts'
import { newSecret, signedHeaders } from '../../src/notices/signature.ts'
import { createVault } from '../../src/notices/vault.ts'
import type { Cluster, Ground } from '../cluster.ts'
import { until } from '../measure.ts'
import { type Server, startServer } from '../processes.ts'
import type { Row } from '../report.ts'

export interface NoticeOptions {
  readonly firms: number
  /** Events of each firm; each goes to all its endpoints, as many as a firm may have. */
  readonly events: number
}

/** One endpoint in so many is slow. */
const slowEvery = 10
/** Longest until everything has arrived: the slow ones take one a second on each of their connections. */
const mostMs = 240_000

interface Received {
  readonly firstAt: number
  readonly all?: { readonly atMs: number; readonly requests: number }
  readonly requests: number
  readonly taken: readonly string[]
}

/**
 * (f) Notices a second to a hundred endpoints, one in ten of which is slow, one event in five refused the first time, beside a loop that
 * signs and posts the same bytes and remembers nothing. Every event must have been taken at every endpoint in the end.
 */
export async function measureNotices(cluster: Cluster, { firms, events }: NoticeOptions): Promise<Row[]> {
  const ground = await cluster.create('bench_notices')
  const secret = newSecret()
  const quick = firms * (limits.webhookEndpoints - limits.webhookEndpoints / slowEvery)
  const env = { SECRET: secret.replace('whsec_', ''), EXPECTED: String(quick * events) }
  const [receivers, bareReceivers, mocks] = await Promise.all([
    startServer('bench/servers/receivers.ts', [], env),
    startServer('bench/servers/receivers.ts', [], env),
    startServer('bench/servers/mocks.ts', [], {}),
  ])
  const places = await settle(ground, receivers.url, secret, firms)
  const expected = await happen(ground, places, events)
  const worker = await startServer('src/main.ts', ['worker'], {
    ...ground.env,
    SIMULATOR_URL: mocks.url,
    ALLOW_PRIVATE_WEBHOOKS: 'true',
  })
  const ours = await rateOf(receivers)
  const cpuMs = worker.cpuMs()
  await until('notices', mostMs, async () => (await received(receivers)).taken.length >= expected.size, 250)
  const { taken } = await received(receivers)
  const arrived = new Set(taken)
  const missing = [...expected].filter((key) => !arrived.has(key))
  if (missing.length > 0 || taken.length !== expected.size)
    throw new Error(`${missing.length} of ${expected.size} notices did not arrive, ${taken.length} did`)
  await worker.stop()
  const theirs = await bareLoop(bareReceivers, secret, [...expected])
  await Promise.all([receivers.stop(), bareReceivers.stop(), mocks.stop()])
  return [
    {
      id: 'f',
      what: `notices to ${places.length} endpoints, 20 % refused at first, 10 % slow, against signing and posting alone`,
      ours: { value: ours.perSecond, unit: '/s', ...(cpuMs === undefined ? {} : { cpuMsEach: cpuMs / ours.requests }) },
      theirs: { value: theirs, unit: '/s' },
      ratio: ours.perSecond / theirs,
    },
  ]
}

interface Place {
  readonly tenant: string
  readonly path: string
}

/** As many endpoints as each firm may have, one secret for all. */
async function settle({ database }: Ground, url: string, secret: string, firms: number): Promise<Place[]> {
  const vault = createVault([])
  const places: Place[] = []
  for (let firm = 0; firm < firms; firm++)
    for (let at = 0; at < limits.webhookEndpoints; at++) {
      const place = { tenant: `F${firm}`, path: `/${at % slowEvery === 0 ? 'slow' : 'quick'}/${firm}-${at}` }
      const id = newId(Date.now())
      const about = {
        id,
        tenant: place.tenant,
        url: `${url}${place.path}`,
        description: undefined,
        types: [],
        enabled: true,
      }
      await transaction(database.pool, (client) =>
        makeEndpoint(client, { ...about, sealed: vault.seal(secret, id) }, new Date()),
      )
      places.push(place)
    }
  return places
}

/** Lets things happen before anybody sends; gives what must arrive where: `<path> <event id>`. */
async function happen({ database }: Ground, places: readonly Place[], events: number): Promise<Set<string>> {
  const expected = new Set<string>()
  for (const [tenant, own] of Map.groupBy(places, (place) => place.tenant)) {
    const id = newId(Date.now())
    await database.pool.query(
      `WITH declared AS (
         INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
         VALUES ($1, $2, $1, 'export', '{}', $3, '', now(), now()))
       INSERT INTO event (declaration_id, number, type, data, at, hash)
       SELECT $1, number, 'filing.receipt', $4, now(), '' FROM generate_series(1, $3::int) AS number`,
      [id, tenant, events, JSON.stringify({ text: 'x'.repeat(400) })],
    )
    for (const { path } of own) for (let number = 1; number <= events; number++) expected.add(`${path} ${id}.${number}`)
  }
  return expected
}

const received = async ({ url }: Server) => (await (await fetch(`${url}/bench/received`)).json()) as Received

/** Requests a second, from the first until every quick receiver was tried with everything. */
async function rateOf(receivers: Server): Promise<{ perSecond: number; requests: number }> {
  await until('first tries', mostMs, async () => (await received(receivers)).all !== undefined, 100)
  const { firstAt, all } = await received(receivers)
  if (all === undefined) throw new Error('Not all were tried')
  return { perSecond: all.requests / ((all.atMs - firstAt) / 1_000), requests: all.requests }
}

/** Signs and posts the same notices, as many at a time to each place, without keeping anything or trying again. */
async function bareLoop(receivers: Server, secret: string, keys: readonly string[]): Promise<number> {
  const agent = new Agent()
  const byPlace = Map.groupBy(keys, (key) => key.split(' ')[0] ?? '')
  const sending = Promise.all(
    [...byPlace].flatMap(([path, own]) => {
      const next = own.values()
      return Array.from({ length: limits.noticesPerEndpoint }, async () => {
        for (const key of next) {
          const id = key.split(' ')[1] ?? ''
          const body = JSON.stringify({ id, data: { text: 'x'.repeat(550) } })
          const headers = signedHeaders([secret], { id, body, at: Date.now() })
          const answer = await agent.request({ origin: receivers.url, path, method: 'POST', headers, body })
          await answer.body.dump()
        }
      })
    }),
  )
  const { perSecond } = await rateOf(receivers)
  await sending
  await agent.close()
  return perSecond
}
