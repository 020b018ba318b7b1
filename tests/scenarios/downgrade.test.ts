import { expect, test, vi } from 'vitest'
import { makeKey } from '../../src/db/keys.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// A firm is put into FX class C 外汇分类降为C类. The tax office counts it in class 4 from then on, and customs looks at its goods more often; when
// the cause is lifted, so is what followed from it.
const world = await openWorld()
const fx = await makeKey(world.database, { name: 'fx desk', role: 'agency', agency: 'fx' })
const declaration = evBatteries()
const firm = declaration.goodsShipment.exporter?.id ?? ''

/** The tax office has said something of the claim. */
const judged = (seen: Seen) => !['waiting', 'queued', 'sent'].includes(filingOf(seen, 'tax').status)

const give = async (level: string, since: string) => {
  const path = `/v1/credit/${firm}/fx-class`
  const current = await world.call('GET', path, { key: fx })
  return world.call('PUT', path, {
    key: fx,
    body: { level, since, reason: 'Receipts without goods', basis: 'test' },
    headers: { 'if-match': current.headers.get('etag') ?? '*' },
  })
}
const notes = async () => {
  const { rows } = await world.database.pool.query<{
    agency: string
    state: string
    body: string
    answer: string | null
  }>(`SELECT agency, state, body, answer FROM cooperation_note WHERE kind = 'credit' ORDER BY number`)
  return rows.map(({ agency, state, body, answer }) => ({
    agency,
    state,
    body: JSON.parse(body) as { kind: string; state: string; level?: string; factor?: string },
    answer: answer === null ? undefined : (JSON.parse(answer) as { outcome: string; text: string }),
  }))
}
const allTold = () =>
  vi.waitFor(async () => {
    const all = await notes()
    expect(all.length).toBeGreaterThan(0)
    expect(all.filter(({ state }) => state !== 'told')).toEqual([])
    return all
  }, 10_000)

test('a downgrade reaches the tax class and the customs risk, as notes the two agencies act on', async () => {
  const given = await give('C', '2026-11-20')
  expect(given.status, await given.clone().text()).toBe(200)
  const all = await allTold()
  expect(all.map(({ agency, body }) => `${agency} ${body.kind} ${body.level ?? ''}`)).toEqual(
    expect.arrayContaining(['tax at-most 4', expect.stringMatching(/^customs risk/)]),
  )
  expect(all.map(({ answer }) => answer?.outcome)).toEqual(all.map(() => 'done'))
  expect(all.find(({ agency }) => agency === 'tax')?.answer?.text).toContain('4类')
})

test('a claim of the firm is looked at as class 4 is: without proof of collection it is turned away', async () => {
  const { body } = await world.post(declaration)
  const seen = await world.until(body.id, judged, 6 * 3_600_000)
  const { status, lastReceipt } = filingOf(seen, 'tax')
  expect([status, JSON.stringify(lastReceipt)]).toEqual(['refused', expect.stringContaining('收汇')])
})

test('when the cause is lifted both are told, and the register counts again', async () => {
  const before = (await notes()).length
  expect((await give('A', '2026-11-21')).status).toBe(200)
  const all = await vi.waitFor(async () => {
    const told = await allTold()
    expect(told.length).toBeGreaterThan(before)
    return told
  }, 10_000)
  const ended = all.slice(before)
  expect(new Set(ended.map(({ agency, body }) => `${agency} ${body.state}`))).toEqual(
    new Set(['tax ended', 'customs ended']),
  )
  expect(ended.find(({ agency }) => agency === 'tax')?.answer?.text).toContain('恢复')
})

test('and its next claim passes as it did before', async () => {
  const { body } = await world.post(evBatteries())
  const seen = await world.until(body.id, judged, 6 * 3_600_000)
  expect(filingOf(seen, 'tax').status).not.toBe('refused')
})
