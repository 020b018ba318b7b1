import { expect, test } from 'vitest'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// EV batteries, all six agencies: a weight is put right after everybody has it; then the sale falls through 修撤单.
const world = await openWorld()
const declaration = evBatteries()
let id = ''
let keys = 0

const etag = async () => (await world.call('GET', `/v1/declarations/${id}`)).headers.get('etag') ?? ''
async function ask(what: 'amendments' | 'cancellations', body: unknown, query = '') {
  const answer = await world.call('POST', `/v1/declarations/${id}/${what}${query}`, {
    body,
    headers: { 'if-match': await etag(), 'idempotency-key': `amend-${++keys}` },
  })
  return { status: answer.status, body: (await answer.json()) as Asked }
}
interface Asked {
  errors?: { pointer: string; code: string; agency?: string; detail: string }[]
  filings: { agency: string; procedure: string; status: string; needs?: { pointer: string }[] }[]
  unaffected: { agency: string; procedure: string; because: { en: string } }[]
}
const settled = (seen: Seen) => seen.changes.every(({ status }) => status !== 'pending')

test('probe', async () => {
  const { body } = await world.post(declaration)
  id = body.id
  await world.until(id, (one) => filingOf(one, 'customs').status === 'registered' && filingOf(one, 'border').status !== 'queued')
  const [first] = declaration.goodsShipment.items
  console.log(first)
  const would = await ask('amendments', { reason: '录入错误', patch: { goodsShipment: { totalGrossMassKg: '99999' } } }, '?dryRun=true')
  console.log(JSON.stringify(would, null, 1))
  const cancel = await ask('cancellations', { reason: '买方取消订单' }, '?dryRun=true')
  console.log(JSON.stringify(cancel, null, 1))
  console.log((await world.read(id)).filings.map(({ agency, procedure, status }) => `${agency}/${procedure} ${status}`))
})
