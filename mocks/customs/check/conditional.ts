import { tariffLine } from '../../../schemas/codes/tariff.ts'
import { type Finding, finding, isImport, type Message, type Row, rowsOf, textOf } from '../message.ts'
import { lettersInForce } from '../supervision.ts'

type Fee = 'Fee' | 'Insur'
const feeNames: { readonly [fee in Fee | 'Other']: string } = { Fee: '运费', Insur: '保险费', Other: '杂费' }

/** Which fees a TransMode 成交方式 leaves to be declared; modes 5 and 6 are not checked. Export side unverified. */
const feesOf: { readonly [transMode: string]: { readonly import: readonly Fee[]; readonly export: readonly Fee[] } } = {
  1: { import: [], export: ['Fee', 'Insur'] }, // CIF
  2: { import: ['Insur'], export: ['Fee'] }, // C&F
  3: { import: ['Fee', 'Insur'], export: [] }, // FOB
  4: { import: ['Fee'], export: ['Insur'] }, // C&I
  7: { import: ['Fee', 'Insur'], export: [] }, // EXW
}

/** What belongs to a TradeMode 监管方式. The first line is established; the other two and all manual prefixes are unverified. */
const regimes: {
  readonly [tradeMode: string]: {
    readonly cutMode: string
    readonly dutyModes: string
    /** Whether another CutMode is left unchecked (relief certificates) or refused. */
    readonly open: boolean
    /** First letters of ManualNo 备案号; empty: none demanded. */
    readonly manuals: string
  }
} = {
  '0110': { cutMode: '101', dutyModes: '167', open: true, manuals: '' },
  '0214': { cutMode: '502', dutyModes: '3', open: false, manuals: 'BEH' },
  '0615': { cutMode: '503', dutyModes: '3', open: false, manuals: 'CEH' },
}

/** Phase 3 逻辑: what one element demands of another. */
export function checkConditions(message: Message): Finding[] {
  return [
    ...checkTransport(message),
    ...checkFees(message),
    ...checkRegime(message),
    ...checkDangerousGoods(message),
    ...checkQuarantine(message),
    ...checkPromises(message),
    ...checkCountries(message),
  ]
}

/** Water and air name the bill and the vessel or flight. Unverified. */
export function checkTransport({ head }: Message): Finding[] {
  return ['2', '5'].includes(textOf(head, 'TrafMode'))
    ? [
        ...demand(head, 'BillNo', 301, '水运、空运提单号必填'),
        ...demand(head, 'TrafName', 301, '水运、空运运输工具名称必填'),
      ]
    : []
}

function checkFees(message: Message): Finding[] {
  const { head } = message
  const demanded = feesOf[textOf(head, 'TransMode')]?.[isImport(message) ? 'import' : 'export']
  const found: Finding[] = []
  for (const fee of ['Fee', 'Insur', 'Other'] as const) {
    const filled = ['Mark', 'Rate', 'Curr'].some((part) => textOf(head, `${fee}${part}`) !== '')
    const asked = fee !== 'Other' && (demanded?.includes(fee) ?? false)
    const free = fee === 'Other' || demanded === undefined
    if (!asked && !free && filled) found.push(finding(head, `${fee}Mark`, 303, `本成交方式${feeNames[fee]}应为空`))
    else if (asked || filled) found.push(...checkFee(head, fee))
  }
  return found
}

function checkFee(head: Row, fee: Fee | 'Other'): Finding[] {
  const name = feeNames[fee]
  const needsCurrency = ['2', '3'].includes(textOf(head, `${fee}Mark`))
  return [
    ...demand(head, `${fee}Mark`, 302, `${name}标记必填`),
    ...demand(head, `${fee}Rate`, 302, `${name}／率必填`),
    ...(needsCurrency ? demand(head, `${fee}Curr`, 302, `${name}币制必填`) : []),
  ]
}

function checkRegime({ head, items }: Message): Finding[] {
  const tradeMode = textOf(head, 'TradeMode')
  const regime = regimes[tradeMode]
  if (regime === undefined) return []
  const found: Finding[] = []
  const cutMode = textOf(head, 'CutMode')
  if (cutMode === regime.cutMode) {
    for (const item of items)
      if (!regime.dutyModes.includes(textOf(item, 'DutyMode')))
        found.push(finding(item, 'DutyMode', 304, `监管方式${tradeMode}、征免性质${cutMode}与征免方式不符`))
  } else if (!regime.open || cutMode === '') {
    found.push(finding(head, 'CutMode', 304, `监管方式${tradeMode}的征免性质应为${regime.cutMode}`))
  }
  const manual = textOf(head, 'ManualNo')
  if (regime.manuals !== '' && (manual === '' || !regime.manuals.includes(manual.charAt(0))))
    found.push(
      finding(head, 'ManualNo', 305, `监管方式${tradeMode}须填备案号，首位为${regime.manuals.split('').join('、')}`),
    )
  return found
}

function checkDangerousGoods({ items }: Message): Finding[] {
  return items
    .filter((item) => textOf(item, 'Uncode') !== '')
    .flatMap((item) => [
      ...demand(item, 'DangName', 306, '危险货物名称必填'),
      ...(['1', '2', '3'].includes(textOf(item, 'DangPackType'))
        ? []
        : [finding(item, 'DangPackType', 306, '危包类别应为1、2或3')]),
      ...(textOf(item, 'NoDangFlag') === '1'
        ? [finding(item, 'NoDangFlag', 306, '已填UN编码，不得为非危险化学品')]
        : []),
    ])
}

/** Letters A and B lead to the quarantine block 涉检, not to a paper. Which elements make the block is this project's choice. */
function checkQuarantine(message: Message): Finding[] {
  const { head, items } = message
  const direction = isImport(message) ? 'import' : 'export'
  const letter = direction === 'import' ? 'A' : 'B'
  const concerned = items.filter((item) => {
    const letters = tariffLine(textOf(item, 'CodeTS'))?.supervision ?? []
    return lettersInForce(letters, direction, textOf(head, 'TradeMode')).includes(letter)
  })
  if (concerned.length === 0) return []
  return [
    ...(direction === 'import' ? demand(head, 'DespDate', 307, '涉检货物启运日期必填') : []),
    ...concerned.flatMap((item) => [
      ...(direction === 'import' ? demand(item, 'Purpose', 307, '涉检货物用途必填') : []),
      ...demand(item, 'DestCode', 307, '涉检货物目的地／产地代码必填'),
    ]),
  ]
}

function checkPromises(message: Message): Finding[] {
  const material = isImport(message) ? '101040' : '102053'
  return rowsOf(message, 'DecCopPromise')
    .filter((row) => textOf(row, 'DeclaratioMaterialCode') !== material)
    .map((row) => finding(row, 'DeclaratioMaterialCode', 308, `证明／声明材料代码应为${material}`))
}

/** On export OriginCountry carries the destination and DestinationCountry the origin: a client that forgot the swap shows here. */
function checkCountries(message: Message): Finding[] {
  if (isImport(message))
    return message.items
      .filter((item) => textOf(item, 'DestinationCountry') !== 'CHN')
      .map((item) => finding(item, 'DestinationCountry', 309, '进口最终目的国应为CHN'))
  if (textOf(message.head, 'TradeCountry') === 'CHN') return []
  return message.items
    .filter((item) => textOf(item, 'OriginCountry') === 'CHN')
    .map((item) => finding(item, 'OriginCountry', 309, '出口时本项填最终目的国，不应为CHN'))
}

export function demand(row: Row, element: string, code: number, text: string): Finding[] {
  return textOf(row, element) === '' ? [finding(row, element, code, text)] : []
}
