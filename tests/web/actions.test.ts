import { beforeAll, expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { evBatteries, filingOf, laptops, openWorld } from '../support/world.ts'
import { type Clerk, clerkOf, type Seen } from './clerk.ts'
import { hostile } from './hostile-names.ts'

// What a trader does with a declaration on pages alone: brings what is asked for, files something more, drops it, cancels, takes back.
const world = await openWorld()
let clerk: Clerk
let reader: Clerk
beforeAll(async () => {
  clerk = await clerkOf(world, world.keys.trader)
  reader = await clerkOf(world, world.keys.trader, 'zh-CN')
})

const handedIn = async (declaration: Declaration) => {
  const { status, body } = await world.post(declaration)
  expect({ status, errors: body.errors }).toEqual({ status: 202, errors: undefined })
  return `/declarations/${body.id}`
}
/** Without what only one procedure asks for. */
function without(declaration: Declaration, agency: string, procedure: string): Declaration {
  const { [agency]: own, ...others } = declaration.particulars ?? {}
  const { [procedure]: _, ...rest } = own ?? {}
  return { ...declaration, particulars: { ...others, [agency]: rest } }
}
const read = (path: string) => world.read(path.split('/').at(-1) ?? '')
const redirected = (seen: Seen) => {
  expect({ status: seen.status, html: seen.status === 303 ? '' : seen.html }).toEqual({ status: 303, html: '' })
  return seen.location
}
const wordsOf = ({ html }: Seen) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('what a waiting filing needs is said at its fields, in both languages, brought, and on it goes', async () => {
  const path = await handedIn(without(laptops(), 'maritime', 'inland-report'))
  const filing = filingOf(
    await world.meanwhile(
      path.split('/').at(-1) ?? '',
      (seen) => filingOf(seen, 'maritime', 'inland-report').status === 'awaiting-particulars',
    ),
    'maritime',
    'inland-report',
  )
  const page = `${path}/filings/${filing.id}`
  expect((await clerk.get(page)).html).toContain(`href="${page}/particulars"`)
  const form = await clerk.get(`${page}/particulars`)
  expect(form.status).toBe(200)
  expect(filing.needs?.length).toBeGreaterThan(0)
  for (const { pointer } of filing.needs ?? []) {
    const at = pointer.replace('/particulars/maritime/inland-report', 'particulars')
    expect(form.html).toContain(`id="${at}-wrong"`)
  }
  expect(wordsOf(form)).toContain('Maritime')
  expect((await reader.get(`${page}/particulars`)).html).toContain('<label for="particulars/reporter/name">姓名/名称')

  const typed = { 'particulars/reporter/name': hostile.slice(0, 60), 'particulars/reporter/phone': 'x' }
  const refused = await clerk.send(form, /particulars$/, typed)
  expect(refused.status).toBe(422)
  expect(refused.html).not.toContain('<b data-hostile>')
  expect(refused.forms.find(({ action }) => action.endsWith('particulars'))?.fields).toMatchObject(typed)
  expect(refused.html).toMatch(
    /<input id="particulars\/reporter\/phone"[^>]* aria-invalid="true"[^>]* aria-describedby="[^"]*particulars\/reporter\/phone-wrong"/,
  )

  const particulars = laptops().particulars?.['maritime']?.['inland-report'] as Record<string, unknown>
  expect(redirected(await clerk.send(refused, /particulars$/, fieldsOf(particulars)))).toBe(page)
  const after = await world.meanwhile(
    path.split('/').at(-1) ?? '',
    (seen) => filingOf(seen, 'maritime', 'inland-report').status !== 'awaiting-particulars',
  )
  expect(filingOf(after, 'maritime', 'inland-report').needs).toBeUndefined()
})

/** Every text of a value, by the name of its field. */
function fieldsOf(value: unknown, at = 'particulars'): Record<string, string> {
  if (typeof value !== 'object' || value === null) return { [at]: String(value as string | number | boolean) }
  return Object.assign({}, ...Object.entries(value).map(([key, one]) => fieldsOf(one, `${at}/${key}`))) as Record<
    string,
    string
  >
}

test('two at once: the later one sees what changed, keeps what was written, and decides', async () => {
  const path = await handedIn(without(laptops(), 'maritime', 'inland-report'))
  const id = path.split('/').at(-1) ?? ''
  const waiting = await world.meanwhile(id, (seen) => filingOf(seen, 'tax').status === 'waiting')
  const page = `${path}/filings/${filingOf(waiting, 'tax').id}/particulars`
  const [mine, theirs] = [await clerk.get(page), await clerk.get(page)]
  redirected(await clerk.send(theirs, /particulars$/, { 'particulars/batch': '002' }))
  const late = await clerk.send(mine, /particulars$/, {
    'particulars/batch': '003',
    'particulars/invoices/0/remarks': hostile.slice(0, 99),
  })
  expect(late.status).toBe(412)
  expect(wordsOf(late)).toMatch(/It changed while you wrote.*Batch.*002.*003/)
  expect(late.forms.find(({ action }) => action === page)?.fields).toMatchObject({
    'particulars/batch': '003',
    'particulars/invoices/0/remarks': hostile.slice(0, 99),
  })
  redirected(await clerk.send(late, /particulars$/))
  expect((await clerk.get(page)).forms.find(({ action }) => action === page)?.fields).toMatchObject({
    'particulars/batch': '003',
  })
  // The same once more, as a double click sends it: it stands there already.
  redirected(await clerk.send(late, /particulars$/))
})

