import type { Fee } from '../../../schemas/fees/entries.ts'
import type { Language } from '../../problem.ts'
import { emptyList } from './cell.ts'
import { type Column, columnIds, columnOf } from './columns.ts'

type Fields = Readonly<Record<string, unknown>>

/** The rates a price has: those it charges, or those an agreement starts from. */
const ratesOf = ({ price }: Fee): readonly Fields[] | undefined =>
  price.kind === 'rates' ? price.rates : price.kind === 'agreement' ? price.reference : undefined

/** A fee as the columns see it: when it falls is one word, and what is said of the price has one name. */
function fieldsOf(id: string, fee: Fee): Fields {
  const { arises, price } = fee
  const said = price.kind === 'pass-through' ? price.of : price.kind === 'agreement' ? price.disclosure : undefined
  return {
    ...fee,
    id,
    arises: arises.when === 'on-event' ? arises.event : arises.when,
    price: { kind: price.kind, said },
  }
}

const at = (fields: Fields | undefined, { path }: Column): unknown =>
  path.reduce<unknown>((value, name) => (value as Fields | undefined)?.[name], fields)

/** The rows of a fee 一项收费的各行, a text for each column. */
export function rowsOf(id: string, fee: Fee, language: Language): string[][] {
  const fields = fieldsOf(id, fee)
  const rates = ratesOf(fee)
  const parts = {
    rate: rates?.length === 0 ? [{ form: emptyList }] : (rates ?? []),
    exemption: fee.exemptions?.length === 0 ? [{ event: emptyList }] : (fee.exemptions ?? []),
  }
  return Array.from({ length: Math.max(1, parts.rate.length, parts.exemption.length) }, (_, row) =>
    columnIds.map((name) => {
      const column = columnOf(name)
      const value = at(column.of === 'fee' ? fields : parts[column.of][row], column)
      return value === undefined ? '' : column.form.write(value, language)
    }),
  )
}
