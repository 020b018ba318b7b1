import type { Fee } from '../../schemas/fees/entries.ts'
import type { Quote } from '../../schemas/fees/quote.ts'
import type { Shipment } from '../../schemas/fees/shipment.ts'
import type { Text } from '../../schemas/text.ts'
import { type Catalogue, holdsOn } from './catalogue.ts'
import { type Charge, chargeOfReady, type NoCharge } from './pricing/charge.ts'
import { situationOf } from './pricing/situation.ts'
import { coveredBy } from './quote-cover.ts'
import { type Line, perhapsCovered, reasonFor, refusal, shownLine } from './quote-line.ts'
import { type PreparedFee, preparedFor } from './quote-prepare.ts'
import { contestedKinds, totalsOf, uncertaintiesOf } from './quote-totals.ts'

/**
 * What a consignment costs at its port by an edition of the list 费用测算: every fee that is valid there on a day is looked at: what falls, what
 * may fall, what does not and why. Of payees who do the same, and none of whom the trader deals with, one is paid.
 */
export function quoteOf(catalogue: Catalogue, shipment: Shipment, day: string): Quote {
  const situation = situationOf(shipment)
  const valid = preparedFor(catalogue, shipment.port).filter(({ fee }) => holdsOn(fee, day))
  const priced = valid.map((prepared): Priced => ({ prepared, charge: chargeOfReady(prepared.ready, situation) }))
  const chosen = new Set(shipment.payees)
  const dealt = kindsOf(priced, chosen)
  const requested = new Set(shipment.requested)

  const exempt: Quote['exempt'] = []
  const without = (prepared: PreparedFee, because: Text) => exempt.push(refusal(prepared, because))
  const falling: Line[] = []
  const perhaps: Line[] = []
  for (const { prepared, charge } of priced) {
    const { fee } = prepared
    if (dealt.has(fee.kind) && !chosen.has(fee.payee)) without(prepared, anotherPayee)
    else if (charge.falls === 'no') without(prepared, charge.because)
    else {
      const { falls, because } = reasonFor(fee, charge, requested, situation.happened)
      ;(falls ? falling : perhaps).push({ prepared, charge, because })
    }
  }

  const coverOf = coveredBy(falling)
  const uncovered = (line: Line): Line[] => {
    const cover = coverOf(line)
    if (cover === undefined) return [line]
    if (!cover.surely) return [perhapsCovered(line, cover.because)]
    without(line.prepared, cover.because)
    return []
  }
  const lines = falling.flatMap(uncovered)
  const possible = perhaps.flatMap(uncovered)
  const contested = contestedKinds(lines)
  const { number, digest } = catalogue.edition
  return {
    edition: number,
    digest,
    day,
    currency: 'CNY',
    shipment,
    lines: lines.map((line) => shownLine(line, contested)),
    possible: possible.map((line) => shownLine(line, contested)),
    exempt,
    ...totalsOf(lines, contested),
    uncertain: uncertaintiesOf(lines, contested),
  }
}

interface Priced {
  readonly prepared: PreparedFee
  readonly charge: Charge | NoCharge
}
const anotherPayee: Text = { en: 'You deal with another payee for this', zh: '此项服务已选择其他收费主体' }

/** Kinds of fees that the payees a trader deals with charge for such a consignment: nobody else charges them. */
const kindsOf = (priced: readonly Priced[], chosen: ReadonlySet<string>): ReadonlySet<Fee['kind']> =>
  chosen.size === 0
    ? chosen
    : new Set(
        priced.flatMap(({ prepared: { fee }, charge }) =>
          chosen.has(fee.payee) && charge.falls !== 'no' ? [fee.kind] : [],
        ),
      )
