import { isDeepStrictEqual } from 'node:util'
import type { DraftGuess } from '../../schemas/declaration-draft.ts'

/** Where a JSON pointer (RFC 6901) leads, one segment a key. */
export const segmentsOf = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** What stands at a JSON pointer; undefined where nothing does. */
export function valueAt(document: unknown, pointer: string): unknown {
  let at = document
  for (const segment of segmentsOf(pointer)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, segment)) return undefined
    at = (at as { readonly [key: string]: unknown })[segment]
  }
  return at
}

/** The guesses that are still to be confirmed: those whose value stands at their place. Whoever changes the field has decided. */
export const openGuesses = (document: unknown, guesses: readonly DraftGuess[]): DraftGuess[] =>
  guesses.filter(({ pointer, value }) => isDeepStrictEqual(valueAt(document, pointer), value))
