/** 商务部门许可证 The licence office, as `specification.md` tells: compares, books, writes off, gives back. */

import { Big } from 'big.js'
import { XMLBuilder, XMLParser } from 'fast-xml-parser'
import { Hono } from 'hono'
import type { Agency, Desk } from '../../agency.ts'
import { type Book, type Certificate, type Objection, openBook, type Reason, type Wanted } from '../book.ts'
import { type CommerceOutcome, outcomes } from './outcomes.ts'
import { licences, units } from './register.ts'

const codes: { readonly [reason in Reason]: readonly [code: string, text: string] } = {
  unknown: ['1', '无数据'],
  void: ['2', '许可证已作废或不在有效期'],
  holder: ['3', '持证人不符'],
  goods: ['4', '商品编号不符'],
  office: ['5', '口岸不符'],
  quantity: ['6', '数量超出'],
  'used-up': ['7', '次数已用完'],
  direction: ['9', '进出口方向不符'],
  origin: ['10', '原产地不符'],
  amount: ['11', '金额超出'],
  unit: ['12', '计量单位不可换算'],
  'not-conforming': ['13', '不予使用'],
  released: ['13', '该预留已释放，不予使用'],
}
const states = { reserved: 'R', committed: 'C', released: 'F' } as const

interface Node {
  readonly [name: string]: string | Node | readonly (string | Node)[] | undefined
}
interface Read {
  readonly id: string
  readonly reference: string
  readonly wanted: Wanted
  readonly replaces: string | undefined
  readonly successor: string | undefined
}

/** The document is not one of ours: what is wrong with it. */
class NotOurs extends Error {}

function open(desk: Desk): Hono {
  const book = openBook(licences, units, desk.began)
  const app = new Hono()
  const counter = (path: string, root: string, serve: (read: Read) => Node) =>
    app.post(path, async (c) => {
      try {
        return c.body(write({ LicenceResponse: serve(read(await c.req.text(), root)) }), 200, {
          'content-type': 'application/xml; charset=utf-8',
        })
      } catch (error) {
        if (error instanceof NotOurs) return c.text(error.message, 400)
        throw error
      }
    })
  counter('/licences/verify', 'LicenceVerify', ({ id, reference, wanted, replaces }) => {
    const chosen = chosenBy(desk.asked(reference), 'verify')
    if (chosen !== undefined) return answer(id, chosen, [])
    const { objections, certificate } = book.examine(wanted, desk.now(), replaces)
    return { ...answer(id, undefined, objections), ...described(book, certificate) }
  })
  counter('/licences/reserve', 'LicenceReserve', ({ id, reference, wanted, replaces }) => {
    const chosen = chosenBy(desk.asked(reference), 'reserve')
    if (chosen !== undefined) return answer(id, chosen, [])
    const { booking, objections, certificate, fresh } = book.reserve(id, wanted, desk.now(), replaces)
    if (fresh) desk.effect(reference, `licence booked 预留 ${booking?.reference}`)
    return {
      ...answer(id, undefined, objections),
      ...standing(booking),
      ...described(book, certificate ?? booking?.certificate),
    }
  })
  counter('/licences/writeoff', 'LicenceWriteOff', ({ id, reference }) => {
    const done = book.commit(id)
    if (done?.fresh === true) desk.effect(reference, `licence written off 核销 ${done.booking.reference}`)
    return done === undefined ? noBooking(id) : { ...answer(id, undefined, []), ...standing(done.booking) }
  })
  counter('/licences/release', 'LicenceRelease', ({ id, reference, successor }) => {
    const done = book.release(id, successor)
    if (done?.fresh === true)
      desk.effect(
        reference,
        `licence ${done.was === 'committed' ? 'write-off reversed 冲销' : 'given back 释放'} ${done.booking.reference}`,
      )
    return done === undefined ? noBooking(id) : { ...answer(id, undefined, []), ...standing(done.booking) }
  })
  counter('/licences/inquire', 'LicenceInquire', ({ id }) => {
    const booking = book.booking(id)
    return booking === undefined ? noBooking(id) : { ...answer(id, undefined, []), ...standing(booking) }
  })
  return app
}

const chosenBy = (asked: readonly string[], procedure: 'verify' | 'reserve') =>
  outcomes.find((row) => row.procedure === procedure && asked.includes(row.magic))

function answer(id: string, chosen: CommerceOutcome | undefined, objections: readonly Objection[]): Node {
  const [first] = objections
  const [code, text] =
    chosen !== undefined ? [chosen.code, chosen.text] : first === undefined ? ['0', '相符'] : codes[first.reason]
  return {
    RequestId: id,
    ResultCode: code,
    ResultText: text,
    Objections: {
      Objection: objections.map(({ reason, line }) => ({
        Code: codes[reason][0],
        GNo: line === undefined ? '' : String(line + 1),
        Text: codes[reason][1],
      })),
    },
  }
}
const noBooking = (id: string): Node => ({ RequestId: id, ResultCode: '14', ResultText: '无此预留' })
const standing = (booking: ReturnType<Book['booking']>): Node =>
  booking === undefined ? {} : { Booking: { State: states[booking.state], BookingNo: booking.reference } }

