import type { Conditions } from '../../../schemas/fees/conditions.ts'
import type { Content, Fee } from '../../../schemas/fees/entries.ts'
import type { Rate } from '../../../schemas/fees/price.ts'
import type { Catalogue } from '../catalogue.ts'
import { type Excess, exceeds } from '../pricing/compare.ts'
import { overlapOf } from '../pricing/conditions.ts'
import { type CheckIssue, error, type Place, warning } from './issues.ts'
import { bothOf, chargedIn, inForce, type Stretch, stretchOf } from './stretch.ts'

/** What a document fixes for a kind of fee, and on which days. */
interface Fixed {
  readonly basis: string
  readonly number: string
  readonly regulation: NonNullable<Content<'basis'>['regulates']>[number]
  readonly days: Stretch
}

/**
 * A government-set price 政府定价 is the one that is set, a guided one 政府指导价 not above its ceiling, for whatever thing both hold; a market
 * price that rests on a document that fixes one keeps to it too.
 */
export function ceilingIssues(next: Catalogue): CheckIssue[] {
  const byKind = new Map<string, Fixed[]>()
  for (const [id, basis] of next.of('basis'))
    for (const regulation of basis.regulates ?? []) {
      const days = bothOf(inForce(basis), stretchOf(regulation))
      if (days === undefined) continue
      const fixed = { basis: id, number: basis.number, regulation, days }
      byKind.set(regulation.kind, [...(byKind.get(regulation.kind) ?? []), fixed])
    }
  return [...next.of('fee')].flatMap(([id, fee]) => {
    const charged = chargedIn(fee, next.edition.validFrom)
    if (charged === undefined || fee.price.kind === 'pass-through') return []
    const bounds = (byKind.get(fee.kind) ?? []).filter(({ days }) => bothOf(days, charged) !== undefined)
    const [own, others] = [
      bounds.filter((bound) => restsOn(fee, bound)),
      bounds.filter((bound) => !restsOn(fee, bound)),
    ]
    return [
      ...own.flatMap((bound) => broken(id, fee, bound)),
      ...unbound(id, fee, own),
      ...elsewhere(id, fee, own, others),
    ]
  })
}

const restsOn = (fee: Fee, { basis }: Fixed): boolean => fee.basis?.some(({ id }) => id === basis) ?? false

/** The rates of a price, and where they stand in it. */
const ratesOf = ({ price }: Fee): { readonly rates: readonly Rate[]; readonly at: 'rates' | 'reference' } =>
  price.kind === 'rates'
    ? { rates: price.rates, at: 'rates' }
    : { rates: price.kind === 'agreement' ? (price.reference ?? []) : [], at: 'reference' }

function broken(id: string, fee: Fee, { number, regulation }: Fixed): CheckIssue[] {
  const { rates, at } = ratesOf(fee)
  const found = exceeds(rates, regulation, fee.applies)
  return found
    .filter(
      (excess, place) =>
        excess.how !== 'not-comparable' ||
        // Said once of a rate that can be held against none of the document’s.
        (found.findIndex(({ rate, how }) => rate === excess.rate && how === 'not-comparable') === place &&
          !isComparable(rates, regulation, fee.applies, excess.rate, found)),
    )
    .map((excess) =>
      said(['fee', id, 'price', at, excess.rate, ...fieldOf(rates[excess.rate], excess)], fee, number, excess),
    )
}

/** Whether a rate can be held against some other rate of the document: then that one counts. */
function isComparable(
  rates: readonly Rate[],
  regulation: Fixed['regulation'],
  applies: Conditions | undefined,
  at: number,
  found: readonly Excess[],
): boolean {
  const own = overlapOf(applies, rates[at]?.when)
  return regulation.rates.some(
    (limit, boundAt) =>
      meets(own, regulation.when, limit.when) &&
      !found.some(({ rate, bound, how }) => rate === at && bound === boundAt && how === 'not-comparable'),
  )
}

function meets(own: Conditions | undefined, ...others: readonly (Conditions | undefined)[]): boolean {
  let both = own
  for (const other of others) both = both && overlapOf(both, other)
  return both !== undefined
}

const fieldOf = (rate: Rate | undefined, { how }: Excess): string[] =>
  how === 'not-comparable' || rate === undefined
    ? ['per']
    : rate.form === 'fixed'
      ? ['amount']
      : rate.form === 'range'
        ? ['most']
        : ['steps']

function said(at: Place, { nature }: Fee, number: string, { how, part, price = '–', limit = '–' }: Excess): CheckIssue {
  if (how === 'above')
    return error(at, 'ceiling-exceeded', {
      en: `${part.en}: ${price} is above the ${limit} that ${number} allows`,
      zh: `${part.zh}：${price} 高于 ${number} 规定的最高限价 ${limit}`,
    })
  if (how === 'differs')
    return error(at, 'not-the-set-price', {
      en: `${part.en}: ${price} is not the ${limit} that ${number} sets`,
      zh: `${part.zh}：${price} 不是 ${number} 规定的 ${limit}`,
    })
  const text = {
    en: `It cannot be held against ${number}: ${part.en}`,
    zh: `无法与 ${number} 比较：${part.zh}`,
  }
  return nature === 'market' ? warning(at, 'not-comparable', text) : error(at, 'not-comparable', text)
}

/** Rates of a regulated nature that no document bounds: perhaps rightly so. */
function unbound(id: string, fee: Fee, bounds: readonly Fixed[]): CheckIssue[] {
  if (fee.nature !== 'government-set' && fee.nature !== 'government-guided') return []
  const { rates, at } = ratesOf(fee)
  return rates.flatMap((rate, index) => {
    const own = overlapOf(fee.applies, rate.when)
    const isBound = bounds.some(({ regulation }) =>
      regulation.rates.some((limit) => meets(own, regulation.when, limit.when)),
    )
    return own === undefined || isBound
      ? []
      : [
          warning(['fee', id, 'price', at, index], 'ceiling-missing', {
            en: 'None of its bases fixes a price or a ceiling for this',
            zh: '所列依据未对此规定价格或最高限价',
          }),
        ]
  })
}

function elsewhere(id: string, fee: Fee, own: readonly Fixed[], others: readonly Fixed[]): CheckIssue[] {
  const [other] = own.length > 0 ? [] : others
  return other === undefined
    ? []
    : [
        warning(['fee', id, 'basis'], 'regulated-elsewhere', {
          en: `${other.number} fixes prices of this kind: the fee does not rest on it`,
          zh: `${other.number} 对此类收费有价格规定，该项目未列为依据`,
        }),
      ]
}
