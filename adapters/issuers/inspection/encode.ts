import type { WireMessage } from '../../adapter.ts'
import type { Asked, Booked } from '../../issuer.ts'
import { writeJson } from '../../json.ts'

const post = (path: string, document: unknown): WireMessage => ({
  method: 'POST',
  path,
  contentType: 'application/json',
  body: writeJson(document),
})

/** A report and the goods it is to stand for 检验报告及商品. */
const asking = ({ id, traderReference, replaces, use }: Asked) => ({
  adoptionId: id, // 采信编号
  declarationReference: traderReference, // 企业自编编号
  reportNumber: use.number, // 检验报告编号
  ...(use.holder === undefined ? {} : { clientCode: use.holder }), // 委托人统一社会信用代码
  direction: use.direction, // 进出口方向
  customsOffice: use.officeId, // 口岸海关
  ...(replaces === undefined ? {} : { inPlaceOf: replaces }), // 被替换的采信编号
  goods: use.lines.map(({ hsCode, originCountry, quantities, value }) => ({
    hs: hsCode, // 商品编号
    origin: originCountry, // 原产国
    measures: quantities.map(({ value: amount, unitCode }) => ({ amount, unit: unitCode })), // 数量
    ...(value === undefined ? {} : { worth: value }), // 金额
  })),
})

export const encodeVerify = (asked: Asked): WireMessage => post('/v1/report-checks', asking(asked))
export const encodeReserve = (asked: Asked): WireMessage => post('/v1/adoptions', asking(asked))

const adoption = ({ id }: Booked, step: string) => `/v1/adoptions/${id}${step}`
const stepping = ({ number, traderReference, successor }: Booked) => ({
  reportNumber: number, // 检验报告编号
  declarationReference: traderReference, // 企业自编编号
  ...(successor === undefined ? {} : { inFavourOf: successor }), // 承接的采信编号
})
export const encodeCommit = (booked: Booked): WireMessage => post(adoption(booked, '/confirmation'), stepping(booked))
export const encodeRelease = (booked: Booked): WireMessage => post(adoption(booked, '/cancellation'), stepping(booked))
export const encodeInquiry = (booked: Booked): WireMessage => ({ method: 'GET', path: adoption(booked, '') })
