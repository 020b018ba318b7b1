/**
 * Unique entity number UEN 新加坡企业注册号 and its check letter: businesses (8 digits), local companies (year and 5 digits), others
 * (R, S or T, year, kind, 4 digits). Source: the algorithm as python-stdnum publishes it (stdnum.sg.uen).
 */
export function isUen(uen: string): boolean {
  const body = uen.slice(0, -1)
  const form = forms.find(({ pattern }) => pattern.test(uen))
  return (
    form !== undefined &&
    form.letters.charAt((weigh(body, form.alphabet, form.weights) + form.offset) % 11) === uen.at(-1)
  )
}

const digits = '0123456789'
const othersAlphabet = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'

const forms = [
  { pattern: /^\d{8}[A-Z]$/, alphabet: digits, weights: [10, 4, 9, 3, 8, 2, 7, 1], offset: 0, letters: 'XMKECAWLJDB' },
  {
    pattern: /^\d{9}[A-Z]$/,
    alphabet: digits,
    weights: [10, 8, 6, 4, 9, 7, 5, 3, 1],
    offset: 0,
    letters: 'ZKCMDNERGWH',
  },
  {
    pattern: /^[RST]\d{2}[A-Z]{2}\d{4}[A-Z]$/,
    alphabet: othersAlphabet,
    weights: [4, 3, 5, 3, 10, 2, 2, 5, 7],
    offset: 6, // less 5, modulo 11
    letters: othersAlphabet,
  },
] as const

const weigh = (text: string, alphabet: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * alphabet.indexOf(text.charAt(at)), 0)
