import { expect, test } from 'vitest'
import type { Reply } from '../../adapters/adapter.ts'
import { Unreachable } from '../../src/transport/transport.ts'
import { evBatteries, openWorld } from '../support/world.ts'

// Agencies that answer something, or nothing: each once, all at the same declaration, before and after they have taken it in.
const html = '<html><body><h1>502 Bad Gateway</h1></body></html>'
const answer = (status: number, body: string, contentType = 'application/xml'): Reply => ({ status, contentType, body })
const troubles: { readonly [what: string]: () => Reply } = {
  'a 502 page': () => answer(502, html, 'text/html'),
  'a page that says 200': () => answer(200, html, 'text/html'),
  'another document': () => answer(200, '<Invoice><Id>1</Id></Invoice>'),
  'nothing at all': () => answer(200, ''),
  'half a document': () => answer(200, '<?xml version="1.0"?><DecImportResponse><ResponseCode>0'),
  'a document type': () => answer(200, '<!DOCTYPE a [<!ENTITY b "c">]><DecImportResponse>&b;</DecImportResponse>'),
  'JSON of somebody else': () => answer(200, '{"ok":true}', 'application/json'),
  'too busy': () => answer(429, '', 'text/plain'),
  'a server error': () => answer(500, 'java.lang.NullPointerException', 'text/plain'),
  'a broken connection': () => {
    throw new Unreachable('ECONNRESET', 'unknown')
  },
}
const names = Object.keys(troubles)
/** Two declarations, nine filings each: every filing meets another trouble, those of the first after the agency has taken it in. */
const cases = [0, 1].map((turn) => ({
  turn,
  taken: turn % 2 === 0,
  declaration: evBatteries('-B.CLEAR-M.CARGOPASS'),
}))
/** Whoever is too busy has taken nothing in, by the meaning of that answer. */
const isTaken = (what: string | undefined, taken: boolean) => taken && what !== 'too busy'

/** Which trouble a submission met, by agency, path and declaration. */
const met = new Map<string, string>()
const world = await openWorld({
  transport: (agencies) => ({
    ...agencies,
    async call(agency, message, trace) {
      const about = cases.find(({ declaration }) => message.body?.match(`[">]${declaration.functionalReferenceId}[<"]`))
      const first = `${agency} ${message.path} ${about?.declaration.functionalReferenceId}`
      if (message.method === 'GET' || about === undefined || met.has(first))
        return agencies.call(agency, message, trace)
      const what = names[(met.size + 5 * about.turn) % names.length] ?? ''
      met.set(first, what)
      if (isTaken(what, about.taken)) await agencies.call(agency, message, trace)
      return troubles[what]?.() ?? answer(500, '')
    },
  }),
})

const ids = new Map<number, string>()

test('they are accepted, whatever the agencies do', async () => {
  for (const { turn, declaration } of cases) {
    const { status, body } = await world.post(declaration)
    expect(status).toBe(202)
    ids.set(turn, body.id)
  }
})

test.each(cases)(
  '$turn: every filing comes to its end, filed once with every agency; taken in before: $taken',
  async ({ turn, declaration }) => {
    const id = ids.get(turn) ?? ''
    const end = await world.until(id, ({ status }) => status === 'completed')
    const ends = end.filings.map(({ attempt, status, unknown }) => `attempt ${attempt} ${status} ${unknown}`)
    expect(new Set(ends)).toEqual(new Set(['attempt 1 closed false']))
    expect(end.needsAction).toEqual([])
    const effects = world.effects(declaration.functionalReferenceId)
    expect([...new Set(effects)]).toEqual(effects)

    const answer = await world.call('GET', `/v1/declarations/${id}/messages?limit=200`)
    const { data } = (await answer.json()) as {
      data: { agency: string; kind: string; path?: string; filingId: string; error?: string }[]
    }
    for (const { id: filing, agency, procedure } of end.filings) {
      const its = data.filter(({ filingId }) => filingId === filing)
      const path = its.find(({ kind }) => kind === 'submission')?.path
      const what = met.get(`${agency} ${path} ${declaration.functionalReferenceId}`)
      // What could not be understood is kept with the reason; what may have been taken in is asked for before it is sent again.
      expect(
        its.some(({ error }) => error !== undefined),
        `${agency}/${procedure}: ${what}`,
      ).toBe(true)
      expect(
        its.some(({ kind }) => kind === 'inquiry'),
        `${agency}/${procedure}: ${what}`,
      ).toBe(what !== 'too busy')
    }
  },
)
