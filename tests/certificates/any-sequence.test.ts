import { Big } from 'big.js'
import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Reply, WireMessage } from '../../adapters/adapter.ts'
import { issuers } from '../../adapters/issuers.ts'
import { adapters } from '../../adapters/registry.ts'
import { concludeReserved } from '../../src/certificates/conclude.ts'
import { giveBack } from '../../src/certificates/follow.ts'
import { setAside } from '../../src/certificates/set-aside.ts'
import { type Office, tell } from '../../src/certificates/tell.ts'
import { leaseUses, postponeUse } from '../../src/db/certificate-leases.ts'
import { saveFacts } from '../../src/db/certificate-register.ts'
import { addUses, changeUse, lockUsesOf } from '../../src/db/certificates.ts'
import { transaction } from '../../src/db/database.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { Unreachable } from '../../src/transport/transport.ts'
import { ownDatabase } from '../support/database.ts'

// Any sequence of reserving, writing off, giving back and amending by several declarations, with an issuer that says yes to everything, or nothing.
const { database } = await ownDatabase()
const at = new Date('2026-11-21T01:00:00Z')
const dialect = issuers['commerce']
if (dialect === undefined) throw new Error('no such issuer')

/** What the issuer does with the next call. */
let next: 'yes' | 'lost' | 'away' | 'no' = 'yes'
const heard: string[] = []
const call = async (_: string, { path }: WireMessage): Promise<Reply> => {
  heard.push(path)
  if (next === 'away') throw new Unreachable('away', 'no')
  if (next === 'lost') throw new Unreachable('lost', 'unknown')
  const inquiry = path.endsWith('inquire')
  const code = inquiry ? '14' : next === 'no' && path.endsWith('reserve') ? '6' : '0'
  return {
    status: 200,
    contentType: 'application/xml',
    body: `<LicenceResponse><ResultCode>${code}</ResultCode><ResultText>x</ResultText></LicenceResponse>`,
  }
}
const office: Office = {
  database,
  adapters,
  issuers,
  rules: ownRules,
  transport: { call, close: async () => undefined },
  recorder: { record: async () => undefined },
  log: pino({ level: 'silent' }),
  now: () => at.getTime(),
  random: () => 0,
}

const limit = 100
let run = 0
/** Declarations whose filing is with customs, one certificate, and what they want of it. */
async function open(declarations: number) {
  run += 1
  const number = `ANY-${run}`
  await saveFacts(
    database.pool,
    { typeCode: '7', number, issuer: 'commerce' },
    {
      holder: 'H',
      direction: 'import',
      hsPrefixes: ['02'],
      origins: [],
      offices: [],
      validFrom: '2026-01-01',
      validTo: '2027-01-01',
      quantity: { value: String(limit), unitCode: 'KGM' },
    },
    4,
    at,
  )
  const ids = Array.from({ length: declarations }, (_, n) => `D${run}-${n}`)
  await database.pool.query(
    `INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
     SELECT id, 'T', id, 'import', '[]', 0, '', $2, $2 FROM unnest($1::text[]) id`,
    [ids, at],
  )
  await database.pool.query(
    `INSERT INTO filing (id, declaration_id, position, agency, procedure, serial, status, rank, updated_at)
     SELECT 'F' || id, id, 0, 'customs', 'declare', 1, 'registered', 40, $2 FROM unnest($1::text[]) id`,
    [ids, at],
  )
  return { number, ids }
}

/** What holds after whatever happened. */
async function check(number: string) {
  const { rows: certificates } = await database.pool.query<{ reserved: string; committed: string; uses: number }>(
    'SELECT reserved::text, committed::text, uses_taken AS uses FROM certificate WHERE number = $1',
    [number],
  )
  const { rows: sums } = await database.pool.query<{ reserved: string; committed: string; uses: number }>(
    `SELECT coalesce(sum(reserved), 0)::text AS reserved, coalesce(sum(committed), 0)::text AS committed, coalesce(sum(uses), 0)::int AS uses
     FROM certificate_entry WHERE number = $1`,
    [number],
  )
  const { rows: held } = await database.pool.query<{ held: string; uses: number }>(
    'SELECT coalesce(sum(held), 0)::text AS held, coalesce(sum(held_uses), 0)::int AS uses FROM certificate_use WHERE number = $1',
    [number],
  )
  const [{ reserved, committed, uses }] = certificates as [{ reserved: string; committed: string; uses: number }]
  const taken = new Big(reserved).plus(committed)
  expect(taken.lte(limit)).toBe(true)
  expect(new Big(reserved).gte(0) && new Big(committed).gte(0)).toBe(true)
  expect(uses).toBeLessThanOrEqual(4)
  expect(uses).toBeGreaterThanOrEqual(0)
  // The balance is the sum of the ledger, and of what every use holds.
  expect({
    reserved: new Big(sums[0]?.reserved ?? '0').toFixed(),
    committed: new Big(sums[0]?.committed ?? '0').toFixed(),
    uses: sums[0]?.uses,
  }).toEqual({
    reserved: new Big(reserved).toFixed(),
    committed: new Big(committed).toFixed(),
    uses,
  })
  expect([new Big(held[0]?.held ?? '0').toFixed(), held[0]?.uses]).toEqual([taken.toFixed(), uses])
}

type Step =
  | { readonly do: 'want'; readonly who: number; readonly kilograms: number }
  | { readonly do: 'grant'; readonly who: number }
  | { readonly do: 'drop'; readonly who: number }
  | { readonly do: 'tell'; readonly answer: typeof next }
