import {
  type AssessmentReport,
  type Finding,
  levels,
  type RuleId,
  thresholdsOf,
} from '../../../schemas/fees/assessment.ts'
import { type Content, ruleIds } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'
import { canonicalJson } from '../canonical.ts'
import { holdsOn } from '../catalogue.ts'
import { judgeCeiling } from './ceiling.ts'
import { judgeCharged } from './charged.ts'
import { judgeComparison } from './comparison.ts'
import { judgeCost } from './compliance-cost.ts'
import { judgeDouble } from './double.ts'
import { type AssessmentInputs, inputDigestOf } from './inputs.ts'
import { judgeLegality } from './legality.ts'
import { levelCountsOf } from './levels.ts'
import { judgeMarkUp } from './mark-up.ts'
import { byText, type Found, type Material, materialOf } from './material.ts'
import { judgeMovement } from './movement.ts'
import { payeesOf } from './payees.ts'
import type { Judge, Outcome } from './rule.ts'

const judges: { readonly [R in RuleId]: Judge<R> } = {
  legality: judgeLegality,
  ceiling: judgeCeiling,
  charged: judgeCharged,
  comparison: judgeComparison,
  double: judgeDouble,
  'mark-up': judgeMarkUp,
  movement: judgeMovement,
  'compliance-cost': judgeCost,
}

type JudgingRule = AssessmentReport['rules'][number]

/**
 * The report of a round 评估报告. Pure: the same inputs give the same report, to the byte (`canonicalJson`), whatever order they come in.
 * Only rules of the edition judge that hold on the period's last day.
 */
export function assess(inputs: AssessmentInputs): AssessmentReport {
  const material = materialOf(inputs)
  const applied = ruleIds.map((id) => applyRule(id, material))
  const findings = applied
    .flatMap(({ rule, outcome }) =>
      outcome.found
        .map((found) => ({ found, key: orderOf(found) }))
        .sort(byText(({ key }) => key))
        .map(({ found }) => ({ found, rule })),
    )
    .map(({ found, rule }, at): Finding => ({ number: at + 1, ...sourceOf(rule), ...found }))
  const tables = Object.assign({}, ...applied.map(({ outcome }) => outcome.tables ?? {})) as NonNullable<
    Outcome['tables']
  >
  const comparisons = tables.comparisons ?? []
  const { catalogue, previous, period } = inputs
  const { number, digest, validFrom } = catalogue.edition
  return {
    period: { from: period.from, to: period.to },
    edition: { number, digest, validFrom },
    ...(previous === undefined ? {} : { previous: { to: previous.to, edition: previous.catalogue.edition.number } }),
    inputDigest: inputDigestOf(inputs),
    rules: applied.map(({ rule }) => rule),
    fees: levelCountsOf(material.fees, findings),
    findings,
    payees: payeesOf(material, findings, comparisons),
    comparisons,
    uncompared: tables.uncompared ?? [],
    movement: tables.movement ?? { new: [], ended: [], raised: [], lowered: [], reshaped: [] },
    costs: tables.costs ?? [],
  }
}

/** Which of the edition's rules judges: of those that hold that day the newest, where it has the thresholds it needs. */
function applyRule(id: RuleId, material: Material): { rule: JudgingRule; outcome: Outcome } {
  const { catalogue } = material.inputs
  const own = [...catalogue.of('rule')].filter(([, { rule }]) => rule === id)
  const [newest] = own
    .filter(([, rule]) => holdsOn(rule, material.day))
    .sort(byText(([, { validFrom }]) => validFrom))
    .reverse()
  const [entry, rule] = newest ?? own[0] ?? []
  const told = { rule: id, ...(entry === undefined || rule === undefined ? {} : described(entry, rule)) }
  const idle = (because: Text) => ({ rule: { ...told, applied: false, because }, outcome: { found: [] } })
  if (own.length === 0) return idle({ en: 'The edition has no such rule', zh: '本版目录无此规则' })
  if (newest === undefined)
    return idle({ en: `No such rule is in force on ${material.day}`, zh: `${material.day}无此规则生效` })
  const outcome = judged(id, material, newest[1].thresholds)
  if (outcome === undefined)
    return idle({ en: 'Its thresholds are not those the rule needs', zh: '阈值与规则要求不符' })
  const because = outcome.idle ?? { en: `In force on ${material.day}`, zh: `${material.day}有效` }
  return { rule: { ...told, applied: outcome.idle === undefined, because }, outcome }
}

/** What a rule comes to; undefined where its thresholds are not those it needs. */
function judged(id: RuleId, material: Material, given: Content<'rule'>['thresholds']): Outcome | undefined {
  const thresholds = thresholdsOf[id].safeParse(given)
  // Which rule has which thresholds is said by the two tables: the compiler does not follow one id through both.
  return thresholds.success ? judges[id](material, thresholds.data as never) : undefined
}

const described = (entry: string, { name, source, thresholds, validFrom, validTo }: Content<'rule'>) => ({
  entry,
  name,
  source,
  thresholds,
  validFrom,
  ...(validTo === undefined ? {} : { validTo }),
})

const sourceOf = ({ rule, entry = rule, source = { en: '', zh: '' } }: JudgingRule) => ({ rule, entry, source })

/** What stands first: by port, payee and fee, then the graver; the rest only so that there is one order. */
const orderOf = (found: Found): string =>
  JSON.stringify([
    found.port ?? '',
    found.payee ?? '',
    found.fee ?? '',
    found.kind ?? '',
    levels.length - levels.indexOf(found.level),
    canonicalJson(found),
  ])
