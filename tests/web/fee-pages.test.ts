import { expect, test } from 'vitest'
import type { BillCheckAnswer } from '../../schemas/fees/bill.ts'
import type { Quote } from '../../schemas/fees/quote.ts'
import { limits } from '../../src/limits.ts'
import { between } from '../../src/web/fees/money.ts'
import { billWorld } from '../fees/bill-world.ts'
import { smallSample } from '../routes/support.ts'
import { type Clerk, clerkOf } from './clerk.ts'
import { formsIn, textOf } from './forms.ts'
import { hits, hostile } from './hostile-names.ts'

// Quotes 费用测算 and bill checks 账单核对 as pages: forms, sent without a script.
const world = await billWorld()
const [anybody, trader, stranger, terminal] = await Promise.all([
  clerkOf(world),
  clerkOf(world, world.keys.trader),
  clerkOf(world, world.keys.stranger),
  clerkOf(world, world.keys.terminal),
])
const home = 'http://window.test'
const shipment = {
  port: 'guoyuan',
  direction: 'import',
  trade: 'foreign',
  cargo: 'container',
  containers: [{ count: 2, size: '40', state: 'laden', storageDays: 9 }],
  bills: 1,
}
const asked =
  'port=guoyuan&direction=import&trade=foreign&cargo=container&c0-count=2&c0-size=40&c0-state=laden&c0-storageDays=9&bills=1'
const fieldsOf = (html: string, action: RegExp) => formsIn(html).find((form) => action.test(form.action))?.fields ?? {}
/** The control of a field, as its tag stands in the page. */
const tagOf = (html: string, name: string) =>
  new RegExp(`<(?:input|select|textarea) id="${name}"[^>]*>`).exec(html)?.[0] ?? ''
const wrongAt = (html: string, name: string) =>
  textOf(new RegExp(`<small id="${name}-wrong" class="wrong">([^<]*)</small>`).exec(html)?.[1] ?? '')

test('a quote is an address: it says what the interface says of the same consignment, and the form holds the question', async () => {
  const response = await world.call('POST', '/v1/fee-quotes', { body: { shipment } })
  const quote = (await response.json()) as Quote
  for (const language of ['en', 'zh'] as const) {
    const { status, html } = await anybody.get(`/fees/quote?${asked}&lang=${language}`)
    expect(status).toBe(200)
    for (const sum of [quote.total, quote.government, quote.market])
      expect(html).toContain(`<dd>${between(language, sum)}</dd>`)
    for (const { name, payeeName } of [...quote.lines, ...quote.possible]) {
      expect(textOf(html)).toContain(name[language])
      expect(textOf(html)).toContain(payeeName[language])
    }
    for (const one of quote.uncertain) expect(textOf(html)).toContain(one[language])
    for (const { because } of quote.exempt) expect(textOf(html)).toContain(because[language])
    expect(fieldsOf(html, /quote$/)).toMatchObject({
      port: 'guoyuan',
      'c0-count': '2',
      'c0-size': '40',
      'c0-storageDays': '9',
    })
  }
  expect(quote.lines.length * quote.possible.length * quote.exempt.length).toBeGreaterThan(0)
  await anybody.get('/fees/quote?lang=en')
})

test('what is wrong stands at its field, in its row, with what was written; and above the form with a way there', async () => {
  const query = new URLSearchParams({
    port: 'guoyuan',
    direction: 'sideways',
    day: '2026-02-30',
    'c1-count': 'many',
    'c1-size': '40',
    'c2-size': '20',
    grossMassTonnes: '1,5',
    requested: 'nonsense',
    netTonnage: hostile,
  })
  for (const [language, words] of [
    ['en', ['A whole number', 'This is needed', 'A number, please', 'Choose one', 'as 2026-03-01']],
    ['zh', ['请填写整数', '此项必填', '请填写数字', '请从列表中选择', '如 2026-03-01']],
  ] as const) {
    const { status, html } = await anybody.get(`/fees/quote?${query.toString()}&lang=${language}`)
    expect(status).toBe(422)
    for (const [name, text] of [
      ['c1-count', words[0]],
      ['c2-count', words[1]],
      ['grossMassTonnes', words[2]],
      ['netTonnage', words[2]],
      ['direction', words[3]],
      ['day', words[4]],
    ] as const) {
      expect(tagOf(html, name)).toMatch(new RegExp(`aria-invalid="true" aria-describedby="[^"]*${name}-wrong"`))
      expect(wrongAt(html, name)).toContain(text)
      expect(html).toContain(`<a href="#${name}">`)
    }
    expect(wrongAt(html, 'c0-count')).toBe('')
    expect(html).toContain('role="alert"')
    expect(html).not.toContain('<b data-hostile>')
    expect(fieldsOf(html, /quote$/)).toMatchObject({
      direction: 'sideways',
      day: '2026-02-30',
      'c1-count': 'many',
      'c2-size': '20',
      grossMassTonnes: '1,5',
      requested: ['nonsense'],
      netTonnage: hostile,
    })
  }
  await anybody.get('/fees/quote?lang=en')
})

