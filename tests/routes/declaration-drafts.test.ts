import { describe, expect, test } from 'vitest'
import { type DeclarationDraftCheck, declarationDraftSummary } from '../../schemas/declaration-draft.ts'
import { limits } from '../../src/limits.ts'
import { openDraftDesk, root, tagOf } from '../drafts/desk.ts'
import { laptops } from '../support/world.ts'
import { freshKey, issuesIn, keepingNothing, problemOf } from './support.ts'

const { world, begin, read, put, replace, check } = await openDraftDesk()

describe('a draft', () => {
  test('may be empty, and is kept as it is left', async () => {
    const draft = await begin()
    expect(draft).toMatchObject({ document: {}, guesses: [], items: 0, revision: 1, updatedBy: 'broker' })
    const next = await replace(draft, {
      title: '笔记本电脑',
      document: { direction: 'export', goodsShipment: { items: [{}] } },
    })
    expect(next).toMatchObject({ revision: 2, title: '笔记本电脑', direction: 'export', items: 1 })
    expect(await read(draft.id)).toEqual(next)
    const seen = await world.call('GET', `${root}/${draft.id}`, {
      headers: { 'if-none-match': tagOf(next)['if-match'] },
    })
    expect(seen.status).toBe(304)
  })

  test('is begun once for a key', async () => {
    const headers = freshKey()
    const [one, two] = await Promise.all([1, 2].map(() => world.call('POST', root, { body: { title: 'x' }, headers })))
    const [first, second] = (await Promise.all([one?.json(), two?.json()])) as { id: string }[]
    expect(second?.id).toBe(first?.id)
    await problemOf(await world.call('POST', root, { body: { title: 'y' }, headers }), 'idempotency-key-reused')
  })

  test('is changed only by who has seen it as it is', async () => {
    const draft = await begin()
    await replace(draft, { document: { direction: 'import' } })
    await problemOf(await put(draft, { document: {} }), 'if-match-stale')
    await problemOf(await world.call('PUT', `${root}/${draft.id}`, { body: { document: {} } }), 'if-match-missing')
    await problemOf(await world.call('DELETE', `${root}/${draft.id}`, { headers: tagOf(draft) }), 'if-match-stale')
    const gone = await world.call('DELETE', `${root}/${draft.id}`, { headers: tagOf(await read(draft.id)) })
    expect(gone.status).toBe(204)
    await problemOf(await world.call('GET', `${root}/${draft.id}`), 'not-found')
  })

  test('is nobody else’s', async () => {
    const draft = await begin()
    const key = world.keys.stranger
    const path = `${root}/${draft.id}`
    for (const [method, suffix] of [
      ['GET', ''],
      ['GET', '/check'],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/submissions'],
    ] as const)
      await problemOf(
        await world.call(method, path + suffix, {
          key,
          headers: { ...tagOf(draft), ...freshKey() },
          ...(method === 'PUT' ? { body: { document: {} } } : {}),
        }),
        'not-found',
      )
    expect(await (await world.call('GET', root, { key })).json()).toEqual({ data: [], hasMore: false })
    await problemOf(await world.call('GET', path, { key: world.keys.admin }), 'forbidden')
  })

  test.each([
    ['a list for a document', { document: [] }],
    ['a field that is none', { dokument: {} }],
    [
      'a guess that points nowhere',
      { guesses: [{ pointer: 'x', value: 1, because: { en: 'a', zh: 'b' }, sure: 'read' }] },
    ],
    ['a purpose that is none', { from: { declarationId: 'x', purpose: 'theft' } }],
  ])('is refused where it is %s', async (_, body) => {
    await problemOf(await world.call('POST', root, { body, headers: freshKey() }), 'body-invalid')
  })

  test('has no depth without end, no key that is more than a name, no size without end', async () => {
    const call = (body: string) => world.call('POST', root, { body, headers: freshKey() })
    await problemOf(await call(`{"document":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`), 'malformed-body')
    await problemOf(await call('{"document":{"__proto__":{"direction":"export"}}}'), 'malformed-body')
    await problemOf(await call(`{"document":{"a":"${'x'.repeat(limits.bodyBytes)}"}}`), 'body-too-large')
    const odd = await begin({
      document: {
        constructor: 1,
        goodsShipment: 'x',
        particulars: { customs: { declare: { a: 1 } }, constructor: {} },
      },
    })
    expect((await check(odd.id)).acceptable).toBe(false)
  })

  test('guesses are gone once their field is changed, or somebody confirms them', async () => {
    const guess = (pointer: string, value: unknown) => ({
      pointer,
      value,
      because: { en: 'it stands there', zh: '单据所载' },
      source: { file: 'invoice.xlsx', sheet: 'A', cell: 'C7' },
      sure: 'read',
    })
    const document = { direction: 'export', remarks: 'a', goodsShipment: { contractNumber: 'C1' } }
    const guesses = [guess('/remarks', 'a'), guess('/goodsShipment/contractNumber', 'C1'), guess('/nowhere', 'x')]
    const draft = await begin({ document, guesses })
    expect(draft.guesses.map(({ pointer }) => pointer)).toEqual(['/remarks', '/goodsShipment/contractNumber'])
    const changed = await replace(draft, { document: { ...document, remarks: 'b' } })
    expect(changed.guesses.map(({ pointer }) => pointer)).toEqual(['/goodsShipment/contractNumber'])
    expect((await replace(changed, { document: { ...document, remarks: 'b' }, guesses: [] })).guesses).toEqual([])
  })

  test('stands in a list that is paged, the newest first', async () => {
    const made = [await begin({ title: 'first' }), await begin({ title: 'second' })]
    const one = (await (await world.call('GET', `${root}?limit=1`)).json()) as { data: unknown[]; nextCursor: string }
    expect(declarationDraftSummary.strict().parse(one.data[0])).toMatchObject({ title: 'second', guesses: 0 })
    const two = (await (await world.call('GET', `${root}?limit=1&after=${one.nextCursor}`)).json()) as {
      data: unknown[]
    }
    expect(two.data).toMatchObject([{ id: made[0]?.id }])
    await problemOf(await world.call('GET', `${root}?after=x`), 'invalid-parameter')
  })
})

