/** Why a script is refused 脚本问题: every problem of it, each with its line and column, in both languages. */
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../limits.ts'

/** A place in a text as people count: lines and columns from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface ScriptProblem extends Place {
  /** RFC 6901 JSON pointer into the script. */
  readonly pointer: string
  /** Stable, kebab-case. */
  readonly code: string
  readonly detail: string
  readonly detailZh: string
}

/** A script cannot be taken as it is: the caller must put right all of `problems`. */
export class ScriptRefused extends Error {
  readonly problems: readonly ScriptProblem[]

  constructor(problems: readonly ScriptProblem[]) {
    const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, limits.scriptProblems)
    const [first] = sorted
    super(first === undefined ? 'script refused' : `line ${first.line}, column ${first.column}: ${first.detail}`)
    this.name = 'ScriptRefused'
    this.problems = sorted
  }
}

export function problem(place: Place, pointer: string, code: string, { en, zh }: Text): ScriptProblem {
  return { ...place, pointer, code, detail: en, detailZh: zh }
}
