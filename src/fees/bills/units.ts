import { type Factor, type Measure, measures } from '../../../schemas/fees/price.ts'
import { measureWords } from '../sheet/words.ts'

/**
 * Words bills print for units 计价单位, beside the names of the measures. One word may mean several (a day is a day of anything, 票 a bill of lading
 * or a declaration): only what it cannot mean is a wrong unit.
 */
const otherWords: readonly (readonly [readonly Measure[], readonly string[]])[] = [
  [['container'], ['柜', '个', '个箱', '只', '自然箱', '集装箱', 'box', 'ctn', 'cntr', 'cont']],
  [['bill'], ['提单', '单', '份', '批', 'bl', 'bill', 'shipment']],
  [['declaration'], ['报关单', '关单', '票', '份', 'declaration', 'entry']],
  [['document'], ['单', '票', '张', '本', 'copy', 'doc']],
  [['seal'], ['个封', '铅封', '个']],
  [['package'], ['包', '个', 'pkg', 'piece', 'pc']],
  [['vehicle'], ['台', '辆', '部']],
  [['wagon'], ['节', '车', 'wagon']],
  [['tonne'], ['公吨', '计费吨', 't', 'mt', 'ton', 'rt']],
  [
    ['kilogram', 'chargeable-kilogram'],
    ['公斤', '千克', 'kg', 'kgs'],
  ],
  [['cubic-metre'], ['方', '立方', '计费吨', 'm3', 'cbm', 'rt']],
  [
    ['storage-day', 'detention-day', 'power-day', 'document-day', 'berth-day'],
    ['天', '日', 'day'],
  ],
  [['hour'], ['时', 'h', 'hr', 'hour']],
  [
    ['haulage-kilometre', 'pilotage-kilometre'],
    ['公里', '千米', 'km'],
  ],
  [['voyage'], ['航次', '船次']],
  [['net-tonne'], ['净吨', 'nrt', 'nt']],
  [['vessel-metre'], ['米', 'm']],
  [['tug-call'], ['艘次', '拖轮次', 'tug']],
]

/** A word as it is compared: without case and the plural. */
const plain = (word: string): string => word.toLowerCase().replace(/^(\w{2,})s$/, '$1')

const meant = new Map<string, Set<Measure>>()
const add = (word: string, measure: Measure) => {
  const known = meant.get(plain(word))
  if (known === undefined) meant.set(plain(word), new Set([measure]))
  else known.add(measure)
}
for (const measure of Object.keys(measures) as Measure[])
  for (const word of [measure, measures[measure].en, measures[measure].zh, measureWords[measure]]) add(word, measure)
for (const [all, words] of otherWords) for (const word of words) for (const measure of all) add(word, measure)

/** Money and what stands before a unit. */
const money = /^(?:人民币|cny|rmb|yuan|元|[¥￥])/i
const each = /^(?:每|per )/i

/** A set of possible measures for each factor of a printed unit. */
export type PrintedUnit = readonly ReadonlySet<Measure>[]

/**
 * What a printed unit counts: a set of possible measures for each of its factors, so that 元/箱·天 is a container and a day of some kind.
 * Undefined where a word is not known: then nothing can be said about the unit.
 */
export function unitOf(printed: string): PrintedUnit | undefined {
  const parts = printed
    .normalize('NFKC')
    .trim()
    .split(/\s*[/·*×.、]\s*/)
    .map((part) => part.replace(money, '').replace(each, '').trim())
    // A size before the container: 元/20'箱.
    .map((part) => part.replace(/^(?:20|40|45)\s*(?:'|尺|英尺|ft|gp|hq|hc)?\s*(?=\D)/i, ''))
    .filter((part) => part !== '' && !/^\d+$/.test(part))
  const found = parts.map((part) => meant.get(plain(part)))
  return found.some((one) => one === undefined) || found.length === 0
    ? undefined
    : found.filter((one) => one !== undefined)
}

const measuresIn = (factor: Factor): readonly Measure[] => (typeof factor === 'string' ? [factor] : factor.largerOf)
const matches = (word: ReadonlySet<Measure>, factor: Factor) => measuresIn(factor).some((one) => word.has(one))

/** Whether a printed unit is a price's: `whole` names all that is counted, `part` some of it, `other` something else. */
export function unitFits(printed: PrintedUnit, per: readonly Factor[]): 'whole' | 'part' | 'other' {
  const left = [...per]
  for (const word of printed) {
    const at = left.findIndex((factor) => matches(word, factor))
    if (at < 0) return 'other'
    left.splice(at, 1)
  }
  return left.length === 0 ? 'whole' : 'part'
}
