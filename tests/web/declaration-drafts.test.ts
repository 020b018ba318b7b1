import { describe, expect, test } from 'vitest'
import { declaration } from '../../schemas/declaration/index.ts'
import { sumsOf } from '../../src/web/drafting/goods.ts'
import { itemSections, type Section, stepIds, steps } from '../../src/web/drafting/steps.ts'
import { laptops } from '../support/world.ts'
import { clerkOf } from './clerk.ts'
import { form, idOf, openDraftPages } from './draft-clerk.ts'
import { fieldsOfLine, fieldsOfStep, leavesOf } from './filling.ts'

const { world, clerk, made, readDraft, at } = await openDraftPages()

test('every field of a declaration is asked for in exactly one step', () => {
  const asked = stepIds
    .flatMap((id) => steps[id].sections as readonly Section[])
    .flatMap(({ at, fields }) => fields.map((name) => `${at}/${name}`))
  const { goodsShipment, particulars: _, ...rest } = declaration.shape
  const { consignment, items, ...shipment } = goodsShipment.shape
  const there = [
    ...Object.keys(rest).map((name) => `/${name}`),
    ...Object.keys(shipment).map((name) => `/goodsShipment/${name}`),
    ...Object.keys(consignment.shape).map((name) => `/goodsShipment/consignment/${name}`),
  ]
  expect(asked.toSorted()).toEqual(there.toSorted())
  const ofLine = itemSections(0).flatMap(({ fields }) => fields)
  expect([...ofLine, 'sequence', 'declarationElements'].toSorted()).toEqual(Object.keys(items.element.shape).toSorted())
})

test('a newcomer fills in a whole declaration without script, step by step, and hands it in', async () => {
  const wanted = laptops()
  const begun = await clerk.send(await clerk.get('/drafts/new'), /drafts\/new$/, { way: 'empty' })
  const id = idOf(begun)
  expect(begun.location).toBe(`/drafts/${id}/basics`)
  let page = await clerk.get(begun.location)
  for (const step of ['basics', 'parties', 'journey', 'cargo', 'terms'] as const) {
    expect(page.status).toBe(200)
    const next = stepIds[stepIds.indexOf(step) + 1] ?? 'check'
    const sent = await clerk.send(page, form, { ...fieldsOfStep(wanted, step), go: next })
    expect([sent.status, sent.location]).toEqual([303, `/drafts/${id}/${next}`])
    page = await clerk.get(sent.location)
  }
  for (const [index] of wanted.goodsShipment.items.entries()) {
    const added = await clerk.send(page, form, { line: 'add' })
    expect(added.location).toBe(`/drafts/${id}/goods/${index + 1}`)
    const line = await clerk.send(await clerk.get(added.location), form, {
      ...fieldsOfLine(wanted, index),
      go: 'goods',
    })
    expect(line.location).toBe(`/drafts/${id}/goods`)
    page = await clerk.get(line.location)
  }
  const documents = await clerk.send(await at(id, 'documents'), form, {
    ...fieldsOfStep(wanted, 'documents'),
    go: 'particulars',
  })
  page = await clerk.get(documents.location)
  for (const [agency, procedures] of Object.entries(wanted.particulars ?? {}))
    for (const [procedure, particulars] of Object.entries(procedures)) {
      const place = `particulars/${agency}/${procedure}`
      expect(page.html).toContain(`value="${place}"`)
      const sent = await clerk.send(await at(id, place), form, {
        ...leavesOf(particulars, `/${place}`),
        go: 'particulars',
      })
      expect(sent.location).toBe(`/drafts/${id}/particulars`)
    }
  expect((await readDraft(id)).document).toEqual(JSON.parse(JSON.stringify(wanted)))
  const over = await at(id, 'check')
  expect(over.html).toContain('Nothing stands in the way')
  const handed = await clerk.send(over, form, { go: 'hand-in' })
  expect(handed.location).toMatch(/^\/declarations\/\w{20}$/)
  const accepted = await (await world.call('GET', `/v1${handed.location}`)).json()
  expect(accepted).toMatchObject({ functionalReferenceId: wanted.functionalReferenceId })
  // Who comes back to it is shown what became of it.
  expect((await at(id, 'basics')).location).toBe(handed.location)
}, 60_000)

