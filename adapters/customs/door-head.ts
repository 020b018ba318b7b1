import { rec21OfPackaging } from '../../schemas/codes/concordance.ts'
import { findCode } from '../../schemas/codes/index.ts'
import { basisOf, containerTypeOf, tradeTermsOf } from './codes.ts'
import {
  byTable,
  compact,
  compactOrNone,
  countryOf,
  type Fields,
  plain,
  type Reading,
  type Text,
  unheld,
  whole,
} from './door-reading.ts'
import { organisationCodeOf } from './encode-head.ts'
import { defaults } from './particulars.ts'

const shipment = '/goodsShipment'

/** A domestic firm: credit code, name, customs registration. */
const party = (id: string, name: string, customsRegistrationId: string): Fields | undefined =>
  compactOrNone({ id, name, customsRegistrationId })

/** Who keyed the document in, unless it is the agent under the organisation code in its credit code. */
function submitter(reading: Reading, head: Text): Fields | undefined {
  const id = head('CopCodeScc') || (head('CopName') === head('AgentName') ? head('AgentCodeScc') : '')
  const code = head('CopCode') === organisationCodeOf(id) ? '' : head('CopCode')
  if (code !== '' && code.length !== 9)
    unheld(
      reading,
      '/submitter/customsRegistrationId',
      `CopCode "${code}" has not nine characters`,
      `录入单位代码“${code}”应为9位`,
    )
  const agent = id === head('AgentCodeScc') && head('CopName') === head('AgentName') && code === ''
  return agent ? undefined : party(id, head('CopName'), code)
}

/** Freight, insurance or other charges; a mark without a figure, or a figure without a mark, says nothing that can be held. */
function charge(reading: Reading, head: Text, element: string, kind: string): Fields | undefined {
  const [mark, rate, currency] = [head(`${element}Mark`), head(`${element}Rate`), head(`${element}Curr`)]
  if (mark === '' && rate === '' && currency === '') return undefined
  const at = `${shipment}/valuation/${kind}`
  if (mark === '' || rate === '')
    unheld(reading, at, `${element}Mark and ${element}Rate stand together`, `${element}Mark与${element}Rate须同时填报`)
  return compact({
    basis: byTable(reading, basisOf, mark, `${at}/basis`, '费用标记'),
    amount: plain(reading, rate, `${at}/amount`),
    currency,
  })
}

const confirmations = ['specialRelationship', 'priceInfluence', 'royalty', 'formulaPricing', 'provisionalPrice']

/** Confirmations 价格说明 by position: 1 yes, 0 no, 9 not said; older documents have the first three only. */
function promises(reading: Reading, flags: string): Fields | undefined {
  if (!/^[019]{0,5}$/.test(flags)) {
    unheld(
      reading,
      '/confirmations',
      `"${flags}" is not a row of up to five 1, 0 or 9`,
      `价格说明“${flags}”应由至多五位1、0、9组成`,
    )
    return undefined
  }
  return compactOrNone(
    Object.fromEntries(confirmations.map((name, at) => [name, { '1': true, '0': false }[flags.charAt(at)]])),
  )
}

/** Special business 特种业务标识: positions of the flags that are set. */
function special(reading: Reading, flags: string): number[] {
  if (!/^[01]*$/.test(flags))
    unheld(reading, '/specialBusiness', `"${flags}" is not a row of 1 and 0`, `特种业务标识“${flags}”应由0和1组成`)
  return flags.split('').flatMap((flag, at) => (flag === '1' ? [at + 1] : []))
}

/** Papers this one follows 关联单证. */
const previousDocuments = (head: Text, free: Text): Fields[] =>
  Object.entries({
    declaration: free('RelId'),
    handbook: free('RelManNo'),
    correlation: head('CorrelationNo'),
  }).flatMap(([relation, id]) => (id === '' ? [] : [{ relation, id }]))

/** Packages: customs' kinds of packaging map one to one. */
function packaging(reading: Reading, head: Text): Fields {
  const kind = head('WrapType')
  const typeCode = rec21OfPackaging(kind)
  if (kind !== '' && typeCode === undefined)
    unheld(
      reading,
      `${shipment}/packaging/typeCode`,
      `"${kind}" is not a kind of packaging`,
      `包装种类代码“${kind}”不存在`,
    )
  return compact({
    quantity: whole(reading, head('PackNo'), `${shipment}/packaging/quantity`),
    typeCode: typeCode ?? kind,
    marks: head('MarkNo'),
  })
}

/** Destination office 目的地海关: four digits; older documents name an inspection office of ten, which stays a particular. */
export const purposeOffice = (head: Text): { readonly supervisingOfficeId?: string; readonly purpOrgCode?: string } => {
  const code = head('PurpOrgCode')
  if (code === '') return {}
  return findCode('customs-offices', code) === undefined ? { purpOrgCode: code } : { supervisingOfficeId: code }
}