test('what only the catalogue can tell is told at the field as well', async () => {
  const { status, html } = await anybody.get('/fees/quote?port=atlantis&direction=import&payees=nobody')
  expect(status).toBe(422)
  expect(wrongAt(html, 'port')).toContain('atlantis')
  expect(wrongAt(html, 'payees')).toContain('nobody')
  expect(fieldsOf(html, /quote$/)).toMatchObject({ port: 'atlantis', payees: ['nobody'] })
})

test('the other language is asked the same', async () => {
  const { html } = await anybody.get(`/fees/quote?${asked}`)
  const link = textOf(/<a href="([^"]*)" hreflang="zh-CN"/.exec(html)?.[1] ?? '')
  const other = await anybody.get(link)
  expect(other.html).toContain('<html lang="zh-CN">')
  expect(fieldsOf(other.html, /quote$/)).toEqual(fieldsOf(html, /quote$/))
  expect(other.html).toContain('<dl class="sums">')
  await anybody.get('/fees/quote?lang=en')
})

test('a declaration of the trader’s own is read into the form; another’s is not there', async () => {
  const accepted = await world.post('/v1/declarations', smallSample())
  const { id } = (await accepted.json()) as { id: string }
  const read = await trader.get(`/fees/quote?declaration=${id}`)
  expect(read.status).toBe(200)
  expect(fieldsOf(read.html, /quote$/)).toMatchObject({ port: 'guoyuan', direction: 'export' })
  expect(read.html).toContain('<dl class="sums">')
  expect((await stranger.get(`/fees/quote?declaration=${id}`)).status).toBe(404)
  expect((await anybody.get(`/fees/quote?declaration=${id}`)).status).toBe(401)
  const missing = await trader.get('/fees/quote?declaration=nothing')
  expect(missing.status).toBe(404)
  expect(fieldsOf(missing.html, /quote$/)['declaration']).toBe('nothing')
})

const head = {
  billNumber: 'B-7',
  issuedOn: '2026-10-12',
  payee: 'guoyuan-terminal',
  port: 'guoyuan',
  direction: 'import',
  trade: 'foreign',
  cargo: 'container',
  day: '2026-10-10',
  'c0-count': '2',
  'c0-size': '40',
  'c0-height': 'high-cube',
  'c0-state': 'laden',
  bills: '1',
}
const lines = [
  '港口作业包干费 | 2 | 元/箱 | 750.00 | 1,500.00',
  '货物港务费\t2\t元/箱\t68\t136.00',
  '单证费 ｜ ￥10.00元',
  `${hostile} | 30.00`,
].join('\r\n')
const keptChecks = async () => {
  const { rows } = await world.database.pool.query<{ count: string }>('SELECT count(*) FROM bill_check')
  return Number(rows[0]?.count)
}
const verdictsIn = (html: string) => [...html.matchAll(/<tr class="verdict-([a-z-]+)">/g)].map(([, verdict]) => verdict)
const judged = ['above-price', 'right', 'right', 'outside-list']

/** A form of parts, as a browser sends it with a file. */
async function sendFile(who: Clerk, file: File, fields: Record<string, string> = head) {
  const parts = new FormData()
  for (const [name, value] of Object.entries(fields)) parts.set(name, value)
  parts.set('file', file)
  const response = await world.app.request(`${home}/fees/bill-check`, {
    method: 'POST',
    headers: { host: 'window.test', origin: home, cookie: who.cookie, 'accept-language': 'en' },
    body: parts,
  })
  return { status: response.status, location: response.headers.get('location') ?? '', html: await response.text() }
}
const csv = (text: string, name = 'bill.csv') => new File([text], name, { type: 'application/vnd.ms-excel' })
const sheet = `项目名称,数量,单位,单价,金额\n港口作业包干费,2,元/箱,750,1500\n货物港务费,2,元/箱,68,136\n单证费,,,,10\n"${hostile.replaceAll('"', '""')}",,,,30\n合计,,,,1680\n`

test('a bill that is typed is judged line by line, and nothing of it is kept', async () => {
  const { status, html } = await anybody.post('/fees/bill-check', { ...head, lines })
  expect(status).toBe(200)
  expect(verdictsIn(html)).toEqual(judged)
  expect(textOf(html)).toContain('1,676.00')
  expect(html).toContain('<div class="main bad"><dt>Too much (CNY)</dt><dd>90.00</dd></div>')
  expect(html).not.toContain('<b data-hostile>')
  expect(textOf(html)).toContain(`4. ${hostile}`)
  expect(hits).toBe('[data-hostile]')
  expect(fieldsOf(html, /bill-check$/)).toMatchObject({ ...head, lines })
  expect(html).not.toMatch(/name="keep"/)
  expect(await keptChecks()).toBe(0)
})

test('the same lines from a file are judged the same, and the sum at their end is compared', async () => {
  const { status, html } = await sendFile(anybody, csv(sheet))
  expect(status).toBe(200)
  expect(verdictsIn(html)).toEqual(judged)
  expect(html).toContain('The total on the bill is off from its lines by 4.00')
  expect(html).not.toContain('<b data-hostile>')
  expect(await keptChecks()).toBe(0)
})

