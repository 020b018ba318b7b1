/** What is judged as an adapter 被测适配器: the dialect, its golden examples, and a mock of its agency. */
import type { Adapter, Procedure } from '../../adapters/adapter.ts'
import type { Agency } from '../../mocks/agency.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Finding } from '../verdict.ts'
import type { GoldenCase, GoldenReply } from './goldens.ts'

/** An agency as the contract looks at it: adapter, goldens, and the mock of the same id. */
export interface Subject {
  readonly agency: string
  readonly adapter: Adapter
  readonly cases: readonly GoldenCase[]
  readonly replies: readonly GoldenReply[]
  readonly mock: Agency | undefined
  /** Every adapter, this one among them. */
  readonly registry: { readonly [agency: string]: Adapter }
  readonly samples: readonly { readonly name: string; readonly declaration: Declaration }[]
}

/** A promise every adapter keeps. Gives what breaks it; nothing when it is kept. */
export type Rule = (subject: Subject) => Finding[] | Promise<Finding[]>

/** The procedure of a golden case. */
export function procedureOf({ adapter, agency }: Subject, { procedure, name }: GoldenCase): Procedure {
  const found = adapter.procedures[procedure]
  if (found === undefined) throw new Error(`${agency}/${name}: there is no procedure ${procedure}`)
  return found
}

/** What was found of one case or reply, with its name before it. */
export const under = (name: string, findings: readonly Finding[]): Finding[] =>
  findings.map((finding) => ({ ...finding, what: `${name}: ${finding.what}` }))

/** Findings in words alone. */
export const inWords = (...words: readonly string[]): Finding[] => words.map((what) => ({ what }))

/** The value itself, and nothing in it can be changed any more. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const one of Object.values(value)) frozen(one)
  }
  return value
}

/** What a call throws, as text; undefined when it does not. */
export function thrownBy(call: () => unknown): string | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

/** A JSON pointer of these steps. */
export const pointerTo = (...steps: readonly (string | number)[]): string =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Both languages are there: Latin letters in one, Chinese characters in the other. */
export const isBilingual = ({ en, zh }: { en: string; zh: string }): boolean =>
  /[a-z]/i.test(en) && /\p{Script=Han}/u.test(zh)
