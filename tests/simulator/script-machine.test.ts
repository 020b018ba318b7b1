// oxlint-disable unicorn/no-thenable -- `then` is a word of the scripts’ language, and always a text
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../../mocks/simulator/limits.ts'
import { createScripts } from '../../mocks/simulator/script/index.ts'
import { handHost, loaded, requestOf, type ScriptLike, scriptOf } from './script-stage.ts'

const hour = 3_600_000
const declare = { method: 'POST', path: '/declare' }
const document = { name: 'r.xml', contentType: 'application/xml', body: '<r/>' }

/** Declared once, lost, and told after two hours. */
const story: ScriptLike = {
  starts: 'open',
  steps: [
    { name: 'declared', in: 'open', match: declare, outcome: 'INSPECT', then: 'lost' },
    { name: 'asked', in: ['lost', 'told'], match: { path: '/ask' }, reply: { body: 'in ${count}' } },
    { name: 'told', in: 'lost', after: 'PT2H', then: 'told', send: { ...document, reference: 'EV1' } },
  ],
}

test('a script goes through its states, by requests and by time', () => {
  const { ask, by, scripts, sent, advance } = loaded(story)
  expect(by({ path: '/ask' })).toBeUndefined()
  expect(ask()).toMatchObject({ by: 'script one / declared', outcomes: ['INSPECT'], delayMs: 0 })
  expect(by()).toBeUndefined()
  expect(ask({ path: '/ask' })?.reply).toEqual({
    status: 200,
    headers: [['content-type', 'text/plain; charset=utf-8']],
    body: 'in 1',
  })
  advance(2 * hour - 1)
  expect(sent).toEqual([])
  advance(1)
  expect(sent).toEqual([{ agency: 'harbour', reference: 'EV1', at: '2026-11-02T03:00:00.000Z', document }])
  expect(ask({ path: '/ask' })?.reply?.body).toBe('in 2')
  expect(scripts.list()).toEqual([
    {
      name: 'one',
      states: [{ state: 'told', machines: 1 }],
      machines: [{ key: '', state: 'told' }],
      forgotten: 0,
      steps: [
        { name: 'declared', count: 1 },
        { name: 'asked', count: 2 },
        { name: 'told', count: 1 },
      ],
    },
  ])
})

test('a state that is left before its time does nothing of its own accord', () => {
  const { ask, advance, sent } = loaded({
    starts: 'open',
    steps: [
      { name: 'waits', in: 'open', after: 'PT1H', then: 'late', send: { ...document, reference: 'late' } },
      { name: 'done', in: 'open', match: declare, then: 'done' },
      { name: 'again', in: 'done', match: {}, then: 'open' },
    ],
  })
  advance(hour / 2)
  ask()
  ask({ path: '/' })
  advance(hour / 2)
  // It is open again, but has been for half an hour only.
  expect(sent).toEqual([])
  advance(hour / 2)
  expect(sent).toHaveLength(1)
})

test('a step goes as often as it may, and then the next one does', () => {
  const { by } = loaded({
    steps: [
      { name: 'first two', times: 2, match: {}, reply: { status: 503 } },
      { name: 'rest', match: {} },
    ],
  })
  expect([by(), by(), by(), by()].map((one) => one?.slice('script one / '.length))).toEqual([
    'first two',
    'first two',
    'rest',
    'rest',
  ])
})

test('each value of stateOf has a state, counts and a time of its own, wherever it stands', () => {
  const { by, advance, sent, scripts } = loaded({
    stateOf: ['body:/ref', 'query:ref'],
    starts: 'open',
    steps: [
      { name: 'declared', in: 'open', match: declare, times: 1, then: 'lost' },
      { name: 'asked', in: 'lost', match: { path: '/ask' } },
      { name: 'told', in: 'lost', after: 'PT2H', then: 'told', send: { ...document, body: '<r>${key}</r>' } },
    ],
  })
  const of = (ref: string) => ({ body: JSON.stringify({ ref }) })
  expect(by({ path: '/ask?ref=A' })).toBeUndefined()
  expect(by(of('A'))).toBe('script one / declared')
  expect(by(of('A'))).toBeUndefined()
  advance(hour)
  expect(by(of('<B>'))).toBe('script one / declared')
  expect(by({ path: '/ask?ref=A' })).toBe('script one / asked')
  expect(by({ body: '{}' })).toBeUndefined()
  expect(by(of('x'.repeat(limits.scriptKeyCharacters + 1)))).toBeUndefined()
  advance(hour)
  expect(scripts.list()[0]?.states).toEqual([
    { state: 'lost', machines: 1 },
    { state: 'told', machines: 1 },
  ])
  advance(hour)
  expect(sent.map(({ reference, document: { body } }) => [reference, body])).toEqual([
    ['A', '<r>A</r>'],
    ['<B>', '<r>&lt;B&gt;</r>'],
  ])
  expect(scripts.misses(requestOf())[0]?.differs).toContain('stateOf body:/ref, query:ref: nothing there')
})

