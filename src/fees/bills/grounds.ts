import { Big } from 'big.js'
import { type Catalogue, holdsOn, type NamedFee } from '../catalogue.ts'
import { cent } from './allot.ts'
import type { Context, Item, Outcome } from './context.ts'
import { billersOf, narrowed } from './context.ts'
import { matchLine, nameOfKind } from './match.ts'
import { plainFirm } from './names.ts'
import * as words from './words.ts'

/** What a line is judged by 核定依据: by a fee's price among the other lines of that fee, or at once. */
export type Ground =
  | { readonly is: 'decided'; readonly outcome: Outcome }
  | {
      readonly is: 'priced'
      readonly fee: NamedFee
      /** Collected for whoever has it in its list. */
      readonly collected: boolean
      /** The line charges by this one, which does not hold. */
      readonly instead?: NamedFee
    }

const zero = new Big(0)
const nothingDue = { least: zero, most: zero, steps: [] } as const
const decided = (outcome: Outcome): Ground => ({ is: 'decided', outcome })
const undecided = (because: Outcome['because']): Ground => decided({ verdict: 'undecided', because, steps: [] })

/** Natures whose amount others may collect, but not add to. */
const isDue = ({ fee }: NamedFee): boolean => fee.nature !== 'market'

export function groundOf(context: Context, item: Item): Ground {
  const { match, line, amount } = item
  if (amount.eq(0)) return decided({ verdict: 'right', because: words.freeWords, ...nothingDue })
  const cancelled = match.kind === undefined ? undefined : context.cancelled.get(match.kind)
  if (match.kind !== undefined && cancelled !== undefined) {
    const { number, title } = cancelled.basis
    const because = words.cancelledWords(nameOfKind(match.kind), cancelled.from, number, title)
    return decided({ verdict: 'cancelled', because, ...nothingDue })
  }
  if (match.rivals.length > 0) return undecided(words.rivalWords(line.description, match.rivals))
  return match.own.length > 0 ? ownGround(context, item) : foreignGround(context, item)
}

/** A line for something in the biller's own list. */
function ownGround(context: Context, item: Item): Ground {
  const { own } = item.match
  const holding = narrowed(context, own)
  const [first] = own
  if (holding.length === 0 && first !== undefined) return endedGround(context, item, first)
  const chosen = chosenOf(context, item, holding)
  if (chosen === undefined)
    return undecided(
      words.rivalWords(
        item.line.description,
        holding.map(({ fee }) => fee.name),
      ),
    )
  const { price, name } = chosen.fee
  if (price.kind === 'agreement' && item.line.handedOn === undefined)
    return undecided(words.agreedWords(name, price.disclosure))
  if (item.line.handedOn !== undefined) {
    if (price.kind !== 'rates' || item.amount.gt(item.line.handedOn.amount)) return handedOnGround(item)
  } else if (price.kind === 'pass-through') {
    const others = narrowed(context, collectable(context, chosen.fee.kind))
    const due = chosenOf(context, item, others)
    return due === undefined ? undecided(words.noVoucherWords(name)) : { is: 'priced', fee: due, collected: true }
  }
  return { is: 'priced', fee: chosen, collected: false }
}

/** Fees of a kind that others at the port have a price for. */
const collectable = ({ catalogue, bill, biller }: Context, kind: string): NamedFee[] =>
  catalogue
    .feesAt(bill.shipment.port)
    .filter(({ fee }) => fee.kind === kind && fee.payee !== biller?.id && fee.price.kind === 'rates')

/** Of several fees that may be meant the one whose price is charged; where that is above all of them, the dearest. Undefined where it cannot be told. */
function chosenOf(context: Context, { amount }: Item, fees: readonly NamedFee[]): NamedFee | undefined {
  const [first, ...more] = fees
  if (more.length === 0) return first
  const priced = fees.map((fee) => ({ fee, charge: context.chargeOf(fee) }))
  const fitting = priced.find(
    ({ charge }) =>
      charge.falls !== 'no' &&
      charge.most !== undefined &&
      amount.gte(charge.least.minus(cent)) &&
      amount.lte(charge.most.plus(cent)),
  )
  if (fitting !== undefined) return fitting.fee
  let dearest: { fee: NamedFee; most: Big } | undefined
  for (const { fee, charge } of priced) {
    const most = charge.falls === 'no' ? zero : charge.most
    if (most === undefined || amount.lte(most)) return undefined
    if (dearest === undefined || most.gt(dearest.most)) dearest = { fee, most }
  }
  return dearest?.fee
}

