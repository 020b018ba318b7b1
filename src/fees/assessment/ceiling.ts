import type { Content, Fee } from '../../../schemas/fees/entries.ts'
import type { Rate } from '../../../schemas/fees/price.ts'
import { holdsOn, type NamedFee } from '../catalogue.ts'
import { type Excess, exceeds } from '../pricing/compare.ts'
import { conditionsInWords, joined } from '../pricing/words.ts'
import { covers, rateCells } from './cells.ts'
import { basisHolds } from './legality.ts'
import { type Found, figure, type Material } from './material.ts'
import { nameOf } from './names.ts'
import type { Judge } from './rule.ts'

/**
 * 限价: a price above its ceiling, or other than the one that is set, is a violation; one that cannot be held against what is laid down for its
 * kind (counted otherwise, by agreement) is watched.
 */
export const judgeCeiling: Judge<'ceiling'> = (material) => {
  const laidDown = regulationsOf(material)
  return {
    found: material.fees.flatMap((fee) => {
      const broken = (laidDown.get(fee.fee.kind) ?? []).flatMap((one) =>
        excessesOf(fee.fee, one).map((excess) => ({ ...excess, number: one.number })),
      )
      return judgeFee(material, fee, broken)
    }),
  }
}

type Regulation = NonNullable<Content<'basis'>['regulates']>[number] & { readonly number: string }

/** For each kind, what documents in force lay down 政府定价、最高限价. */
const regulationsOf = ({ inputs: { catalogue }, day }: Material): ReadonlyMap<string, readonly Regulation[]> =>
  Map.groupBy(
    [...catalogue.of('basis').values()]
      .filter((basis) => basisHolds(basis, day))
      .flatMap(({ regulates = [], number }) => regulates.map((one) => ({ ...one, number })))
      .filter((one) => holdsOn(one, day)),
    ({ kind }) => kind,
  )

/** What is handed on is somebody else's price. */
function excessesOf({ price, applies }: Fee, regulation: Regulation): Excess[] {
  if (price.kind === 'rates') return exceeds(price.rates, regulation, applies)
  if (price.kind === 'pass-through') return []
  const part = { en: 'by agreement', zh: '协议定价' }
  return [{ rate: 0, bound: 0, when: regulation.when ?? {}, how: 'not-comparable', part }]
}

function judgeFee(
  { inputs: { catalogue } }: Material,
  { id, fee }: NamedFee,
  broken: readonly (Excess & { readonly number: string })[],
): Found[] {
  const against = broken.filter(({ how }) => how !== 'not-comparable')
  const [first] = against.length > 0 ? against : broken
  if (first === undefined) return []
  const name = nameOf(catalogue, 'fee', id)
  const when = conditionsInWords(first.when)
  const thing = joined(when.en === '' ? [first.part] : [when, first.part], ', ', '，')
  const [price, limit] = [first.price ?? '–', first.limit ?? '–']
  return [
    {
      level: against.length > 0 ? 'violation' : 'watch',
      port: fee.port,
      payee: fee.payee,
      fee: id,
      kind: fee.kind,
      figures: [
        figure('prices-breaking', against.length),
        figure('prices-not-comparable', broken.length - against.length),
        ...[figuresOf('price', first.price), figuresOf('limit', first.limit)].flat(),
      ],
      text: {
        above: {
          en: `${name.en}: ${price} yuan is above the ceiling of ${limit} (${thing.en}; ${first.number})`,
          zh: `${name.zh}：${price}元高于最高限价${limit}元（${thing.zh}；${first.number}）`,
        },
        differs: {
          en: `${name.en}: ${price} yuan is not the set price of ${limit} (${thing.en}; ${first.number})`,
          zh: `${name.zh}：${price}元与政府定价${limit}元不符（${thing.zh}；${first.number}）`,
        },
        'not-comparable': {
          en: `${name.en}: cannot be held against what ${first.number} lays down (${thing.en})`,
          zh: `${name.zh}：无法与${first.number}的规定比对（${thing.zh}）`,
        },
      }[first.how],
    },
  ]
}

/** A figure, or the two ends of a range. */
const figuresOf = (name: string, value: string | undefined) => {
  const [low, high] = value?.split('–') ?? []
  if (low === undefined) return []
  return high === undefined
    ? [figure(name, low, 'yuan')]
    : [figure(`${name}-least`, low, 'yuan'), figure(`${name}-most`, high, 'yuan')]
}

/** Each price of a fee less what is laid down for the same thing: the sign. */
export function standardSigns(material: Material): (fee: NamedFee) => number[] {
  const laidDown = new Map(
    [...regulationsOf(material)].map(([kind, all]) => [
      kind,
      all.flatMap(({ rates, when }) => rates.flatMap((rate: Rate) => rateCells(rate, when))),
    ]),
  )
  return (fee) =>
    material
      .cellsOf(fee)
      .flatMap((cell) =>
        (laidDown.get(fee.fee.kind) ?? [])
          .filter((standard) => covers(standard, cell))
          .map((standard) => cell.price.cmp(standard.price)),
      )
}
