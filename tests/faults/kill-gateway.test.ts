import { expect, test } from 'vitest'
import { ofToday, openSite } from '../support/processes.ts'

// The gateway's process is ended without a goodbye right after its 202: what was accepted is durable.
const site = await openSite()
await site.startSimulator()
let gateway = await site.startGateway()

test('kill -9 after 202: every declaration is there, and is filed', async () => {
  const declarations = Array.from({ length: 8 }, () => ofToday('laptops'))
  const answers = await Promise.all(
    declarations.map((declaration) => site.post(declaration, declaration.functionalReferenceId)),
  )
  await gateway.kill()
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))

  gateway = await site.startGateway()
  const seen = await Promise.all(answers.map(({ body }) => site.read(body.id)))
  expect(seen.map(({ filings }) => filings.length)).toEqual(answers.map(({ body }) => body.filings.length))
  await site.startWorker()
  const isHeld = async (id: string) =>
    (await site.read(id)).filings.every(({ status }) => !['queued', 'sent'].includes(status))
  await site.until(async () => (await Promise.all(answers.map(({ body }) => isHeld(body.id)))).every(Boolean))
}, 60_000)

test('kill -9 while requests are in flight: the same key either finds its answer or is accepted now, once', async () => {
  const declarations = Array.from({ length: 8 }, () => ofToday('laptops'))
  const hand = (declaration: (typeof declarations)[number]) => site.post(declaration, declaration.functionalReferenceId)
  const inFlight = Promise.allSettled(declarations.map(hand))
  await gateway.kill()
  const first = await inFlight
  gateway = await site.startGateway()
  for (const [at, declaration] of declarations.entries()) {
    const again = await hand(declaration)
    expect(again.status).toBe(202)
    const before = first[at]
    if (before?.status === 'fulfilled') expect([again.replayed, again.body]).toEqual([true, before.value.body])
    const third = await hand(declaration)
    expect([third.replayed, third.body]).toEqual([true, again.body])
    await site.until(async () => (await site.effects(declaration.functionalReferenceId)).includes('customs: declared'))
    const effects = await site.effects(declaration.functionalReferenceId)
    expect([...new Set(effects)]).toEqual(effects)
  }
}, 60_000)

test('a gateway that is asked to stop answers what it was asked, and ends well', async () => {
  const declaration = ofToday('laptops')
  const answer = site.post(declaration, 'last')
  expect((await answer).status).toBe(202)
  expect(await gateway.stop()).toBe(0)
}, 60_000)
