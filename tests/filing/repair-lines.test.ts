import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../../src/limits.ts'
import { lineDifference } from '../../src/repair/lines.ts'

const document = (lines: readonly string[]) => lines.join('\n')
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`)

test('what is the same differs in nothing', () => {
  expect(lineDifference(document(numbered(9)), document(numbered(9)))).toEqual({
    added: 0,
    removed: 0,
    unified: '',
    cut: false,
  })
})

test('a changed line is shown with three lines around it, as patch(1) reads it', () => {
  const before = numbered(20)
  const after = before.with(9, 'another')
  expect(lineDifference(document(before), document(after)).unified).toBe(
    [
      '@@ -7,7 +7,7 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+another',
      ' line 11',
      ' line 12',
      ' line 13',
    ].join('\n'),
  )
})

test('changes far apart are hunks of their own, near ones one', () => {
  const before = numbered(40)
  const hunksOf = (after: readonly string[]) =>
    lineDifference(document(before), document(after)).unified.match(/^@@.*$/gm)
  expect(hunksOf(before.with(4, 'a').with(30, 'b'))).toEqual(['@@ -2,7 +2,7 @@', '@@ -28,7 +28,7 @@'])
  expect(hunksOf(before.with(4, 'a').with(8, 'b'))).toEqual(['@@ -2,11 +2,11 @@'])
})

test('a document from nothing is all new', () => {
  expect(lineDifference('', 'a\nb\nc')).toEqual({
    added: 3,
    removed: 0,
    unified: '@@ -0,0 +1,3 @@\n+a\n+b\n+c',
    cut: false,
  })
})

test.each([
  ['<a><b>1</b><c>2</c></a>', '<a><b>1</b><c>3</c></a>', ['-<c>2</c>', '+<c>3</c>']],
  ['{"a":"x, y","b":[1,2]}', '{"a":"x, y","b":[1,3]}', ['-2]}', '+3]}']],
])('one written without line breaks is broken where a reader would: %s', (before, after, changed) => {
  const { unified } = lineDifference(before, after)
  expect(unified.split('\n').filter((line) => /^[-+]/.test(line))).toEqual(changed)
  expect(unified).not.toMatch(/^.?x, *$/m)
})

test('what is too much to compare or to show is cut, and says so', () => {
  const [before, after] = ['a', 'b'].map((name) => document(Array.from({ length: 3_000 }, (_, at) => `${name}${at}`)))
  const shown = lineDifference(before ?? '', after ?? '')
  expect(shown).toMatchObject({ added: 3_000, removed: 3_000, cut: true })
  expect(shown.unified.split('\n')).toHaveLength(limits.differenceLines)
})

/** The document after, from the one before and what is shown of the difference. */
function patched(before: string, unified: string): string {
  const lines = before === '' ? [] : before.split('\n')
  const after: string[] = []
  let at = 0
  for (const line of unified.split('\n')) {
    const [, from, count] = /^@@ -(\d+),(\d+) /.exec(line) ?? []
    if (from !== undefined) {
      const start = count === '0' ? Number(from) : Number(from) - 1
      after.push(...lines.slice(at, start))
      at = start
      continue
    }
    if (line.startsWith('+')) after.push(line.slice(1))
    else {
      expect(lines[at]).toBe(line.slice(1))
      if (line.startsWith(' ')) after.push(line.slice(1))
      at++
    }
  }
  return document([...after, ...lines.slice(at)])
}

test('whatever is compared: the difference applied to the one gives the other', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 3, maxLength: 40 }).map(document)
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const { unified } = lineDifference(before, after)
      expect(unified === '' ? before : patched(before, unified)).toBe(after)
    }),
    { numRuns: 300, seed: 20_261_121 },
  )
})