describe('a step', () => {
  test('says nothing of what is merely missing, until that is asked for', async () => {
    const { id } = await made({ document: { direction: 'export' } })
    expect((await at(id, 'basics')).html).not.toContain('aria-invalid')
    expect((await at(id, 'basics?show=all')).html).toContain('aria-invalid')
  })

  test('names what is wrong at its field, with the agency that asks, in both languages', async () => {
    const { id } = await made({ document: { ...laptops(), declarationOfficeId: 'ZZZZ' } })
    const zh = await clerkOf(world, world.keys.trader, 'zh-CN')
    expect((await at(id, 'basics')).html).toMatch(/id="\/declarationOfficeId-wrong"[^>]*>Customs[^<]*ZZZZ/)
    expect((await at(id, 'basics', zh)).html).toMatch(/id="\/declarationOfficeId-wrong"[^>]*>海关[^<]*ZZZZ/)
  })

  test('leaves the fields of other steps alone, whatever is sent with it', async () => {
    const { id } = await made({ document: { direction: 'export', agent: { name: '甲' } } })
    const sent = await clerk.send(await at(id, 'basics'), form, { '/agent/name': '乙', '/remarks': 'x', go: 'journey' })
    expect(sent.location).toBe(`/drafts/${id}/journey`)
    expect((await readDraft(id)).document).toMatchObject({ agent: { name: '甲' }, remarks: 'x' })
  })

  test('goes nowhere but to steps', async () => {
    const { id } = await made({})
    for (const go of ['//evil.test', 'https://evil.test', '../../admin', 'nowhere'])
      expect((await clerk.send(await at(id, 'basics'), form, { go })).location).toMatch(
        new RegExp(`^/drafts/${id}/check$`),
      )
  })

  test('gives a list a row and takes one away, and keeps what else was typed', async () => {
    const { id } = await made({ document: laptops() })
    const page = await clerk.send(await at(id, 'journey'), form, {
      add: '/goodsShipment/consignment/legs',
      '/goodsShipment/consignment/goodsLocation': '果园港3号',
    })
    expect(page.status).toBe(200)
    expect(page.html).toContain('name="/goodsShipment/consignment/legs/2/from/countryCode"')
    expect(page.html).toContain('果园港3号')
    const less = await clerk.send(page, form, { remove: '/goodsShipment/consignment/legs/2' })
    expect(less.html).not.toContain('name="/goodsShipment/consignment/legs/2/')
  })

  test('of a draft that was changed in another tab says so, loses nothing, and holds when saved again', async () => {
    const { id } = await made({ document: laptops() })
    const [one, other] = [await at(id, 'basics'), await at(id, 'basics')]
    await clerk.send(one, form, { '/remarks': 'first', go: 'basics' })
    const late = await clerk.send(other, form, {
      '/remarks': 'second',
      '/goodsShipment/traderReference': 'T-1',
      go: 'basics',
    })
    expect(late.status).toBe(412)
    for (const part of ['changed elsewhere', 'first', 'second', 'T-1']) expect(late.html).toContain(part)
    expect((await readDraft(id)).document['remarks']).toBe('first')
    expect((await clerk.send(late, form, { go: 'journey' })).status).toBe(303)
    expect((await readDraft(id)).document).toMatchObject({
      remarks: 'second',
      goodsShipment: { traderReference: 'T-1' },
    })
  })

  test('shows whom it will be filed with as that becomes known', async () => {
    const { id } = await made({})
    expect((await at(id, 'basics')).html).toContain('Not known yet')
    const { goodsShipment, direction } = laptops()
    const { id: more } = await made({
      document: { direction, goodsShipment: { consignment: { legs: goodsShipment.consignment.legs } } },
    })
    expect((await at(more, 'basics')).html).toMatch(/Border inspection[\s\S]*leave China/)
  })

  test('is nobody else’s, and nobody’s who is not signed in', async () => {
    const { id } = await made({ document: laptops() })
    const stranger = await clerkOf(world, world.keys.stranger)
    expect((await at(id, 'basics', stranger)).status).toBe(404)
    expect((await stranger.post(`/drafts/${id}/basics`, { revision: '1', go: 'check' })).status).toBe(404)
    expect((await (await clerkOf(world)).get(`/drafts/${id}/basics`)).location).toContain('/sign-in?next=')
    expect((await at('0', 'nowhere')).status).toBe(404)
  })
})

