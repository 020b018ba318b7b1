import { Big } from 'big.js'
import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import { controlOf, currencies, isIncoterm, modes } from './codes.ts'
import type { PermitParticulars } from './particulars.ts'
import { conveyanceNumber, extraOf, quantityOf, singaporeDay, singaporeLeg, traderName, valuesOf } from './shipment.ts'
import { isUen } from './uen.ts'

export type Report = (at: string, code: string, en: string, zh: string) => void

/** Collects what is found. */
export function collector(): { found: Issue[]; report: Report } {
  const found: Issue[] = []
  return { found, report: (at, code, en, zh) => found.push(issue(at, code, { en, zh }, 'singapore')) }
}

const asked = (...path: readonly PropertyKey[]): string => pointer('particulars', 'singapore', 'permit', ...path)
const shipped = (...path: readonly PropertyKey[]): string => pointer('goodsShipment', ...path)

/** What a permit still waits for. */
export function missing(declaration: Declaration, particulars: PermitParticulars | undefined): Issue[] {
  const { found, report } = collector()
  const { invoice, items } = declaration.goodsShipment
  if (particulars?.declarant === undefined)
    report(asked('declarant'), 'missing', 'The declarant in Singapore', '缺少新加坡申报人')
  if (particulars?.agent === undefined)
    report(asked('agent'), 'missing', 'The declaring agent and its UEN', '缺少新加坡申报代理及UEN')
  if (particulars?.trader === undefined)
    report(asked('trader'), 'missing', 'UEN of the importer or exporter in Singapore', '缺少新加坡进口商/出口商UEN')
  else if (traderName(declaration, particulars) === undefined)
    report(
      asked('trader', 'name'),
      'missing',
      'Name of the importer or exporter in Singapore',
      '缺少新加坡进口商/出口商名称',
    )
  if (invoice === undefined)
    report(shipped('invoice', 'id'), 'missing', 'A permit names the invoice', '许可申报须填发票号')
  if (invoice?.issueDate === undefined)
    report(shipped('invoice', 'issueDate'), 'missing', 'A permit names the date of the invoice', '许可申报须填发票日期')
  missingTransport(report, declaration)
  const values = valuesOf(declaration, particulars)
  for (const [at, item] of items.entries()) missingGoods(report, declaration, particulars, item, values[at])
  return found
}

/** The leg from or to Singapore must tell number, name, bill, day and port as its mode asks. */
function missingTransport(report: Report, declaration: Declaration): void {
  const placed = singaporeLeg(declaration)
  if (placed === undefined) {
    report(
      shipped('consignment', 'legs'),
      'missing',
      'A leg that ends or starts in Singapore',
      '缺少抵离新加坡的运输段',
    )
    return
  }
  const entering = declaration.direction === 'export'
  const { leg } = placed
  const absent = (name: string, value: string | undefined, en: string, zh: string) => {
    if (value === undefined) report(`${placed.pointer}/${name}`, 'missing', en, zh)
  }
  absent(
    'voyageNumber',
    conveyanceNumber(placed),
    'Voyage, flight, train or vehicle number',
    '缺少航次、航班、车次或车辆号',
  )
  if (leg.modeCode === '1') absent('conveyance/name', leg.conveyance?.name, 'Name of the vessel', '缺少船名')
  if (leg.modeCode === '1' || leg.modeCode === '4')
    absent('transportDocumentId', leg.transportDocumentId, 'Master bill or air waybill', '缺少主提单或主运单号')
  absent(
    entering ? 'arrivalDateTime' : 'departureDateTime',
    singaporeDay(declaration),
    'Day of arrival or departure',
    '缺少抵达或离境日期',
  )
  const [end, port] = entering ? (['from', leg.from.unLocode] as const) : (['to', leg.to.unLocode] as const)
  absent(`${end}/unLocode`, port, 'Port by its UN/LOCODE', '缺少港口代码 UN/LOCODE')
}

