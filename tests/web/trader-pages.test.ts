import { beforeAll, expect, test } from 'vitest'
import { makeKey } from '../../src/db/keys.ts'
import { limits } from '../../src/limits.ts'
import { broker, evBatteries, filingOf, frozenBeef, laptops, openWorld, stranger } from '../support/world.ts'
import { clerkOf } from './clerk.ts'
import { hostile } from './hostile-names.ts'

// What the pages of a trader say, without a browser.
const world = await openWorld()
const [trader, chinese, other, admin, nobody] = await Promise.all([
  clerkOf(world, world.keys.trader),
  clerkOf(world, world.keys.trader, 'zh-CN'),
  clerkOf(world, world.keys.stranger),
  clerkOf(world, world.keys.admin),
  clerkOf(world),
])
const ids = { closed: '', refused: '', billed: '', fresh: '' }
beforeAll(async () => {
  const hand = async (declaration: object) => (await world.post(declaration)).body.id
  ids.closed = await hand(evBatteries())
  ids.refused = await hand(laptops('-C.REFUSE'))
  ids.billed = await hand(frozenBeef())
  await world.until(ids.closed, (seen) => filingOf(seen, 'customs').status === 'registered')
  const officer = await makeKey(world.database, { name: hostile, role: 'agency', agency: 'fx' })
  const query = new URLSearchParams({ purpose: 'payment-verification', case: hostile.slice(0, 30), firm: broker })
  const read = await world.call('GET', `/v1/shared/declarations?${query.toString()}`, { key: officer })
  expect(read.status).toBe(200)
  await world.idle()
})