test('a step of somebody whose session has ended is not saved, and stays on the page with the way to sign in', async () => {
  const { id } = await made({ document: laptops() })
  const nobody = await clerkOf(world)
  const step = await nobody.post(`/drafts/${id}/basics`, { revision: '1', '/remarks': 'typed for long' })
  expect(step.status).toBe(401)
  for (const part of ['typed for long', '/sign-in']) expect(step.html).toContain(part)
  expect(step.html).not.toContain(laptops().goodsShipment.owner.name)
  const line = await nobody.post(`/drafts/${id}/goods/2`, {
    revision: '1',
    '/goodsShipment/items/1/name': 'a new machine',
  })
  expect([line.status, line.html]).toEqual([401, expect.stringContaining('a new machine')])
  expect((await readDraft(id)).revision).toBe(1)
})

describe('what was proposed', () => {
  const guess = (pointer: string, value: unknown) => ({
    pointer,
    value,
    because: { en: 'as the invoice has it', zh: '发票所载' },
    source: { file: 'invoice.xlsx', cell: 'C7' },
    sure: 'read',
  })
  test('is marked at its field with where it was found, and confirmed there or all at once', async () => {
    const document = { ...laptops(), remarks: 'R' }
    const guesses = [
      guess('/remarks', 'R'),
      guess('/direction', 'export'),
      guess('/goodsShipment/contractNumber', document.goodsShipment.contractNumber),
    ]
    const { id } = await made({ document, guesses })
    const page = await at(id, 'basics')
    expect(page.html).toMatch(/data-guess="\/remarks"/)
    expect(page.html).toMatch(/id="\/remarks-help"[^>]*>[^<]*read in invoice\.xlsx, C7/)
    expect(page.html).not.toContain('data-guess="/goodsShipment/contractNumber"')
    await clerk.send(page, form, { accept: '/remarks' })
    expect((await readDraft(id)).guesses.map(({ pointer }) => pointer)).toEqual([
      '/direction',
      '/goodsShipment/contractNumber',
    ])
    await clerk.send(await at(id, 'basics'), form, { accept: 'all' })
    expect((await readDraft(id)).guesses.map(({ pointer }) => pointer)).toEqual(['/goodsShipment/contractNumber'])
    await clerk.send(await at(id, 'terms'), form, { '/goodsShipment/contractNumber': 'another', go: 'terms' })
    expect((await readDraft(id)).guesses).toEqual([])
  })
})

describe('goods', () => {
  test('of a code show its units, its letters and its elements', async () => {
    const { id } = await made({ document: laptops() })
    const page = await at(id, 'goods/1')
    expect(page.html).toMatch(/Statutory units[\s\S]*千克/)
    expect(page.html).toMatch(/品牌类型[\s\S]*declarationElements\/1/)
    expect((await at(id, 'goods/9')).location).toBe(`/drafts/${id}/goods`)
  })

  test('take their sum over as the total of the declaration', async () => {
    const document = laptops()
    document.goodsShipment.totalNetMassKg = '1'
    const { id } = await made({ document })
    const table = await at(id, 'goods')
    expect(table.html).toContain('differs')
    await clerk.send(table, form, { take: 'net' })
    const { goodsShipment } = (await readDraft(id)).document as unknown as typeof document
    expect(goodsShipment.totalNetMassKg).toBe(sumsOf(document as never).netMassKg)
  })
})

test('the list shows drafts with what they become, and discards one that was seen as it is', async () => {
  const other = await clerkOf(world, world.keys.stranger)
  expect((await other.get('/drafts')).html).toContain('No drafts')
  const { id } = await made({ title: 'to be discarded' })
  const list = await clerk.get('/drafts')
  expect(list.html).toContain('to be discarded')
  const gone = await clerk.send(list, new RegExp(`${id}/discard`))
  expect(gone.location).toBe('/drafts')
  expect((await clerk.get('/drafts')).html).not.toContain('to be discarded')
})

test('a draft may be begun with a sample, whose agent is the firm', async () => {
  const begun = await clerk.post('/drafts/new', { way: 'sample', sample: 'frozen-beef' })
  expect((await clerk.get(begun.location)).html).toContain('Nothing stands in the way')
})