const who = fc.integer({ min: 0, max: 2 })
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('want' as const), who, kilograms: fc.integer({ min: 1, max: 80 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('grant' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), who }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      answer: fc.constantFrom('yes' as const, 'yes' as const, 'lost' as const, 'away' as const, 'no' as const),
    }),
  },
) as fc.Arbitrary<Step>

let uses = 0
async function perform(one: Step, number: string, ids: readonly string[]): Promise<void> {
  if (one.do === 'tell') {
    next = one.answer
    for (const lease of await leaseUses(database, 'commerce', 20, 60_000)) {
      const outcome = await tell(office, 'commerce', dialect as NonNullable<typeof dialect>, lease)
      if (outcome.kind === 'silent')
        await postponeUse(database, lease, { dueAt: at, unknown: outcome.arrived, error: outcome.error })
    }
    return
  }
  const id = ids[one.who] ?? ''
  await transaction(database.pool, async (client) => {
    const mine = (await lockUsesOf(client, [`F${id}`])).filter(({ status }) => status !== 'released')
    const live = mine.filter(({ asking, status }) => asking !== 'release' && status !== 'refused')
    if (one.do === 'drop') for (const use of live) await giveBack(client, use, at)
    if (one.do === 'grant')
      for (const use of live)
        if (use.status === 'reserved')
          await changeUse(client, use.id, { granted: true, asking: 'commit', dueAt: at }, at)
    if (one.do !== 'want') return
    // It wants another quantity than before: what stands goes when that is reserved, as `requireCertificates` has it.
    const before = mine.find(({ held }) => held !== undefined)
    for (const use of live)
      if (use.id !== before?.id) await giveBack(client, use, at)
      else if (use.asking === 'reserve') await changeUse(client, use.id, { asking: undefined, dueAt: undefined }, at)
    uses += 1
    const quantities = [{ value: String(one.kilograms), unitCode: 'KGM' }]
    const lines = [{ pointer: '/i', sequence: 1, hsCode: '0202300090', originCountry: 'KZ', quantities }]
    const use = { typeCode: '7', number, pointer: '/d', direction: 'import' as const, officeId: '9409', lines }
    const rule = { table: 't', validFrom: '2019-11-01', source: 's', uses: 'as-issued', tolerance: 'general' } as const
    const wanted = {
      id: String(uses).padStart(20, '0'),
      filingId: `F${id}`,
      traderReference: 'R',
      issuer: 'commerce',
      rule,
      use,
    }
    await addUses(client, { declarationId: id, tenant: 'T' }, [{ ...wanted, replaces: before?.id }], at)
  })
}

test('the certificate is never overdrawn, and its balance is the sum of its ledger', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      await database.pool.query('UPDATE certificate_use SET due_at = NULL')
      const { number, ids } = await open(3)
      for (const one of steps) {
        await perform(one, number, ids)
        await check(number)
      }
      // In the end everything is given back, and nothing is left.
      for (const one of [0, 1, 2]) await perform({ do: 'drop', who: one }, number, ids)
      await database.pool.query(
        "UPDATE certificate_use SET asking = 'release', due_at = $2 WHERE number = $1 AND held IS NOT NULL AND asking IS NULL",
        [number, at],
      )
      await perform({ do: 'tell', answer: 'yes' }, number, ids)
      await perform({ do: 'tell', answer: 'yes' }, number, ids)
      await check(number)
      const { rows } = await database.pool.query<{ left: string }>(
        'SELECT (reserved + committed)::text AS left FROM certificate WHERE number = $1',
        [number],
      )
      expect(Number(rows[0]?.left)).toBe(0)
    }),
    { numRuns: 15, seed: 20261122 },
  )
})

test('a worker whose lease another has taken concludes nothing', async () => {
  const { number, ids } = await open(1)
  await database.pool.query('UPDATE certificate_use SET due_at = NULL')
  await perform({ do: 'want', who: 0, kilograms: 60 }, number, ids)
  const [lease] = await leaseUses(database, 'commerce', 1, 60_000)
  if (lease === undefined) throw new Error('nothing was leased')
  // Meanwhile the declaration is taken back.
  await perform({ do: 'drop', who: 0 }, number, ids)
  const said = { verdict: 'yes', code: '0', text: '', objections: [] } as const
  expect(await concludeReserved(office, lease, said)).toBe(false)
  await perform({ do: 'tell', answer: 'yes' }, number, ids)
  await check(number)
  const { rows } = await database.pool.query('SELECT status FROM certificate_use WHERE number = $1', [number])
  expect(rows).toEqual([{ status: 'released' }])
})

test('a worker that dies after it set a use aside leaves it to another, who asks first and sets nothing aside twice', async () => {
  const { number, ids } = await open(1)
  await database.pool.query('UPDATE certificate_use SET due_at = NULL')
  await perform({ do: 'want', who: 0, kilograms: 60 }, number, ids)
  // It got as far as our ledger and the wire; its lease is over at once.
  const [dead] = await leaseUses(database, 'commerce', 1, 0)
  if (dead === undefined) throw new Error('nothing was leased')
  expect(await setAside(office, dead)).toEqual([])
  heard.length = 0
  await perform({ do: 'tell', answer: 'yes' }, number, ids)
  expect(heard).toEqual(['/licences/inquire', '/licences/reserve'])
  await check(number)
  const { rows } = await database.pool.query('SELECT reserved::text, uses_taken FROM certificate WHERE number = $1', [
    number,
  ])
  expect(rows).toEqual([{ reserved: '60', uses_taken: 1 }])
})
