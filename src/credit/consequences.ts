import type * as z from 'zod'
import type { CreditNote } from '../../schemas/credit.ts'
import { creditConsequences } from '../../schemas/rules/credit-consequences.ts'
import type { RuleVersion } from '../../schemas/rules/index.ts'
import type { Text } from '../../schemas/text.ts'
import { type CooperationNote, tellAgencies } from '../cooperation/tell.ts'
import {
  beginConsequence,
  type ConsequenceRow,
  endConsequence,
  type HeldRow,
  readConsequences,
  readHeld,
} from '../db/credit.ts'
import type { Client } from '../db/database.ts'
import type { Adapters } from '../filing/plan.ts'
import { dayAt, type Rules } from '../rules/rules.ts'
import { levelsOf } from './read.ts'
import { findLevel, findScheme } from './schemes.ts'

/** The rule a consequence is by, as it is kept with it. */
export interface KeptRule {
  readonly because: Text
  readonly rule: {
    readonly table: string
    readonly validFrom: string
    readonly source: string
    readonly evidence: 'sourced' | 'secondary' | 'assumed'
  }
}

/** What consequences are worked out with. */
export interface CreditRoom {
  readonly adapters: Adapters
  readonly rules: Rules
}

type Row = z.infer<typeof creditConsequences.row>
type Begun = Omit<ConsequenceRow, 'id' | 'endedAt'>

/** Consequences are the same when they say the same because of the same. */
const nameOf = ({ causeScheme, causeLevel, kind, agency, scheme, level, factor }: Begun) =>
  [causeScheme, causeLevel, kind, agency, scheme ?? '', level ?? factor ?? ''].join(' ')

/** What a rule makes of a level a firm holds; nothing where no agency here has such a scheme. */
function consequenceOf(
  adapters: Adapters,
  held: HeldRow,
  { follows, because, evidence }: Row,
  { validFrom, source }: RuleVersion,
  now: Date,
): Begun[] {
  const kept: KeptRule = { because, rule: { table: creditConsequences.id, validFrom, source, evidence } }
  const common = {
    firm: held.firm,
    cause: held.id,
    causeScheme: held.scheme,
    causeLevel: held.level,
    causeSince: held.since,
    rule: JSON.stringify(kept),
    at: now,
  }
  if (follows.kind === 'risk')
    return Object.hasOwn(adapters, follows.agency)
      ? [
          {
            ...common,
            kind: 'risk',
            agency: follows.agency,
            scheme: null,
            level: null,
            rank: null,
            factor: follows.factor,
          },
        ]
      : []
  const scheme = findScheme(adapters, follows.scheme)
  const level = scheme && findLevel(scheme, follows.level)
  if (scheme === undefined || level === undefined) return []
  const { agency } = scheme
  return [
    { ...common, kind: 'at-most', agency, scheme: follows.scheme, level: level.code, rank: level.rank, factor: null },
  ]
}

/**
 * Brings what follows from a firm's levels 联动 in line with the levels it holds and the rules of today: begins what is to follow, ends what is no
 * longer caused, and tells the agencies concerned. Causes are levels agencies gave; a consequence causes nothing. The firm must be locked.
 * @returns how many began and ended
 */
export async function followLevels(client: Client, room: CreditRoom, firm: string, now: Date): Promise<number> {
  const { adapters, rules } = room
  const held = await readHeld(client, [firm], dayAt(now.getTime()))
  const version = rules.versionAt(creditConsequences, now.getTime())
  const wanted = held.flatMap((one) =>
    (version?.rows ?? [])
      .filter(({ when }) => when.scheme === one.scheme && when.level === one.level)
      .flatMap((row) => (version === undefined ? [] : consequenceOf(adapters, one, row, version, now))),
  )
  // All that has not ended: one begun by a process whose clock runs ahead of ours stands too.
  const standing = (await readConsequences(client, [firm])).filter(({ endedAt }) => endedAt === null)
  const names = new Set(wanted.map(nameOf))
  const known = new Set(standing.map(nameOf))
  const ended = standing.filter((one) => !names.has(nameOf(one)))
  for (const { id } of ended) await endConsequence(client, id, now)
  const begun: ConsequenceRow[] = []
  for (const one of wanted)
    if (!known.has(nameOf(one))) begun.push({ ...one, id: await beginConsequence(client, one), endedAt: null })
  await tell(client, firm, begun, ended, now)
  return begun.length + ended.length
}

async function tell(
  client: Client,
  firm: string,
  begun: readonly ConsequenceRow[],
  ended: readonly ConsequenceRow[],
  now: Date,
): Promise<void> {
  if (begun.length + ended.length === 0) return
  // Read after it was written: what a bound leaves of a level is what it counts with now.
  const levels = (await levelsOf(client, [firm], now)).get(firm) ?? []
  const noteOf = (state: 'began' | 'ended') => (row: ConsequenceRow) => {
    const { because, rule } = JSON.parse(row.rule) as KeptRule
    const cause = { scheme: row.causeScheme, level: row.causeLevel, since: row.causeSince }
    const scheme = row.scheme ?? cause.scheme
    const level = row.scheme === null ? cause.level : levels.find((one) => one.scheme === row.scheme)?.effective
    const body: CreditNote = {
      firm,
      scheme,
      ...(level === undefined ? {} : { level }),
      since: dayAt(now.getTime()),
      because,
      state,
      kind: row.kind,
      ...(row.factor === null ? {} : { factor: row.factor }),
      cause,
      rule,
    }
    return {
      agency: row.agency,
      kind: 'credit',
      id: `${row.id}-${state}`,
      about: { firm },
      body,
    } satisfies CooperationNote
  }
  await tellAgencies(client, [...begun.map(noteOf('began')), ...ended.map(noteOf('ended'))], now)
}
