import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, pointer } from '../../schemas/issue.ts'
import { itemValues } from '../valuation.ts'
import { collector, type Report } from './check.ts'
import { criteriaOf, currencies, modes } from './codes.ts'
import type { OriginParticulars } from './particulars.ts'
import { conveyanceNumber, extraOf, filersOf, permitOf, quantityOf, singaporeLeg, traderName } from './shipment.ts'
import { isUen } from './uen.ts'

const asked = (...path: readonly PropertyKey[]): string =>
  pointer('particulars', 'singapore', 'origin-certificate', ...path)
const shipped = (...path: readonly PropertyKey[]): string => pointer('goodsShipment', ...path)

/** What a certificate of origin still waits for. */
export function missingCertificate(declaration: Declaration, particulars: OriginParticulars | undefined): Issue[] {
  const { found, report } = collector()
  const { direction, goodsShipment } = declaration
  const { declarant, agent } = filersOf(declaration, particulars)
  const absent = (is: boolean, at: string, en: string, zh: string) => {
    if (is) report(at, 'missing', en, zh)
  }
  absent(declarant === undefined, asked('declarant'), 'The declarant in Singapore', '缺少新加坡申报人')
  absent(agent === undefined, asked('agent'), 'The declaring agent and its UEN', '缺少新加坡申报代理及UEN')
  absent(particulars?.scheme === undefined, asked('scheme'), 'The scheme of preference', '缺少优惠贸易安排')
  absent(
    direction === 'export' && particulars?.certificate === undefined,
    asked('certificate'),
    'Number, authority and date of the certificate issued in China',
    '缺少中国签发的原产地证书编号、机构和日期',
  )
  absent(
    traderName(declaration, permitOf(declaration)) === undefined,
    shipped(direction === 'export' ? 'consignee' : 'consignor', 'name'),
    'Name of the trader in Singapore',
    '缺少新加坡进口商/出口商名称',
  )
  const { invoice } = goodsShipment
  absent(invoice === undefined, shipped('invoice', 'id'), 'A certificate names the invoice', '原产地证书须填发票号')
  absent(invoice?.issueDate === undefined, shipped('invoice', 'issueDate'), 'The date of the invoice', '缺少发票日期')
  missingJourney(declaration, absent)
  missingOrigins(declaration, particulars, absent)
  return found
}

type Absent = (is: boolean, at: string, en: string, zh: string) => void

function missingJourney(declaration: Declaration, absent: Absent): void {
  const placed = singaporeLeg(declaration)
  if (placed === undefined) {
    absent(true, shipped('consignment', 'legs'), 'A leg that ends or starts in Singapore', '缺少抵离新加坡的运输段')
    return
  }
  const { leg, pointer: at } = placed
  absent(leg.departureDateTime === undefined, `${at}/departureDateTime`, 'Day of departure', '缺少离港日期')
  absent(leg.from.unLocode === undefined, `${at}/from/unLocode`, 'Port of loading by its UN/LOCODE', '缺少装货港代码')
  absent(leg.to.unLocode === undefined, `${at}/to/unLocode`, 'Port of discharge by its UN/LOCODE', '缺少卸货港代码')
}

function missingOrigins(declaration: Declaration, particulars: OriginParticulars | undefined, absent: Absent): void {
  const { items } = declaration.goodsShipment
  const values = itemValues(declaration.goodsShipment, 'FOB')
  const rows = particulars?.items ?? []
  for (const [at, item] of items.entries()) {
    const row = rows.findIndex((one) => one.item === item.sequence)
    const { criterion, regionalValueContent, fobValue } = rows[row] ?? {}
    const n = item.sequence
    absent(row < 0, asked('items'), `Item ${n}: its origin criterion`, `第${n}项缺少原产地标准`)
    const isRegional = criterion === 'RVC'
    absent(
      isRegional && regionalValueContent === undefined,
      asked('items', row, 'regionalValueContent'),
      `Item ${n}: its regional value content`,
      `第${n}项缺少区域价值成分`,
    )
    absent(
      isRegional && (fobValue ?? values?.[at]) === undefined,
      asked('items', row, 'fobValue'),
      `Item ${n}: its FOB value; terms and charges do not tell it`,
      `第${n}项缺少离岸价，无法由成交方式和运保费推算`,
    )
    absent(
      quantityOf(item, extraOf(permitOf(declaration), item)) === undefined,
      shipped('items', at, 'statutoryQuantity1', 'unitCode'),
      `Item ${n}: quantity in a unit Singapore takes`,
      `第${n}项缺少新加坡采用的计量单位的数量`,
    )
  }
}

