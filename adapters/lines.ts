/** A trader's words as one line of at most so many characters, never cut through one; what a line cannot carry becomes a blank. */
export const oneLine = (words: string, length: number): string =>
  words
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
