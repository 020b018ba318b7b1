import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { writeXml, type XmlNode, type XmlValue } from '../xml.ts'
import { sddTax } from './duty/sdd-tax.ts'
import type { SectionName } from './elements.ts'
import { decSign, type Elements, signDate, submitterOf } from './encode-head.ts'
import { containerRow, filled, ownRow, vinsOf } from './encode-items.ts'
import type { carriedSections, Particulars } from './particulars.ts'
import { vouchedMaterial } from './rules.ts'
import { type GoodsLine, sectionsOf } from './sections.ts'
import { type Numbers, numbersOf } from './steps.ts'

const namespace = 'http://www.chinaport.gov.cn/dec'

type Row = { readonly [name: string]: string | undefined }

/** A section of rows; empty it is one empty element. */
const wrapped = (element: string, rows: readonly XmlNode[]): XmlValue => (rows.length === 0 ? '' : { [element]: rows })

/** A section of rows that only customs asks for. */
const ownRows = (section: SectionName, rows: readonly Row[] | undefined): XmlValue =>
  wrapped(
    section,
    (rows ?? []).map((row) => filled(ownRow(section, row))),
  )

/** A line of goods with its permits and their vehicles. */
const goodsLine = ({ placed, list, late, limits }: GoodsLine): XmlNode =>
  Object.assign(filled(list), late, {
    DecGoodsLimits: wrapped(
      'DecGoodsLimit',
      limits.map((limit, at) => {
        const vins = vinsOf(placed, at)
        return vins.length === 0 ? filled(limit) : { ...filled(limit), DecGoodsLimitVin: vins.map(filled) }
      }),
    ),
  })

const licenseDocu = ({ typeCode, id }: { readonly typeCode: string; readonly id: string }): Elements => ({
  DocuCode: typeCode, // 单证代码
  CertCode: id, // 单证编号
})

/** Electronic papers 电子随附单据 EdocRealation (sic). */
function edocs({ goodsShipment }: Declaration, { attachments }: Particulars): XmlNode[] {
  return (goodsShipment.attachments ?? []).map((attachment, at) => {
    const own = attachments?.[String(at + 1)] ?? {}
    return filled({
      EdocID: attachment.id, // 随附单据编号
      EdocCode: attachment.typeCode, // 随附单证类别
      EdocFomatType: attachment.structured === true ? 'S' : 'US', // 格式类型 (sic)
      OpNote: own.opNote, // 操作说明
      EdocCopId: own.edocCopId, // 随附单据文件企业名
      EdocOwnerCode: own.edocOwnerCode, // 所属单位海关编号
      SignUnit: own.signUnit, // 签名单位代码
      SignTime: own.signTime, // 签名时间
      EdocOwnerName: own.edocOwnerName, // 所属单位名称
      EdocSize: own.edocSize, // 文件大小
      GNoStr: own.gNoStr, // 商品项号关系
    })
  })
}

/** Company promises 企业承诺: the material vouched for, by direction, unless others are named. */
export const promisesOf = ({ direction }: Declaration, { copPromises }: Particulars): readonly Row[] =>
  copPromises ?? [{ declaratioMaterialCode: vouchedMaterial[direction] }]

/** The declaration as customs reads it 报关单: DecMessage 4.9, sections and elements in one order. */
export function decMessage(declaration: Declaration, p: Particulars, numbers: Numbers, date: string): XmlNode {
  const { additionalDocuments, consignment } = declaration.goodsShipment
  const { head, freeText, lines } = sectionsOf(declaration, p)
  const containers = (consignment.containers ?? []).map((container, at) =>
    filled(containerRow(container, p.containers?.[String(at + 1)]?.containerWt)),
  )
  const carried = (section: (typeof carriedSections)[number]) => p.sections?.[section] as XmlValue
  const papers = edocs(declaration, p)
  return {
    '@version': '4.9',
    '@xmlns': namespace,
    DecHead: filled({ ...head, ...numbers }), // 表头
    DecLists: { DecList: lines.map(goodsLine) }, // 表体
    DecLicenseDocus: wrapped('LicenseDocu', (additionalDocuments ?? []).map(licenseDocu).map(filled)), // 随附单证
    DecContainers: wrapped('Container', containers), // 集装箱
    DecSign: filled(decSign(declaration, p, date)), // 签名
    DecFreeTxt: filled(freeText), // 自由文本
    DecRequestCerts: ownRows('DecRequestCert', p.requestCerts), // 申请单证
    DecOtherPacks: ownRows('DecOtherPack', p.otherPacks), // 其他包装
    DecCopLimits: ownRows('DecCopLimit', p.copLimits), // 企业资质
    DecUsers: ownRows('DecUser', p.users), // 使用人
    DecMarkLobs: carried('DecMarkLobs'), // 标记号码附件
    TrnHead: carried('TrnHead'), // 转关单表头
    TrnList: carried('TrnList'), // 转关单提运单
    TrnContainers: carried('TrnContainers'), // 转关单集装箱
    TrnContaGoodsList: carried('TrnContaGoodsList'), // 转关单集装箱商品
    EdocRealation: papers.length === 0 ? undefined : papers, // 电子随附单据 (sic)
    EcoRelation: p.ecoRelations?.map((row) => filled(ownRow('EcoRelation', row))), // 随附单证对应关系
    SddTax: carried('SddTax') ?? sddTax(declaration, p, { ...head, ...numbers }, lines, date), // 报税单
    DecRisk: carried('DecRisk'), // 风险评估信息
    DecSupplementLists: carried('DecSupplementLists'), // 补充申报单
    DecRoyaltyFee: carried('DecRoyaltyFee'), // 特许权使用费
    DecCopPromises: ownRows('DecCopPromise', promisesOf(declaration, p)), // 企业承诺
    DecTpAccess: carried('DecTpAccess'), // 两段准入
    DecControlModel: carried('DecControlModel'), // 禁限管制申报要素
  }
}

/**
 * Files a declaration 申报. It is signed at its issue time, where it has one, else now; a later attempt is always signed now, so that
 * it differs in its bytes.
 */
export function encodeDeclare(submission: Submission<Particulars>): WireMessage {
  const { attempt, declaration, instant, particulars } = submission
  const date = signDate(attempt > 1 ? instant : (declaration.issueDateTime ?? instant))
  return {
    method: 'POST',
    path: '/declarations',
    contentType: 'application/xml; charset=utf-8',
    body: writeXml({ DecMessage: decMessage(declaration, particulars, numbersOf(submission), date) }),
  }
}

/** Asks for the last answer to a declaration by (录入单位代码, 客户端编号). */
export function encodeInquiry({ declaration }: Submission<Particulars>): WireMessage {
  const query = new URLSearchParams({
    copCode: submitterOf(declaration).code,
    clientSeqNo: declaration.functionalReferenceId,
    // Its summary has the same numbers, and is known there already.
    ...(declaration.declarationStep === 'complete' ? { step: '6' } : {}),
  })
  return { method: 'GET', path: `/declarations?${query.toString()}` }
}
