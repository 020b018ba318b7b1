import { loadCodeList } from '../../../schemas/codes/index.ts'
import { dimensionWords as conditionWords, type Dimension } from '../../../schemas/fees/conditions.ts'
import type { Measure } from '../../../schemas/fees/price.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'

/** The words of a list of values 取值, as a sheet has them in Chinese: no two alike. In English it is the values themselves. */
export type Words = Readonly<Record<string, string>>

const chinese = (texts: Readonly<Record<string, Text>>): Words =>
  Object.fromEntries(Object.entries(texts).map(([value, { zh }]) => [value, zh]))

/** What a condition is named 条件, and what its values are. */
export const dimensionWords = Object.fromEntries(
  Object.entries(conditionWords).map(([dimension, { name, values }]) => [
    dimension,
    [name.zh, chinese(values)] as const,
  ]),
) as { readonly [dimension in Dimension]: readonly [string, Words] }

export const natureWords = {
  administrative: '行政事业性收费',
  fund: '政府性基金',
  'government-set': '政府定价',
  'government-guided': '政府指导价',
  market: '市场调节价',
} as const satisfies Words
export const payerWords = {
  shipper: '发货人',
  consignee: '收货人',
  carrier: '承运人',
  vessel: '船方',
  agent: '代理人',
} as const satisfies Words
export const eventWords = {
  inspection: '查验',
  'inspection-clean': '查验无问题',
  amendment: '改单',
  cancellation: '撤单',
  transit: '转关',
  overdue: '超期',
  reissue: '重出单',
  split: '分并单',
  damage: '残损',
} as const satisfies Words
/** When a fee falls 收取情形: always, when asked for, or upon an event. */
export const arisesWords = { always: '一律', 'on-request': '委托时', ...eventWords } as const satisfies Words
export const priceWords = {
  rates: '按标准',
  'pass-through': '代收代付',
  agreement: '协议',
} as const satisfies Words
export const formWords = {
  fixed: '固定',
  range: '区间',
  slices: '分段累计',
  bands: '分档',
} as const satisfies Words
export const evidenceWords = {
  source: '有出处',
  unverified: '待核实',
  synthetic: '虚构',
} as const satisfies Words
/** Unlike on a printed list, where a day is a day: each measure has a word of its own. */
export const measureWords = {
  container: '箱',
  bill: '票',
  declaration: '单',
  document: '份',
  seal: '枚',
  package: '件',
  sample: '样',
  vehicle: '车',
  wagon: '车皮',
  tonne: '吨',
  kilogram: '千克',
  'chargeable-kilogram': '计费千克',
  'cubic-metre': '立方米',
  'storage-day': '堆存天',
  'detention-day': '用箱天',
  'power-day': '用电天',
  'document-day': '存单天',
  hour: '小时',
  'haulage-kilometre': '运输千米',
  voyage: '航次',
  'net-tonne': '净吨',
  'vessel-metre': '米船长',
  'berth-day': '停泊日',
  'pilotage-kilometre': '引航千米',
  'tug-call': '拖轮艘次',
} as const satisfies { readonly [measure in Measure]: string }

let kinds: Words | undefined
/** Kinds of fees 收费项目类别 by their Chinese names; read once. */
export const kindWords = (): Words =>
  (kinds ??= Object.fromEntries(loadCodeList('fee-kinds').items.map(({ code, zh = code }) => [code, zh])))

const meanings = new WeakMap<Words, ReadonlyMap<string, string>>()
/** The value a word stands for, in either language; undefined when it is none. */
export function valueOf(words: Words, word: string): string | undefined {
  let known = meanings.get(words)
  if (known === undefined) {
    const values = Object.keys(words)
    // Where a word is another value's name, it is that value.
    known = new Map([
      ...values.map((value) => [words[value] ?? value, value] as const),
      ...values.map((value) => [value, value] as const),
    ])
    meanings.set(words, known)
  }
  return known.get(word)
}

export const wordFor = (words: Words, value: string, language: Language): string =>
  language === 'zh' ? (words[value] ?? value) : value
