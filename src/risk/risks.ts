import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { RiskAnswer, RiskFactor } from '../../schemas/risk.ts'
import type { KeptRule } from '../credit/consequences.ts'
import { levelsOf } from '../credit/read.ts'
import { findLevel, findScheme } from '../credit/schemes.ts'
import { readConsequences } from '../db/credit.ts'
import type { Queryable } from '../db/database.ts'
import { keepRisk, type RiskRow, readCounting, readDrawnRisk, readKeptRisk } from '../db/risk.ts'
import { canonicalJson } from '../fees/canonical.ts'
import type { Adapters } from '../filing/plan.ts'
import type { Rules } from '../rules/rules.ts'
import { computeRisk, fractionOf, percentOf, type Risk, traderOf } from './compute.ts'

/** What probabilities are worked out with. */
export interface RiskRoom {
  readonly adapters: Adapters
  readonly rules: Rules
}

/** What is kept beside the number. */
interface Basis {
  readonly factors: readonly RiskFactor[]
  readonly tables: { readonly [table: string]: string }
  /** Whose credit it speaks of. */
  readonly firm?: string
  /** Something of that credit is not public: nobody's but the firm's and the agencies' to know. */
  readonly discreet: boolean
}

/** A kept risk with the declaration it is of. */
export interface KnownRisk {
  readonly row: RiskRow
  readonly tables: { readonly [table: string]: string }
  readonly declaration: Declaration
}

/**
 * Works out how likely an agency is to inspect a declaration as it counts now, and keeps it with its rules; what is kept already is not kept twice.
 * @returns undefined where there is no such declaration, or no rule of that agency
 */
export async function riskOf(
  queryable: Queryable,
  { adapters, rules }: RiskRoom,
  declarationId: string,
  agency: string,
  now: Date,
): Promise<KnownRisk | undefined> {
  const counting = await readCounting(queryable, declarationId)
  if (counting === undefined) return undefined
  const { version, declaration } = counting
  const firm = traderOf(declaration)
  const firms = firm === undefined ? [] : [firm]
  const levels = (await levelsOf(queryable, firms, now)).get(firm ?? '') ?? []
  const consequences = await readConsequences(queryable, firms, now)
  const risk = computeRisk({
    agency,
    declaration,
    levels,
    elsewhere: consequences
      .filter((row) => row.kind === 'risk' && row.agency === agency)
      .map(({ factor, rule }) => ({ factor: factor ?? '1', ...(JSON.parse(rule) as KeptRule) })),
    rules,
    at: now.getTime(),
    nameOf: (scheme, level) => {
      const own = findScheme(adapters, scheme)
      return (own && findLevel(own, level)?.name) ?? { en: level, zh: level }
    },
  })
  if (risk === undefined) return undefined
  const { ppm, factors, tables } = risk
  const discreet = factors.some(({ kind }) => kind === 'credit-elsewhere') || !isPublic(adapters, risk.level)
  const basis = canonicalJson({ factors, tables, discreet, ...(firm === undefined ? {} : { firm }) } satisfies Basis)
  const known = await readKeptRisk(queryable, declarationId, agency)
  const row =
    known !== undefined && known.version === version && known.ppm === ppm && known.basis === basis
      ? known
      : await keepRisk(queryable, { declarationId, agency, version, ppm, basis, at: now })
  return { row, tables, declaration }
}

/** Whether everybody may know a level: its agency publishes it. */
function isPublic(adapters: Adapters, level: Risk['level']): boolean {
  const scheme = level && findScheme(adapters, level.scheme)
  return level !== undefined && scheme !== undefined && findLevel(scheme, level.level)?.published === true
}

/**
 * What a trader or an agency reads: the risk its lot was drawn with, else as it is now.
 * @param reader the firm that reads; a broker is not told what of its client's credit is not public. Left out: an agency, an operator
 */
export async function readRisk(
  queryable: Queryable,
  room: RiskRoom,
  { declarationId, agency, reader }: { declarationId: string; agency: string; reader: string | undefined },
  now: Date,
): Promise<RiskAnswer | undefined> {
  const drawn = await readDrawnRisk(queryable, declarationId, agency)
  const row = drawn ?? (await riskOf(queryable, room, declarationId, agency, now))?.row
  return row && present(row, drawn !== undefined, reader)
}

function present({ agency, version, ppm, basis, at }: RiskRow, drawn: boolean, reader: string | undefined): RiskAnswer {
  const { factors: all, firm, discreet } = JSON.parse(basis) as Basis
  const factors = discreet && reader !== undefined && reader !== firm ? discreetly(all) : all
  const probability = fractionOf(ppm)
  return {
    agency,
    version,
    probability,
    ppm,
    at: at.toISOString(),
    drawn,
    factors: [...factors],
    words: {
      en: `${factors.map((one) => wordsOf(one, 'en')).join('; ')}: ${percentOf(probability)} in all.`,
      zh: `${factors.map((one) => wordsOf(one, 'zh')).join('；')}；合计${percentOf(probability)}。`,
    },
  }
}

function wordsOf({ acts, value, because }: RiskFactor, language: 'en' | 'zh'): string {
  const said = acts === 'factor' ? `× ${value}` : percentOf(value)
  return language === 'en' ? `${because.en} (${said})` : `${because.zh}（${said}）`
}

/** The factors with all that comes of the firm's credit in one: what a broker reads of its client. */
function discreetly(factors: readonly RiskFactor[]): RiskFactor[] {
  const isCredit = ({ kind }: RiskFactor) => kind === 'credit' || kind === 'credit-elsewhere'
  const [rate] = factors
  if (rate === undefined) return []
  const value = factors.filter(isCredit).reduce((product, one) => product.times(one.value), new Big(1))
  return [
    {
      ...rate,
      value: value.toFixed(),
      because: {
        en: 'The firm’s credit; of what it is made up the firm itself is told',
        zh: '企业信用情况（构成仅告知企业本身）',
      },
      changes: { en: 'Another level of the firm', zh: '企业信用等级变化' },
    },
    ...factors.filter((one) => !isCredit(one)),
  ]
}
