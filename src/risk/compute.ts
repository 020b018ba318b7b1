import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { SummaryDeclaration } from '../../schemas/declaration/summary.ts'
import type { RiskFactor } from '../../schemas/risk.ts'
import { goodsRisk, routeRisk } from '../../schemas/rules/goods-risk.ts'
import type { RuleTable, RuleVersion } from '../../schemas/rules/index.ts'
import { inspectionBounds, inspectionRates } from '../../schemas/rules/inspection-rates.ts'
import type { Text } from '../../schemas/text.ts'
import type { FirmLevel } from '../credit/read.ts'
import type { Rules } from '../rules/rules.ts'
import { goodsFactors, type Multiplier, routeFactors } from './traits.ts'

/** Another agency's level that makes inspection more likely, with the rule it does so by. */
export interface RiskElsewhere {
  readonly factor: string
  readonly because: Text
  readonly rule: RiskFactor['rule']
}

/** What a probability is computed from. */
export interface RiskInput {
  readonly agency: string
  readonly declaration: Declaration
  /** The levels of the firm that trades. */
  readonly levels: readonly FirmLevel[]
  readonly elsewhere: readonly RiskElsewhere[]
  readonly rules: Rules
  readonly at: number
  /** What a level is called. */
  nameOf(scheme: string, level: string): Text
}

/** What it comes to. */
export interface Risk {
  readonly ppm: number
  /** The level whose rate it begins with; absent where the firm has none that counts. */
  readonly level: { readonly scheme: string; readonly level: string } | undefined
  readonly factors: readonly RiskFactor[]
  /** The version of each rule table it was computed by, by its first day. */
  readonly tables: { readonly [table: string]: string }
}

/** The firm whose goods they are 境内收发货人: the exporter of an export, the importer of an import, else the owner. */
export const traderOf = ({ direction, goodsShipment }: SummaryDeclaration): string | undefined =>
  ((direction === 'export' ? goodsShipment.exporter : goodsShipment.importer) ?? goodsShipment.owner)?.id

const millionths = 1_000_000
/** Written as a fraction of one with six places. */
export const fractionOf = (ppm: number): string => new Big(ppm).div(millionths).toFixed(6)
export const percentOf = (value: Big | string): string => `${new Big(value).times(100).round(4).toFixed()} %`

const ruleOf = (table: RuleTable, version: RuleVersion, evidence = version.evidence): RiskFactor['rule'] => ({
  table: table.id,
  validFrom: version.validFrom,
  source: version.source,
  evidence,
})

/**
 * How likely an agency is to inspect a declaration 查验概率: the rate of the firm's level, times what goods, route and other agencies' levels say, within
 * bounds. Decimal all through, rounded half up to millionths once, at the end; the same input gives the same answer.
 * @returns undefined where no rule says how often this agency inspects at all
 */
export function computeRisk(input: RiskInput): Risk | undefined {
  const { agency, declaration, rules, at } = input
  const tables = [inspectionRates, inspectionBounds, goodsRisk, routeRisk] as readonly RuleTable[]
  const start = rateOf(input)
  if (start === undefined) return undefined
  const goods = rules.versionAt(goodsRisk, at)
  const route = rules.versionAt(routeRisk, at)
  const own = <R extends { agency: string }>(version: RuleVersion<R> | undefined) =>
    (version?.rows ?? []).filter((row) => row.agency === agency)
  const factors: RiskFactor[] = [
    start.factor,
    ...input.elsewhere.map((one) => elsewhereFactor(one)),
    ...goodsFactors(declaration, own(goods)).map((one) => shown(one, goodsRisk, goods)),
    ...routeFactors(declaration, own(route)).map((one) => shown(one, routeRisk, route)),
  ]
  const product = factors.reduce((sum, { value }) => sum.times(value), new Big(1))
  const bound = boundOf(input, product)
  const probability = bound === undefined ? product : new Big(bound.value)
  return {
    level: start.level,
    ppm: Number(probability.times(millionths).round(0, Big.roundHalfUp).toFixed()),
    factors: bound === undefined ? factors : [...factors, bound],
    tables: Object.fromEntries(
      tables.flatMap((table) => {
        const version = rules.versionAt(table, at)
        return version === undefined ? [] : [[table.id, version.validFrom]]
      }),
    ),
  }
}

