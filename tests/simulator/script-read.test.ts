import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../../mocks/simulator/limits.ts'
import { readScript } from '../../mocks/simulator/script/index.ts'
import { known, problemsOf } from './script-stage.ts'

/** A script of one step, each line of which a case may replace. */
const yaml = (changes: { readonly [line: number]: string } = {}): string =>
  [
    'name: one',
    'agency: harbour',
    'starts: open',
    'steps:',
    '  - name: first',
    '    in: open',
    '    match: { method: POST, path: /declare }',
    '    outcome: FINE',
    '    then: done',
    '  - name: second',
    '    in: done',
    '    match: { path: /ask }',
    '    reply: { body: "none" }',
  ]
    .map((line, at) => changes[at + 1] ?? line)
    .join('\n')

test('a script is read from YAML and from JSON alike', () => {
  const script = readScript(yaml(), known)
  expect(script).toMatchObject({ name: 'one', unmatched: 'agency', steps: [{ name: 'first', outcome: ['FINE'] }, {}] })
  expect(problemsOf(yaml())).toEqual([])
  const json = `{\n\t"name": "one",\n\t"agency": "harbour",\n\t"steps": [{ "name": "a", "match": {}, "outcome": ["FINE"] }]\n}`
  expect(readScript(json, known).steps[0]).toMatchObject({ match: {}, outcome: ['FINE'] })
})

test('a script that was read is data: written as JSON and read back it is the same', () => {
  const script = readScript(yaml({ 8: '    faults: [LATENCY]' }), known)
  expect(JSON.parse(JSON.stringify(script))).toEqual(script)
})

test('text stays text, and numbers are numbers where numbers belong', () => {
  const text = yaml({
    7: '    match: { query: { office: 0100, on: true }, headers: { x: { equals: 1.10 } }, body: [007, { at: /a, present: true }] }',
    8: '    times: 3',
    13: '    reply: { status: 201, headers: { x: 01 }, json: { n: 1, t: "1", b: true } }',
  })
  const [first, second] = readScript(text, known).steps
  expect(first?.times).toBe(3)
  expect(first?.match).toEqual({
    query: { office: { equals: '0100' }, on: { equals: 'true' } },
    headers: { x: { equals: '1.10' } },
    body: [{ equals: '007' }, { at: '/a', present: true }],
  })
  expect(second?.reply).toEqual({ status: 201, headers: { x: '01' }, json: { n: 1, t: '1', b: true } })
})

test.each([
  ['YAML that does not close', { 7: '    match: { method: POST' }, '8:5 syntax ', /./],
  ['a key twice', { 8: '    in: open' }, '8:5 twice /steps/0', /"in" stands here twice/],
  ['an unknown field', { 8: '    outcom: FINE' }, '8:5 unknown-field /steps/0/outcom', /closest: outcome/],
  ['an unknown field of the script', { 2: 'agencie: harbour' }, '2:1 unknown-field /agencie', /closest: agency/],
  [
    'an unknown test',
    { 7: '    match: { query: { a: { equal: 1 } } }' },
    '7:28 unknown-field /steps/0/match/query/a/equal',
    /closest: equals/,
  ],
  ['a wrong type', { 8: '    times: often' }, '8:12 invalid-type /steps/0/times', /Expected/],
  ['nothing where something is due', { 10: '  - times: 1' }, '10:5 missing /steps/1/name', /missing/],
  ['an unknown agency', { 2: 'agency: harbor' }, '2:9 unknown-agency /agency', /"harbor"; closest: harbour/],
  [
    'an unknown outcome',
    { 8: '    outcome: [FINE, INSPEKT]' },
    '8:21 unknown-outcome /steps/0/outcome/1',
    /closest: INSPECT/,
  ],
  ['an unknown fault', { 8: '    faults: [TIMEOT]' }, '8:14 unknown-fault /steps/0/faults/0/fault', /closest: TIMEOUT/],
  [
    'a fault’s parameter',
    { 8: '    faults: [{ fault: LATENCY, medianMs: -1 }]' },
    '8:42 too-small /steps/0/faults/0/medianMs',
    /./,
  ],
  ['two steps of one name', { 10: '  - name: first' }, '10:11 twice /steps/1/name', /Two steps/],
  ['an unknown state', { 11: '    in: don' }, '11:9 unknown-state /steps/1/in/0', /closest: done/],
  ['an unknown first state', { 3: 'starts: opened' }, '3:9 unknown-state /starts', /./],
  [
    'a regular expression that is none',
    { 7: '    match: { body: [{ matches: "(" }] }' },
    '7:32 bad-pattern /steps/0/match/body/0/matches',
    /./,
  ],
  [
    'a regular expression that looks back',
    { 7: '    match: { query: { a: { matches: "(a)\\\\1" } } }' },
    '7:37 bad-pattern /steps/0/match/query/a/matches',
    /./,
  ],
  ['a duration of no fixed length', { 8: '    delay: P1M' }, '8:12 bad-duration /steps/0/delay', /ISO 8601/],
  ['a delay beyond the limit', { 8: '    delay: PT11M' }, '8:12 bad-duration /steps/0/delay', /at most 600000 ms/],
  [
    'a template nobody knows',
    { 13: '    reply: { body: "at ${nwo}" }' },
    '13:24 bad-template /steps/1/reply/body',
    /closest: now/,
  ],
  [
    'a template that does not end',
    { 13: '    reply: { json: { a: "x${now" } }' },
    '13:27 bad-template /steps/1/reply/json',
    /without "}"/,
  ],
  ['a test of nothing', { 7: '    match: { query: { a: {} } }' }, '7:26 bad-test /steps/0/match/query/a', /./],
  ['two bodies', { 13: '    reply: { body: a, json: {} }' }, '13:12 two-bodies /steps/1/reply', /./],
  ['a body where none may be', { 13: '    reply: { status: 204, body: a }' }, '13:12 no-body /steps/1/reply', /./],
  [
    'an outcome beside a reply',
    { 9: '    then: done\n    reply: { status: 500 }' },
    '8:14 bad-step /steps/0/outcome',
    /never sees/,
  ],
  ['a step that waits for nothing', { 12: '    times: 1' }, '10:5 bad-step /steps/1', /either match/],
  [
    'a header with a line end',
    { 13: '    reply: { headers: { x: "a\\nb" } }' },
    '13:28 invalid-format /steps/1/reply/headers/x',
    /./,
  ],
  [
    'a header of the connection',
    { 13: '    reply: { headers: { Content-Length: 3 } }' },
    '13:25 bad-header /steps/1/reply/headers/Content-Length',
    /./,
  ],
  ['an alias', { 7: '    match: &m { path: /a }', 12: '    match: *m' }, '12:12 alias /steps/1/match', /./],
  ['a tag', { 8: '    outcome: !!str FINE' }, '8:20 tag /steps/0/outcome', /./],
  ['a reserved name', { 8: '    __proto__: { outcome: FINE }' }, '8:5 unknown-field /steps/0', /./],
])('%s is refused at its line and column', (_, changes, where, detail) => {
  const problems = problemsOf(yaml(changes))
  expect(problems.map((problem) => problem.where)).toContain(where)
  const [found] = problems.filter((problem) => problem.where === where)
  expect(found?.detail).toMatch(detail)
  expect(found?.detailZh).toMatch(/\p{Script=Han}/u)
})

