/**
 * A script's text 脚本文本 as a value with the place of each of its parts. YAML 1.2, and so JSON too.
 *
 * What could cost more than it says is not taken: aliases (a bomb of them is small), tags, directives (YAML 1.1 reads `no`
 * as false), more levels than a script has.
 */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { pointer } from '../../../schemas/issue.ts'
import { limits } from '../limits.ts'
import { type Place, problem, type ScriptProblem, ScriptRefused } from './problem.ts'

export type Path = readonly (string | number)[]

export interface Source {
  readonly value: unknown
  /** Where the value at a path begins, or what holds it when there is none. */
  placeOf(path: Path): Place
  /** Where the key of a path stands. */
  placeOfKey(path: Path): Place
  /** Where a part of the text at a path stands, such as one `${…}`. */
  placeOfPart(path: Path, part: string): Place
}

interface Span {
  readonly key: number
  readonly from: number
  readonly to: number
}

interface Reading {
  readonly spans: Map<string, Span>
  readonly problems: ScriptProblem[]
  /** Whether the value at a path is a number or a truth value where it looks like one; else it stays text, as written. */
  isTyped(path: Path): boolean
  place(offset: number): Place
}

/** @throws {ScriptRefused} with all that the text itself gets wrong. */
export function readSource(text: string, isTyped: (path: Path) => boolean): Source {
  const lines = new LineCounter()
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  if (text.length > limits.scriptCharacters) {
    const said = {
      en: `A script has at most ${limits.scriptCharacters} characters, this one has ${text.length}`,
      zh: `脚本最多 ${limits.scriptCharacters} 个字符，实际为 ${text.length}`,
    }
    throw new ScriptRefused([problem({ line: 1, column: 1 }, '', 'too-large', said)])
  }
  // Keys are compared below: the library's own way is quadratic in their number.
  const read = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  })
  const reading: Reading = { spans: new Map(), problems: syntaxProblems(read, place), isTyped, place }
  const value = reading.problems.length > 0 ? undefined : valueOf(reading, read.contents, [], 0)
  if (reading.problems.length > 0) throw new ScriptRefused(reading.problems)
  const spanOf = (path: Path): Span | undefined => {
    for (let length = path.length; length >= 0; length -= 1) {
      const span = reading.spans.get(pointer(...path.slice(0, length)))
      if (span !== undefined) return span
    }
    return undefined
  }
  return {
    value,
    placeOf: (path) => place(spanOf(path)?.from ?? 0),
    placeOfKey: (path) => place(spanOf(path)?.key ?? 0),
    placeOfPart(path, part) {
      const span = spanOf(path)
      const at = span === undefined ? -1 : text.slice(span.from, span.to).indexOf(part)
      return place((span?.from ?? 0) + Math.max(0, at))
    },
  }
}

function syntaxProblems(read: Document.Parsed, place: (offset: number) => Place): ScriptProblem[] {
  const found = [...read.errors, ...read.warnings].slice(0, limits.scriptProblems).map(({ code, message, pos }) => {
    const deep = code === 'RESOURCE_EXHAUSTION'
    return problem(place(pos[0]), '', deep ? 'too-deep' : 'syntax', {
      en: message,
      zh: deep ? '嵌套过深' : `YAML 语法错误（${code}）：${message}`,
    })
  })
  if (found.length > 0 || read.directives.yaml.explicit !== true) return found
  const said = { en: 'Directives such as %YAML are not taken', zh: '不接受 %YAML 等指令' }
  return [problem({ line: 1, column: 1 }, '', 'directive', said)]
}

function valueOf(reading: Reading, node: unknown, path: Path, depth: number, keyAt?: number): unknown {
  const { range } = (node ?? {}) as Node
  const from = range?.[0] ?? keyAt ?? 0
  const refuse = (code: string, en: string, zh: string, at = from) => {
    reading.problems.push(problem(reading.place(at), pointer(...path), code, { en, zh }))
    return undefined
  }
  reading.spans.set(pointer(...path), { key: keyAt ?? from, from, to: range?.[1] ?? from })
  if (isAlias(node)) return refuse('alias', 'Aliases are not taken: write it out', '不接受别名引用，请直接写出')
  if (depth > limits.scriptDepth)
    return refuse('too-deep', `Nested deeper than ${limits.scriptDepth} levels`, `嵌套超过 ${limits.scriptDepth} 层`)
  const { tag } = (node ?? {}) as Node
  if (tag !== undefined) return refuse('tag', `Tags are not taken: ${tag}`, `不接受标签：${tag}`)
  if (isSeq(node)) return node.items.map((item, at) => valueOf(reading, item, [...path, at], depth + 1))
  if (isScalar(node)) return scalarOf(reading, node, path)
  if (!isMap(node)) return null
  const value: Record<string, unknown> = {}
  for (const { key, value: inner } of node.items) {
    const at = (key as Node | null)?.range?.[0] ?? from
    const name = isScalar(key) ? (key.source ?? String(key.value)) : undefined
    if (name === undefined || name === '__proto__') {
      refuse('unknown-field', 'A key is a plain name', '键须为普通名称', at)
    } else if (Object.hasOwn(value, name)) {
      refuse('twice', `"${name}" stands here twice`, `“${name}”重复出现`, at)
    } else value[name] = valueOf(reading, inner, [...path, name], depth + 1, at)
  }
  return value
}

/** Text stays text: an office 0100 is not one hundred. */
function scalarOf(
  { isTyped }: Reading,
  { value, source }: { readonly value: unknown; readonly source?: string },
  path: Path,
): unknown {
  const isText = (typeof value === 'number' || typeof value === 'boolean') && source !== undefined && !isTyped(path)
  return isText ? source : value
}