/** The rate of the firm's level, or that of firms without one. */
function rateOf({ agency, levels, rules, at, nameOf }: RiskInput) {
  const version = rules.versionAt(inspectionRates, at)
  const rows = (version?.rows ?? []).filter((row) => row.agency === agency)
  const scheme = rows[0]?.scheme
  const held = levels.find((one) => one.scheme === scheme)
  const row =
    rows.find((one) => one.scheme === scheme && one.level === held?.effective) ??
    rows.find(({ level }) => level === '*')
  if (version === undefined || row === undefined || scheme === undefined) return undefined
  const others = rows.filter(({ level, rate }) => level !== '*' && level !== row.level && rate !== row.rate)
  const listed = (language: 'en' | 'zh') =>
    others
      .map(({ level, rate }) => `${nameOf(scheme, level)[language]} ${percentOf(rate)}`)
      .join(language === 'en' ? ', ' : '，')
  const level = row.level === '*' ? undefined : { scheme, level: row.level }
  const name = level && nameOf(scheme, level.level)
  const factor: RiskFactor = {
    kind: 'credit',
    acts: 'rate',
    value: row.rate,
    because:
      name === undefined
        ? { en: 'The firm has no credit level that counts here', zh: '企业无适用的信用等级' }
        : { en: `The firm’s credit level: ${name.en}`, zh: `企业信用等级：${name.zh}` },
    changes: { en: `Another level: ${listed('en')}`, zh: `信用等级变化：${listed('zh')}` },
    rule: ruleOf(inspectionRates, version, row.evidence),
  }
  return { factor, level }
}

const elsewhereFactor = ({ factor, because, rule }: RiskElsewhere): RiskFactor => ({
  kind: 'credit-elsewhere',
  acts: 'factor',
  value: factor,
  because,
  changes: { en: 'When that level is lifted', zh: '该等级解除后即不再适用' },
  rule,
})

const shown = (one: Multiplier, table: RuleTable, version: RuleVersion | undefined): RiskFactor => {
  if (version === undefined) throw new Error(`${table.id} has no version, but a row`)
  return { ...one, acts: 'factor', rule: ruleOf(table, version) }
}

/** The bound that changes the product, if one does: of the firm's level where there is one for it, else the general one. */
function boundOf({ agency, levels, rules, at, nameOf }: RiskInput, product: Big): RiskFactor | undefined {
  const version = rules.versionAt(inspectionBounds, at)
  const rows = (version?.rows ?? []).filter((row) => row.agency === agency)
  const row =
    rows.find(({ scheme, level }) => levels.some((one) => one.scheme === scheme && one.effective === level)) ??
    rows.find(({ level }) => level === undefined)
  if (version === undefined || row === undefined) return undefined
  const acts = product.lt(row.least) ? 'least' : product.gt(row.most) ? 'most' : undefined
  if (acts === undefined) return undefined
  const level =
    row.scheme === undefined || row.level === undefined
      ? { en: 'for every firm', zh: '所有企业' }
      : nameOf(row.scheme, row.level)
  return {
    kind: 'bound',
    acts,
    value: row[acts],
    because:
      acts === 'least'
        ? { en: `At least so often: ${level.en}`, zh: `不低于下限：${level.zh}` }
        : { en: `At most so often: ${level.en}`, zh: `不高于上限：${level.zh}` },
    changes: {
      en: `Without it: ${percentOf(product)}; a new version of the rule`,
      zh: `若无此限：${percentOf(product)}；规则更新`,
    },
    rule: ruleOf(inspectionBounds, version, row.evidence),
  }
}