/** A line for something of the biller's that does not hold on the day: the fee that does is what should have been charged. */
function endedGround(context: Context, item: Item, ended: NamedFee): Ground {
  const { catalogue, bill, day } = context
  const successors = catalogue
    .feesAt(bill.shipment.port)
    .filter(({ fee }) => fee.payee === ended.fee.payee && fee.kind === ended.fee.kind && fee.price.kind === 'rates')
  const fee = chosenOf(context, item, narrowed(context, successors))
  if (fee !== undefined) return { is: 'priced', fee, collected: false, instead: ended }
  return decided({ verdict: 'not-valid', because: endedWords(context, ended, day), ...nothingDue })
}

/** Why a fee does not hold on a day. */
export function endedWords({ catalogue, history }: Context, { id, fee }: NamedFee, day: string) {
  const other = history.find((one) => one.of('fee').get(id) === fee)
  return other === undefined || catalogue.of('fee').get(id) === fee
    ? words.notValidWords(fee.name, fee.validFrom, fee.validTo, day)
    : words.elsewhenWords(fee.name, other.edition.number, day)
}

/** A line for something that is not in the biller's own list. */
function foreignGround(context: Context, item: Item): Ground {
  const { line, match } = item
  const other = fromHistory(context, item)
  if (other !== undefined) return endedGround(context, item, other)
  const [named] = line.handedOn === undefined ? [] : whoIs(context, line.handedOn.from)
  const others = narrowed(context, match.others).filter(({ fee }) => named === undefined || fee.payee === named)
  if (line.handedOn !== undefined && (others.length > 0 || item.amount.gt(line.handedOn.amount))) {
    if (item.amount.gt(line.handedOn.amount)) return handedOnGround(item)
    const source = chosenOf(context, item, others)
    if (source?.fee.price.kind === 'rates') return { is: 'priced', fee: source, collected: true }
    return handedOnGround(item)
  }
  const due = chosenOf(
    context,
    item,
    others.filter((one) => isDue(one) && one.fee.price.kind === 'rates'),
  )
  if (due !== undefined && context.biller !== undefined) return { is: 'priced', fee: due, collected: true }
  return decided({ verdict: 'outside-list', because: outsideBecause(context, item), ...nothingDue })
}

function outsideBecause({ biller, bill, payeeName }: Context, { line, match }: Item) {
  if (biller === undefined) return words.strangerWords(typeof bill.payee === 'string' ? bill.payee : bill.payee.name)
  const owner = match.others.at(0)?.fee.payee
  return words.outsideWords(line.description, owner === undefined ? undefined : payeeName(owner))
}

/** Payees a voucher may be from. */
const whoIs = ({ catalogue }: Context, from: string): string[] =>
  [...catalogue.of('payee')].flatMap(([id, { name }]) =>
    id === from || [name.zh, name.en].some((one) => plainFirm(one) === plainFirm(from)) ? [id] : [],
  )

/** A charge handed on against its voucher 代收代付. */
function handedOnGround({ line, amount }: Item): Ground {
  const { from, amount: paid } = line.handedOn ?? { from: '', amount: '0' }
  const voucher = new Big(paid)
  const over = amount.minus(voucher)
  const due = { least: voucher, most: voucher, steps: [] }
  if (over.gt(0)) return decided({ verdict: 'marked-up', because: words.markedUpWords(from, voucher, over), ...due })
  return decided({ verdict: over.lt(0) ? 'below-price' : 'right', because: words.handedOnWords(from, voucher), ...due })
}

/** The biller's fee of this name in another edition: gone since, or still to come. */
function fromHistory({ history, bill, biller, cancelled }: Context, { line }: Item): NamedFee | undefined {
  if (biller === undefined) return undefined
  for (const other of history) {
    const { how, own } = matchLine(
      other,
      bill.shipment.port,
      billerIn(other, bill, biller.id),
      line,
      new Set(cancelled.keys()),
    )
    if (how === 'name' || (how === 'named' && line.fee !== undefined)) if (own[0] !== undefined) return own[0]
  }
  return undefined
}
const billerIn = (other: Catalogue, bill: Context['bill'], id: string): string =>
  other.of('payee').has(id) ? id : (billersOf(other, bill)[0]?.id ?? id)

/** Fees of the same name that do not hold on the day: their price may be the one that is charged. */
export const endedAlike = ({ day }: Context, { match }: Item): NamedFee[] =>
  match.own.filter(({ fee }) => !holdsOn(fee, day))
