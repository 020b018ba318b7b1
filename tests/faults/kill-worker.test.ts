import { expect, test } from 'vitest'
import { ofToday, openSite, type Running } from '../support/processes.ts'
import { filingOf } from '../support/seen.ts'

// The worker's process is ended without a goodbye between sending and recording: at customs it has happened, here nobody knows.
const site = await openSite()
await site.startSimulator()
await site.startGateway()
let worker: Running = await site.startWorker()
const declared = async (lrn: string) =>
  (await site.effects(lrn)).filter((effect) => effect === 'customs: declared').length

test('kill -9 between send and record: another worker finds out within 30 seconds, and customs has it once', async () => {
  // Customs takes it in and does not answer.
  const declaration = ofToday('laptops', '-C.TIMEOUT')
  const lrn = declaration.functionalReferenceId
  const { status, body } = await site.post(declaration, 'kill-worker')
  expect(status).toBe(202)
  await site.until(async () => (await declared(lrn)) === 1)
  expect(filingOf(await site.read(body.id), 'customs').status).toBe('queued')
  await worker.kill()

  worker = await site.startWorker()
  await site.until(async () => filingOf(await site.read(body.id), 'customs').status === 'acknowledged', 30_000)
  const customs = filingOf(await site.read(body.id), 'customs')
  expect(customs).toMatchObject({ attempt: 1, unknown: false, lastReceipt: { code: '0' } })
  expect(await declared(lrn)).toBe(1)
}, 60_000)

test('every filing the dead worker had in its hands is recovered, none is filed twice', async () => {
  const declarations = Array.from({ length: 10 }, () => ofToday('laptops'))
  const ids: string[] = []
  for (const declaration of declarations)
    ids.push((await site.post(declaration, declaration.functionalReferenceId)).body.id)
  await worker.kill()
  worker = await site.startWorker()
  const isHeld = async (id: string) =>
    (await site.read(id)).filings.every(({ status }) => !['queued', 'sent', 'planned'].includes(status))
  await site.until(async () => (await Promise.all(ids.map(isHeld))).every(Boolean), 30_000)
  for (const { functionalReferenceId: lrn } of declarations) {
    const effects = await site.effects(lrn)
    expect([...new Set(effects)]).toEqual(effects)
    expect(await declared(lrn)).toBe(1)
  }
}, 60_000)

test('a worker that is asked to stop finishes what is under way, and takes nothing new', async () => {
  // Customs takes three seconds to answer.
  const declaration = ofToday('laptops', '-C.SLOW')
  const { body } = await site.post(declaration, 'stop-worker')
  await site.until(async () => (await declared(declaration.functionalReferenceId)) === 1)
  expect(filingOf(await site.read(body.id), 'customs').status).toBe('queued')
  expect(await worker.stop()).toBe(0)
  expect(filingOf(await site.read(body.id), 'customs')).toMatchObject({ status: 'acknowledged', unknown: false })

  const later = await site.post(ofToday('laptops'), 'nobody-works')
  expect(filingOf(await site.read(later.body.id), 'customs').status).toBe('queued')
}, 60_000)
