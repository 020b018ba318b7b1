import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditCode, decimal, isContainerNumber, isCreditCode, line, unLocode } from '../../schemas/formats.ts'
import { issuesOf } from '../../schemas/issue.ts'

const replaced = (text: string, at: number, character: string) => text.slice(0, at) + character + text.slice(at + 1)
const swapped = (text: string, at: number) =>
  text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
const digits = '0123456789'.split('')
const among = (characters: string, length: number) =>
  fc
    .array(fc.constantFrom(...characters.split('')), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

describe('unified social credit code 统一社会信用代码 (GB 32100)', () => {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const checksOf = (body: string) => alphabet.split('').filter((check) => isCreditCode(body + check))
  const codes = among(alphabet, 17).map((body) => body + (checksOf(body)[0] ?? ''))

  test('the example of the standard is one', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true)
  })

  test('17 characters have exactly one check character', () => {
    fc.assert(
      fc.property(among(alphabet, 17), (body) => {
        expect(checksOf(body)).toHaveLength(1)
      }),
    )
  })

  test('any single changed character is caught', () => {
    fc.assert(
      fc.property(
        codes,
        fc.nat(17),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        (code, at, character) => {
          fc.pre(code.charAt(at) !== character)
          expect(isCreditCode(replaced(code, at, character))).toBe(false)
        },
      ),
    )
    fc.assert(
      fc.property(codes, fc.nat(17), fc.constantFrom(...alphabet.split('')), (code, at, character) => {
        fc.pre(code.charAt(at) !== character)
        expect(isCreditCode(replaced(code, at, character))).toBe(false)
      }),
    )
  })

  test('two neighbours swapped are caught', () => {
    fc.assert(
      fc.property(codes, fc.nat(16), (code, at) => {
        fc.pre(code.charAt(at) !== code.charAt(at + 1))
        expect(isCreditCode(swapped(code, at))).toBe(false)
      }),
    )
  })

  test.each([
    '',
    '91350100M000100Y4',
    '91350100M000100Y433',
    '91350100m000100y43',
    ' 91350100M000100Y43',
    '91350100M000100Y43\n',
    '９1350100M000100Y43',
    '91350100I000100Y43',
  ])('%j is none', (code) => {
    expect(isCreditCode(code)).toBe(false)
  })

  test('a wrong one is told in both languages', () => {
    const read = creditCode.safeParse('91350100M000100Y44')
    expect(read.success ? [] : issuesOf(read.error, ['agent', 'id'])).toEqual([
      {
        pointer: '/agent/id',
        code: 'credit-code-invalid',
        detail: expect.stringContaining('GB 32100'),
        detailZh: expect.stringContaining('校验码'),
      },
    ])
  })
})

describe('container number 集装箱号 (ISO 6346)', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  /** Values as the standard's table prints them: the multiples of 11 are left out. */
  const values = '0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ'
  const valueOf = (character: string) => values.indexOf(character)
  const remainderOf = (number: string) =>
    number
      .slice(0, 10)
      .split('')
      .reduce((sum, character, at) => sum + valueOf(character) * 2 ** at, 0) % 11
  const numbers = fc
    .tuple(among(letters, 3), fc.constantFrom('U', 'J', 'Z'), among('0123456789', 6))
    .map((parts) => parts.join(''))
    .map((body) => body + digits.find((check) => isContainerNumber(body + check)))

  test('the example of the standard is one, and a number has exactly one check digit', () => {
    expect(isContainerNumber('CSQU3054383')).toBe(true)
    fc.assert(
      fc.property(numbers, (number) => {
        expect(digits.filter((check) => isContainerNumber(number.slice(0, 10) + check))).toHaveLength(1)
      }),
    )
  })

  /**
   * What the check digit cannot see: remainder 10 is written 0, as remainder 0 is; and letters whose values differ by a multiple of
   * 11 (A and K) weigh the same.
   */
  const isBlindSpot = (one: string, other: string) =>
    new Set([remainderOf(one) % 10, remainderOf(other) % 10]).size === 1

  test('any single changed character is caught, or is a known blind spot', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.nat(10),
        fc.constantFrom(...letters.split(''), ...digits, 'a', '-', '中'),
        (number, at, character) => {
          fc.pre(number.charAt(at) !== character)
          const other = replaced(number, at, character)
          const isSeen = !isContainerNumber(other)
          expect(isSeen || (at < 10 && isBlindSpot(number, other))).toBe(true)
        },
      ),
    )
  })

  test('the blind spots are few: in digits, one change in fifty at most', () => {
    let [changes, unseen] = [0, 0]
    fc.assert(
      fc.property(numbers, fc.integer({ min: 4, max: 9 }), fc.constantFrom(...digits), (number, at, digit) => {
        fc.pre(number.charAt(at) !== digit)
        changes++
        if (isContainerNumber(replaced(number, at, digit))) unseen++
      }),
      { seed: 6346, numRuns: 2000 },
    )
    expect(unseen / changes).toBeLessThan(0.02)
  })

  test.each([
    '',
    'CSQU305438',
    'CSQU30543833',
    'csqu3054383',
    'CSQA3054383',
    'CSQU3054384',
    'CSQU3054383\n',
    'C5QU3054383',
  ])('%j is none', (number) => {
    expect(isContainerNumber(number)).toBe(false)
  })
})

describe('decimals', () => {
  test('figures as people write them are taken as they are', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(99999), (whole, part) => {
        const text = `${whole}.${String(part).padStart(5, '0')}`
        expect(decimal(5).parse(text)).toBe(text)
        expect(decimal(0).parse(String(whole))).toBe(String(whole))
      }),
    )
  })

  test.each([
    '',
    '-1',
    '+1',
    '01',
    '1.',
    '.5',
    '1e5',
    '1,5',
    '１',
    ' 1',
    '1\n',
    'NaN',
    '0x10',
    '1.123456',
    '123456789012345',
  ])('%j is none', (text) => {
    expect(decimal(5).safeParse(text).success).toBe(false)
  })

  test('without a scale there is no point', () => {
    expect(decimal(0).safeParse('1.0').success).toBe(false)
  })
})

test('a line holds any script and any sign, but no control character', () => {
  expect(line(20).safeParse('& < > " \' ]]> 中文 🚢').success).toBe(true)
  for (const text of ['', 'a\nb', 'a\u0000b', 'a\tb', 'x'.repeat(21)])
    expect(line(20).safeParse(text).success).toBe(false)
})

test('a place is a UN/LOCODE', () => {
  for (const place of ['CNCKG', 'SGSIN', 'CNYS2']) expect(unLocode.safeParse(place).success).toBe(true)
  for (const place of ['cnckg', 'CNCK', 'CNCKGX', 'C1CKG', 'CNCK1', 'CNCK0'])
    expect(unLocode.safeParse(place).success).toBe(false)
})
