import type { Fee } from '../../schemas/fees/entries.ts'
import type { Quote } from '../../schemas/fees/quote.ts'
import type { Text } from '../../schemas/text.ts'
import type { Catalogue } from './catalogue.ts'
import { type ReadyFee, readyFee } from './pricing/traits.ts'

/** A fee of a port with what every quote says of it. */
export interface PreparedFee {
  readonly id: string
  readonly fee: Fee
  readonly href: string
  readonly payeeName: Text
  readonly ready: ReadyFee
  /** Reasons for which it did not fall, as they were shown. */
  readonly refused: Map<Text, Quote['exempt'][number]>
}

const prepared = new WeakMap<Catalogue, Map<string, readonly PreparedFee[]>>()

/** The fees of a port, made ready once for each edition in memory: an edition never changes. */
export function preparedFor(catalogue: Catalogue, port: string): readonly PreparedFee[] {
  let ports = prepared.get(catalogue)
  if (ports === undefined) prepared.set(catalogue, (ports = new Map()))
  const known = ports.get(port)
  if (known !== undefined) return known
  const payees = catalogue.of('payee')
  const made = catalogue.feesAt(port).map(({ id, fee }) => ({
    id,
    fee,
    ready: readyFee(fee),
    refused: new Map(),
    href: `/v1/fee-editions/${catalogue.edition.number}/fees/${id}`,
    payeeName: payees.get(fee.payee)?.name ?? { en: fee.payee, zh: fee.payee },
  }))
  // A port nobody knows is not remembered: there is no end of them.
  if (catalogue.of('port').has(port)) ports.set(port, made)
  return made
}
