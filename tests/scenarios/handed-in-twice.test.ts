import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { serialsFrom } from '../../src/db/serials.ts'
import { type Acceptor, type Answer, createAcceptor, hashOf } from '../../src/filing/accept.ts'
import { createComposer } from '../../src/filing/compose.ts'
import { ownDatabase } from '../support/database.ts'
import { broker, laptops, startAt } from '../support/world.ts'

// Two gateways 网关 on one database, each with connections of its own; a client that is not sure hands in to both at once.
const { url, database } = await ownDatabase()
const troubles: Error[] = []
const other = await openDatabase(url, (error) => troubles.push(error))
const now = () => startAt
const acceptorOn = (own: Database) => createAcceptor(own, createComposer(adapters, serialsFrom(own)), now)
const acceptors = [acceptorOn(database), acceptorOn(other)] as const

const hand = (acceptor: Acceptor, key: string, body: string): Promise<Answer> =>
  acceptor.accept({
    tenant: broker,
    key,
    bodyHash: hashOf(Buffer.from(body)),
    mediaType: 'application/json',
    bytes: Buffer.from(body),
    about: { instance: '/v1/declarations', requestId: 'twice', language: 'en' },
  })
const outcome = (answer: PromiseSettledResult<Answer>) =>
  answer.status === 'fulfilled' ? answer.value.status : (answer.reason as { code?: string }).code
const count = async (lrn: string) => {
  const { rows } = await database.pool.query<{ declarations: number; filings: number; deliveries: number }>(
    `SELECT count(DISTINCT declaration.id)::int AS declarations, count(filing.id)::int AS filings, count(delivery.filing_id)::int AS deliveries
     FROM declaration JOIN filing ON filing.declaration_id = declaration.id LEFT JOIN delivery ON delivery.filing_id = filing.id
     WHERE functional_reference_id = $1`,
    [lrn],
  )
  return rows[0]
}

test('one key, one body, both gateways, many times at once: one declaration, one answer', async () => {
  const declaration = laptops()
  const body = JSON.stringify(declaration)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => hand(acceptors[at % 2] ?? acceptors[0], 'same', body)),
  )
  expect(new Set(answers.map(({ status, body, location }) => `${status} ${location} ${body}`)).size).toBe(1)
  expect(answers[0]?.status).toBe(202)
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await count(declaration.functionalReferenceId)).toEqual({ declarations: 1, filings: 7, deliveries: 4 })
})

test('one key, two bodies: one is accepted, the other is told that the key is taken', async () => {
  const bodies = [laptops(), laptops()].map((declaration) => JSON.stringify(declaration))
  const answers = await Promise.allSettled(
    bodies.map((body, at) => hand(acceptors[at] ?? acceptors[0], 'other-body', body)),
  )
  expect(new Set(answers.map(outcome))).toEqual(new Set([202, 'idempotency-key-reused']))
})

test('one number of the trader, two keys: one is accepted, the other is refused with the reason, for good', async () => {
  const declaration = laptops()
  const body = JSON.stringify(declaration)
  const [first, second] = await Promise.all([hand(acceptors[0], 'key-a', body), hand(acceptors[1], 'key-b', body)])
  expect(new Set([first.status, second.status])).toEqual(new Set([202, 422]))
  const refused = first.status === 422 ? first : second
  expect(JSON.parse(refused.body)).toMatchObject({
    code: 'declaration-invalid',
    errors: [{ pointer: '/functionalReferenceId', code: 'reference-used' }],
  })
  const again = await hand(acceptors[0], first.status === 422 ? 'key-a' : 'key-b', body)
  expect([again.status, again.body, again.replayed]).toEqual([422, refused.body, true])
  expect((await count(declaration.functionalReferenceId))?.declarations).toBe(1)
})

test('one number of the trader, taken before; one key, both gateways: one refusal, both times', async () => {
  const body = JSON.stringify(laptops())
  await hand(acceptors[0], 'number-1', body)
  // The other gateway answers after this one has looked whether anybody has, and before it does so itself.
  const slow: Pick<Database['pool'], 'query'> = Object.create(database.pool)
  const twin: { answer?: Answer } = {}
  slow.query = (async (...asked: [unknown]) => {
    const found = await database.pool.query(...(asked as [string]))
    if (String(asked[0]).includes('FROM idempotency')) twin.answer ??= await hand(acceptors[1], 'number-2', body)
    return found
  }) as Database['pool']['query']
  const answer = await hand(acceptorOn({ ...database, pool: slow as Database['pool'] }), 'number-2', body)
  expect(twin.answer).toMatchObject({ status: 422, replayed: false })
  expect(answer).toMatchObject({ status: 422, replayed: true, body: twin.answer?.body })
})

test('a group in which one cannot be kept: the others are, each with its own answer', async () => {
  const taken = laptops()
  await hand(acceptors[0], 'group-0', JSON.stringify(taken))
  const declarations = [laptops(), taken, laptops(), taken, laptops()]
  const answers = await Promise.all(
    declarations.map((one, at) => hand(acceptors[0], `group-${at + 1}`, JSON.stringify(one))),
  )
  expect(answers.map(({ status }) => status)).toEqual([202, 422, 202, 422, 202])
  for (const { functionalReferenceId: lrn } of declarations) expect((await count(lrn))?.declarations).toBe(1)
})

test('serial numbers two gateways give never meet', async () => {
  const { rows } = await database.pool.query<{ twice: number }>(
    'SELECT count(*)::int AS twice FROM (SELECT FROM filing GROUP BY agency, serial HAVING count(*) > 1) AS met',
  )
  expect(rows).toEqual([{ twice: 0 }])
  expect(troubles).toEqual([])
  await other.close()
})
