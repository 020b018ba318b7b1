import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import type { AgencyOptions } from '../../conformance/agency/index.ts'
import { agencies } from '../../mocks/registry.ts'
import { broken, judged, notAsked, openEndpoints } from './agency-endpoints.ts'

const { simulate, onAPort, optionsFor } = await openEndpoints()

describe('the simulated agencies', () => {
  const simulator = simulate(agencies)
  const pushedOnly = ['pushes-are-signed', 'pushes-come-again-until-taken', 'refused-pushes-stop']
  const polledOnly = ['mailbox-goes-on-from-its-cursor', 'mailbox-is-kept', 'mailbox-minds-its-cursor']

  test.concurrent.each(agencies.map(({ id, replies }) => [id, replies] as const))(
    '%s conforms in everything that concerns it',
    async (agency, replies) => {
      const all = await judged(optionsFor(agency, simulator))
      expect(broken(all)).toEqual({})
      const changes = Object.values(adapters[agency]?.procedures ?? {}).some(({ amends, cancels }) => amends ?? cancels)
      expect(notAsked(all).sort()).toEqual(
        [
          ...(replies === 'polled' ? pushedOnly : polledOnly),
          ...(changes ? [] : ['changes-need-what-they-change']),
          'hang-up-leaves-one-effect',
        ].sort(),
      )
    },
    120_000,
  )

  test.concurrent('without control a filing is told from those before it by fresh numbers', async () => {
    const { controlUrl: _, cases, ...options } = optionsFor('customs', simulator)
    const plain = cases.filter(({ name }) => name === 'export-one-item')
    const shared = simulate(agencies, { startAt: Date.parse(plain[0]?.submission.instant ?? '') })
    const subject: AgencyOptions = { ...options, cases: plain, fetch: (request) => shared.app.fetch(request) }
    const asked = ['inquiry-knows-what-came', 'name-is-used-once']
    const judgedHere = async () => (await judged(subject, asked)).map(({ id, verdict }) => `${id} ${verdict}`).sort()
    const conformant = asked.map((id) => `${id} conformant`)
    expect(await judgedHere()).toEqual(conformant)
    expect(await judgedHere()).toEqual(conformant)
  })

  test('over a port a sender that hangs up leaves one effect, and sessions are ended', async () => {
    const origin = await onAPort(simulator)
    const { fetch: _, ...options } = optionsFor('fx', simulator)
    const all = await judged({ ...options, url: `${origin}/fx`, controlUrl: `${origin}/control` }, [
      'hang-up-leaves-one-effect',
    ])
    expect(all.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(['hang-up-leaves-one-effect conformant'])
    expect(simulator.sessions.ids()).toEqual(['default'])
  })
})
