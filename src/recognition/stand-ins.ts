import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Covers, goodsOf, type Recognised, type Scope } from '../../schemas/recognition.ts'
import { versionOn } from '../../schemas/rules/index.ts'
import type { RecognitionRule } from '../../schemas/rules/recognition-rules.ts'
import type { RuleVersion } from '../../schemas/rules/table.ts'
import { dayAt } from '../rules/rules.ts'

/** A result as it is kept. */
export interface KeptResult {
  readonly id: string
  readonly category: string
  readonly agency: string
  readonly procedure: string | undefined
  readonly filingId: string | undefined
  readonly firm: string | undefined
  readonly number: string
  readonly covers: Covers
  readonly at: Date
  readonly validUntil: Date | undefined
  readonly revoked: boolean
}

/** What is known, for a declaration, of results and of the rules by which they are recognised. */
export interface Known {
  readonly results: readonly KeptResult[]
  readonly versions: readonly RuleVersion<RecognitionRule>[]
}
export const nothingKnown: Known = { results: [], versions: [] }

const dayMs = 86_400_000

/** The first day of the version that holds at an instant; '' before the first. */
export const recognitionVersionOf = ({ versions }: Known, at: number): string =>
  versionOn(versions, dayAt(at))?.validFrom ?? ''

/** A result standing in for a check, with the version of the rules that says so. */
export interface StandIn {
  readonly recognised: Recognised
  readonly rule: string
}

/**
 * The results that stand in for checks of a filing at an instant 可采信的互认结果: those a rule names, neither revoked nor expired nor of the future,
 * that cover it whole. Of several for one check the newest. Nothing is recognised that no rule names.
 */
export function standInsFor(
  { results, versions }: Known,
  target: { readonly agency: string; readonly procedure: string },
  declaration: Declaration,
  at: number,
): StandIn[] {
  const version = versionOn(versions, dayAt(at))
  const found = new Map<string, StandIn>()
  const newestFirst = results.toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
  for (const rule of version?.rows ?? []) {
    if (rule.to.agency !== target.agency || rule.to.procedure !== target.procedure || found.has(rule.check)) continue
    for (const result of newestFirst) {
      const until = untilOf(result, rule)
      const holds =
        !result.revoked &&
        isNamed(rule, result) &&
        result.at.getTime() <= at &&
        at < until &&
        rule.scope.every((scope) => isCovered(scope, result, declaration))
      if (!holds) continue
      found.set(rule.check, {
        rule: version?.validFrom ?? '',
        recognised: {
          id: result.id,
          category: result.category,
          agency: result.agency,
          ...(result.procedure === undefined ? {} : { procedure: result.procedure }),
          number: result.number,
          at: result.at.toISOString(),
          until: new Date(until).toISOString(),
          check: rule.check,
          ...(result.firm === undefined ? {} : { firm: result.firm }),
          covers: result.covers,
        },
      })
      break
    }
  }
  return [...found.values()]
}

const isNamed = ({ category, from, to }: RecognitionRule, result: KeptResult): boolean =>
  category === result.category &&
  from.agency === result.agency &&
  to.agency !== result.agency &&
  (from.procedure === undefined || from.procedure === result.procedure)

/** A rule may end a result sooner than its agency does, never later. */
const untilOf = ({ at, validUntil }: KeptResult, { validDays }: RecognitionRule): number =>
  Math.min(at.getTime() + validDays * dayMs, validUntil?.getTime() ?? Number.POSITIVE_INFINITY)

function isCovered(scope: Scope, { covers, firm }: KeptResult, declaration: Declaration): boolean {
  if (scope === 'firm') return firm !== undefined && firm === firmOf(declaration)
  if (firm !== undefined) return false
  const { items, consignment } = declaration.goodsShipment
  const wanted = scope === 'goods' ? items.map(goodsOf) : (consignment.containers ?? []).map(({ id }) => id)
  const covered = new Set(scope === 'goods' ? covers.goods : covers.containers)
  // Where there is nothing to cover, nothing was looked at.
  return wanted.length > 0 && wanted.every((one) => covered.has(one))
}

/**
 * The firm in China whose goods they are. Whoever declares for it vouches for nothing, and a code given for a firm abroad is not one of
 * ours, whatever it looks like.
 */
export const firmOf = ({ direction, goodsShipment }: Declaration): string | undefined =>
  (direction === 'export' ? goodsShipment.exporter : goodsShipment.importer)?.id
