import { XmlDocument } from 'libxml2-wasm'
import type { Adapter, Procedure } from '../../adapters/adapter.ts'
import type { Agency } from '../../mocks/agency.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { GoldenCase, GoldenReply } from '../support/goldens.ts'

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

/** A promise every adapter keeps. Gives what breaks it, each as a sentence; nothing when it is kept. */
export type Rule = (subject: Subject) => string[] | Promise<string[]>

/** The procedure of a golden case. */
export function procedureOf({ adapter, agency }: Subject, { procedure, name }: GoldenCase): Procedure {
  const found = adapter.procedures[procedure]
  if (found === undefined) throw new Error(`${agency}/${name}: there is no procedure ${procedure}`)
  return found
}

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

/** Every text in a document, read by a parser that no adapter and no mock uses. */
export function textsIn(body: string): string[] {
  if (/^\s*[[{]/.test(body)) return leavesOf(JSON.parse(body) as unknown)
  const document = XmlDocument.fromString(body)
  try {
    return document.find('//text() | //@*').map((node) => node.content)
  } finally {
    document.dispose()
  }
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf)
  return typeof value === 'string' ? [value] : []
}

/** Both languages are there: Latin letters in one, Chinese characters in the other. */
export const isBilingual = ({ en, zh }: { en: string; zh: string }): boolean =>
  /[a-z]/i.test(en) && /\p{Script=Han}/u.test(zh)
