import { expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { evBatteries, filingOf, frozenBeef, openWorld, startAt } from '../support/world.ts'

const world = await openWorld()
const imports = new Set(['arrival', 'payment-certificate', 'payment'])
const rows = agencies.flatMap(({ id: agency, letter, outcomes }) => outcomes.map(({ magic, procedure, does }) => ({ agency, letter, procedure, magic, does: does.en })))
const ids = new Map<string, string>()
test('x', async () => {
  const t0 = Date.now()
  for (const r of rows) {
    const magic = `-${r.letter}.${r.magic}`
    const d = imports.has(r.procedure) ? frozenBeef(`-C.SKIPJ${magic}`) : evBatteries(magic)
    const a = await world.post(d)
    if (a.status !== 202) console.log(JSON.stringify(a.body))
    ids.set(`${r.procedure} ${r.magic}`, a.body.id)
    if (r.procedure === 'payment-certificate') {
      const { id, etag } = filingOf(await world.read(a.body.id), 'tax')
      const b = await world.call('PUT', `/v1/declarations/${a.body.id}/filings/${id}/particulars`, { headers: { 'if-match': etag }, body: { certificates: [{ number: '801620261000000001-L01', issueDate: '2026-11-21', amount: '1.00' }] } })
      if (b.status !== 200) console.log(await b.text())
    }
  }
  console.log('posted', Date.now() - t0, rows.length)
  for (;;) { try { await world.idle(); break } catch { console.log('not yet', Date.now() - t0, world.simulator.clock.read()); if (Date.now() - t0 > 400000) break } }
  console.log('idle', Date.now() - t0)
  for (const r of rows) {
    const s = await world.read(ids.get(`${r.procedure} ${r.magic}`) ?? '')
    const f = filingOf(s, r.agency, r.procedure)
    console.log(`${r.agency} ${r.procedure} ${r.magic} => ${f.status} ${f.holds} | ${f.receipts.map((x) => `${x.code}:${x.status}`).join(' ')} | ${r.does} ${f.trouble?.en ?? ''}`)
  }
  console.log(await (await world.simulator.app.request('/control/health')).text(), startAt)
  expect(1).toBe(1)
}, 600000)
