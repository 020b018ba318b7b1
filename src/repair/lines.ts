import { limits } from '../limits.ts'

/** What differs between two documents, line by line, as a person reads it 报文差异. */
export interface LineDifference {
  readonly added: number
  readonly removed: number
  /** Unified: hunks with some lines around each change. */
  readonly unified: string
  /** There is more than is shown. */
  readonly cut: boolean
}

interface Edit {
  readonly mark: ' ' | '-' | '+'
  readonly line: string
}

/** Lines of a document; one written without line breaks is broken between its elements or members, its bytes otherwise untouched. */
function linesOf(body: string): string[] {
  if (body === '') return []
  const lines = body.split('\n')
  if (lines.length > 2) return lines
  const isXml = body.trimStart().startsWith('<')
  return (isXml ? body.replaceAll('><', '>\n<') : body.replace(/("(?:[^"\\]|\\.)*")|[,{[]/g, broken)).split('\n')
}
const broken = (found: string, text: string | undefined) => (text === undefined ? `${found}\n` : found)

/** Compares two documents. What is too large to be compared line by line is shown as replaced. */
export function lineDifference(before: string, after: string): LineDifference {
  const [a, b] = [linesOf(before), linesOf(after)]
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const kept = (lines: readonly string[]) => lines.map((line): Edit => ({ mark: ' ', line }))
  const edits = [
    ...kept(a.slice(0, head)),
    ...compare(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...kept(a.slice(a.length - tail)),
  ]
  const text = hunks(edits)
  return {
    added: edits.filter(({ mark }) => mark === '+').length,
    removed: edits.filter(({ mark }) => mark === '-').length,
    unified: text.slice(0, limits.differenceLines).join('\n'),
    cut: text.length > limits.differenceLines,
  }
}

/** The shortest way from one to the other, by the longest common subsequence. */
function compare(a: readonly string[], b: readonly string[]): Edit[] {
  const [height, width] = [a.length, b.length + 1]
  if (height * width > limits.differenceCells)
    return [...a.map((line): Edit => ({ mark: '-', line })), ...b.map((line): Edit => ({ mark: '+', line }))]
  const common = new Uint32Array((height + 1) * width)
  const at = (row: number, column: number) => common[row * width + column] ?? 0
  for (let row = height - 1; row >= 0; row--)
    for (let column = b.length - 1; column >= 0; column--)
      common[row * width + column] =
        a[row] === b[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
  const edits: Edit[] = []
  let [row, column] = [0, 0]
  while (row < a.length || column < b.length) {
    const [left = '', right = ''] = [a[row], b[column]]
    if (row < a.length && column < b.length && left === right) {
      edits.push({ mark: ' ', line: left })
      row++
      column++
    } else if (column >= b.length || (row < a.length && at(row + 1, column) >= at(row, column + 1))) {
      edits.push({ mark: '-', line: left })
      row++
    } else {
      edits.push({ mark: '+', line: right })
      column++
    }
  }
  return edits
}

/** Edits as hunks, each with the lines it covers on either side. */
function hunks(edits: readonly Edit[]): string[] {
  const context = limits.differenceContext
  const changed = edits.flatMap(({ mark }, place) => (mark === ' ' ? [] : [place]))
  const ranges: { from: number; to: number }[] = []
  for (const place of changed) {
    const last = ranges.at(-1)
    if (last !== undefined && place - context <= last.to) last.to = place + context + 1
    else ranges.push({ from: Math.max(0, place - context), to: place + context + 1 })
  }
  const count = (part: readonly Edit[], other: '-' | '+') => part.filter(({ mark }) => mark !== other).length
  return ranges.flatMap(({ from, to }) => {
    const [above, part] = [edits.slice(0, from), edits.slice(from, to)]
    const side = (other: '-' | '+') => {
      const lines = count(part, other)
      return `${count(above, other) + (lines === 0 ? 0 : 1)},${lines}`
    }
    return [`@@ -${side('+')} +${side('-')} @@`, ...part.map(({ mark, line }) => mark + line)]
  })
}
