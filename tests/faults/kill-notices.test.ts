import { expect, test } from 'vitest'
import { z } from 'zod'
import { feedAnswer, madeEndpointAnswer } from '../../schemas/notices.ts'
import { ofToday, openSite, type Running } from '../support/processes.ts'
import { openReceiver, verified } from '../support/receiver.ts'

// Power cuts while notices go out 投递通知的进程被杀: between commit and feed, between feed and sending, between sending and writing down.
process.env['ALLOW_PRIVATE_WEBHOOKS'] = 'true'
process.env['WEBHOOK_KEYS'] = Buffer.alloc(32, 5).toString('base64')
const site = await openSite()
await site.startSimulator()
await site.startGateway()
const receiver = await openReceiver()
// Answers take their time, so that every kill finds notices under way.
receiver.answer = (_, response) => void setTimeout(() => response.writeHead(204).end(), 20)

test('workers that are killed again and again lose no event, and every one that arrives can be checked', async () => {
  const made = madeEndpointAnswer.parse(
    await (await site.call('POST', '/v1/webhook-endpoints', { url: receiver.url })).json(),
  )
  const secret = made.secret ?? ''
  const declarations = Array.from({ length: 24 }, () => ofToday('laptops', '-C.CLEAN-B.CLEAR'))
  let worker: Running = await site.startWorker()
  for (let kill = 0; kill < 3; kill++) {
    const before = receiver.received.length
    await Promise.all(
      declarations.slice(kill * 8, kill * 8 + 8).map((one) => site.post(one, one.functionalReferenceId)),
    )
    await site.until(async () => receiver.received.length > before + 3)
    await worker.kill()
    worker = await site.startWorker()
  }
  const feed = async () => {
    const ids: string[] = []
    for (let after = '0'; ; ) {
      const response = await site.call('GET', `/v1/events?limit=200&after=${after}`)
      const page: z.infer<typeof feedAnswer> = feedAnswer.parse(await response.json())
      ids.push(...page.data.map(({ id }) => id))
      if (!page.hasMore) return ids
      after = page.nextCursor
    }
  }
  // A killed worker's leases run out first.
  await site.until(async () => {
    const seen = new Set(receiver.ids())
    const ids = await feed()
    return ids.length > declarations.length * 3 && ids.every((id) => seen.has(id))
  }, 150_000)
  for (const one of receiver.received) verified(secret, one)
  // What arrived twice was under way when a worker died; nothing else.
  const twice = receiver.received.length - new Set(receiver.ids()).size
  expect(twice).toBeLessThanOrEqual(3 * 8)
  expect(await worker.stop()).toBe(0)
}, 240_000)
