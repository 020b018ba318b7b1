import { expect, test } from 'vitest'
import { declared, openWorld } from '../support/world.ts'

const world = await openWorld()
test.each(['laptops', 'frozen-beef'] as const)('%s', async (name) => {
  const a = await world.post(declared(name))
  console.log(a.status, JSON.stringify(a.body.errors,null,1), JSON.stringify(a.body.filings))
  expect(a.status).toBe(202)
  try {
  await world.until(a.body.id, (s) => s.status === 'completed') } catch (e) { console.log(String(e)) }
  const end = await world.read(a.body.id)
  for (const f of end.filings) console.log(f.agency, f.procedure, f.status, f.attempt, JSON.stringify(f.references.map((r) => `${r.scheme} ${r.value}`)), f.receipts.map((r) => `${r.code}:${r.status}:${r.text}`).join(' '))
  console.log(JSON.stringify(end.needsAction, null, 1))
}, 60000)
