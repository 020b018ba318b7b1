import { loadCodeList } from '../../../schemas/codes/index.ts'
import { fold } from './fold.ts'

/** A currency 币制 as a document names it; `others` where the sign leaves it open. */
export interface NamedCurrency {
  readonly code: string
  readonly others: readonly string[]
}
/** Signs and names beside ISO 4217 and the names of the code list; longer ones first. */
const signs: readonly (readonly [sign: string, code: string, ...others: string[]])[] = [
  ['US$', 'USD'],
  ['HK$', 'HKD'],
  ['NT$', 'TWD'],
  ['NZ$', 'NZD'],
  ['A$', 'AUD'],
  ['C$', 'CAD'],
  ['S$', 'SGD'],
  ['RMB', 'CNY'],
  ['CNH', 'CNY'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₩', 'KRW'],
  ['฿', 'THB'],
  ['₽', 'RUB'],
  ['¥', 'CNY', 'JPY'],
  ['$', 'USD', 'SGD', 'HKD', 'AUD', 'CAD'],
]
const names: Readonly<Record<string, string>> = {
  美金: 'USD',
  人民币: 'CNY',
  元: 'CNY',
  港元: 'HKD',
  日元: 'JPY',
  新元: 'SGD',
  新币: 'SGD',
  坡币: 'SGD',
  usdollars: 'USD',
  usdollar: 'USD',
  euros: 'EUR',
  renminbi: 'CNY',
  chineseyuan: 'CNY',
  singaporedollars: 'SGD',
  hongkongdollars: 'HKD',
  japaneseyen: 'JPY',
}
let listed: ReadonlyMap<string, string> | undefined
const byName = (word: string): string | undefined => {
  listed ??= new Map(
    loadCodeList('currencies').items.flatMap(({ code, zh = '', en = '' }) =>
      [code, zh, en].map((name) => [fold(name), code] as const),
    ),
  )
  const folded = fold(word)
  return listed.get(folded) ?? (Object.hasOwn(names, folded) ? names[folded] : undefined)
}

/** The currency a text is, or names among other words: `USD`, `Amount (US$)`, `单价（美元）`. */
export function currencyIn(text: string): NamedCurrency | undefined {
  const upper = text.normalize('NFKC').toUpperCase().slice(0, 400)
  for (const word of [upper, ...(upper.match(/\p{Script=Han}+|[A-Z]+/gu) ?? [])]) {
    const code = byName(word)
    if (code !== undefined) return { code, others: [] }
  }
  for (const [sign, code, ...others] of signs) if (upper.includes(sign)) return { code, others }
  return undefined
}
