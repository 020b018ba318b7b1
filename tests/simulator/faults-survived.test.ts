import { beforeAll, expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { type FaultName, faults } from '../../mocks/simulator/faults.ts'
import { evBatteries, filingOf, openWorld } from '../support/world.ts'

// Faults a reference asks for, met by the real gateway: it may take longer, but nothing ends otherwise, nothing is filed twice,
// and no status is told that no agency gave.

/** Each with agencies it is asked of, by their letters: what their filings come to. `closed` unless it says otherwise. */
const stories: { readonly [fault in FaultName]?: { readonly [letter: string]: string } } = {
  // They go on and nobody hears of it: what they said at once is all that is known.
  LOST: { C: 'acknowledged', B: 'acknowledged' },
  CORRUPT: { S: 'closed', M: 'closed' },
  UNKNOWNCODE: { F: 'closed', T: 'closed' },
  // The notices of the version before do not say whether they end anything, which today's must: they are kept, and move nothing.
  OLDER: { F: 'closed', T: 'acknowledged' },
  NEWER: { C: 'closed', B: 'closed' },
  BUSY: { T: 'closed', F: 'closed' },
  MAINTENANCE: { S: 'closed', M: 'closed' },
  TRUNCATED: { C: 'closed', M: 'closed' },
}
/** What these do to a gateway `tests/scenarios` tells: receipts in disorder, nonsense, an agency down, an answer lost. */
const elsewhere: readonly FaultName[] = ['LATE', 'TWICE', 'DISORDER', 'NONSENSE', 'DOWN', 'TIMEOUT', 'RESET']
/** They only take real time. */
const slow: readonly FaultName[] = ['SLOW', 'LATENCY', 'DRIBBLE']

const world = await openWorld()
const ids = new Map<string, { id: string; lrn: string }>()

beforeAll(async () => {
  for (const [fault, letters] of Object.entries(stories)) {
    const asked = Object.keys(letters).map((letter) => `-${letter}.${fault}`)
    const declaration = evBatteries(asked.join(''))
    const { status, body } = await world.post(declaration)
    if (status !== 202) throw new Error(`${fault}: ${status} ${JSON.stringify(body)}`)
    ids.set(fault, { id: body.id, lrn: declaration.functionalReferenceId })
  }
  await world.idle(3_600_000)
}, 300_000)

/** What of an agency's filings is looked at: its last, which everything before leads to, or its first where that is not sent. */
const procedures: { readonly [letter: string]: string } = {
  C: 'declare',
  B: 'departure',
  M: 'dangerous-cargo',
  T: 'refund',
  F: 'receipt',
  S: 'permit',
}

test.each(Object.entries(stories))('%s: %o', async (fault, letters) => {
  const { id, lrn } = ids.get(fault) ?? { id: '', lrn: '' }
  const seen = await world.read(id)
  for (const [letter, status] of Object.entries(letters)) {
    const agency = agencies.find((one) => one.letter === letter)?.id ?? ''
    expect(filingOf(seen, agency, procedures[letter] ?? '')).toMatchObject({ status, unknown: false, attempt: 1 })
  }
  // Whoever was not asked to misbehave, and does not wait for one that did, is done as always.
  const spoilt = Object.values(letters).some((status) => status !== 'closed')
  if (!spoilt) expect(seen.status).toBe('completed')
  expect(seen.filings.flatMap(({ trouble }) => trouble ?? [])).toEqual([])
  const effects = world.effects(lrn)
  expect([...new Set(effects)]).toEqual(effects)
})

test('the unknown code is shown as such, and what could not be read is kept', async () => {
  const strange = await world.read(ids.get('UNKNOWNCODE')?.id ?? '')
  const unrecognised = strange.filings.flatMap(({ agency, receipts }) =>
    receipts.filter(({ status }) => status === 'unrecognised').map(({ code }) => `${agency} ${code}`),
  )
  expect(unrecognised.toSorted()).toEqual(['fx BLCK', 'tax ZX-915'])
})

test('every fault a reference can ask for is met here or elsewhere', () => {
  const asked = faults.filter(({ byReference }) => byReference).map(({ fault }) => fault)
  expect([...Object.keys(stories), ...elsewhere, ...slow].toSorted()).toEqual(asked.toSorted())
})

test('the agencies found nothing wrong with themselves', async () => {
  expect(await (await world.simulator.app.request('/control/health')).json()).toMatchObject({ defects: 0 })
})
