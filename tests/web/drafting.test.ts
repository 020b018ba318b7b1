import { expect, test } from 'vitest'
import { makeKey } from '../../src/db/keys.ts'
import { publishable, publishInto } from '../fees/published.ts'
import { tallyFirm, terminalFirm } from '../fees/support.ts'
import { openWorld } from '../support/world.ts'
import { type Clerk, clerkOf, type Seen } from './clerk.ts'
import { textOf } from './forms.ts'

// The work on the list 目录修订, as forms: who may, what is kept, and what happens when two do it at once.
const world = await openWorld()
const { database, keys } = world
await publishInto(database, { number: 1, validFrom: '2026-01-01', entries: publishable() })
world.catalogues.refresh()
const named = async (name: string, role: 'admin' | 'payee', tenant?: string) =>
  clerkOf(world, await makeKey(database, { name, role, ...(tenant === undefined ? {} : { tenant }) }))
const author = await named('author', 'admin')
const officer = await named('officer', 'admin')
const terminal = await named('terminal', 'payee', terminalFirm)
const tally = await named('tally', 'payee', tallyFirm)

async function begin(clerk: Clerk, fields: Record<string, string> = {}): Promise<string> {
  const given = { title: 'A draft', reason: 'Because', validFrom: '2027-01-01', ...fields }
  const begun = await clerk.send(await clerk.get('/admin/fees/drafts/new'), /drafts$/, given)
  expect(begun.status).toBe(303)
  return begun.location
}
const entry = (draft: string, id = 'guoyuan-lump-sum', type = 'fee') => `${draft}/entries/${type}/${id}`
const save = /entries\/[a-z]+(\/[a-z0-9-]+)?$/
const fieldsOf = ({ forms }: Seen, action: RegExp) => forms.find((one) => action.test(one.action))?.fields ?? {}
/** The price of the lump sum for 20 feet, as the draft would have it. */
const amountIn = async (clerk: Clerk, draft: string) => fieldsOf(await clerk.get(entry(draft)), save)['rate.0.amount']

test('who is not signed in is asked to, and comes back to where it was going', async () => {
  const nobody = await clerkOf(world)
  for (const path of ['/admin/fees', '/admin/fees/drafts/new', '/admin/fees/drafts?status=open']) {
    const { status, location } = await nobody.get(path)
    expect({ status, location }).toEqual({
      status: 303,
      location: `/sign-in?${new URLSearchParams({ next: path }).toString()}`,
    })
  }
})

test('a trader’s key sees no drafts, and is told so', async () => {
  const trader = await clerkOf(world, keys.trader)
  expect((await trader.get('/admin/fees')).html).toContain('may not work on the catalogue')
  const { status, html } = await trader.get('/admin/fees/drafts')
  expect(status).toBe(403)
  expect(html).toContain('<h1>')
})

test('a payee works on drafts of its own, and another payee’s is not there', async () => {
  const own = await begin(terminal)
  expect((await terminal.get(own)).status).toBe(200)
  expect((await terminal.get('/admin/fees')).html).toContain(own)
  for (const path of [own, `${own}/edit`, `${own}/find`, `${own}/import`, entry(own)])
    expect((await tally.get(path)).status).toBe(404)
  expect((await tally.get('/admin/fees')).html).not.toContain(own)
  // What is not its own comes back with the reason.
  const foreign = await terminal.send(await terminal.get(entry(own, 'guoyuan-tally')), save, {
    telephone: '023-5550000',
  })
  expect(foreign.status).toBe(403)
  expect(fieldsOf(foreign, save)['telephone']).toBe('023-5550000')
})

test('a form sent twice makes one draft', async () => {
  const form = await author.get('/admin/fees/drafts/new')
  const given = { title: 'Once', reason: 'Twice sent', validFrom: '2027-01-01' }
  const [one, two] = [await author.send(form, /drafts$/, given), await author.send(form, /drafts$/, given)]
  expect(one.status).toBe(303)
  expect(two.location).toBe(one.location)
})

