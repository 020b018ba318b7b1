/** One spelling for what people write alike: case, full and half width, blanks and punctuation are left out. */
export const fold = (text: string): string =>
  (isPlain.test(text) ? text : text.normalize('NFKC'))
    .toLowerCase()
    .replaceAll('#', 'no')
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

const isPlain = /^[ -~]*$/

/** The Chinese part of a folded text and the rest of it. */
export function partsOf(folded: string): { readonly han: string; readonly latin: string } {
  if (isPlain.test(folded)) return { han: '', latin: folded }
  const han = folded.replaceAll(/[^\p{Script=Han}]/gu, '')
  return { han, latin: folded.replaceAll(/\p{Script=Han}/gu, '') }
}

export const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** Whether a text has a figure, of any width. */
export const hasDigit = (text: string): boolean => /\p{Nd}/u.test(text)

/** A table of spellings, each folded: `word word | value` read into a map. */
export function spellings<T extends string>(table: Readonly<Record<T, string>>): ReadonlyMap<string, T> {
  const known = new Map<string, T>()
  for (const [value, words] of Object.entries(table) as [T, string][])
    for (const word of words.split(/\s*[|\n]\s*/)) if (fold(word) !== '') known.set(fold(word), value)
  return known
}