/** What the window would refuse of a certificate of origin. */
export function checkCertificate(declaration: Declaration, particulars: OriginParticulars): Issue[] {
  const { found, report } = collector()
  const { agent } = filersOf(declaration, particulars)
  if (agent !== undefined && !isUen(agent.uen))
    report(
      asked('agent', 'uen'),
      'uen-invalid',
      `"${agent.uen}" is not a UEN: form or check letter is wrong`,
      `“${agent.uen}”不是有效的UEN：格式或校验字母错误`,
    )
  if (declaration.direction === 'import' && particulars.certificate !== undefined)
    report(
      asked('certificate'),
      'certificate-not-due',
      'Singapore issues this certificate and numbers it (E20040)',
      '该证书由新加坡签发并编号（E20040）',
    )
  checkOrigins(report, declaration, particulars)
  checkJourney(report, declaration)
  return found
}

function checkOrigins(report: Report, declaration: Declaration, { scheme, items: rows }: OriginParticulars): void {
  const { items } = declaration.goodsShipment
  for (const [at, { item, criterion }] of rows.entries()) {
    if (!items.some(({ sequence }) => sequence === item) || rows.findIndex((one) => one.item === item) !== at)
      report(
        asked('items', at, 'item'),
        'item-unknown',
        `There is no item ${item}, or it has a row already`,
        `不存在商品序号${item}，或已有数据行`,
      )
    if (scheme !== undefined && !criteriaOf[scheme].includes(criterion))
      report(
        asked('items', at, 'criterion'),
        'criterion-not-of-scheme',
        `${scheme} has no criterion ${criterion} (E20012)`,
        `${scheme}没有原产地标准${criterion}（E20012）`,
      )
  }
  const origin = declaration.direction === 'export' ? 'CN' : 'SG'
  for (const [at, { originCountry, currency, sequence }] of items.entries()) {
    if (originCountry !== origin)
      report(
        shipped('items', at, 'originCountry'),
        'origin-differs',
        `A certificate issued in ${origin} covers goods of ${origin} origin (E20042)`,
        `${origin}签发的原产地证书仅适用于原产于${origin}的货物（E20042）`,
      )
    const isRegional = rows.some(({ item, criterion }) => item === sequence && criterion === 'RVC')
    if (isRegional && !currencies.has(currency))
      report(
        shipped('items', at, 'currency'),
        'currency-not-taken',
        `Singapore does not convert ${currency}`,
        `新加坡不受理币制${currency}`,
      )
  }
}

function checkJourney(report: Report, declaration: Declaration): void {
  const placed = singaporeLeg(declaration)
  if (placed === undefined) return
  const { leg, pointer: at } = placed
  const tooLong = (value: string | undefined, length: number, below: string) => {
    if ((value ?? '').length > length)
      report(`${at}/${below}`, 'too-long', `At most ${length} characters`, `不得超过${length}个字符`)
  }
  if (modes[leg.modeCode] === undefined)
    report(
      `${at}/modeCode`,
      'mode-not-taken',
      'To or from Singapore by sea, rail, road or air',
      '抵离新加坡的运输方式应为海运、铁路、公路或空运',
    )
  tooLong(conveyanceNumber(placed), 17, leg.voyageNumber === undefined ? 'conveyance/id' : 'voyageNumber')
  tooLong(leg.conveyance?.name, 35, 'conveyance/name')
  const issuing = declaration.direction === 'export' ? 'CN' : 'SG'
  if (leg.from.unLocode?.startsWith(issuing) === false)
    report(
      `${at}/from/unLocode`,
      'port-not-of-issuing-country',
      `The goods are loaded in ${issuing}, where the certificate is issued (E20031)`,
      `货物应在签证国${issuing}装运（E20031）`,
    )
}
