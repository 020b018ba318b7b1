import { Big } from 'big.js'
import type { Bill, BillLine, JudgedLine } from '../../../schemas/fees/bill.ts'
import type { Content } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'
import { type Catalogue, holdsOn, type NamedFee } from '../catalogue.ts'
import { type Charge, chargeOf, type NoCharge } from '../pricing/charge.ts'
import { type Situation, situationOf } from '../pricing/situation.ts'
import { type Cancelled, cancelledOn } from './cancelled.ts'
import type { Netted } from './credits.ts'
import { net } from './credits.ts'
import { type Match, matchLine } from './match.ts'
import { plainFirm, plainName } from './names.ts'

/** A payee of the list with its id. */
export interface NamedPayee {
  readonly id: string
  readonly payee: Content<'payee'>
}

/** One line of the bill on its way to a verdict. */
export interface Item {
  /** Its number, from 1. */
  readonly number: number
  readonly line: BillLine
  readonly match: Match
  /** What is charged, credits taken off. */
  readonly amount: Big
  readonly credits: readonly number[]
}

/** What a line comes to: everything of a judged line that is not the line itself. */
export interface Outcome extends Readonly<Pick<JudgedLine, 'verdict' | 'because'>> {
  readonly least?: Big
  readonly most?: Big
  readonly steps: readonly Text[]
}

/** A bill held against the edition that counts for it 核对依据. */
export interface Context {
  readonly catalogue: Catalogue
  /** Other editions, in which something may stand that this one has not. */
  readonly history: readonly Catalogue[]
  readonly bill: Bill
  readonly day: string
  readonly situation: Situation
  readonly biller: NamedPayee | undefined
  readonly cancelled: ReadonlyMap<string, Cancelled>
  /** What each line is, by its place. */
  readonly matches: readonly Match[]
  /** Lines that charge something. */
  readonly items: readonly Item[]
  /** Credits that found no line. */
  readonly strays: ReadonlySet<number>
  chargeOf(fee: NamedFee): Charge | NoCharge
  payeeName(id: string): Content<'payee'>['name']
}

/** The day whose list counts for a bill: that of the service where it is known, else that of the bill. */
export const serviceDayOf = ({ shipment, issuedOn }: Pick<Bill, 'shipment' | 'issuedOn'>): string =>
  shipment.day ?? issuedOn

/** The payees a bill may come from: the one of its id, or all of its name, those at the port first. */
export function billersOf(catalogue: Catalogue, { payee, shipment }: Bill): NamedPayee[] {
  const payees = catalogue.of('payee')
  if (typeof payee === 'string') {
    const found = payees.get(payee)
    return found === undefined ? [] : [{ id: payee, payee: found }]
  }
  const wanted = plainFirm(payee.name)
  const named = [...payees].flatMap(([id, one]) =>
    [one.name.zh, one.name.en].some((name) => plainFirm(name) === wanted) ? [{ id, payee: one }] : [],
  )
  const here = named.filter((one) => one.payee.ports.includes(shipment.port))
  return here.length > 0 ? here : named
}

/** Words that say a line is a credit, not what for. */
const creditWords = /冲减|冲红|红冲|红字|退费|退还|退款|抵扣|优惠|折扣|credit( note)?|refund|rebate|discount/gi

export function contextOf(catalogue: Catalogue, history: readonly Catalogue[], bill: Bill): Context {
  const day = serviceDayOf(bill)
  const { port } = bill.shipment
  const [biller] = billersOf(catalogue, bill)
  const cancelled = cancelledOn(catalogue, day)
  const kinds = new Set(cancelled.keys())
  const matches = bill.lines.map((line) => {
    const description = line.amount.startsWith('-') ? line.description.replace(creditWords, ' ') : line.description
    return matchLine(catalogue, port, biller?.id, { ...line, description }, kinds)
  })
  const entries = bill.lines.map((line, at) => ({
    line: at + 1,
    thing: thingOf(line, matches[at]),
    amount: new Big(line.amount),
    key: JSON.stringify(line),
  }))
  const { charged, placed } = net(entries)
  const situation = situationOf(bill.shipment)
  const charges = new Map<NamedFee, Charge | NoCharge>()
  return {
    catalogue,
    history,
    bill,
    day,
    situation,
    biller,
    cancelled,
    matches,
    items: bill.lines.flatMap((line, at) => itemsOf(at + 1, line, matches[at], charged)),
    strays: new Set(entries.filter(({ line, amount }) => amount.lt(0) && !placed.has(line)).map(({ line }) => line)),
    chargeOf(fee) {
      let charge = charges.get(fee)
      if (charge === undefined) charges.set(fee, (charge = chargeOf(fee.fee, situation)))
      return charge
    },
    payeeName: (id) => catalogue.of('payee').get(id)?.name ?? { en: id, zh: id },
  }
}

function itemsOf(
  number: number,
  line: BillLine,
  match: Match | undefined,
  charged: ReadonlyMap<number, Netted>,
): Item[] {
  const netted = charged.get(number)
  return netted === undefined || match === undefined ? [] : [{ number, line, match, ...netted }]
}

/** What a line is about, so that a credit finds it. */
function thingOf(line: BillLine, match: Match | undefined): string {
  const ids = match?.own.map(({ id }) => id) ?? []
  return ids.length > 0 ? ids.join(' ') : (match?.kind ?? plainName(line.description.replace(creditWords, ' ')))
}

/** Of fees a line may be as well as each other: those that hold on the day and are for this consignment, before the others. */
export function narrowed(context: Context, fees: readonly NamedFee[]): NamedFee[] {
  const holding = fees.filter(({ fee }) => holdsOn(fee, context.day))
  const falling = holding.filter((one) => context.chargeOf(one).falls !== 'no')
  return falling.length > 0 ? falling : holding
}
