import { test } from 'vitest'
import { putInto, withDraft } from '../../src/fees/draft.ts'
import { lin, openDesk, orderlyEntries, zhao } from './drafting.ts'
import { fee } from './support.ts'
const kinds = ['seal', 'stuffing', 'unstuffing', 'disinfection']
test('x', { timeout: 120000 }, async () => {
  const desk = await openDesk(); await desk.seed()
  const { pool } = desk.database
  const connect = pool.connect.bind(pool)
  const timed = (cb?: unknown) => { if (cb) return (connect as any)(cb); return own() }
  const own = async () => {
    const client = await (connect as () => Promise<any>)()
    if (client.timed) return client
    client.timed = true
    const q = client.query.bind(client)
    client.query = async (sql: any, values: any) => {
      const s = performance.now()
      const isBig = typeof sql === 'string' && /putEntries|WITH given|INSERT INTO catalogue_(rev|edition_e)|member.type, member.entry_id, content|sha256|count\(content\)/.test(sql)
      const r = await q(sql, values)
      const ms = performance.now() - s
      if (ms > 60) console.log(Math.round(ms), sql.replace(/\s+/g, ' ').slice(0, 90))
      return r
    }
    return client
  }
  pool.connect = timed as never
  const { id } = await desk.begin()
  const payees = Array.from({ length: 2_500 }, (_, at) => ({ ...(orderlyEntries().find((one) => one.type === 'payee') as never as {id: string}), id: `payee-${at}` })) as never[]
  const fees = Array.from({ length: 20_000 }, (_, at) => fee(`many-${at}`, { kind: kinds[at % 4] ?? 'seal', payee: `payee-${Math.floor(at / 8)}`, applies: { directions: [at % 8 < 4 ? 'import' : 'export'] } }))
  await withDraft(desk.database, desk.about(id, lin), ['open'], (client, draft) => putInto(client, draft, lin, [...payees, ...fees], desk.at()))
  console.log('submit'); await desk.submit(id)
  console.log('approve'); await desk.approve(id, zhao)
  const next = await desk.begin()
  console.log('small put'); await desk.put(next.id, lin, fee('many-1', {kind:'stuffing', payee: 'payee-0', applies: {directions:['import']}, telephone: '023-1234568'}))
  console.log('submit'); await desk.submit(next.id)
  console.log('approve'); await desk.approve(next.id, zhao)
})
