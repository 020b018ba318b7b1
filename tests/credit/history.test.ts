import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { creditConsequences } from '../../schemas/rules/credit-consequences.ts'
import { giveLevel } from '../../src/credit/give.ts'
import { levelsOf } from '../../src/credit/read.ts'
import { findLevel, findScheme, type OwnedScheme } from '../../src/credit/schemes.ts'
import { readConsequences, readCredit } from '../../src/db/credit.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { ownDatabase } from '../support/database.ts'

const { database } = await ownDatabase()
const now = new Date('2026-11-21T04:00:00Z')
const today = '2026-11-21'
const room = { adapters, rules: ownRules }
const schemeOf = (scheme: string): OwnedScheme => {
  const found = findScheme(adapters, scheme)
  if (found === undefined) throw new Error(`No scheme ${scheme}`)
  return found
}

/** What an agency does: a level for a day, past or to come; now and then in the place of one given before. */
const step = fc.record({
  scheme: fc.constantFrom('customs-credit', 'refund-class', 'fx-class'),
  level: fc.nat(4),
  day: fc.constantFrom('2026-05-01', '2026-08-01', '2026-11-20', today, '2026-11-22', '2027-02-01'),
  corrects: fc.option(fc.nat(5), { freq: 3 }),
})

interface Given {
  readonly id: number
  readonly level: string
  readonly since: string
  replaced: boolean
}

test('whatever agencies give, in whatever order: the newest by its own day holds, and exactly what the rules want follows', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const firm = `FIRM-${++run}`
      const model = new Map<string, Given[]>()
      for (const { scheme, level, day, corrects } of steps) {
        const own = schemeOf(scheme)
        const { code } = own.levels[level % own.levels.length] ?? { code: '' }
        const given = model.get(scheme) ?? []
        const mistake = corrects === null ? undefined : given[corrects]
        const correction =
          mistake === undefined || mistake.replaced
            ? { occasion: 'rating' as const }
            : { occasion: 'correction' as const, corrects: mistake.id }
        const request = { level: code, since: day, reason: 'r', basis: 'b', announced: day > today, ...correction }
        await giveLevel(database, room, { scheme: own, firm, by: 'test', check: () => undefined }, request, now)
        if (correction.occasion === 'correction' && mistake !== undefined) mistake.replaced = true
        const newest = (await readCredit(database.pool, firm, scheme)).toSorted((a, b) => b.id - a.id)[0]
        model.set(scheme, [...given, { id: newest?.id ?? 0, level: code, since: day, replaced: false }])
      }
      const held = new Map(
        [...model].flatMap(([scheme, given]) => {
          const counts = given.filter(({ replaced, since }) => !replaced && since <= today)
          const last = counts.toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.id - b.id)).at(-1)
          return last === undefined ? [] : [[scheme, last.level] as const]
        }),
      )
      const wanted = ownRules
        .rowsAt(creditConsequences, now.getTime())
        .filter(({ when }) => held.get(when.scheme) === when.level)
      const standing = (await readConsequences(database.pool, [firm])).filter(({ endedAt }) => endedAt === null)
      expect(
        standing.map(({ causeScheme, kind, level, factor }) => [causeScheme, kind, level ?? factor]).sort(),
      ).toEqual(
        wanted
          .map(({ when, follows }) => [
            when.scheme,
            follows.kind,
            follows.kind === 'risk' ? follows.factor : follows.level,
          ])
          .sort(),
      )
      const bounds = wanted.flatMap(({ follows }) => (follows.kind === 'at-most' ? [follows] : []))
      const worse = (scheme: string) =>
        [held.get(scheme), ...bounds.flatMap((bound) => (bound.scheme === scheme ? [bound.level] : []))]
          .flatMap((level) => (level === undefined ? [] : [findLevel(schemeOf(scheme), level)?.rank ?? 0]))
          .reduce((a, b) => Math.max(a, b), 0)
      const levels = (await levelsOf(database.pool, [firm], now)).get(firm) ?? []
      expect(
        levels
          .map(({ scheme, level }) => [scheme, level])
          .filter(([, level]) => level !== undefined)
          .sort(),
      ).toEqual([...held].sort())
      for (const { scheme, rank } of levels) expect(rank).toBe(worse(scheme))
    }),
    { numRuns: 25, seed: 20_261_122 },
  )
  const { rows } = await database.pool.query(
    'SELECT agency, kind, note_id FROM cooperation_note GROUP BY agency, kind, note_id HAVING count(*) > 1',
  )
  expect(rows).toEqual([])
})
