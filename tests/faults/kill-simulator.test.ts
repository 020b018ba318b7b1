import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ofToday, openSite } from '../support/processes.ts'
import { filingOf } from '../support/seen.ts'

// The agencies' process is ended without a goodbye in the middle of a story; it remembers, and the story goes on.
const folder = await mkdtemp(join(tmpdir(), 'yuchuang-simulator-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const site = await openSite(folder)
let simulator = await site.startSimulator()
await site.startGateway()
await site.startWorker()
const declaration = ofToday('laptops', '-C.SKIPJ-B.CLEAR')
const lrn = declaration.functionalReferenceId
let id = ''

test('agencies go away after they have taken the filings in', async () => {
  const { body } = await site.post(declaration, 'kill-simulator')
  id = body.id
  await site.until(async () => filingOf(await site.read(id), 'customs').status === 'acknowledged')
  await site.advance(60_000)
  await site.until(async () =>
    filingOf(await site.read(id), 'customs').references.some(({ scheme }) => scheme === 'entry-number'),
  )
  await simulator.kill()
}, 60_000)

test('what is handed in meanwhile is accepted', async () => {
  expect((await site.post(ofToday('laptops'), 'meanwhile')).status).toBe(202)
})

test('they come back as they were: the story ends, and nothing has happened twice', async () => {
  const before = filingOf(await site.read(id), 'customs').references
  simulator = await site.startSimulator()
  await site.until(async () => {
    await site.advance(3_600_000)
    return (await site.read(id)).filings.every(({ status }) => status === 'closed')
  }, 90_000)
  const seen = await site.read(id)
  expect(filingOf(seen, 'customs').references).toEqual(before)
  const effects = await site.effects(lrn)
  expect([...new Set(effects)]).toEqual(effects)
  expect(effects).toEqual(
    expect.arrayContaining(['customs: declared', 'customs: registered', 'customs: released', 'customs: closed']),
  )
}, 120_000)
