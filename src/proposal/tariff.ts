import { loadCodeList } from '../../schemas/codes/index.ts'
import { tariffLine } from '../../schemas/codes/tariff.ts'
import { limits } from '../limits.ts'
import { goodsWords } from './words/goods.ts'

/** A commodity code 商品编号 as a document has it, held against the tariff. */
export type CodeFound =
  | { readonly is: 'known'; readonly code: string }
  | { readonly is: 'one'; readonly code: string }
  | { readonly is: 'several'; readonly codes: readonly string[] }
  | { readonly is: 'unknown' }

/** @param text digits, however parted; more than ten end with an inspection code of three */
export function findTariff(text: string, description: string): CodeFound | undefined {
  const digits = text.replaceAll(/\D/g, '').slice(0, 10)
  if (digits.length < 6) return undefined
  if (digits.length === 10 && tariffLine(digits) !== undefined) return { is: 'known', code: digits }
  const { codes } = tariffWords()
  const prefix = digits.length === 10 ? digits.slice(0, 8) : digits
  const within = codes.slice(lowest(codes, prefix), lowest(codes, `${prefix}~`))
  const [only] = within
  if (only === undefined) return { is: 'unknown' }
  if (within.length === 1) return digits.length === 10 ? { is: 'several', codes: [only] } : { is: 'one', code: only }
  return { is: 'several', codes: rank(description, new Set(within), within) }
}

/** Commodity codes whose tariff text is most like a description 归类建议, at most so many, best first; empty where nothing is. */
export const suggestCodes = (description: string): readonly string[] => rank(description)

interface TariffWords {
  /** All codes, upward. */
  readonly codes: readonly string[]
  /** For each pair of characters, the places of the lines it stands in. */
  readonly lines: ReadonlyMap<string, readonly number[]>
  /** Pairs of each line. */
  readonly sizes: readonly number[]
}
let words: TariffWords | undefined

/** Pairs of neighbouring Chinese characters of all lines of the tariff; made when first asked for. */
function tariffWords(): TariffWords {
  if (words !== undefined) return words
  const rows = loadCodeList('tariff').items.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const lines = new Map<string, number[]>()
  const sizes = rows.map(({ zh = '' }, at) => {
    const pairs = pairsOf(zh)
    for (const pair of pairs) {
      const places = lines.get(pair)
      if (places === undefined) lines.set(pair, [at])
      else places.push(at)
    }
    return pairs.size
  })
  words = { codes: rows.map(({ code }) => code), lines, sizes }
  return words
}

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>()
  for (const run of text.match(/\p{Script=Han}+/gu) ?? [])
    for (let at = 0; at + 1 < run.length; at++) pairs.add(run.slice(at, at + 2))
  return pairs
}

/** @param among codes to choose from; absent: all of the tariff @param otherwise what follows those that no word speaks for */
function rank(description: string, among?: ReadonlySet<string>, otherwise: readonly string[] = []): readonly string[] {
  const { codes, lines, sizes } = tariffWords()
  const said = description.slice(0, limits.proposalText)
  const wanted = pairsOf(`${said} ${goodsWords(said)}`)
  const weights = new Map<number, number>()
  let most = 0
  for (const pair of wanted) {
    const places = lines.get(pair) ?? []
    // A pair says the more the rarer it is.
    const weight = Math.log((codes.length + 1) / (places.length + 1))
    most += weight
    for (const place of places) {
      if (among !== undefined && !among.has(codes[place] ?? '')) continue
      weights.set(place, (weights.get(place) ?? 0) + weight)
    }
  }
  const score = ([place, weight]: readonly [number, number]) => weight / Math.sqrt((sizes[place] ?? 0) + 4)
  const ranked = [...weights]
    .filter(([, weight]) => among !== undefined || weight >= most * leastShare)
    .toSorted((a, b) => score(b) - score(a) || a[0] - b[0])
    .map(([place]) => codes[place] ?? '')
  return [...new Set([...ranked, ...otherwise])].slice(0, limits.proposalCandidates)
}
/** Part of a description's words that a line of the tariff must have. */
const leastShare = 0.25

/** The place of the first code that is not below a text. */
function lowest(codes: readonly string[], text: string): number {
  let [low, high] = [0, codes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((codes[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}
