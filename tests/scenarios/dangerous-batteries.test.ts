import { expect, test } from 'vitest'
import { evBatteries, openWorld } from '../support/world.ts'

const world = await openWorld()
test('x', async () => {
  const t0 = performance.now()
  const a = await world.post(evBatteries())
  console.log(a.status, JSON.stringify(a.body.errors))
  const end = await world.until(a.body.id, (s) => s.status === 'completed')
  console.log(performance.now() - t0)
  for (const f of end.filings) console.log(f.agency, f.procedure, f.status, f.attempt, JSON.stringify(f.references), f.receipts.map((r) => `${r.code}:${r.status}`).join(' '))
  console.log(end.timeline?.map((e) => `${e.type} ${e.data.agency}/${e.data.procedure} ${e.data.status ?? ''} ${e.data.code ?? ''}`).join('\n'))
  for (const e of world.simulator.journal.find({ kind: 'effect', limit: 1000 }).data) console.log(JSON.stringify(e))
  expect(1).toBe(1)
})
