import { expect, test } from 'vitest'
import { sample } from '../proposal/documents.ts'
import { openWorld } from '../support/world.ts'
import { clerkOf } from './clerk.ts'
import { hostilePapers, proposed } from './proposal-places.ts'

const world = await openWorld()
const { trader, stranger } = world.keys
const papers = ['laptops-invoice.csv', 'laptops-packing-list.csv'].map(sample)

/** Sends a form with files, as a browser does. */
async function drop(
  cookie: string,
  files: readonly { name: string; bytes: Uint8Array }[],
  fields: Record<string, string> = {},
) {
  const form = new FormData()
  for (const { name, bytes } of files) form.append('files', new File([new Uint8Array(bytes)], name))
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const response = await world.app.request('http://window.test/drafts/proposals', {
    method: 'POST',
    headers: {
      host: 'window.test',
      origin: 'http://window.test',
      accept: 'text/html',
      'accept-language': 'en',
      cookie,
    },
    body: form,
  })
  return { status: response.status, location: response.headers.get('location') ?? '', html: await response.text() }
}

test('whoever begins a declaration is offered to do it from documents, with samples to try', async () => {
  const { get } = await clerkOf(world, trader)
  const { html } = await get('/drafts/new')
  expect(html).toMatch(/enctype="multipart\/form-data"/)
  for (const [, path = ''] of html.matchAll(/href="(\/drafts\/samples\/[^"]+)"/g))
    expect((await get(path)).status).toBe(200)
  expect((await get('/drafts/samples/nothing.csv')).status).toBe(404)
})

test('who is not signed in is shown the way to, and nothing is taken from them', async () => {
  expect((await drop('', papers)).status).toBe(401)
  const { get } = await clerkOf(world)
  expect((await get('/drafts/proposals')).location).toMatch(/^\/sign-in/)
})

test('papers lead to what was read from them; sent twice, the form makes one draft', async () => {
  const clerk = await clerkOf(world, trader)
  const once = '0c8f0d5e-7a54-4c11-9a4b-5a3f5d3b7f10'
  const [first, second] = [await drop(clerk.cookie, papers, { once }), await drop(clerk.cookie, papers, { once })]
  expect([first.status, second.location]).toEqual([303, first.location])
  const { html } = await clerk.get(first.location)
  expect(html).toContain('laptops-invoice.csv')
  expect(html).toMatch(/CQ-SG-2026-118[\s\S]*?<code>F7<\/code>/)
})

test('what cannot be read is told file by file, and what was pasted stays', async () => {
  const { cookie } = await clerkOf(world, trader)
  const files = [{ name: 'a<b>.pdf', bytes: new TextEncoder().encode('%PDF-1.7') }]
  const { status, html } = await drop(cookie, files, { pasted: 'a table of mine' })
  expect(status).toBe(422)
  expect(html).toContain('a&lt;b&gt;.pdf: PDF cannot be read')
  expect(html).toContain('pasted: No table of goods')
  expect(html).toMatch(/<textarea[^>]*>\na table of mine<\/textarea>/)
})

test('what is confirmed is no guess any more; a choice puts the value chosen', async () => {
  const id = await proposed(world, trader, hostilePapers)
  const clerk = await clerkOf(world, trader)
  const path = `/drafts/${id}/proposal`
  const page = await clerk.get(path)
  const pointer = '/goodsShipment/items/0/hsCode'
  const fields = { accept: pointer, [`instead:${pointer}`]: '1' }
  const sent = await clerk.send(page, /proposal$/, fields)
  expect([sent.status, sent.location]).toEqual([303, path])
  const draft = async () =>
    (await (await world.call('GET', `/v1/declaration-drafts/${id}`)).json()) as {
      document: { goodsShipment: { items: { hsCode: string }[] } }
      guesses: { pointer: string; sure: string }[]
    }
  expect((await draft()).document.goodsShipment.items[0]?.hsCode).toBe('8507600010')
  expect((await draft()).guesses.map((guess) => guess.pointer)).not.toContain(pointer)

  // Whoever saw it before that is told, and nothing is lost.
  const stale = await clerk.send(page, /proposal$/, { accept: 'all read' })
  expect([stale.status, stale.html.includes('changed elsewhere')]).toEqual([412, true])
  await clerk.send(await clerk.get(path), /proposal$/, { accept: 'all read' })
  expect((await draft()).guesses.filter(({ sure }) => sure === 'read')).toEqual([])
  expect((await clerk.get(path)).html).toContain('changed to')
})

test('totals that differ and values left out stand above what was read', async () => {
  const id = await proposed(world, trader, hostilePapers)
  const { html } = await (await clerkOf(world, trader, 'zh')).get(`/drafts/${id}/proposal`)
  expect(html).toContain('单证毛重合计为18451，各行之和为18450')
  expect(html).toContain('未录入“CQSU1234565”')
})

test('a proposal is nobody else’s, and a draft without one has no such page', async () => {
  const id = await proposed(world, trader, papers)
  expect((await (await clerkOf(world, stranger)).get(`/drafts/${id}/proposal`)).status).toBe(404)
  const made = await world.call('POST', '/v1/declaration-drafts', { body: {}, headers: { 'idempotency-key': 'empty' } })
  const empty = ((await made.json()) as { id: string }).id
  expect((await (await clerkOf(world, trader)).get(`/drafts/${empty}/proposal`)).status).toBe(404)
})