test('a state that nothing leads to is refused, even when its name is known', () => {
  const text = yaml({ 9: '    times: 1', 11: '    in: done\n    then: done' })
  expect(problemsOf(text)).toMatchObject([{ where: '11:9 unreachable /steps/1/in', detail: /"open" to "done"/ }])
})

test('states that are listed are all there are', () => {
  const text = yaml({ 3: 'starts: open\nstates: [open, done]', 13: '    then: dnoe' })
  expect(problemsOf(text)).toMatchObject([{ detail: '"dnoe" is not among the states; closest: done' }])
})

test('all that is wrong is told at once, in the order of the text', () => {
  const text = yaml({ 2: 'agency: harbor', 8: '    faults: [NOSUCH]', 13: '    reply: { body: "${nwo} ${draw:99}" }' })
  expect(problemsOf(text).map(({ where }) => where.split(' ')[1])).toEqual([
    'unknown-agency',
    'unknown-fault',
    'bad-template',
  ])
})

test('a step that goes by itself answers nothing and has no request to take values from', () => {
  const text = yaml({
    12: '    after: PT1H',
    13: '    delay: PT1S\n    send: { reference: "${body:/a}", name: a, contentType: text/plain, body: "${now}" }',
  })
  expect(problemsOf(text).map(({ where }) => where)).toEqual([
    '13:12 bad-step /steps/1/delay',
    '14:25 bad-template /steps/1/send/0/reference',
  ])
})

test.each([
  ['an alias bomb', `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]`, 'alias'],
  ['brackets without end', '['.repeat(5_000), 'too-deep'],
  ['brackets that close', `steps: ${'['.repeat(100)}${']'.repeat(100)}`, 'too-deep'],
  ['lists in lists', '- '.repeat(5_000), 'too-deep'],
  ['a text beyond the limit', ' '.repeat(limits.scriptCharacters + 1), 'too-large'],
  ['another version of YAML', '%YAML 1.1\n---\nname: no', 'directive'],
  ['two documents', 'name: a\n---\nname: b', 'syntax'],
  ['nothing', '', 'invalid-type'],
  ['a text', 'hello', 'invalid-type'],
  ['a key that is a list', '? [a]\n: 1', 'unknown-field'],
])('%s is refused and costs little', (_, text, code) => {
  const problems = problemsOf(text)
  expect(problems.map(({ where }) => where.split(' ')[1])).toContain(code)
  expect(problems.length).toBeLessThanOrEqual(limits.scriptProblems)
})

test('many keys are compared in no time', () => {
  const begun = performance.now()
  const keys = Array.from({ length: 8_000 }, (_, at) => `key${at}: 1`)
  expect(problemsOf(keys.join('\n'))).toHaveLength(limits.scriptProblems)
  expect(performance.now() - begun).toBeLessThan(3_000)
})

test('whatever is written, it is read or refused at a place in it', () => {
  const whole = yaml({ 13: '    reply: { headers: { a: "${now}" }, json: { "b": ["${draw:8}", 1] } }' })
  const slip = fc.record({
    at: fc.nat(whole.length),
    cut: fc.nat(8),
    put: fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom('{', '[', ':', '\n', '\t', '"', '&a', '*a', '!', '${', '- ', '|', '\u0000'),
    ),
  })
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 4 }), (slips) => {
      let text = whole
      for (const { at, cut, put } of slips) text = `${text.slice(0, at)}${put}${text.slice(at + cut)}`
      const lines = text.split(/\r\n|\n|\r/).length
      for (const { where, detailZh } of problemsOf(text)) {
        expect(Number(where.split(':')[0])).toBeLessThanOrEqual(lines)
        expect(detailZh).not.toBe('')
      }
    }),
    { numRuns: 150 },
  )
})