test('a draft that is refused comes back as it was written, with what is wrong at its field', async () => {
  const form = await author.get('/admin/fees/drafts/new')
  const back = await author.send(form, /drafts$/, { title: '"><b>', reason: 'First\r\nsecond', validFrom: 'soon' })
  expect(back.status).toBe(422)
  expect(fieldsOf(back, /drafts$/)).toMatchObject({ title: '"><b>', reason: 'First\r\nsecond', validFrom: 'soon' })
  expect(back.html).toMatch(/id="validFrom"[^>]*aria-invalid="true" aria-describedby="validFrom-help validFrom-wrong"/)
  expect(back.html).not.toContain('<b>')
})

test('a form saved as it stands changes nothing', async () => {
  const draft = await begin(author)
  for (const { type, id } of publishable().filter((one) => one.type === 'fee' || one.type === 'basis')) {
    const saved = await author.send(await author.get(entry(draft, id, type)), save)
    expect(`${saved.status} ${textOf(saved.html)}`).toBe('303 ')
  }
  expect((await author.get(draft)).html).toContain('Nothing is changed yet')
})

test('asking for more rows keeps everything and saves nothing', async () => {
  const draft = await begin(author)
  const page = await author.get(entry(draft))
  const more = await author.send(page, save, { more: 'rates', telephone: 'half writ', 'rate.0.amount': '' })
  expect(more.status).toBe(200)
  expect(fieldsOf(more, save)).toMatchObject({ telephone: 'half writ', 'rate.0.amount': '', 'rate.4.amount': '' })
  expect((await author.get(draft)).html).toContain('Nothing is changed yet')
})

test('what was refused keeps every value: a price below zero, a kind there is not, a session that ended', async () => {
  const draft = await begin(author)
  const written = { 'rate.0.amount': '-5', kind: 'nonsense', nameEn: '<i>"it"</i>' }
  const back = await author.send(await author.get(entry(draft)), save, written)
  expect(back.status).toBe(422)
  expect(fieldsOf(back, save)).toMatchObject(written)
  expect(back.html).toMatch(
    /name="rate\.0\.amount"[^>]*aria-invalid="true" aria-describedby="[^"]*rate\.0\.amount-wrong"/,
  )
  expect(back.html).toContain('An amount cannot be negative')
  // Signed out meanwhile.
  const late = await (await clerkOf(world)).send(await author.get(entry(draft)), save, { 'rate.0.amount': '499' })
  expect(late.status).toBe(401)
  expect(fieldsOf(late, save)['rate.0.amount']).toBe('499')
  expect(late.html).toContain('href="/sign-in"')
})

test('two admins at once: who is late learns what changed, keeps what it wrote, and may save it on top', async () => {
  const draft = await begin(author)
  const [mine, yours] = [await author.get(entry(draft)), await officer.get(entry(draft))]
  expect((await officer.send(yours, save, { 'rate.0.amount': '490' })).status).toBe(303)
  const late = await author.send(mine, save, { 'rate.0.amount': '510', telephone: '023-1111111' })
  expect(late.status).toBe(412)
  expect(late.html).toContain('It changed meanwhile')
  expect(late.html).toMatch(/<del>480<\/del>[\s\S]*<ins>490<\/ins>/)
  expect(late.html).toContain('officer')
  expect(fieldsOf(late, save)).toMatchObject({ 'rate.0.amount': '510', telephone: '023-1111111' })
  expect(await amountIn(officer, draft)).toBe('490')
  expect((await author.send(late, save)).status).toBe(303)
  expect(await amountIn(officer, draft)).toBe('510')
})

