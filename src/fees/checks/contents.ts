import { Big } from 'big.js'
import type { EntryType, Fee } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Catalogue } from '../catalogue.ts'
import { contradictions } from '../pricing/compare.ts'
import { type CheckIssue, error, type Place } from './issues.ts'
import { bothOf, stretchOf } from './stretch.ts'

/** What one entry says agrees with itself 条目自洽: days in their order, one price for one thing, disclosures that say something, rules said once. */
export function contentIssues(next: Catalogue): CheckIssue[] {
  const found: CheckIssue[] = []
  const validities = (type: EntryType, id: string, content: Valid, ...path: PropertyKey[]) => {
    if (stretchOf(content) === undefined)
      found.push(
        error([type, id, ...path, 'validTo'], 'validity-reversed', {
          en: 'It ends before it begins',
          zh: '有效期止于起始之前',
        }),
      )
  }
  for (const [id, fee] of next.of('fee')) {
    validities('fee', id, fee)
    found.push(...priceIssues(id, fee))
  }
  for (const [id, basis] of next.of('basis')) {
    validities('basis', id, basis)
    basis.regulates?.forEach((regulation, index) => validities('basis', id, regulation, 'regulates', index))
  }
  for (const [id, rule] of next.of('rule')) validities('rule', id, rule)
  return [...found, ...peerIssues(next), ...ruleIssues(next)]
}
interface Valid {
  readonly validFrom: string
  readonly validTo?: string | undefined
}

function priceIssues(id: string, { price, nature, applies }: Fee): CheckIssue[] {
  const found = contradictions(price, applies).map(({ first, second }) =>
    error(['fee', id, 'price', 'rates', second], 'rates-contradict', {
      en: `It holds for the same things as rate ${first + 1}`,
      zh: `与第 ${first + 1} 条收费标准的适用条件重叠`,
    }),
  )
  const isBlank = ({ en, zh }: Text) => en.trim() === '' || zh.trim() === ''
  if (price.kind === 'agreement' && isBlank(price.disclosure))
    found.push(
      error(['fee', id, 'price', 'disclosure'], 'disclosure-missing', {
        en: 'Where a price is agreed it is said what customers are told before, in both languages',
        zh: '协议定价须以中英文说明事先告知客户的内容',
      }),
    )
  if (price.kind === 'agreement' && nature !== 'market')
    found.push(
      error(['fee', id, 'price', 'kind'], 'agreement-not-allowed', {
        en: 'Only a market price can be agreed',
        zh: '仅市场调节价可协议定价',
      }),
    )
  if (price.kind === 'pass-through' && isBlank(price.of))
    found.push(
      error(['fee', id, 'price', 'of'], 'charge-not-named', {
        en: 'It is not said whose charge is handed on, in both languages',
        zh: '代收代付须以中英文说明代收的收费',
      }),
    )
  return found
}

function peerIssues(next: Catalogue): CheckIssue[] {
  return [...next.of('peer')].flatMap(([id, { least, most }]) => {
    const malformed = (['least', 'most'] as const).filter(
      (name) => !/^(0|[1-9]\d{0,13})(\.\d{1,4})?$/.test(name === 'least' ? least : most),
    )
    if (malformed.length === 0 && new Big(least).gt(most))
      return [
        error(['peer', id, 'most'], 'range-reversed', {
          en: 'The range ends below its beginning',
          zh: '区间上限低于下限',
        }),
      ]
    return malformed.map((name) =>
      error(['peer', id, name], 'amount-malformed', {
        en: 'An amount is digits with at most four places, as text',
        zh: '金额应为数字文本，至多四位小数',
      }),
    )
  })
}

/** Of each rule of assessment there is one on every day. */
function ruleIssues(next: Catalogue): CheckIssue[] {
  const all = [...next.of('rule')]
  return all.flatMap(([id, rule], at) => {
    const earlier = all
      .slice(0, at)
      .find(([, other]) => other.rule === rule.rule && bothOf(stretchOf(other), stretchOf(rule)) !== undefined)
    const place: Place = ['rule', id, 'rule']
    return earlier === undefined
      ? []
      : [
          error(place, 'rule-twice', {
            en: `"${earlier[0]}" says the same rule for some of the same days`,
            zh: `与“${earlier[0]}”的同一规则有效期重叠`,
          }),
        ]
  })
}