test('rows are added and taken away without a script, and nothing is saved by it', async () => {
  const path = await handedIn(laptops())
  const id = path.split('/').at(-1) ?? ''
  const waiting = await world.meanwhile(id, (seen) => filingOf(seen, 'tax').status === 'waiting')
  const page = `${path}/filings/${filingOf(waiting, 'tax').id}/particulars`
  const before = filingOf(waiting, 'tax').etag
  const form = await clerk.get(page)
  const rows = (seen: Seen) =>
    [...seen.html.matchAll(/<button[^>]* name="remove" value="(particulars\/invoices\/\d+)"/g)].map(([, name]) => name)
  expect(rows(form)).toHaveLength(1)
  const more = await clerk.send(form, /particulars$/, { add: 'particulars/invoices' })
  expect({ status: more.status, rows: rows(more) }).toEqual({
    status: 200,
    rows: ['particulars/invoices/0', 'particulars/invoices/1'],
  })
  expect(more.html).toMatch(/name="particulars\/invoices\/1\/declaration"[^>]* autofocus/)
  const filled = await clerk.send(more, /particulars$/, {
    'particulars/invoices/1/goodsName': 'second',
    remove: 'particulars/invoices/0',
  })
  expect(rows(filled)).toEqual(['particulars/invoices/0'])
  expect(filled.forms.find(({ action }) => action === page)?.fields).toMatchObject({
    'particulars/invoices/0/goodsName': 'second',
  })
  expect(filingOf(await read(path), 'tax').etag).toBe(before)
})

test('something more is filed once, however often the button is pressed, and dropped again', async () => {
  const path = await handedIn(laptops())
  const add = await clerk.get(`${path}/filings/new`)
  const { offers = [] } = await read(path)
  for (const { agency, procedure } of offers) expect(add.html).toContain(`agency=${agency}&amp;procedure=${procedure}`)
  const form = await clerk.get(`${path}/filings/new?agency=fx&procedure=receipt`)
  const [once, twice] = await Promise.all([1, 2].map(() => clerk.send(form, /new$/)))
  expect(redirected(once ?? form)).toBe(redirected(twice ?? form))
  const asked = (await read(path)).filings.filter(({ occasion }) => occasion === 'request')
  expect(asked).toMatchObject([{ agency: 'fx', procedure: 'receipt' }])
  const location = redirected(once ?? form)
  expect(location).toBe(`${path}/filings/${asked[0]?.id}`)
  const drop = await clerk.get(`${location}/drop`)
  expect(redirected(await clerk.send(drop, /drop$/))).toBe(location)
  // Pressed twice: it is done.
  expect(redirected(await clerk.send(drop, /drop$/))).toBe(location)
  expect((await read(path)).filings.find(({ id }) => id === asked[0]?.id)?.status).toBe('withdrawn')
})

test('what is wrong with a filing asked for is said at its field, and nothing is filed', async () => {
  const path = await handedIn(laptops())
  const form = await clerk.get(`${path}/filings/new?agency=tax&procedure=refund`)
  const refused = await clerk.send(form, /new$/, { 'particulars/cnyPerUsd': 'seven', covers: 'NOBODY-KNOWS-IT' })
  expect(refused.status).toBe(422)
  expect(wordsOf(refused)).toContain('There is no declaration with this number: NOBODY-KNOWS-IT')
  const wrong = await clerk.send(refused, /new$/, { covers: '' })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toMatch(/name="particulars\/cnyPerUsd"[^>]* aria-invalid="true"/)
  expect(wrong.html).toMatch(/particulars\/cnyPerUsd-wrong"[^>]*>Tax/)
  expect((await read(path)).filings.filter(({ occasion }) => occasion === 'request')).toEqual([])
})

test('a cancellation is looked at before it is asked for; then every agency answers on its page', async () => {
  const path = await handedIn(evBatteries())
  const id = path.split('/').at(-1) ?? ''
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'registered')
  const begun = await clerk.get(`${path}/cancel`)
  const unsaid = await clerk.send(begun, /cancel$/)
  expect(unsaid.status).toBe(422)
  expect(unsaid.html).toMatch(/name="reason"[^>]* aria-invalid="true"/)
  const look = await clerk.send(unsaid, /cancel$/, { reason: 'no longer wanted' })
  expect(look.status).toBe(200)
  expect((await read(path)).changes).toEqual([])
  for (const name of ['Customs', 'Maritime', 'Singapore']) expect(wordsOf(look)).toContain(name)
  const given = {
    reason: hostile.slice(0, 200),
    'particulars/customs/cancellation/reasonCode': '7',
    'particulars/customs/cancellation/entOpName': '张三',
    'particulars/customs/cancellation/entOpTele': '02360000000',
    'particulars/singapore/cancellation/reasonCode': 'C10',
    step: 'ask',
  }
  const [once, twice] = await Promise.all([1, 2].map(() => clerk.send(look, /cancel$/, given)))
  const change = redirected(once ?? look)
  expect(redirected(twice ?? look)).toBe(change)
  const open = await clerk.get(change)
  expect(open.status).toBe(200)
  expect(open.html).not.toContain('<b data-hostile>')
  expect(wordsOf(open)).toContain('agencies are asked')
  expect((await clerk.send(begun, /cancel$/, { reason: 'again' })).status).toBe(409)
  await world.until(id, (seen) => seen.changes.every(({ status }) => status !== 'pending'), 3_600_000)
  expect(wordsOf(await clerk.get(`${path}/changes`))).toContain('Cancellation : granted')
  expect(wordsOf(await reader.get(change))).toContain('已获准')
  // Nothing more can be done with it but begin another from it.
  const over = await clerk.get(path)
  expect(over.html).not.toContain(`${path}/cancel`)
  expect(over.html).toMatch(/name="purpose" value="copy"/)
})

