import type * as z from 'zod'
import type { Consequence, creditAnswer, schemesAnswer } from '../../schemas/credit.ts'
import { type ConsequenceRow, type CreditRow, readConsequences, readCredit } from '../db/credit.ts'
import type { Queryable } from '../db/database.ts'
import type { Adapters } from '../filing/plan.ts'
import type { KeptRule } from './consequences.ts'
import { type FirmLevel, levelsOf } from './read.ts'
import { type OwnedScheme, schemesOf } from './schemes.ts'

/** The strong tag of a firm's history in one scheme. */
export const creditEtag = (firm: string, scheme: string) => (revision: number) =>
  `"credit-${firm}-${scheme}-${revision}"`

export function presentConsequence(row: ConsequenceRow): Consequence {
  const { because, rule } = JSON.parse(row.rule) as KeptRule
  return {
    id: row.id,
    kind: row.kind,
    agency: row.agency,
    ...(row.scheme === null ? {} : { scheme: row.scheme }),
    ...(row.level === null ? {} : { level: row.level }),
    ...(row.factor === null ? {} : { factor: row.factor }),
    cause: { scheme: row.causeScheme, level: row.causeLevel, since: row.causeSince },
    because,
    rule,
    since: row.at.toISOString(),
    ...(row.endedAt === null ? {} : { until: row.endedAt.toISOString() }),
  }
}

function presentRecord(row: CreditRow, history: readonly CreditRow[]) {
  const correctedBy = history.find(({ corrects }) => corrects === row.id)?.id
  return {
    id: row.id,
    level: row.level,
    since: row.since,
    occasion: row.occasion,
    reason: row.reason,
    basis: row.basis,
    by: row.by,
    at: row.at.toISOString(),
    ...(row.corrects === null ? {} : { corrects: row.corrects }),
    ...(correctedBy === undefined ? {} : { correctedBy }),
  }
}

/** A firm's credit in some schemes, as it stands. */
export async function presentCredit(
  queryable: Queryable,
  schemes: readonly OwnedScheme[],
  firm: string,
  now: Date,
): Promise<z.infer<typeof creditAnswer>[]> {
  const history = Map.groupBy(await readCredit(queryable, firm), ({ scheme }) => scheme)
  const consequences = await readConsequences(queryable, [firm])
  const levels = (await levelsOf(queryable, [firm], now)).get(firm) ?? []
  return schemes.map((scheme) =>
    answerOf(
      firm,
      scheme,
      history.get(scheme.scheme) ?? [],
      consequences.filter((row) => row.scheme === scheme.scheme),
      levels.find((level) => level.scheme === scheme.scheme),
    ),
  )
}

const answerOf = (
  firm: string,
  { scheme, agency, name }: OwnedScheme,
  history: readonly CreditRow[],
  consequences: readonly ConsequenceRow[],
  held: FirmLevel | undefined,
): z.infer<typeof creditAnswer> => ({
  firm,
  scheme,
  agency,
  name,
  ...(held?.level === undefined ? {} : { level: held.level, since: held.since }),
  ...(held === undefined ? {} : { effective: held.effective }),
  revision: history.length,
  history: history.map((row) => presentRecord(row, history)),
  consequences: consequences.map(presentConsequence),
})

export const presentSchemes = (adapters: Adapters): z.infer<typeof schemesAnswer> => ({
  data: schemesOf(adapters).map(({ scheme, agency, name, source, levels, publication }) => ({
    scheme,
    agency,
    name,
    source,
    levels: levels.map((level) => ({ ...level })),
    publication,
  })),
  hasMore: false,
})
