/** Unique entity number (UEN): three forms, each with its check letter. Algorithms as in python-stdnum `sg.uen`. */

const digitSum = (digits: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(at)), 0)

const otherAlphabet = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'
const otherWeights = [4, 3, 5, 3, 10, 2, 2, 5, 7]

/** Entity types of the third form. */
const entityTypes = new Set(
  'CC CD CH CL CM CP CS CX DP FB FC FM FN GA GB GS HS LL LP MB MC MD MH MM MQ NB NR PA PB PF RF RP SM SS TC TU VH XL'.split(
    ' ',
  ),
)

interface Form {
  readonly pattern: RegExp
  readonly check: (uen: string) => string
}
const forms: readonly Form[] = [
  // Business registered with ACRA.
  { pattern: /^\d{8}[A-Z]$/, check: (uen) => 'XMKECAWLJDB'.charAt(digitSum(uen, [10, 4, 9, 3, 8, 2, 7, 1]) % 11) },
  // Local company: year of registration and number.
  {
    pattern: /^[12]\d{8}[A-Z]$/,
    check: (uen) => 'ZKCMDNERGWH'.charAt(digitSum(uen, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11),
  },
  // Everybody else: century, year, entity type, number.
  {
    pattern: /^[RST]\d{2}[A-Z]{2}\d{4}[A-Z0-9]$/,
    check(uen) {
      if (!entityTypes.has(uen.slice(3, 5))) return ''
      const sum = otherWeights.reduce((total, weight, at) => total + weight * otherAlphabet.indexOf(uen.charAt(at)), 0)
      return otherAlphabet.charAt((sum - 5) % 11)
    },
  },
]

export function isUen(text: string): boolean {
  return forms.some(({ pattern, check }) => pattern.test(text) && check(text) === text.slice(-1))
}
