import { expect, test } from 'vitest'
import { ofToday, openSite } from '../support/processes.ts'
import { filingOf } from '../support/seen.ts'

// An operator stops a lane 人工停用通道: every worker obeys, those that start later too.
interface Lanes {
  data: { agency: string; state: string; waiting: number; workers: { worker: string; state: string }[] }[]
}
const site = await openSite()
await site.startSimulator()
await site.startGateway()
const workers = await Promise.all([site.startWorker(), site.startWorker()])
const customs = async () => (await site.operate<Lanes>('GET', '/lanes')).data.find(({ agency }) => agency === 'customs')
/** Hands one in, and waits until another agency has its filing: by then a worker would have sent customs’ too. */
async function handIn(key: string) {
  const { body } = await site.post(ofToday('laptops', '-C.SKIPJ'), key)
  await site.until(async () => {
    const border = filingOf(await site.read(body.id), 'border')
    return border.status === 'acknowledged' || border.status === 'approved'
  })
  return body.id
}
const isUntouched = async (id: string) => {
  const { status, unknown, delivery } = filingOf(await site.read(id), 'customs')
  return { status, unknown, tries: delivery?.tries }
}
const untouched = { status: 'queued', unknown: false, tries: 0 }
let ids: string[] = []

test('both workers report the breakers they have', async () => {
  await site.until(async () => (await customs())?.workers.length === 2)
  expect((await customs())?.workers.map(({ state }) => state)).toEqual(['closed', 'closed'])
})

test('stopped, neither sends anything there; the others go', async () => {
  await site.operate('PUT', '/lanes/customs', { state: 'open', reason: 'maintenance' })
  ids = [await handIn('stopped-1'), await handIn('stopped-2')]
  for (const id of ids) expect(await isUntouched(id)).toEqual(untouched)
})

test('a worker that is killed, and one that starts after it, change nothing about it', async () => {
  await Promise.all(workers.map((worker) => worker.kill()))
  await site.startWorker()
  ids.push(await handIn('stopped-3'))
  for (const id of ids) expect(await isUntouched(id)).toEqual(untouched)
  expect(await customs()).toMatchObject({ state: 'open', waiting: 3 })
  const told = async (id: string) =>
    (await site.read(id)).timeline?.filter(({ type }) => type === 'yuchuang.filing.lane-stopped').length
  for (const id of ids) await site.until(async () => (await told(id)) === 1)
})

test('resumed, everything goes, once', async () => {
  await site.operate('PUT', '/lanes/customs', { state: 'closed', reason: 'done' })
  for (const id of ids) await site.until(async () => filingOf(await site.read(id), 'customs').status !== 'queued')
  for (const id of ids)
    expect(filingOf(await site.read(id), 'customs')).toMatchObject({ status: 'acknowledged', attempt: 1 })
  expect(await customs()).toMatchObject({ state: 'closed', waiting: 0 })
})