/** The licence as its holder is told. */
function described(book: Book, certificate: Certificate | undefined): Node {
  if (certificate === undefined) return {}
  const { taken, days } = book
  const { quantity, uses } = certificate
  const used = taken(certificate)
  const { from, to } = days(certificate)
  return {
    Licence: {
      LicenceType: certificate.type,
      LicenceNo: certificate.number,
      HolderCode: certificate.holder,
      IEFlag: { import: 'I', export: 'E', both: '2' }[certificate.direction],
      CodeTS: certificate.goods.join(','),
      OriginCountry: certificate.origins.join(','),
      CustomsCode: certificate.offices.join(','),
      ValidFrom: from.replaceAll('-', ''),
      ValidTo: to.replaceAll('-', ''),
      Unit: certificate.unit ?? '',
      Quantity: quantity ?? '',
      Balance: quantity === undefined ? '' : new Big(quantity).minus(used.quantity).toFixed(),
      Amount: certificate.amount ?? '',
      Currency: certificate.currency ?? '',
      UseTimes: uses === undefined ? '' : String(uses),
      UsesLeft: uses === undefined ? '' : String(uses - used.uses),
    },
  }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
})
const builder = new XMLBuilder({
  format: true,
  suppressEmptyNode: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
})
const write = (document: Node): string => `<?xml version="1.0" encoding="utf-8"?>\n${builder.build(document) as string}`

const all = (value: Node[string]): (string | Node)[] =>
  value === undefined || value === ''
    ? []
    : Array.isArray(value)
      ? [...(value as (string | Node)[])]
      : [value as string | Node]
const node = (value: Node[string]): Node => (typeof value === 'object' && !Array.isArray(value) ? (value as Node) : {})
const text = (value: string | Node | readonly (string | Node)[] | undefined): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'object' && !Array.isArray(value)
      ? text((value as Node)['#text'])
      : ''

function read(body: string, root: string): Read {
  if (/<!DOCTYPE/i.test(body)) throw new NotOurs('DOCTYPE 不予受理')
  let document: Node
  try {
    document = parser.parse(body, true) as Node
  } catch (error) {
    throw new NotOurs(`报文格式错误: ${(error as Error).message}`)
  }
  if (document[root] === undefined) throw new NotOurs(`应为 ${root}`)
  const { Head, Licence, GoodsList, Booking } = node(document[root])
  const [head, licence, booking] = [node(Head), node(Licence), node(Booking)]
  const id = text(head['RequestId'])
  const number = text(licence['LicenceNo']) || text(booking['LicenceNo'])
  if (!/^[0-9A-Z]{20}$/.test(id)) throw new NotOurs('RequestId 应为20位')
  if (number === '') throw new NotOurs('LicenceNo 必填')
  const flag = text(licence['IEFlag'])
  if (Licence !== undefined && flag !== 'I' && flag !== 'E') throw new NotOurs('IEFlag 应为 I 或 E')
  return {
    id,
    reference: text(head['TraderRef']),
    replaces: text(licence['Replaces']) || undefined,
    successor: text(booking['Successor']) || undefined,
    wanted: {
      type: text(licence['LicenceType']),
      number,
      holder: text(licence['HolderCode']),
      direction: flag === 'I' ? 'import' : 'export',
      office: text(licence['CustomsCode']),
      goods: all(node(GoodsList)['Goods']).map((goods) => goodsOf(node(goods))),
    },
  }
}

function goodsOf(goods: Node): Wanted['goods'][number] {
  const measures = all(goods['Quantity']).map((one) => ({ amount: text(one), unit: text(node(one)['@Unit']) }))
  if (measures.some(({ amount }) => !/^\d{1,14}(\.\d{1,10})?$/.test(amount))) throw new NotOurs('Quantity 应为数值')
  const amount = text(goods['Amount'])
  if (!/^(\d{1,14}(\.\d{1,10})?)?$/.test(amount)) throw new NotOurs('Amount 应为数值')
  return {
    hs: text(goods['CodeTS']),
    origin: text(goods['OriginCountry']),
    measures,
    amount,
    currency: text(goods['Currency']),
  }
}

/** 商务部门 Commerce departments: import and export licences. */
export const commerce: Agency = {
  id: 'commerce',
  letter: 'K',
  name: { en: 'Licence office of the commerce departments', zh: '商务部门许可证发证机构' },
  replies: 'polled',
  outcomes,
  open,
}