function missingGoods(
  report: Report,
  { direction }: Declaration,
  particulars: PermitParticulars | undefined,
  item: Item,
  value: string | undefined,
): void {
  const extra = extraOf(particulars, item)
  const place = asked('items')
  const n = item.sequence
  if (extra === undefined)
    report(
      place,
      'missing',
      `Item ${n}: its code in Singapore's tariff (AHTN, 8 digits)`,
      `第${n}项缺少新加坡税则号（AHTN，8位）`,
    )
  if (value === undefined)
    report(
      place,
      'missing',
      `Item ${n}: its ${direction === 'export' ? 'CIF' : 'FOB'} value; terms and charges do not tell it`,
      `第${n}项缺少${direction === 'export' ? '到岸价' : '离岸价'}，无法由成交方式和运保费推算`,
    )
  if (quantityOf(item, extra) === undefined)
    report(place, 'missing', `Item ${n}: quantity in a unit Singapore takes`, `第${n}项缺少新加坡采用的计量单位的数量`)
  const control = controlOf(extra?.ahtn ?? '', direction)
  if (control?.licence === true && particulars?.licences.length === 0)
    report(asked('licences'), 'missing', `Item ${n}: licence of ${control.agency}`, `第${n}项缺少${control.agency}许可`)
}

/** What the window would refuse of a permit. */
export function check(declaration: Declaration, particulars: PermitParticulars): Issue[] {
  const { found, report } = collector()
  for (const party of ['agent', 'trader'] as const) {
    const uen = particulars[party]?.uen
    if (uen !== undefined && !isUen(uen))
      report(
        asked(party, 'uen'),
        'uen-invalid',
        `"${uen}" is not a UEN: form or check letter is wrong`,
        `“${uen}”不是有效的UEN：格式或校验字母错误`,
      )
  }
  checkTransport(report, declaration)
  checkShipment(report, declaration)
  const all = declaration.goodsShipment.items
  for (const [at, extra] of particulars.items.entries()) {
    const item = all.find(({ sequence }) => sequence === extra.item)
    if (item === undefined)
      report(
        asked('items', at, 'item'),
        'item-unknown',
        `There is no item ${extra.item}`,
        `不存在商品序号${extra.item}`,
      )
    else if (!extra.ahtn.startsWith(item.hsCode.slice(0, 6)))
      report(
        asked('items', at, 'ahtn'),
        'ahtn-differs',
        `The first six digits are ${item.hsCode.slice(0, 6)}, as in China`,
        `前六位应与中国商品编号一致：${item.hsCode.slice(0, 6)}`,
      )
  }
  const values = valuesOf(declaration, particulars)
  for (const [at, item] of all.entries()) {
    if (new Big(quantityOf(item, extraOf(particulars, item))?.value ?? 0).lte(0))
      report(shipped('items', at, 'statutoryQuantity1', 'value'), 'not-positive', 'More than 0', '数量应大于0')
    if (new Big(values[at] ?? 0).lt(0))
      report(shipped('items', at, 'totalPrice'), 'value-negative', 'The value is below 0', '价值不得小于0')
  }
  return found
}

function checkTransport(report: Report, declaration: Declaration): void {
  const placed = singaporeLeg(declaration)
  if (placed === undefined) return
  const { leg, pointer: at } = placed
  if (modes[leg.modeCode] === undefined)
    report(
      `${at}/modeCode`,
      'mode-not-taken',
      'To or from Singapore by sea, rail, road or air',
      '抵离新加坡的运输方式应为海运、铁路、公路或空运',
    )
  if ((conveyanceNumber(placed) ?? '').length > 17)
    report(
      `${at}/${leg.voyageNumber === undefined ? 'conveyance/id' : 'voyageNumber'}`,
      'too-long',
      'At most 17 characters',
      '不得超过17个字符',
    )
  if ((leg.conveyance?.name ?? '').length > 35)
    report(`${at}/conveyance/name`, 'too-long', 'At most 35 characters', '不得超过35个字符')
}

function checkShipment(report: Report, { goodsShipment }: Declaration): void {
  const { invoice, tradeTerms, consignment, items, totalGrossMassKg } = goodsShipment
  if ((invoice?.id ?? '').length > 35)
    report(shipped('invoice', 'id'), 'too-long', 'At most 35 characters', '发票号不得超过35个字符')
  if (!isIncoterm(tradeTerms.conditionCode))
    report(
      shipped('tradeTerms', 'conditionCode'),
      'terms-not-incoterm',
      'Singapore takes Incoterms only',
      '新加坡仅接受国际贸易术语',
    )
  if ((consignment.containers ?? []).length > 99)
    report(shipped('consignment', 'containers'), 'too-many', 'At most 99 containers', '集装箱不得超过99个')
  const currency = items[0]?.currency ?? ''
  if (!currencies.has(currency))
    report(
      shipped('items', 0, 'currency'),
      'currency-not-taken',
      `Singapore does not convert ${currency}`,
      `新加坡不受理币制${currency}`,
    )
  if (new Big(totalGrossMassKg).lt('0.001'))
    report(shipped('totalGrossMassKg'), 'not-positive', 'More than 0', '毛重应大于0')
}