/** What a page says, without its elements. */
const textOf = (html: string) =>
  html
    .replace(/<(style|script|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const main = (html: string) => textOf(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '')
const numberOf = async (id: string) => (await world.read(id)).functionalReferenceId

test('who is not signed in is shown the way, and back', async () => {
  for (const path of ['/declarations?q=x', `/declarations/${ids.closed}/costs`]) {
    const seen = await nobody.get(path)
    expect(seen).toMatchObject({ status: 303, location: `/sign-in?${new URLSearchParams({ next: path }).toString()}` })
  }
})

test('the board begins with what needs its trader, the nearest last day first', async () => {
  const { html } = await trader.get('/declarations')
  const [billed, refused, closed] = [
    await numberOf(ids.billed),
    await numberOf(ids.refused),
    await numberOf(ids.closed),
  ]
  const box = textOf(/<section class="needs"[\s\S]*?<\/section>/.exec(html)?.[0] ?? '')
  expect(box).toMatch(new RegExp(`${billed}.*until \\d{4}-\\d\\d-\\d\\d.*${refused}`))
  expect(box).not.toContain(closed)
  // Names of methods are for programs.
  expect(main(html)).not.toMatch(/\bPUT\b/)
  for (const word of ['Customs', 'Maritime safety', 'refused', 'needs data', 'closed', 'not concerned'])
    expect(main(html)).toContain(word)
})

test('filters, search and days are asked of the interface; what is wrong with them is said and kept', async () => {
  const lines = async (query: string) =>
    [...(await trader.get(`/declarations${query}`)).html.matchAll(/<th scope="row"><a href="\/declarations\/([^"]+)"/g)]
      .map(([, id]) => id)
      .sort()
  expect(await lines('')).toEqual([ids.closed, ids.refused, ids.billed].sort())
  expect(await lines('?direction=import')).toEqual([ids.billed])
  expect(await lines('?procedure=fx%3Apayment')).toEqual([ids.billed])
  expect(await lines('?agency=customs&filingStatus=refused')).toEqual([ids.refused])
  expect(await lines('?needsAction=trader')).toEqual([ids.refused, ids.billed].sort())
  const entry = filingOf(await world.read(ids.closed), 'customs').references.find(
    ({ scheme }) => scheme === 'entry-number',
  )
  expect(await lines(`?q=${entry?.value}`)).toEqual([ids.closed])
  expect(await lines('?from=2026-11-21&to=2026-11-21')).toHaveLength(3)
  expect(await lines('?to=2026-11-20')).toEqual([])
  const none = await trader.get('/declarations?q=nothing-like-this')
  expect(main(none.html)).toContain('No declaration fits')
  const wrong = await trader.get('/declarations?from=yesterday&q=kept')
  expect(wrong.status).toBe(400)
  expect(wrong.html).toMatch(/value="yesterday" aria-invalid="true" aria-describedby="from-wrong"/)
  expect(main(wrong.html)).toContain('Write a day as')
  expect(wrong.html).toContain('value="kept"')
  const strange = await trader.get('/declarations?direction=up')
  expect([strange.status, /role="alert"[^>]*><li>direction: /.test(strange.html)]).toEqual([400, true])
})

test('a page of the board ends, and the older ones are a link away', async () => {
  const made = []
  for (let count = 0; count < limits.boardLines; count++) made.push((await world.post(laptops())).body.id)
  const first = await trader.get('/declarations')
  const next = /rel="next" href="([^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&')
  const second = await trader.get(next ?? '')
  expect(main(second.html)).toContain(await numberOf(ids.closed))
  expect(second.html).not.toContain('class="needs"')
  ids.fresh = made[0] ?? ''
})

test('a trader without declarations is led to the first; an operator sees everybody’s, and whose each is', async () => {
  const empty = await other.get('/declarations')
  expect(main(empty.html)).toContain('There is no declaration yet')
  expect(empty.html).toContain('href="/drafts/new"')
  expect(main((await admin.get('/declarations')).html)).toContain(broker)
  expect(main((await admin.get('/declarations')).html)).not.toContain(stranger)
})

test('nobody sees another’s declaration, on none of its pages', async () => {
  for (const part of ['', '/messages', '/costs', '/papers', '/reads', '/versions', '/print', '/times.svg']) {
    const seen = await other.get(`/declarations/${ids.closed}${part}`)
    expect([part, seen.status]).toEqual([part, 404])
    expect(seen.html).not.toContain(await numberOf(ids.closed))
  }
})

test('a declaration shows what it asks, what waits for what, its numbers and what happened', async () => {
  const seen = await world.read(ids.refused)
  const { html } = await trader.get(`/declarations/${ids.refused}`)
  const said = main(html)
  expect(said).toContain('Customs refused: “退单')
  expect(said).toMatch(/Export VAT refund.*?blocked.*?Goes after.*?Customs · Customs declaration → closed \(refused\)/)
  for (const { references } of seen.filings) for (const { value } of references) expect(said).toContain(value)
  expect(said).toContain('Who is not concerned, and why')
  const last = seen.timeline?.length
  expect(html).toContain(`data-last="${last}"`)
  // Arrows are for the eye; whoever listens has the list.
  expect(html).toMatch(/<svg class="arrows" aria-hidden="true"/)
  expect(main((await chinese.get(`/declarations/${ids.refused}`)).html)).toContain('海关退回')
})

test('a filing has the agency’s words beside ours, its particulars, deadlines and messages', async () => {
  const seen = await world.read(ids.billed)
  const { id } = filingOf(seen, 'customs')
  const { html } = await trader.get(`/declarations/${ids.billed}/filings/${id}`)
  for (const word of ['in review', '通关无纸化审结', 'inputerName', 'Deadlines', 'until 20'])
    expect(main(html)).toContain(word)
  expect((await trader.get(`/declarations/${ids.billed}/filings/${ids.billed}`)).status).toBe(404)
})

test('messages are listed, laid out, and given as they were', async () => {
  const { html } = await trader.get(`/declarations/${ids.closed}/messages`)
  const path = /href="(\/declarations\/[^/]+\/messages\/\d+)"/.exec(html)?.[1] ?? ''
  const pretty = await trader.get(path)
  expect(textOf(pretty.html.replaceAll('&lt;', '‹').replaceAll('&gt;', '›'))).toMatch(/‹ ?DecHead ?›/)
  const listed = (await (await world.call('GET', `/v1/declarations/${ids.closed}/messages`)).json()) as {
    data: { id: number; body: string }[]
  }
  const kept = listed.data.find(({ id }) => path.endsWith(`/${id}`))
  expect((await trader.get(`${path}/download`)).html).toBe(kept?.body)
  const elsewhere = path.replace(ids.closed, ids.refused)
  expect((await trader.get(elsewhere)).status).toBe(404)
  for (const nowhere of ['0', '-1', 'x', '999999999999999', '1e3'])
    expect((await trader.get(`/declarations/${ids.closed}/messages/${nowhere}`)).status).toBe(404)
})

test('costs: what is asked, the arithmetic, port fees or why there are none, and how long it took', async () => {
  const said = main((await trader.get(`/declarations/${ids.billed}/costs`)).html)
  for (const word of ['308519.42 CNY', 'Import VAT', 'not verified', 'No list of port fees', 'First word to grant'])
    expect(said).toContain(word)
  const chart = await trader.get(`/declarations/${ids.closed}/times.svg`)
  expect(chart.html).toMatch(/^<svg [^>]*role="img"/)
})

test('who read it: which agency, for what, by what law, and their names as text', async () => {
  const { html } = await trader.get(`/declarations/${ids.closed}/reads`)
  expect(html).not.toContain('<b data-hostile>')
  expect(html).toContain('&lt;b data-hostile&gt;')
  for (const word of ['Foreign exchange', 'found by a search', 'Policy']) expect(main(html)).toContain(word)
})

test('goods and papers: where the goods are, certificates, how likely an inspection is', async () => {
  const said = main((await trader.get(`/declarations/${ids.billed}/papers`)).html)
  for (const word of ['Alatawshankou', '26-50-100233', 'How likely an inspection is', '%']) expect(said).toContain(word)
})

test('the printed document has all of it: numbers, receipts, costs, readings, what was declared', async () => {
  const seen = await world.read(ids.closed)
  const said = main((await trader.get(`/declarations/${ids.closed}/print`)).html)
  for (const { references } of seen.filings) for (const { value } of references) expect(said).toContain(value)
  for (const word of ['结关', 'Who read it', 'functionalReferenceId', 'refunded', 'How long each step took'])
    expect(said).toContain(word)
})

test('versions: what was corrected stands field by field', async () => {
  const read = await world.call('GET', `/v1/declarations/${ids.refused}`)
  const document = (await (await world.call('GET', `/v1/declarations/${ids.refused}/document`)).json()) as {
    declarant: { name: string }
  }
  // What customs alone is told: the others hold what they were sent.
  document.declarant.name = '<b data-hostile>'
  const put = await world.call('PUT', `/v1/declarations/${ids.refused}`, {
    body: document,
    headers: { 'if-match': read.headers.get('etag') ?? '' },
  })
  expect(put.status).toBe(200)
  const { html } = await trader.get(`/declarations/${ids.refused}/versions?from=1&to=2`)
  expect(main(html)).toContain('/declarant/name')
  expect(html).toContain('&lt;b data-hostile&gt;')
  expect((await trader.get(`/declarations/${ids.refused}/versions?from=9&to=2`)).html).toMatch(/role="alert"/)
})
