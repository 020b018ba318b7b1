import { adapters } from '../../adapters/registry.ts'
import { carryOutBy } from '../conformance-runs/support.ts'
import { clerkOf } from './clerk.ts'
import { hostile } from './hostile-names.ts'
import { done, type Place } from './pages.ts'
import type { Site } from './site.ts'

const scenario = (id: string, group: string, more: object) => ({
  of: 3,
  judged: { id, group, title: { en: `Promise ${id}`, zh: `承诺 ${id}` }, durationMs: 12, ...more },
})
const exchange = {
  request: {
    method: 'POST',
    url: 'http://agency.test/submit',
    headers: { 'content-type': 'application/json' },
    body: hostile,
  },
  response: { status: 503, headers: {}, body: hostile },
}
/** Of three promises one is kept, one is not, one does not apply; names and bodies are hostile. */
export const misbehaving = [
  scenario('kept', 'schema', { verdict: 'conformant' }),
  scenario('broken', 'timeout', {
    verdict: 'not-conformant',
    findings: [{ what: hostile, pointer: '/response/body', exchange }],
  }),
  scenario('elsewhere', 'forbidden', { verdict: 'not-applicable', reason: 'because it has none' }),
]
  .map((line) => `console.log(${JSON.stringify(JSON.stringify(line))})`)
  .join('\n')

/** Pages there are without anything having happened. */
export const standingIntegrator: readonly Place[] = [
  { path: '/keys', as: 'trader' },
  { path: '/keys', as: 'admin' },
  { path: '/keys?state=ended&role=bank', as: 'admin' },
  { path: '/keys/new', as: 'admin' },
  { path: '/keys/new', as: 'payee' },
  { path: '/keys/nowhere', as: 'trader' },
  { path: '/webhooks', as: 'payee' },
  { path: '/webhooks/new', as: 'trader' },
  { path: '/webhooks/nowhere', as: 'trader' },
  { path: '/conformance', as: 'admin' },
  { path: '/conformance', as: 'trader' },
]

/** What there is to see when keys were made and ended, endpoints tried, and a run was carried out. */
export async function furnishIntegrator({ world, keys }: Site): Promise<readonly Place[]> {
  const [trader, admin] = await Promise.all([clerkOf(world, keys.trader), clerkOf(world, keys.admin)])
  const made = await trader.send(await trader.get('/keys/new'), /^\/keys$/, { name: hostile.slice(0, 100) })
  const key = /href="(\/keys\/[0-9A-Z]{20})"/.exec(made.html)?.[1] ?? ''
  await trader.send(await trader.get(key), /replace$/)
  const endpoint = await trader.send(await trader.get('/webhooks/new'), /^\/webhooks$/, {
    url: `https://receiver.example.com/${'a-long-way/'.repeat(20)}`,
    description: hostile,
    types: ['yuchuang.filing.*', 'yuchuang.movement.*'],
  })
  const hook = /href="(\/webhooks\/[0-9A-Z]{20})"/.exec(endpoint.html)?.[1] ?? ''
  done(await trader.post(`${hook}/ping`, {}))
  await world.database.pool.query(
    `WITH tried AS (UPDATE notice SET status = 'exhausted', tries = 1, settled_at = now() WHERE endpoint_id = $1 RETURNING id)
     INSERT INTO notice_try (notice_id, number, at, status, latency_ms, excerpt, error) SELECT id, 1, now(), 503, 41, $2, 'later' FROM tried`,
    [hook.split('/').at(-1), hostile],
  )
  const start = async () =>
    done(
      await admin.send(await admin.get('/conformance'), /^\/conformance$/, { ids: Object.keys(adapters).slice(0, 2) }),
    )
  const run = await start()
  await carryOutBy(misbehaving, world)
  const waiting = await start()
  return [
    ...standingIntegrator,
    { path: key, as: 'trader', shows: hostile.slice(0, 100) },
    { path: hook, as: 'trader', shows: hostile },
    { path: `${hook}/edit`, as: 'trader', shows: hostile },
    { path: run, as: 'admin', shows: hostile },
    { path: waiting, as: 'admin', refreshes: true },
  ]
}
