import { findCode } from '../../../schemas/codes/index.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Catalogue } from '../catalogue.ts'

/** How an entry is called; by its id where the edition has no such entry. */
export function nameOf(catalogue: Catalogue, type: 'port' | 'payee' | 'fee' | 'basket', id: string): Text {
  const { en, zh } = catalogue.of(type).get(id)?.name ?? { en: id, zh: id }
  return { en, zh }
}

/** How a kind of fee is called. */
export function kindName(kind: string): Text {
  const { en = kind, zh = kind } = findCode('fee-kinds', kind) ?? {}
  return { en, zh }
}

/** The narrowest thing a line is about that has a name: the fee, else the payee, else the port. */
export const nameOfSubject = (
  catalogue: Catalogue,
  { fee, payee, port }: { readonly fee: string | undefined; readonly payee: string | undefined; readonly port: string },
): Text =>
  fee !== undefined
    ? nameOf(catalogue, 'fee', fee)
    : payee !== undefined
      ? nameOf(catalogue, 'payee', payee)
      : nameOf(catalogue, 'port', port)
