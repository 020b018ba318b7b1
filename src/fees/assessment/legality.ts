import type { Content } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'
import { holdsOn, type NamedFee } from '../catalogue.ts'
import { type Found, figure, type Material } from './material.ts'
import { nameOf } from './names.ts'
import type { Judge } from './rule.ts'

type Basis = Content<'basis'>

/** Whether a basis 收费依据 holds on a day: within its validity, and not taken back by then. */
export const basisHolds = (basis: Basis, day: string): boolean =>
  holdsOn(basis, day) && (basis.withdrawn === undefined || day < basis.withdrawn.on)

/**
 * 合法性: a fee rests on a basis that holds, where its nature needs one; its kind was not cancelled. Beside a basis that holds, one that
 * does not is only watched.
 */
export const judgeLegality: Judge<'legality'> = (material) => {
  const cancelled = cancelledKinds(material)
  return { found: material.fees.flatMap((fee) => judgeFee(material, fee, cancelled.get(fee.fee.kind))) }
}

function judgeFee({ inputs: { catalogue }, day }: Material, { id, fee }: NamedFee, cancelled: Cancelled | undefined) {
  const about = { port: fee.port, payee: fee.payee, fee: id, kind: fee.kind }
  const name = nameOf(catalogue, 'fee', id)
  const found: Found[] = []
  const say = (level: Found['level'], bases: number, text: Text) =>
    found.push({
      ...about,
      level,
      figures: [figure('bases-named', named.length), figure('bases-in-force', bases)],
      text,
    })
  const named = fee.basis ?? []
  const stale = named.filter(({ id: of }) => {
    const basis = catalogue.of('basis').get(of)
    return basis === undefined || !basisHolds(basis, day)
  })
  const holding = named.length - stale.length
  if (cancelled !== undefined)
    say('violation', holding, {
      en: `${name.en}: this kind of fee was cancelled from ${cancelled.from} by ${cancelled.number}`,
      zh: `${name.zh}：该项目自${cancelled.from}起已由${cancelled.number}取消`,
    })
  if (fee.nature !== 'market' && holding === 0)
    say('violation', holding, {
      en: `${name.en}: its nature needs a legal basis, and none holds on ${day}`,
      zh: `${name.zh}：该性质的收费须有依据，${day}无有效依据`,
    })
  else if (stale.length > 0)
    say('watch', holding, {
      en: `${name.en}: names a basis that does not hold on ${day}: ${stale.map(({ id: of }) => of).join(', ')}`,
      zh: `${name.zh}：所列依据于${day}已失效：${stale.map(({ id: of }) => of).join('、')}`,
    })
  return found
}

interface Cancelled {
  readonly from: string
  readonly number: string
}

/** Kinds of fees that are cancelled on the day, by the earliest document that did it. A cancellation outlives its document, unless that was withdrawn. */
function cancelledKinds({ inputs: { catalogue }, day }: Material): ReadonlyMap<string, Cancelled> {
  const cancelled = new Map<string, Cancelled>()
  for (const { cancels = [], withdrawn, number } of catalogue.of('basis').values()) {
    if (withdrawn !== undefined && withdrawn.on <= day) continue
    for (const { kind, from } of cancels)
      if (from <= day && from < (cancelled.get(kind)?.from ?? '9999')) cancelled.set(kind, { from, number })
  }
  return cancelled
}