test.each([
  ['a number that is none', csv('名称,金额\n货物港务费,many\n')],
  ['a column nobody knows', csv('名称,金额,颜色\n货物港务费,1,red\n')],
  ['another format', csv('whatever', 'bill.pdf')],
  ['nothing at all', csv('\n')],
])('a file with %s is turned away with the reason, and the fields stay', async (_, file) => {
  const { status, html } = await sendFile(anybody, file)
  expect([415, 422]).toContain(status)
  expect(html).toContain('role="alert"')
  expect(fieldsOf(html, /bill-check$/)).toMatchObject(head)
})

test('wrong numbers are told with the number of their line; what was typed stays', async () => {
  const typed = '货物港务费\r\n理箱费 | 两 | 箱 | 5 | 10\r\n单证费 | 1.23456\r\na | b | c | d | e | f'
  const { status, html } = await trader.post('/fees/bill-check', {
    ...head,
    payee: '',
    issuedOn: '12.10.2026',
    lines: typed,
  })
  expect(status).toBe(422)
  expect(tagOf(html, 'lines')).toMatch(/aria-invalid="true" aria-describedby="[^"]*lines-wrong"/)
  for (const place of ['Line 1, amount', 'Line 2, quantity', 'Line 3, amount', 'Line 4, amount'])
    expect(html).toContain(`<a href="#lines">${place}</a>`)
  expect(wrongAt(html, 'issuedOn')).toContain('A day, please')
  expect(wrongAt(html, 'payee')).not.toBe('')
  expect(fieldsOf(html, /bill-check$/)).toMatchObject({ lines: typed, issuedOn: '12.10.2026', billNumber: 'B-7' })
  expect(await keptChecks()).toBe(0)
})

test('the other language judges the same again, lines of a file too', async () => {
  const typed = await anybody.post('/fees/bill-check', { ...head, lines })
  const read = await sendFile(anybody, csv(sheet))
  for (const html of [typed.html, read.html]) {
    const other = await anybody.post('/fees/bill-check?lang=zh', fieldsOf(html, /bill-check\?lang=zh$/))
    expect(other.html).toContain('<html lang="zh-CN">')
    expect(verdictsIn(other.html)).toEqual(judged)
    expect(fieldsOf(other.html, /bill-check$/)).toMatchObject({ billNumber: 'B-7', 'c0-size': '40' })
  }
  await anybody.get('/fees/bill-check?lang=en')
  expect(await keptChecks()).toBe(0)
})

test('keeping needs a trader; who is none sees the result and what stands in the way', async () => {
  const { html } = await trader.post('/fees/bill-check', { ...head, lines })
  const keep = fieldsOf(html, /bill-check$/)
  expect(keep).toMatchObject({ keep: '1', billNumber: 'B-7' })
  for (const [who, status] of [
    [anybody, 401],
    [terminal, 403],
  ] as const) {
    const refused = await who.post('/fees/bill-check', keep)
    expect(refused.status).toBe(status)
    expect(refused.html).toContain('role="alert"')
    expect(verdictsIn(refused.html)).toEqual(judged)
  }
  const elsewhere = await trader.post('/fees/bill-check', keep, { origin: 'https://elsewhere.test' })
  expect(elsewhere.status).toBe(403)
  expect(await keptChecks()).toBe(0)
})

test('a trader keeps what it saw, once; it can be read again by whom it belongs to', async () => {
  const { html } = await sendFile(trader, csv(sheet))
  const keep = fieldsOf(html, /bill-check$/)
  const kept = await trader.post('/fees/bill-check', keep)
  expect(kept.status).toBe(303)
  expect((await trader.post('/fees/bill-check', keep)).location).toBe(kept.location)
  expect(await keptChecks()).toBe(1)
  const read = await trader.get(kept.location)
  expect(verdictsIn(read.html)).toEqual(judged)
  expect(read.html).not.toContain('<b data-hostile>')
  const api = await world.call('GET', kept.location.replace('/fees/bill-check', '/v1/fee-bill-checks'))
  expect(((await api.json()) as BillCheckAnswer).bill.total).toBe('1680')
  expect((await trader.get('/fees/bill-check/kept')).html).toContain(`<a href="${kept.location}">B-7</a>`)
  expect((await stranger.get(kept.location)).status).toBe(404)
  expect((await anybody.get(kept.location)).location).toBe(`/sign-in?next=${encodeURIComponent(kept.location)}`)
  expect((await anybody.get('/fees/bill-check/kept')).location).toMatch(/^\/sign-in/)
})

test('a form has room for as many kinds of containers as were asked about', async () => {
  const { html } = await anybody.get(`/fees/quote?port=guoyuan&direction=import&c7-count=1&c7-size=20`)
  expect(fieldsOf(html, /quote$/)).toMatchObject({ 'c7-count': '1', 'c7-size': '20' })
  const absurd = await anybody.get('/fees/quote?port=guoyuan&direction=import&c999-count=1')
  expect(
    formsIn(absurd.html)
      .flatMap(({ fields }) => Object.keys(fields))
      .filter((name) => name.endsWith('-count')).length,
  ).toBe(limits.formContainersMost)
})
