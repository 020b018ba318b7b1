import { type RuleVersion, versionOn } from '../../schemas/rules/index.ts'
import { type ShareRow, sharingPolicy } from '../../schemas/rules/sharing-policy.ts'
import { covers, isAbove, partsOf } from '../../schemas/sharing/patterns.ts'
import { viewLeaves } from '../../schemas/sharing/view.ts'
import type { Text } from '../../schemas/text.ts'
import { dayAt, type Rules, versionId } from '../rules/rules.ts'

/** What an agency may read for a purpose 查询权限, by which version of the policy. */
export interface Permission {
  readonly agency: string
  readonly purpose: string
  readonly reach: ShareRow['reach']
  /** Patterns; nothing else. */
  readonly fields: readonly string[]
  /** Fields of the shared view that it is not shown, or not of every agency. */
  readonly withheld: readonly string[]
  readonly basis: Text
  readonly discloseAfterDays: number
  readonly policy: {
    readonly table: string
    readonly version: string
    readonly validFrom: string
    readonly source: string
  }
}

const known = new WeakMap<RuleVersion, Map<string, Permission | undefined>>()

/** What holds at an instant. @returns undefined when no row allows it anything: then it is shown nothing */
export function permissionFor(rules: Rules, agency: string, purpose: string, at: number): Permission | undefined {
  const version = versionOn(rules.versions(sharingPolicy), dayAt(at))
  if (version === undefined) return undefined
  let all = known.get(version)
  if (all === undefined) known.set(version, (all = new Map()))
  const name = `${agency} ${purpose}`
  if (!all.has(name)) all.set(name, permissionOf(version, agency, purpose))
  return all.get(name)
}

function permissionOf(
  version: RuleVersion<(typeof sharingPolicy)['row']['_output']>,
  agency: string,
  purpose: string,
): Permission | undefined {
  const row = version.rows.find((one) => one.kind === 'share' && one.agency === agency && one.purpose === purpose)
  if (row?.kind !== 'share') return undefined
  const closed = version.rows.flatMap((one) => (one.kind === 'never' ? one.fields.map(partsOf) : []))
  // What is never shared is not shared by a row that slipped through, either.
  const fields = row.fields.filter((field) => !closed.some((one) => isAbove(one, partsOf(field))))
  const allowed = new Set(fields)
  return {
    agency,
    purpose,
    reach: row.reach,
    fields,
    withheld: viewLeaves().flatMap(({ pattern }) => (allowed.has(pattern) ? [] : [pattern])),
    basis: row.basis,
    discloseAfterDays: row.discloseAfterDays ?? 0,
    policy: {
      table: sharingPolicy.id,
      version: versionId(version),
      validFrom: version.validFrom,
      source: version.source,
    },
  }
}

/** Which of these pointers, or patterns, a permission covers. */
export function allowedAmong(fields: readonly string[], pointers: readonly string[]): string[] {
  const patterns = fields.map(partsOf)
  return pointers.filter((one) => patterns.some((pattern) => covers(pattern, partsOf(one))))
}

/** Whether anything a search looks at may be seen: a pattern of the search, or a part of it. */
export const maySearch = ({ fields }: Permission, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => fields.some((field) => covers(partsOf(pattern), partsOf(field))))
