import { readFileSync } from 'node:fs'
import { adapters } from '../../adapters/registry.ts'
import { leavesOf, partsOf } from '../../schemas/sharing/patterns.ts'
import { viewLeaves } from '../../schemas/sharing/view.ts'

/** Every field of the declaration and of every agency's particulars, each value one that stands nowhere else; lists have two members. */
export function canaryDocument(): Record<string, unknown> {
  const document = {}
  const particulars = Object.entries(adapters).flatMap(([agency, { procedures }]) =>
    Object.entries(procedures).flatMap(([id, { particulars: schema }]) =>
      leavesOf(schema, `/declaration/particulars/${agency}/${id}`),
    ),
  )
  let count = 0
  for (const { pattern, open } of [...viewLeaves(), ...particulars]) {
    const [part, ...path] = partsOf(pattern)
    if (part !== 'declaration' || (open && pattern.includes('*/*'))) continue
    for (const places of pattern.includes('*') ? ['0', '1'] : [''])
      put(
        document,
        path.map((segment) => (segment === '*' ? places : segment)),
        `canary-${++count}-`,
      )
  }
  return document
}

/** Puts a value at a path, with the objects and lists that lead there. */
export function put(document: Record<string, unknown>, path: readonly string[], value: string): void {
  let at: Record<string, unknown> = document
  for (const [depth, segment] of path.entries()) {
    if (depth === path.length - 1) at[segment] = value
    else at = (at[segment] ??= /^\d$/.test(path[depth + 1] ?? '') ? [] : {}) as Record<string, unknown>
  }
}

interface Row {
  readonly kind: string
  readonly agency?: string
  readonly purpose?: string
  readonly reach?: string
  readonly fields: readonly string[]
}

/**
 * The policy read by somebody else: from the file itself, patterns as regular expressions. What the gateway decides by is held against it.
 */
export function strangersReading() {
  const file = new URL('../../schemas/rules/data/sharing-policy.json', import.meta.url)
  const versions = JSON.parse(readFileSync(file, 'utf8')) as { rows: Row[] }[]
  const rows = versions.at(-1)?.rows ?? []
  const expression = (pattern: string, end: string) => new RegExp(`^${pattern.replaceAll('*', '[^/]+')}${end}`)
  const never = rows
    .filter(({ kind }) => kind === 'never')
    .flatMap(({ fields }) => fields.map((one) => expression(one, '(/|$)')))
  return {
    purposes: (agency: string) => rows.filter((row) => row.agency === agency).map(({ purpose }) => purpose),
    reach: (agency: string, purpose: string) =>
      rows.find((row) => row.agency === agency && row.purpose === purpose)?.reach,
    mayShow(agency: string, purpose: string) {
      const row = rows.find((one) => one.agency === agency && one.purpose === purpose)
      const fields = (row?.fields ?? []).map((one) => expression(one, '$'))
      return (pointer: string) => fields.some((one) => one.test(pointer)) && !never.some((one) => one.test(pointer))
    },
  }
}
