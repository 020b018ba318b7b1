import { alpha3Of } from '../../../schemas/codes/concordance.ts'
import type { WireMessage } from '../../adapter.ts'
import type { Asked, Booked } from '../../issuer.ts'
import { writeXml, type XmlNode } from '../../xml.ts'
import { flagOf, unitOf } from './codes.ts'

const post = (path: string, document: XmlNode): WireMessage => ({
  method: 'POST',
  path,
  contentType: 'application/xml',
  body: writeXml(document),
})

/** The head 报文头 of every document. */
const head = ({ id, traderReference, instant }: Asked | Booked): XmlNode => ({
  RequestId: id, // 预留编号
  TraderRef: traderReference, // 企业自编编号
  SendTime: instant, // 发送时间
})

/** A licence and the goods to be passed with it 许可证及商品. */
const asking = (asked: Asked): XmlNode => {
  const { typeCode, number, holder, direction, officeId, lines } = asked.use
  return {
    Head: head(asked),
    Licence: {
      LicenceType: typeCode, // 监管证件代码
      LicenceNo: number, // 许可证编号
      HolderCode: holder ?? '', // 持证单位统一社会信用代码
      IEFlag: flagOf[direction], // 进出口标志
      CustomsCode: officeId, // 报关口岸
      Replaces: asked.replaces ?? '', // 被替换的预留编号
    },
    GoodsList: {
      Goods: lines.map((line, at) => ({
        GNo: String(at + 1), // 序号
        CodeTS: line.hsCode, // 商品编号
        OriginCountry: alpha3Of(line.originCountry) ?? line.originCountry, // 原产国
        Quantity: line.quantities.map(({ value, unitCode }) => ({ '@Unit': unitOf(unitCode), '#text': value })), // 数量，依次为成交、法定
        Amount: line.value?.amount ?? '', // 金额
        Currency: line.value?.currency ?? '', // 币制
      })),
    },
  }
}

export const encodeVerify = (asked: Asked): WireMessage => post('/licences/verify', { LicenceVerify: asking(asked) })
export const encodeReserve = (asked: Asked): WireMessage => post('/licences/reserve', { LicenceReserve: asking(asked) })

const booking = (booked: Booked): XmlNode => ({
  Head: head(booked),
  Booking: {
    LicenceType: booked.typeCode, // 监管证件代码
    LicenceNo: booked.number, // 许可证编号
    Successor: booked.successor ?? '', // 承接的预留编号
  },
})
export const encodeCommit = (booked: Booked): WireMessage =>
  post('/licences/writeoff', { LicenceWriteOff: booking(booked) })
export const encodeRelease = (booked: Booked): WireMessage =>
  post('/licences/release', { LicenceRelease: booking(booked) })
export const encodeInquiry = (booked: Booked): WireMessage =>
  post('/licences/inquire', { LicenceInquire: booking(booked) })
