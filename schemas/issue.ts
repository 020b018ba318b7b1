import * as z from 'zod'
import { en, zhCN } from 'zod/locales'
import { patternText } from './pattern.ts'
import type { Text } from './text.ts'

/** One thing wrong or missing in a declaration, where it is, who asks, and what to do, in both languages. */
export interface Issue {
  /** RFC 6901 JSON pointer into the declaration. */
  readonly pointer: string
  /** Stable, kebab-case. */
  readonly code: string
  /** The agency that asks; absent when the declaration itself is at fault. */
  readonly agency?: string
  readonly detail: string
  readonly detailZh: string
}

/** A JSON pointer (RFC 6901) from path segments: `pointer('items', 0, 'a/b')` is `/items/0/a~1b`. */
export function pointer(...segments: readonly PropertyKey[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** An issue from its parts, in the order a sentence would name them. */
export function issue(at: string, code: string, text: Text, agency?: string): Issue {
  return { pointer: at, code, ...(agency === undefined ? {} : { agency }), detail: text.en, detailZh: text.zh }
}

const english = en().localeError
const chinese = zhCN().localeError

const message = (answer: ReturnType<typeof english>): string =>
  typeof answer === 'string' ? answer : (answer?.message ?? 'Invalid input')

/**
 * What zod found, as issues. Unknown keys become one issue each, at the key. Checks of our own carry their code and texts in
 * `params` (see `fails`).
 */
export function issuesOf(error: z.ZodError, under: readonly PropertyKey[] = []): Issue[] {
  return error.issues.flatMap((found) => {
    const at = [...under, ...found.path]
    if (found.code === 'unrecognized_keys')
      return found.keys.map((key) =>
        issue(pointer(...at, key), 'unknown-field', { en: `Unknown field "${key}"`, zh: `未知字段“${key}”` }),
      )
    if (found.code === 'custom' && found.params?.['code'] !== undefined) {
      const { code, text } = found.params as { code: string; text: Text }
      return [issue(pointer(...at), code, text)]
    }
    const raw = found as z.core.$ZodRawIssue
    // The finished issue no longer carries what was there: only its message knows.
    const received = found.code === 'invalid_type' ? /received (\w+)$/.exec(found.message)?.[1] : undefined
    if (found.code === 'invalid_type' && received !== undefined && received !== 'undefined')
      return [
        issue(pointer(...at), 'invalid-type', {
          en: `Expected ${found.expected}, received ${received}`,
          zh: `应为 ${found.expected}，实际为 ${received}`,
        }),
      ]
    if (received === 'undefined')
      return [issue(pointer(...at), 'missing', { en: 'Required, but missing', zh: '必填，但缺少' })]
    const text = formText(found) ?? { en: message(english(raw)), zh: message(chinese(raw)) }
    return [issue(pointer(...at), found.code.replaceAll('_', '-'), text)]
  })
}

/** What the form of a text should be, where it can be said without the pattern. */
const formText = (found: z.core.$ZodIssue): Text | undefined =>
  found.code === 'invalid_format' && found.format === 'regex' && found.pattern !== undefined
    ? patternText(/^\/(.*)\/[a-z]*$/s.exec(found.pattern)?.[1] ?? '')
    : undefined

/** What a zod check of our own reports: a stable code and a text in both languages. */
export function fails(code: string, text: Text, path?: readonly PropertyKey[]) {
  return { code: 'custom' as const, params: { code, text }, message: text.en, ...(path ? { path: [...path] } : {}) }
}