test('two admins at once on different entries are in nobody’s way', async () => {
  const draft = await begin(author)
  const pages = await Promise.all([
    author.get(entry(draft)),
    officer.get(entry(draft, 'guoyuan-weighing')),
    author.get(entry(draft, 'guoyuan-tally')),
  ])
  const saved = await Promise.all(
    pages.map((page, at) => (at === 1 ? officer : author).send(page, save, { 'rate.0.amount': `50${at}` })),
  )
  expect(saved.map(({ status }) => status)).toEqual([303, 303, 303])
  expect((await author.get(draft)).html.match(/<details class="change"/g)).toHaveLength(3)
})

test('an entry is taken out with a reason; without one, or when it changed meanwhile, it stays', async () => {
  const draft = await begin(author)
  const page = await author.get(entry(draft, 'guoyuan-weighing'))
  const without = await author.send(page, /take-out$/)
  expect(without.status).toBe(400)
  expect(without.html).toContain('with a reason')
  await officer.send(await officer.get(entry(draft, 'guoyuan-weighing')), save, { 'rate.0.amount': '70' })
  const late = await author.send(page, /take-out$/, { reason: 'Free <b>now</b>' })
  expect(late.status).toBe(412)
  expect(fieldsOf(late, /take-out$/)['reason']).toBe('Free <b>now</b>')
  expect((await author.send(late, /take-out$/)).status).toBe(303)
  const { html } = await author.get(draft)
  expect(textOf(html)).toContain('Free <b>now</b>')
  expect(html).not.toContain('<b>now</b>')
})

test('a new entry does not overwrite one of the same id', async () => {
  const draft = await begin(author)
  const fields = fieldsOf(await author.get(entry(draft)), save)
  const back = await author.post(`${draft}/entries/fee`, { ...fields, id: 'guoyuan-weighing' })
  expect(back.status).toBe(409)
  expect(back.html).toContain('There is one of this id already')
  expect((await author.post(`${draft}/entries/fee`, { ...fields, id: 'Not An Id' })).status).toBe(422)
  expect((await author.post(`${draft}/entries/fee`, { ...fields, id: 'guoyuan-second-sum' })).status).toBe(303)
})

test('an entry that is no fee is written as the interface has it; what is malformed comes back', async () => {
  const draft = await begin(author)
  const page = await author.get(entry(draft, 'guoyuan', 'port'))
  const content = String(fieldsOf(page, save)['content'])
  expect(content).toContain('果园港')
  const broken = await author.send(page, save, { content: content.slice(0, -3) })
  expect(broken.status).toBe(400)
  expect(fieldsOf(broken, save)['content']).toBe(content.slice(0, -3))
  const unknown = await author.send(page, save, { content: content.replace('"terminals"', '"docks"') })
  expect(unknown.status).toBe(422)
  expect(unknown.html).toContain('/docks')
  expect((await author.send(page, save, { content: content.replace('果园港', '果园新港') })).status).toBe(303)
})

test('who decides on what was not seen is stopped, and told what changed since', async () => {
  const draft = await begin(author)
  await author.send(await author.get(entry(draft)), save, { 'rate.0.amount': '495' })
  const seen = await author.get(draft)
  await officer.send(await officer.get(`${draft}/edit`), /edit$/, { title: 'Another title' })
  await officer.send(await officer.get(entry(draft, 'guoyuan-weighing')), save, { 'rate.0.amount': '65' })
  const stale = await author.send(seen, /submit$/)
  expect(stale.status).toBe(412)
  expect(stale.html).toMatch(/<del>A draft<\/del>[\s\S]*<ins>Another title<\/ins>/)
  expect(stale.html).toContain('guoyuan-weighing')
  expect((await author.send(stale, /submit$/)).status).toBe(303)
})

