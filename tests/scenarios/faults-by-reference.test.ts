import { beforeAll, expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { faults } from '../../mocks/simulator/faults/table.ts'
import { type FilingStatus, isRefusal, rankOf } from '../../schemas/status.ts'
import { Unreachable } from '../../src/transport/transport.ts'
import { evBatteries, openWorld, type Seen } from '../support/world.ts'

// Every fault 故障 a declaration's own number can ask of its agencies, through the gateway: whatever is answered late, twice,
// damaged or not at all, nothing ever stands at a status its agency did not say, and nothing is done twice.

/** They take real seconds of every answer and change nothing of it: the connection's own tests show them. */
const slow = new Set(['SLOW', 'DRIBBLE'])
const asked = faults.filter(({ fault, byReference }) => byReference && !slow.has(fault))
const letters = agencies.map(({ letter }) => letter)
/** A number has room for two agencies: every fault meets other ones, and every agency some of them. */
const askedOf = (at: number): string[] =>
  [at, at + letters.length / 2].flatMap((turn) => letters[turn % letters.length] ?? [])

/** Longest an answer is waited for here; a connection that is held open is given up after it. */
const patienceMs = 1_500
const world = await openWorld({
  transport: (direct) => ({
    ...direct,
    call: async (agency, message, trace) => {
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new Unreachable('no answer', 'unknown')), patienceMs)
      return Promise.race([direct.call(agency, message, trace), late.promise]).finally(() => clearTimeout(timer))
    },
  }),
})

/** Two hours at a time: what happens within them may come in any order. */
const strideMs = 7_200_000
const handedIn = new Map<string, { id: string; lrn: string }>()
beforeAll(async () => {
  for (const [at, { fault }] of asked.entries()) {
    const declaration = evBatteries(
      askedOf(at)
        .map((letter) => `-${letter}.${fault}`)
        .join(''),
    )
    const { status, body } = await world.post(declaration)
    if (status !== 202) throw new Error(`${fault}: ${status} ${JSON.stringify(body.errors)}`)
    handedIn.set(fault, { id: body.id, lrn: declaration.functionalReferenceId })
  }
  await world.idle(strideMs)
}, 300_000)
const endOf = (fault: string): Promise<Seen> => world.read(handedIn.get(fault)?.id ?? '')

test.each(asked)('$fault: $does.en', async ({ fault }) => {
  const seen = await endOf(fault)
  for (const { agency, procedure, status, receipts, attempt } of seen.filings) {
    const where = `${agency}/${procedure}`
    expect([where, attempt, isRefusal(status as FilingStatus)]).toEqual([where, 1, false])
    // It stands where its agency's own words put it, never further; what was never sent says what it waits for.
    const said = Math.max(
      0,
      ...receipts.map((one) => (one.status === 'unrecognised' ? 0 : rankOf(one.status as FilingStatus))),
    )
    expect([where, rankOf(status as FilingStatus) <= Math.max(said, rankOf('sent'))]).toEqual([where, true])
    if (fault !== 'LOST') expect([where, status]).toEqual([where, 'closed'])
  }
  const effects = world.effects(handedIn.get(fault)?.lrn ?? '')
  expect([...new Set(effects)]).toEqual(effects)
})

test('LOST: what nobody ever heard of is found out by asking, or waits and says so', async () => {
  const { filings } = await endOf('LOST')
  for (const { agency, procedure, status, waitsFor, receipts } of filings)
    expect([`${agency}/${procedure}`, receipts.length > 0 || (waitsFor ?? []).length > 0, status]).toEqual([
      `${agency}/${procedure}`,
      true,
      expect.stringMatching(/^(waiting|sent|acknowledged|registered|approved|closed)$/),
    ])
})

test('UNKNOWNCODE: the word is kept and shown as not understood', async () => {
  const { filings } = await endOf('UNKNOWNCODE')
  const strange = filings.filter(({ receipts }) => receipts.some(({ status }) => status === 'unrecognised'))
  expect(strange.length).toBeGreaterThan(0)
})

test('nothing is left on its way, and what could not be understood is kept', async () => {
  expect((await world.database.pool.query('SELECT filing_id, error FROM delivery')).rows).toEqual([])
  const { rows } = await world.database.pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM message WHERE error IS NOT NULL AND body IS NOT NULL',
  )
  expect(rows[0]?.count).toBeGreaterThan(0)
})
