import { expect, test } from 'vitest'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// EV batteries, all six agencies: the gross mass is put right after everybody has heard 报关单修改; when all is done it is too late to cancel.
const world = await openWorld()
const declaration = evBatteries()
let id = ''
let keys = 0

interface Asked {
  errors?: { pointer: string; code: string; agency?: string; detail: string }[]
  filings: { agency: string; procedure: string; status: string; needs?: { pointer: string }[] }[]
  unaffected: { agency: string; procedure: string; because: { en: string } }[]
  differences?: { pointer: string; before?: unknown; after?: unknown }[]
}
async function ask(what: 'amendments' | 'cancellations', body: unknown, query = '') {
  const answer = await world.call('POST', `/v1/declarations/${id}/${what}${query}`, {
    body,
    headers: { 'if-match': '*', 'idempotency-key': `amend-${++keys}` },
  })
  return { status: answer.status, body: (await answer.json()) as Asked }
}
const named = (filings: readonly { agency: string; procedure: string }[]) =>
  filings.map(({ agency, procedure }) => `${agency}/${procedure}`)
const settled = (seen: Seen) => seen.changes.every(({ status }) => status !== 'pending')
const isAsked = ({ status }: Seen['filings'][number]) => status !== 'queued'
/** Why, and who may be asked about it at customs. */
const asker = { reasonCode: '7', entOpName: '张三', entOpTele: '02360000000' }

const heavier = {
  goodsShipment: {
    totalGrossMassKg: '18460',
    items: declaration.goodsShipment.items.map((item) => ({ ...item, grossMassKg: '18460' })),
  },
}

test('before anything is asked, a dry run says whom a heavier box concerns, and field by field what differs', async () => {
  const { body } = await world.post(declaration)
  id = body.id
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'registered')
  const { status, body: would } = await ask('amendments', { reason: '过磅后更正毛重', patch: heavier }, '?dryRun=true')
  expect(status).toBe(200)
  expect(would.differences?.map(({ pointer }) => pointer)).toEqual([
    '/goodsShipment/totalGrossMassKg',
    '/goodsShipment/items/0/grossMassKg',
  ])
  expect(named(would.filings)).toEqual(['customs/amendment', 'maritime/amendment', 'singapore/amendment'])
  expect(would.unaffected.map(({ agency, procedure, because }) => `${agency}/${procedure}: ${because.en}`)).toEqual(
    expect.arrayContaining([
      'border/departure: Its agency would get the same bytes',
      'maritime/departure: Not sent yet: it will be made from the new version',
    ]),
  )
  expect((await world.read(id)).changes).toEqual([])
})

test('each of the three is asked in its own language, and says yes in its own time', async () => {
  const { status, body } = await ask('amendments', {
    reason: '过磅后更正毛重',
    patch: heavier,
    particulars: { customs: { amendment: asker } },
  })
  expect({ status, errors: body.errors }).toEqual({ status: 202, errors: undefined })
  // Their clock stands still until all of them have been asked: goods that are gone cannot be amended any more.
  await world.meanwhile(id, ({ filings }) =>
    filings.every((filing) => filing.procedure !== 'amendment' || isAsked(filing)),
  )
  const seen = await world.until(id, settled)
  const answers = seen.filings.filter(({ procedure }) => procedure === 'amendment')
  expect(answers.map(({ agency, status }) => `${agency} ${status}`).sort()).toEqual([
    'customs approved',
    'maritime approved',
    'singapore approved',
  ])
  expect(seen).toMatchObject({ version: 2, changes: [{ kind: 'amendment', status: 'granted' }] })
  for (const agency of ['customs', 'singapore']) expect(filingOf(seen, agency).version).toBe(2)
  expect(filingOf(seen, 'maritime', 'dangerous-cargo').version).toBe(2)
  expect(filingOf(seen, 'border').version).toBe(1)
  const messages = await (await world.call('GET', `/v1/declarations/${id}/messages?limit=100`)).text()
  expect(messages).toContain('DecModMessage')
  expect(messages).toMatch(/OldValue>18450.*NewValue>18460/)
})

test('what goes out later says the new weight', async () => {
  const seen = await world.until(id, (one) => filingOf(one, 'maritime', 'dangerous-ship').status === 'approved')
  expect(filingOf(seen, 'maritime', 'dangerous-ship').version).toBe(2)
})

test('the sale falls through: who has let the goods go already says so before anything is asked', async () => {
  await world.until(id, (seen) => filingOf(seen, 'singapore').status === 'closed')
  const { status, body } = await ask('cancellations', { reason: '买方取消订单' })
  expect(status).toBe(422)
  expect(body.errors?.map(({ agency, code }) => `${agency} ${code}`)).toEqual(
    expect.arrayContaining(['border too-late', 'maritime too-late', 'tax not-cancellable']),
  )
})
