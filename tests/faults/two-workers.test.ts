import { expect, test } from 'vitest'
import { ofToday, openSite } from '../support/processes.ts'

// Two workers 两个投递进程 share one database: who sends what is decided by a lease, not by luck.
const site = await openSite()
await site.startSimulator()
await site.startGateway()
await Promise.all([site.startWorker(), site.startWorker()])

test('fifty declarations, handed in at once: every filing is at its agency, once', async () => {
  const declarations = Array.from({ length: 50 }, () => ofToday('laptops', '-C.SKIPJ-B.CLEAR'))
  const answers = await Promise.all(declarations.map((one) => site.post(one, one.functionalReferenceId)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
  const isHeld = async (id: string) =>
    (await site.read(id)).filings.every(({ status }) => !['queued', 'sent'].includes(status))
  await site.until(async () => (await Promise.all(answers.map(({ body }) => isHeld(body.id)))).every(Boolean), 60_000)

  // One more round: the receipts of an hour, read from the same mailboxes by two readers.
  await site.advance(3_600_000)
  const isReleased = async (id: string) =>
    (await site.read(id)).filings.every(
      ({ agency, procedure, status }) =>
        agency !== 'customs' || procedure !== 'declare' || ['approved', 'closed'].includes(status),
    )
  await site.until(
    async () => (await Promise.all(answers.map(({ body }) => isReleased(body.id)))).every(Boolean),
    60_000,
  )

  for (const { functionalReferenceId: lrn } of declarations) {
    const effects = await site.effects(lrn)
    expect([...new Set(effects)]).toEqual(effects)
    expect(effects.filter((effect) => effect === 'customs: declared')).toHaveLength(1)
  }
  for (const { body } of answers) {
    const { filings } = await site.read(body.id)
    expect(new Set(filings.map(({ attempt }) => attempt))).toEqual(new Set([1]))
    for (const { receipts } of filings)
      expect(new Set(receipts.map(({ code, text }) => `${code} ${text}`)).size).toBe(receipts.length)
  }
}, 180_000)
