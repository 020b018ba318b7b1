/** 濒危物种进出口管理机构 The endangered species office, as `specification.md` tells. */
import { XMLParser } from 'fast-xml-parser'
import { Hono } from 'hono'
import type { Agency, Desk } from '../../agency.ts'
import { type Book, type Certificate, openBook, type Reason, type Wanted } from '../book.ts'
import { outcomes } from './outcomes.ts'
import { permits, units } from './register.ts'

const grounds: { readonly [reason in Reason]: readonly [code: string, text: string] } = {
  unknown: ['E01', '无此证明书'],
  void: ['E02', '证明书已作废或过期'],
  holder: ['E03', '持证人不符'],
  goods: ['E04', '标本与证明书不符'],
  office: ['E05', '口岸不符'],
  quantity: ['E06', '超出剩余数量'],
  'used-up': ['E07', '证明书已使用'],
  direction: ['E09', '进出口方向不符'],
  origin: ['E10', '原产地不符'],
  amount: ['E11', '金额超出'],
  unit: ['E12', '计量单位不可比'],
  'not-conforming': ['E99', '不予核销'],
  released: ['E99', '该流水号已释放'],
}
const states = { reserved: 'held', committed: 'used', released: 'free' } as const
type Attributes = { readonly [name: string]: string }

/** The document is not one of ours: what is wrong with it. */
class NotOurs extends Error {}

function open(desk: Desk): Hono {
  const book = openBook(permits, units, desk.began)
  const effect = (about: Attributes, what: string) => desk.effect(about['consignment'] ?? '', what)
  const serve = (root: string, about: Attributes, specimens: readonly Attributes[]): string => {
    const ref = about['ref'] ?? ''
    const insteadOf = about['insteadOf'] || undefined
    if (root === 'Check') {
      const { objections, certificate } = book.examine(wantedOf(about, specimens), desk.now(), insteadOf)
      return write(ref, { result: objections.length > 0 ? 'NO' : 'OK' }, objections.map(groundOf), book, certificate)
    }
    if (root === 'Hold') {
      const asked = desk.asked(about['consignment'] ?? '')
      const chosen = outcomes.find(({ magic }) => asked.includes(magic))
      if (chosen !== undefined) return write(ref, { result: 'NO' }, [{ code: chosen.ground, text: chosen.does.zh }])
      const held = book.reserve(ref, wantedOf(about, specimens), desk.now(), insteadOf)
      if (held.fresh) effect(about, `permit held 预留 ${held.booking?.reference}`)
      const result = held.objections.length > 0 ? 'NO' : 'OK'
      return write(ref, { result, ...standing(held.booking) }, held.objections.map(groundOf), book, held.certificate)
    }
    if (root === 'Ask') {
      const booking = book.booking(ref)
      return write(ref, booking === undefined ? { result: 'NONE' } : { result: 'OK', ...standing(booking) })
    }
    const done = root === 'Use' ? book.commit(ref) : book.release(ref, about['passTo'] || undefined)
    if (done?.fresh === true)
      effect(about, `permit ${root === 'Use' ? 'used up 核销' : 'given back 释放'} ${done.booking.reference}`)
    return write(ref, done === undefined ? { result: 'NONE' } : { result: 'OK', ...standing(done.booking) })
  }
  return new Hono().post('/permit-desk', async (c) => {
    try {
      const { root, about, specimens } = read(await c.req.text())
      return c.body(serve(root, about, specimens), 200, { 'content-type': 'application/xml; charset=utf-8' })
    } catch (error) {
      if (error instanceof NotOurs) return c.text(error.message, 400)
      throw error
    }
  })
}

const standing = (booking: ReturnType<Book['booking']>): Attributes =>
  booking === undefined ? {} : { state: states[booking.state], number: booking.reference }
const groundOf = ({ reason, line }: { reason: Reason; line?: number }): Attributes => ({
  code: grounds[reason][0],
  ...(line === undefined ? {} : { line: String(line) }),
  text: grounds[reason][1],
})

const marks: { readonly [mark: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const tag = (name: string, attributes: Attributes): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${value.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark)}"`)
    .join('')}`

function write(
  ref: string,
  head: Attributes,
  all: readonly Attributes[] = [],
  book?: Book,
  certificate?: Certificate,
): string {
  const text = all[0]?.['text'] ?? '办理成功'
  const inside = all.map((ground) => `  ${tag('Ground', ground)}/>\n`)
  if (book !== undefined && certificate !== undefined) {
    const { from, to } = book.days(certificate)
    const {
      number: permit,
      type: kind,
      holder,
      goods,
      origins,
      offices,
      quantity: amount = '',
      unit = '',
      uses,
    } = certificate
    const lists = { hs: goods.join(' '), origins: origins.join(' '), ports: offices.join(' ') }
    inside.push(
      `  ${tag('Permit', { permit, kind, holder, ...lists, from, to, amount, unit, uses: String(uses ?? '') })}/>\n`,
    )
  }
  return `<?xml version="1.0" encoding="utf-8"?>\n${tag('PermitAnswer', { ref, ...head, text })}>\n${inside.join('')}</PermitAnswer>\n`
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  ignoreDeclaration: true,
})
const roots = ['Check', 'Hold', 'Use', 'Free', 'Ask']

function read(body: string): { root: string; about: Attributes; specimens: readonly Attributes[] } {
  if (/<!DOCTYPE/i.test(body)) throw new NotOurs('DOCTYPE 不予受理')
  let document: { readonly [root: string]: unknown }
  try {
    document = parser.parse(body, true) as { readonly [root: string]: unknown }
  } catch (error) {
    throw new NotOurs(`报文格式错误: ${(error as Error).message}`)
  }
  const [root = ''] = Object.keys(document)
  if (!roots.includes(root)) throw new NotOurs(`应为 ${roots.join(', ')}`)
  const { Specimen, ...about } = document[root] as { readonly [name: string]: unknown }
  const specimens = (Specimen === undefined ? [] : [Specimen].flat()) as Attributes[]
  const attributes = about as Attributes
  if (!/^[0-9A-Z]{20}$/.test(attributes['ref'] ?? '')) throw new NotOurs('ref 应为20位')
  if ((attributes['permit'] ?? '') === '') throw new NotOurs('permit 必填')
  if (specimens.some(({ amount = '' }) => !/^\d{1,14}(\.\d{1,10})?$/.test(amount))) throw new NotOurs('amount 应为数值')
  return { root, about: attributes, specimens }
}

function wantedOf(about: Attributes, specimens: readonly Attributes[]): Wanted {
  const lines = Map.groupBy(specimens, ({ line = '' }) => line)
  return {
    type: about['kind'] ?? '',
    number: about['permit'] ?? '',
    holder: about['holder'] ?? '',
    direction: about['kind'] === 'E' ? 'export' : 'import',
    office: about['port'] ?? '',
    goods: [...lines.values()].map((all) => {
      const [amount = '', currency = ''] = (all[0]?.['worth'] ?? '').split(' ')
      const measures = all.map((one) => ({ amount: one['amount'] ?? '', unit: one['unit'] ?? '' }))
      return { hs: all[0]?.['hs'] ?? '', origin: all[0]?.['origin'] ?? '', measures, amount, currency }
    }),
  }
}

/** 濒危物种 Permits for endangered species. */
export const species: Agency = {
  id: 'species',
  letter: 'E',
  name: { en: 'Endangered species office', zh: '濒危物种进出口管理机构' },
  replies: 'polled',
  outcomes,
  open,
}
