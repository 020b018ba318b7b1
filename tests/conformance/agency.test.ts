import { describe, expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { broken, judged, notAsked, onAPort, optionsFor, simulate } from './agency-endpoints.ts'

describe('the simulated agencies', () => {
  const simulator = simulate(agencies)
  const pushedOnly = ['pushes-are-signed', 'pushes-come-again-until-taken', 'refused-pushes-stop']
  const polledOnly = ['mailbox-goes-on-from-its-cursor', 'mailbox-is-kept', 'mailbox-minds-its-cursor']

  test.concurrent.each(agencies.map(({ id, replies }) => [id, replies] as const))(
    '%s conforms in everything that concerns it',
    async (agency, replies) => {
      const all = await judged(optionsFor(agency, simulator))
      expect(broken(all)).toEqual({})
      expect(notAsked(all).sort()).toEqual(
        [...(replies === 'polled' ? pushedOnly : polledOnly), 'hang-up-leaves-one-effect'].sort(),
      )
    },
    120_000,
  )

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
