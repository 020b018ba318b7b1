import { isDeepStrictEqual } from 'node:util'
import { type Issue, issue, pointer } from '../../../schemas/issue.ts'
import type { Guess, GuessSource, Sureness } from '../../../schemas/proposal.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import { roundedTo } from '../numbers.ts'

export type Path = readonly (string | number)[]
export type Tree = { readonly [key: string]: unknown }

/** Why a value is proposed, and how sure it is. */
export interface Reason {
  readonly sure: Sureness
  readonly because: Text
  readonly source: GuessSource
  readonly others?: readonly { readonly value: unknown; readonly because: Text }[]
}

/** A draft as it comes together 拟稿: what is put first stays, and what a declaration itself said stays above all. */
export interface Gathering {
  /** Proposes a value; nothing where it is undefined, or where there is one already. */
  put(path: Path, value: unknown, reason: Reason): void
  /** Proposes a text of one line, cut to what the field has room for. */
  putText(path: Path, value: string | undefined, most: number, reason: Reason): void
  /** Proposes a decimal, rounded to what the field has room for. */
  putDecimal(path: Path, value: string | undefined, scale: number, reason: Reason): void
  /** What stands at a place. */
  at(path: Path): unknown
  warn(path: Path, code: string, text: Text): void
  readonly guesses: readonly Guess[]
  readonly issues: readonly Issue[]
  document(): Tree
}

/** @param declared a declaration that was handed in with the documents: its fields are its sender's, no guesses */
export function startGathering(declared: Tree = {}): Gathering {
  const guesses = new Map<string, Guess>()
  const issues: Issue[] = []
  const document = structuredClone(declared) as { [key: string]: unknown }
  const put: Gathering['put'] = (path, value, { sure, because, source, others = [] }) => {
    const at = pointer(...path)
    if (value === undefined || value === '' || valueAt(document, path) !== undefined) return
    if (!setAt(document, path, value)) return
    const alternatives = others
      .filter((other) => !isDeepStrictEqual(other.value, value))
      .slice(0, limits.proposalCandidates - 1)
    guesses.set(at, {
      pointer: at,
      value,
      because,
      source,
      sure,
      ...(alternatives.length === 0 ? {} : { alternatives }),
    })
  }
  const warn: Gathering['warn'] = (path, code, text) => {
    if (issues.length < limits.issues) issues.push(issue(pointer(...path), code, text))
  }
  return {
    put,
    putText(path, value, most, reason) {
      const plain = lineOf(value ?? '')
      if (plain.length > most)
        warn(path, 'text-cut', {
          en: `Longer than the ${most} characters there is room for: “${plain.slice(most)}” is left out`,
          zh: `超过${most}个字符，未录入：“${plain.slice(most)}”`,
        })
      put(
        path,
        plain.slice(0, most).trim(),
        plain.length > most && reason.sure === 'read' ? { ...reason, sure: 'derived' } : reason,
      )
    },
    putDecimal(path, value, scale, reason) {
      if (value === undefined) return
      const rounded = roundedTo(value, scale)
      if (/^\d{1,14}(\.|$)/.test(rounded))
        return put(path, rounded, rounded === value || reason.sure !== 'read' ? reason : { ...reason, sure: 'derived' })
      warn(path, 'number-too-large', {
        en: `${value.slice(0, 40)} is too large`,
        zh: `数值过大：${value.slice(0, 40)}`,
      })
    },
    at: (path) => valueAt(document, path),
    warn,
    get guesses() {
      return [...guesses.values()]
    },
    issues,
    document: () => document,
  }
}

/** Text on one line, without control characters. */
export const lineOf = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()

export function valueAt(tree: unknown, path: Path): unknown {
  let value = tree
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as { readonly [key: string]: unknown })[step]
  }
  return value
}

/** Puts a value at its place and makes what leads there; false where something else stands in the way. */
function setAt(tree: { [key: string]: unknown }, path: Path, value: unknown): boolean {
  let node: { [key: string]: unknown } = tree
  for (const [at, step] of path.slice(0, -1).entries()) {
    if (!Object.hasOwn(node, step)) node[step] = typeof path[at + 1] === 'number' ? [] : {}
    const next = node[step]
    if (typeof next !== 'object' || next === null) return false
    node = next as { [key: string]: unknown }
  }
  const last = path.at(-1)
  if (last === undefined) return false
  // A gap in a list is no place: what comes before it was not proposed.
  if (Array.isArray(node) && typeof last === 'number' && last > node.length) return false
  node[last] = value
  return true
}

/** That something stands beside a label. */
export const beside = (said: string): Text => {
  const label = said.slice(0, 60)
  return { en: `Stands beside “${label}”`, zh: `见“${label}”处` }
}
/** That something stands in a column. */
export const under = (said: string): Text =>
  said === ''
    ? { en: 'Stands in the table', zh: '见表格内' }
    : { en: `Stands in the column “${said}”`, zh: `见“${said}”列` }
