import { type Dimension, dimensions } from '../../../schemas/fees/conditions.ts'

/** What a text says of the containers it is about 箱型提示: “40'HQ 重箱”. One value a dimension; what it does not say is absent. */
export type Hints = { readonly [D in Dimension]?: string }

const after = String.raw`\s*(?:['’′‘"”″]|尺|英尺|呎|ft|feet|foot|gp|dc|dv|st|hq|hc|gh|rf|rh|ot|fr|tk|柜|箱|小柜|大柜|高|普|平|重|空|冷|集装箱)`
const sizes = new RegExp(String.raw`(?<![\d.])(20|40|45)(?=${after})`, 'gi')
const tens: Readonly<Record<string, string>> = { 二十: '20', 四十: '40', 四十五: '45' }
const inWords = /(四十五|二十|四十)(?=尺|英尺|呎|柜|箱)/g

/** Words that tell a value; each dimension by its first that occurs. */
const words: readonly (readonly [Dimension, string, RegExp])[] = [
  ['heights', 'high-cube', /高箱|高柜|high.?cube|\d(?:'|尺)?\s?(?:hq|hc|rh)\b/i],
  ['states', 'empty', /空箱|空柜|\bempty\b/i],
  ['states', 'laden', /重箱|重柜|\bladen\b|\bfull container/i],
  ['temperatures', 'reefer', /冷藏|冷冻|冻柜|冷箱|\breefer\b|\d(?:'|尺)?\s?r[fh]\b/i],
  ['hazards', 'dangerous', /危险品|危品|危货|\bdangerous\b|\bdg\b|\bimo\b/i],
]

export function hintsOf(text: string): Hints {
  const plain = text.normalize('NFKC')
  const found = new Set([
    ...[...plain.matchAll(sizes)].map(([, size = '']) => size),
    ...[...plain.matchAll(inWords)].map(([word]) => tens[word] ?? ''),
  ])
  const hints: { [D in Dimension]?: string } = {}
  const [size] = found
  // Two sizes in one line are about both.
  if (found.size === 1 && size !== undefined) hints.sizes = size
  for (const [dimension, value, pattern] of words) if (pattern.test(plain)) hints[dimension] ??= value
  return hints
}

/** Whether what one text says contradicts what the other says. */
export const contradict = (one: Hints, other: Hints): boolean =>
  (Object.keys(dimensions) as Dimension[]).some((name) => {
    const [a, b] = [one[name], other[name]]
    return a !== undefined && b !== undefined && a !== b
  })