test('a change nobody has heard of is taken back, once; what an agency has heard of is not', async () => {
  const path = await handedIn(laptops())
  const id = path.split('/').at(-1) ?? ''
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'registered')
  // Customs alone would get other bytes, and waits for who is to be asked about it.
  const asked = await world.call('POST', `/v1/declarations/${id}/amendments`, {
    body: { reason: 'Royalties', patch: { confirmations: { royalty: true } } },
    headers: { 'if-match': '*', 'idempotency-key': 'actions amendment' },
  })
  const { id: changeId } = (await asked.json()) as { id: string }
  expect(asked.status).toBe(202)
  const open = await clerk.get(`${path}/changes/${changeId}`)
  expect(wordsOf(open)).toMatch(/Amendment: agencies are asked.*What changes.*Royalties are paid for the goods/)
  for (const _ of ['once', 'pressed twice'])
    expect(redirected(await clerk.send(open, /withdraw$/))).toBe(`${path}/changes/${changeId}`)
  expect((await read(path)).changes).toMatchObject([{ status: 'withdrawn' }])
  expect(wordsOf(await clerk.get(`${path}/changes`))).toContain('Amendment : taken back')

  const look = await clerk.send(await clerk.get(`${path}/cancel`), /cancel$/, { reason: 'No longer wanted' })
  const change = redirected(await clerk.send(look, /cancel$/, { step: 'ask' }))
  await world.eventually(async () =>
    (await read(path)).filings.some(({ changes, status }) => changes !== undefined && status === 'acknowledged'),
  )
  expect((await clerk.get(change)).html).not.toContain('/withdraw"')
  expect((await clerk.post(`${change}/withdraw`, {})).status).toBe(409)
})

test('from a declaration a draft is begun: to correct it, to amend it, or for another', async () => {
  const path = await handedIn(laptops())
  const id = path.split('/').at(-1) ?? ''
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'registered')
  const page = await clerk.get(path)
  const begun = page.forms.filter(({ action }) => action === '/drafts/new').map(({ fields }) => fields)
  expect(begun.map(({ from, purpose }) => [from, purpose])).toEqual([
    [id, 'correction'],
    [id, 'amendment'],
    [id, 'copy'],
  ])
  for (const fields of begun) {
    const draft = redirected(await clerk.post('/drafts/new', fields))
    expect(draft).toMatch(/^\/drafts\/\w+/)
    // A double click begins one draft.
    expect(redirected(await clerk.post('/drafts/new', fields))).toBe(draft)
  }
})

test('a declaration of somebody else is not there', async () => {
  const path = await handedIn(laptops())
  const stranger = await clerkOf(world, world.keys.stranger)
  const filing = (await read(path)).filings[0]?.id
  for (const page of ['cancel', 'changes', 'filings/new', `filings/${filing}/particulars`, `filings/${filing}/drop`])
    expect({ page, status: (await stranger.get(`${path}/${page}`)).status }).toEqual({ page, status: 404 })
})

test('ways that lead nowhere are answered as such, never as a mistake of ours', async () => {
  const path = await handedIn(laptops())
  for (const page of ['filings/nowhere/particulars', 'filings/nowhere/drop', 'changes/nowhere'])
    expect({ page, status: (await clerk.get(`${path}/${page}`)).status }).toEqual({ page, status: 404 })
  expect((await clerk.get(`${path}/filings/%00/particulars`)).status).toBeLessThan(500)
  for (const [page, fields] of [
    ['cancel', { asks: '__proto__/constructor ../../x/y', reason: 'x', step: 'ask' }],
    ['filings/new', { agency: '__proto__', procedure: 'constructor' }],
    ['changes/nowhere/withdraw', {}],
  ] as const)
    expect((await clerk.post(`${path}/${page}`, fields)).status).toBeLessThan(500)
})