describe('the check of a draft', () => {
  test('tells what is missing with the agencies that ask, and what of the plan can be told', async () => {
    const empty = await check((await begin()).id)
    expect(empty.acceptable).toBe(false)
    expect(empty.plan.some(({ files }) => files === true)).toBe(false)
    expect(empty.plan).toContainEqual(
      expect.objectContaining({ agency: 'customs', procedure: 'declare', awaits: '/direction' }),
    )
    expect(empty.errors).toContainEqual(
      expect.objectContaining({ pointer: '/declarationOfficeId', code: 'missing', askedBy: ['customs'] }),
    )
    const { goodsShipment, direction } = laptops()
    const half = { direction, goodsShipment: { consignment: { legs: goodsShipment.consignment.legs } } }
    const { plan } = await check((await begin({ document: half })).id)
    const of = (agency: string, procedure: string) =>
      plan.find((one) => one.agency === agency && one.procedure === procedure)
    expect(of('customs', 'declare')).toMatchObject({ files: true, agencyName: { zh: '海关' } })
    expect(of('border', 'departure')).toMatchObject({ files: true })
    expect(of('border', 'arrival')).toMatchObject({ files: false })
    expect(of('tax', 'refund')).toMatchObject({ awaits: '/goodsShipment/supervisionMode' })
    expect(of('maritime', 'dangerous-cargo')?.awaits).toBe('/goodsShipment/items')
    expect(of('customs', 'declare')?.open).toBeGreaterThan(5)
  })

  test('is that of a dry run where the draft is whole', async () => {
    const document = laptops()
    const found = await keepingNothing(world, async () => check((await begin({ document })).id), { idempotency: 1 })
    const dry = (await (
      await world.call('POST', '/v1/declarations?dryRun=true', { body: document })
    ).json()) as DeclarationDraftCheck
    expect(found).toMatchObject({ acceptable: true, errors: [], warnings: [], filings: dry.filings })
    expect(found.plan.filter(({ files }) => files)).toHaveLength(dry.plan.filter(({ files }) => files).length)
  })

  test('finds what is wrong with particulars before the rest is there', async () => {
    const { id } = await begin({ document: { particulars: { border: { departure: { persons: 'many' } } } } })
    expect(issuesIn(await check(id)).filter((line) => line.includes('/border/')).length).toBeGreaterThan(0)
  })
})

test('a firm keeps so many drafts and no more', async () => {
  const key = world.keys.stranger
  await world.database.pool.query(
    `INSERT INTO declaration_draft (id, tenant, document, guesses, items, guess_count, created_at, updated_at, updated_by)
     SELECT 'D' || number, (SELECT tenant FROM api_key WHERE name = 'stranger'), '{}', '[]', 0, 0, now(), now(), 'x' FROM generate_series(2, $1) number`,
    [limits.declarationDrafts],
  )
  const call = () => world.call('POST', root, { key, body: {}, headers: freshKey() })
  expect((await call()).status).toBe(201)
  await problemOf(await call(), 'limit-reached')
})