test('what a script remembers is bounded: the value unused for longest makes room, and that is told', () => {
  const { by, scripts, advance, sent } = loaded({
    stateOf: 'query:r',
    starts: 'open',
    steps: [
      { name: 'once', in: 'open', match: {}, then: 'done' },
      { name: 'again', in: 'done', match: {} },
      { name: 'late', in: 'done', after: 'PT1H', send: document },
    ],
  })
  for (let at = 0; at < limits.scriptMachines; at += 1) by({ path: `/?r=${at}` })
  by({ path: '/?r=0' })
  expect(scripts.list()[0]?.forgotten).toBe(0)
  expect(by({ path: '/?r=new' })).toBe('script one / once')
  expect([by({ path: '/?r=0' }), by({ path: '/?r=2' })]).toEqual(['script one / again', 'script one / again'])
  const [state] = scripts.list()
  expect(state).toMatchObject({ forgotten: 1, states: [{ state: 'done', machines: limits.scriptMachines }] })
  expect(state?.machines).toHaveLength(limits.scriptMachinesShown)
  expect(state?.machines.at(-1)).toEqual({ key: '2', state: 'done' })
  // The one that was forgotten no longer acts of its own accord, and begins anew when it comes again.
  advance(hour)
  expect(sent.some(({ reference }) => reference === '1')).toBe(false)
  expect(by({ path: '/?r=1' })).toBe('script one / once')
})

const circle = (after: string): ScriptLike => ({
  name: 'circle',
  starts: 'open',
  steps: [
    { name: 'there', in: 'open', after, then: 'lost' },
    { name: 'back', in: 'lost', after, then: 'open' },
    { name: 'asked', match: {} },
  ],
})

test('a script that goes in circles without time passing is stopped, and everything else goes on', () => {
  const { scripts, advance, by, notes, due, sent } = loaded(circle('PT0S'), {
    name: 'other',
    steps: [{ name: 'asked', match: {}, send: { ...document, reference: 'EV1' } }],
  })
  advance(0)
  const reason = 'it goes in circles without time passing: open → lost → open'
  expect(scripts.list()[0]).toMatchObject({ name: 'circle', stopped: reason })
  expect(notes.at(-1)).toEqual({ script: 'circle', stopped: reason })
  expect(due()).toBe(0)
  expect(by()).toBe('script other / asked')
  advance(0)
  expect(sent).toHaveLength(1)
  expect(scripts.misses(requestOf())).toContainEqual({
    script: 'circle',
    step: 'asked',
    differs: [`script: is stopped, since ${reason}`],
  })
})

test('a script that goes on without end while nobody asks it anything is stopped; one that is asked goes on', () => {
  const { scripts, advance, by } = loaded(circle('PT1H'))
  for (let at = 0; at < 3; at += 1) {
    advance((limits.scriptMoves - 1) * hour)
    expect(by()).toBe('script circle / asked')
  }
  expect(scripts.list()[0]).not.toHaveProperty('stopped')
  advance((limits.scriptMoves + 1) * hour)
  expect(scripts.list()[0]?.stopped).toMatch(
    /^it went on by itself 1000 times while nobody asked it anything: (open → lost → open|lost → open → lost)$/,
  )
  expect(by()).toBeUndefined()
})

test('many automatic steps one after another are no circle', () => {
  const states = Array.from({ length: limits.scriptSteps - 1 }, (_, at) => ({
    name: `step ${at}`,
    in: `s${at}`,
    after: 'PT0S',
    then: `s${at + 1}`,
  }))
  const { scripts, advance } = loaded({ starts: 's0', steps: states })
  advance(0)
  expect(scripts.list()[0]).toMatchObject({ states: [{ state: `s${states.length}`, machines: 1 }] })
  expect(scripts.list()[0]).not.toHaveProperty('stopped')
})

test('a script that plans too much ahead is stopped', () => {
  const sends = Array.from({ length: 100 }, () => ({ ...document, after: 'P1D', reference: 'EV1' }))
  const { scripts, by, advance, sent } = loaded({ steps: [{ name: 'asked', match: {}, send: sends }] })
  for (let at = 0; at <= limits.scriptPlans / 100; at += 1) by()
  expect(scripts.list()[0]?.stopped).toMatch(/^more than 20000 steps and documents/)
  advance(24 * hour)
  expect(sent).toEqual([])
})

test('a script that is taken away or replaced does nothing more', () => {
  const late = {
    starts: 'a',
    steps: [{ name: 'tell', in: 'a', after: 'PT1H', send: { ...document, reference: 'EV1' } }],
  }
  const { scripts, advance, sent } = loaded({ name: 'gone', ...late }, { name: 'replaced', ...late })
  advance(hour / 2)
  scripts.remove('gone')
  scripts.load(scriptOf({ name: 'replaced', ...late }))
  advance(hour / 2)
  expect(sent).toEqual([])
  advance(hour / 2)
  expect(sent).toHaveLength(1)
})

test('the same calls, clock and seed give the same directions and documents', () => {
  const call = fc.oneof(
    fc.record({ ref: fc.constantFrom('A', 'B', 'C'), path: fc.constantFrom('/declare', '/ask') }),
    fc.record({ advance: fc.integer({ min: 0, max: 3 * hour }) }),
    fc.constant({ reload: true }),
  )
  const script: ScriptLike = {
    ...story,
    stateOf: 'query:ref',
    steps: [...story.steps, { name: 'draws', match: {}, reply: { body: '${draw:12} ${now}' }, then: 'open' }],
  }
  const play = (calls: readonly object[]) => {
    const { host, advance, sent, notes } = handHost()
    const scripts = createScripts(host)
    scripts.load(scriptOf(script))
    const said = calls.map((one) => {
      if ('advance' in one) return advance(one.advance as number)
      if ('reload' in one)
        return scripts.load(JSON.parse(JSON.stringify(scriptOf(script))) as ReturnType<typeof scriptOf>)
      const { ref, path } = one as { ref: string; path: string }
      return scripts.direct(requestOf({ path: `${path}?ref=${ref}` }))
    })
    return { said, sent, notes, list: scripts.list() }
  }
  fc.assert(
    fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
      expect(play(calls)).toEqual(play(calls))
    }),
    { numRuns: 40 },
  )
})