/** The head without its shipment. */
export const readHead = (reading: Reading, head: Text, sign: Text, free: Text): Fields => ({
  functionalReferenceId: sign('ClientSeqNo'),
  declarationOfficeId: head('CustomMaster'),
  exitEntryOfficeId: head('IEPort'),
  supervisingOfficeId: purposeOffice(head).supervisingOfficeId,
  specialBusiness: special(reading, head('SpecDeclFlag')),
  remarks: head('NoteS'),
  confirmations: promises(reading, head('PromiseItmes')),
  declarant: compactOrNone({ id: free('DecNo'), name: head('DeclareName') }),
  agent: party(head('AgentCodeScc'), head('AgentName'), head('AgentCode')),
  submitter: submitter(reading, head),
})

/** The shipment as far as the head tells it. */
export function readShipment(reading: Reading, head: Text, free: Text): Fields {
  const exporting = head('IEFlag') === 'E'
  const trader = party(head('TradeCoScc'), head('TradeName'), head('TradeCode'))
  const country = (element: string, name: string) => countryOf(reading, head(element), `${shipment}/${name}`)
  return {
    [exporting ? 'exporter' : 'importer']: trader,
    owner: party(head('OwnerCodeScc'), head('OwnerName'), head('OwnerCode')),
    consignor: compactOrNone({
      id: head('OverseasConsignorCode'),
      name: head('OverseasConsignorEname'),
      nameZh: head('OverseasConsignorCname'),
      address: head('OverseasConsignorAddr'),
    }),
    consignee: compactOrNone({ id: head('OverseasConsigneeCode'), name: head('OverseasConsigneeEname') }),
    exportCountry: exporting ? 'CN' : country('TradeCountry', 'exportCountry'),
    destinationCountry: exporting ? country('TradeCountry', 'destinationCountry') : 'CN',
    tradeCountry: country('TradeAreaCode', 'tradeCountry'),
    tradeTerms: compactOrNone({
      conditionCode: byTable(
        reading,
        tradeTermsOf,
        head('TransMode'),
        `${shipment}/tradeTerms/conditionCode`,
        '成交方式',
      ),
    }),
    valuation: compactOrNone({
      freight: charge(reading, head, 'Fee', 'freight'),
      insurance: charge(reading, head, 'Insur', 'insurance'),
      other: charge(reading, head, 'Other', 'other'),
    }),
    contractNumber: head('ContrNo'),
    supervisionMode: head('TradeMode'),
    levyNature: head('CutMode'),
    handbookNumber: head('ManualNo'),
    previousDocuments: previousDocuments(head, free),
    packaging: packaging(reading, head),
    totalGrossMassKg: plain(reading, head('GrossWet'), `${shipment}/totalGrossMassKg`),
    totalNetMassKg: plain(reading, head('NetWt'), `${shipment}/totalNetMassKg`),
  }
}

/** What the particulars of head and signature are when nothing is said. */
export const headDefaults = (head: Text, sign: Text): Fields => ({
  ...defaults,
  chkSurety: '0',
  typistNo: sign('ICCode'),
  operName: head('DeclareName'),
  copCode: head('AgentCode'),
})

/** A container. */
export function readContainer(reading: Reading, row: Text, place: number): Fields {
  const at = `${shipment}/consignment/containers/${place}`
  const goods = row('GoodsNo')
  if (!/^\d{1,2}(,\d{1,2})*$/.test(goods))
    unheld(
      reading,
      `${at}/goodsItemSequences`,
      `"${goods}" is not a list of item numbers such as 1,3`,
      `商品项号“${goods}”应为1,3形式`,
    )
  const lcl = row('LclFlag')
  if (!['', '0', '1'].includes(lcl))
    unheld(reading, `${at}/lessThanContainerLoad`, `"${lcl}" is neither 0 nor 1`, `拼箱标识“${lcl}”应为0或1`)
  return compact({
    id: row('ContainerId'),
    typeCode: byTable(reading, containerTypeOf, row('ContainerMd'), `${at}/typeCode`, '集装箱规格'),
    goodsItemSequences: goods.split(',').map(Number),
    goodsMassKg: plain(reading, row('GoodsContaWt'), `${at}/goodsMassKg`),
    lessThanContainerLoad: lcl === '1' ? true : undefined,
  })
}

/** An electronic paper 电子随附单据. */
export function readAttachment(reading: Reading, row: Text, place: number): Fields {
  const format = row('EdocFomatType')
  if (!['', 'S', 'US'].includes(format))
    unheld(
      reading,
      `${shipment}/attachments/${place}/structured`,
      `"${format}" is neither S nor US`,
      `随附单据格式类型“${format}”应为S或US`,
    )
  return compact({ id: row('EdocID'), typeCode: row('EdocCode'), structured: format === 'S' ? true : undefined })
}
