import { pointer } from '../../schemas/issue.ts'
import { partsOf } from '../../schemas/sharing/patterns.ts'

/** What is left of a view, and the patterns of which it shows a value. */
export interface Selected {
  /** Absent when nothing is left. */
  readonly data: unknown
  readonly shown: readonly string[]
}

interface Wanted {
  readonly pattern: string
  readonly parts: readonly string[]
}

/**
 * The part of a document that some patterns name 最小必要字段, value by value: what no pattern names is not copied. Members of a list keep
 * their places, so that pointers into what is shown are pointers into the whole.
 */
export function select(document: unknown, patterns: readonly string[]): Selected {
  const shown = new Set<string>()
  const data = pick(
    document,
    patterns.map((pattern) => ({ pattern, parts: partsOf(pattern) })),
    0,
    shown,
  )
  return { data, shown: patterns.filter((pattern) => shown.has(pattern)) }
}

function pick(value: unknown, wanted: readonly Wanted[], depth: number, shown: Set<string>): unknown {
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null) {
    const naming = wanted.filter(({ parts }) => parts.length === depth)
    for (const { pattern } of naming) shown.add(pattern)
    return naming.length > 0 ? value : undefined
  }
  const below = (key: string) => wanted.filter(({ parts }) => parts[depth] === key || parts[depth] === '*')
  const picked = Object.entries(value).map(([key, one]) => {
    const deeper = below(key)
    return [key, deeper.length === 0 ? undefined : pick(one, deeper, depth + 1, shown)] as const
  })
  if (picked.every(([, one]) => one === undefined)) return undefined
  if (!Array.isArray(value)) return Object.fromEntries(picked.filter(([, one]) => one !== undefined))
  return picked.map(([key, one]) => one ?? (typeof value[Number(key)] === 'object' ? {} : null))
}

/** Every single value of a document that a pattern names. */
export function valuesAt(document: unknown, pattern: string): unknown[] {
  const found = partsOf(pattern).reduce<unknown[]>(
    (all, part) =>
      all.flatMap((one) => {
        if (typeof one !== 'object' || one === null) return []
        if (part === '*') return Object.values(one)
        return Object.hasOwn(one, part) ? [(one as { [key: string]: unknown })[part]] : []
      }),
    [document],
  )
  return found.filter((one) => typeof one !== 'object' && one !== undefined)
}

/** Pointers to every single value of a document. */
export function pointersIn(document: unknown, at: readonly PropertyKey[] = []): string[] {
  if (typeof document !== 'object' || document === null) return document === undefined ? [] : [pointer(...at)]
  return Object.entries(document).flatMap(([key, one]) => pointersIn(one, [...at, key]))
}
