import type { WireMessage } from '../../adapter.ts'
import type { Asked, Booked } from '../../issuer.ts'
import { writeXml, type XmlNode } from '../../xml.ts'

const post = (root: string, content: XmlNode): WireMessage => ({
  method: 'POST',
  path: '/permit-desk',
  contentType: 'application/xml',
  body: writeXml({ [root]: content }),
})

/** A permit and the specimens it is to let pass 允许进出口证明书及标本. */
const asking = ({ id, traderReference, replaces, use }: Asked): XmlNode => ({
  '@ref': id, // 核销流水号
  '@consignment': traderReference, // 企业自编编号
  '@permit': use.number, // 证明书编号
  '@kind': use.typeCode, // 监管证件代码 E 出口, F 进口
  '@holder': use.holder ?? '', // 持证人统一社会信用代码
  '@port': use.officeId, // 口岸海关
  '@insteadOf': replaces ?? '', // 被替换的流水号
  Specimen: use.lines.flatMap(({ hsCode, originCountry, quantities, value }, line) =>
    quantities.map(({ value: amount, unitCode }) => ({
      '@line': String(line), // 商品序号，自 0 起
      '@hs': hsCode, // 商品编号
      '@origin': originCountry, // 原产国
      '@amount': amount, // 数量
      '@unit': unitCode, // 计量单位
      '@worth': value === undefined ? '' : `${value.amount} ${value.currency}`, // 金额
    })),
  ),
})
export const encodeVerify = (asked: Asked): WireMessage => post('Check', asking(asked))
export const encodeReserve = (asked: Asked): WireMessage => post('Hold', asking(asked))

const step = ({ id, traderReference, number, successor }: Booked): XmlNode => ({
  '@ref': id, // 核销流水号
  '@consignment': traderReference, // 企业自编编号
  '@permit': number, // 证明书编号
  '@passTo': successor ?? '', // 承接的流水号
})
export const encodeCommit = (booked: Booked): WireMessage => post('Use', step(booked))
export const encodeRelease = (booked: Booked): WireMessage => post('Free', step(booked))
export const encodeInquiry = (booked: Booked): WireMessage => post('Ask', step(booked))