test('a remark that could not be sent is not lost, and who drafted cannot approve', async () => {
  const draft = await begin(author)
  await author.send(await author.get(entry(draft)), save, { 'rate.0.amount': '495' })
  await author.send(await author.get(draft), /submit$/)
  const own = await author.get(draft)
  expect(own.html).toContain('somebody else has to approve it')
  expect(own.forms.some(({ action }) => action.endsWith('approve'))).toBe(false)
  const [one, two] = [await officer.get(draft), await officer.get(draft)]
  expect(fieldsOf(one, /approve$/)['digest']).toMatch(/^[0-9a-f]{64}$/)
  expect((await officer.send(one, /return$/, { remark: 'Too much' })).status).toBe(303)
  const late = await officer.send(two, /return$/, { remark: 'Far too much' })
  expect(late.status).toBe(412)
  const approved = await officer.send(two, /approve$/)
  expect(approved.status).toBe(412)
  expect(approved.html).toContain('Nothing was decided')
  expect((await author.get(draft)).html).toContain('Too much')
})

test('a form that comes from elsewhere does not count', async () => {
  const draft = await begin(author)
  const { forms } = await author.get(draft)
  const discard = forms.find(({ action }) => action.endsWith('/discard'))
  const answer = await author.post(discard?.action ?? '', discard?.fields ?? {}, { origin: 'https://elsewhere.test' })
  expect(answer.status).toBe(403)
  expect(answer.html).toContain('<h1>')
  expect((await author.get(draft)).html).toContain('class="level open"')
  expect((await author.post(discard?.action ?? '', discard?.fields ?? {})).status).toBe(303)
  expect((await author.get(draft)).html).toContain('class="level discarded"')
})

test('a draft that was overtaken is put onto the newest edition first, and told where both changed the same', async () => {
  const [overtaken, contrary, first] = [await begin(author), await begin(author), await begin(author)]
  const change = async (draft: string, id: string, amount: string) =>
    author.send(await author.get(entry(draft, id)), save, { 'rate.0.amount': amount })
  await change(overtaken, 'guoyuan-tally', '13')
  await change(contrary, 'guoyuan-lump-sum', '470')
  await change(first, 'guoyuan-lump-sum', '460')
  for (const draft of [overtaken, first]) await author.send(await author.get(draft), /submit$/)
  const published = await officer.send(await officer.get(first), /approve$/)
  expect(published.location).toBe('/fees/editions/2')

  const stale = await officer.send(await officer.get(overtaken), /approve$/)
  expect(stale.status).toBe(412)
  expect(stale.html).toContain('There is a newer edition')
  expect((await officer.send(stale, /rebase$/)).status).toBe(303)
  await author.send(await author.get(overtaken), /submit$/)
  expect((await officer.send(await officer.get(overtaken), /approve$/)).location).toBe('/fees/editions/3')

  const conflict = await author.send(await author.get(contrary), /rebase$/)
  expect(conflict.status).toBe(409)
  expect(conflict.html).toContain('/fee/guoyuan-lump-sum')
  expect(await amountIn(author, contrary)).toBe('470')
})

test('an edition is withdrawn with a reason, and nothing is left without a word', async () => {
  for (const number of [3, 2]) {
    const form = await (number === 3 ? author : officer).get(`/admin/fees/editions/${number}/withdraw`)
    // Whoever approved it does not undo it.
    if (number === 2) expect((await officer.send(form, /withdraw$/, { reason: 'A slip' })).status).toBe(403)
    else expect((await author.send(form, /withdraw$/, { reason: '' })).status).toBe(422)
    expect((await author.send(form, /withdraw$/, { reason: 'A <b>slip</b>' })).location).toBe(
      `/fees/editions/${number}`,
    )
    const { html } = await author.get(`/fees/editions/${number}`)
    expect(html).toContain('A &lt;b&gt;slip&lt;/b&gt;')
  }
  const last = await author.send(await author.get('/admin/fees/editions/1/withdraw'), /withdraw$/, {
    reason: 'The last',
  })
  expect(last.status).toBe(409)
  expect(fieldsOf(last, /withdraw$/)['reason']).toBe('The last')
  expect((await author.send(last, /withdraw$/, { leavingNothing: '1' })).status).toBe(303)
})
