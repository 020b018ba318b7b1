import { expect, test } from 'vitest'
import { filingOf, frozenBeef, openWorld, type Seen } from '../support/world.ts'

// Frozen beef 冻牛肉, picked for inspection and taxed: what it cost and where the time went stand on the declaration, always.
const world = await openWorld()
let id = ''

const customsTimes = ({ times }: Seen) => times.filings.find(({ agency }) => agency === 'customs')

test('before anybody has said a word the estimate stands there, with where its rates come from', async () => {
  const { status, body } = await world.post(frozenBeef('-B.CLEAR-C.INSPECT'))
  expect(status).toBe(202)
  id = body.id
  const { costs, times } = await world.read(id)
  expect(Number(costs?.estimates[0]?.total)).toBeGreaterThan(0)
  expect(costs?.estimates[0]?.notes.map(({ en }) => en).join(' ')).toMatch(/2020/)
  expect(costs?.totals).toEqual([])
  expect(times).not.toHaveProperty('releasedAt')
})

test('while customs looks, the hold is a step that has begun and not ended', async () => {
  await world.until(id, (seen) => filingOf(seen, 'customs').holds.includes('inspection'))
  const hold = customsTimes(await world.read(id))?.steps.find(({ step }) => step === 'hold-inspection')
  expect(hold).toBeDefined()
  expect(hold?.to).toBeUndefined()
})

test('when all have let it go, each step has its hours, customs apart from the whole', async () => {
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'closed')
  await world.idle()
  const seen = await world.read(id)
  const customs = customsTimes(seen)
  expect(customs?.steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(['registered', 'in-review', 'hold-inspection', 'approved', 'closed']),
  )
  expect(customs?.steps.find(({ step }) => step === 'hold-inspection')?.hours).toBeGreaterThan(0)
  expect(seen.times.overallHours).toBeGreaterThanOrEqual(customs?.hours ?? Number.POSITIVE_INFINITY)
})
