// oxlint-disable unicorn/no-thenable -- `then` is a word of the scripts’ language, and always a text
import { expect, test } from 'vitest'
import { limits } from '../../mocks/simulator/limits.ts'
import { loaded, requestOf, scriptOf } from './script-stage.ts'

const takes = (match: object, request: Parameters<typeof requestOf>[0]): boolean =>
  loaded({ steps: [{ name: 'it', match, reply: {} }] }).by(request) === 'script one / it'

const xml =
  '<?xml version="1.0"?><d:Dec xmlns:d="urn:d"><d:Head no="7"><d:Seq>0100</d:Seq></d:Head><L><G>a</G><G>b &amp; c</G></L></d:Dec>'
const json = '{"a":{"b/c":["x",{"n":1.10}],"big":12345678901234567890},"no":null,"yes":true}'

test.each([
  ['everything', {}, {}],
  ['a method, however it is written', { method: 'post' }, {}],
  ['one of two methods', { method: ['PUT', 'POST'] }, {}],
  ['a path', { path: '/declare' }, { path: '/declare?x=1' }],
  ['a path with a segment of any kind', { path: '/a/*/c' }, { path: '/a/b/c' }],
  ['a path with anything behind', { path: '/a/**' }, { path: '/a/b/c' }],
  ['a parameter', { query: { no: 'E 1' } }, { path: '/declare?no=E%201' }],
  ['a parameter that is not there', { query: { no: { absent: true } } }, {}],
  ['a header, whatever its case', { headers: { 'X-A': { contains: 'b' } } }, { headers: [['x-a', 'abc']] as const }],
  ['a text in the body', { body: [{ contains: 'b' }] }, { body: 'abc' }],
  ['the whole body', { body: 'abc' }, { body: 'abc' }],
  ['a pattern', { body: [{ matches: '^a.c$' }] }, { body: 'abc' }],
  ['an element, without its prefix', { body: [{ at: '/Dec/Head/Seq', equals: '0100' }] }, { body: xml }],
  ['an attribute', { body: [{ at: '/Dec/Head/@no', equals: '7' }] }, { body: xml }],
  ['the first of several elements', { body: [{ at: '/Dec/L/G', equals: 'a' }] }, { body: xml }],
  ['one of several elements', { body: [{ at: '/Dec/L/G[2]', equals: 'b & c' }] }, { body: xml }],
  ['an element with children', { body: [{ at: '/Dec/Head', present: true }] }, { body: xml }],
  ['an element that is not there', { body: [{ at: '/Dec/Tail', absent: true }] }, { body: xml }],
  ['a JSON pointer', { body: [{ at: '/a/b~1c/0', equals: 'x' }] }, { body: json }],
  ['a number as it was written', { body: [{ at: '/a/b~1c/1/n', equals: '1.10' }] }, { body: json }],
  ['a number no float can hold', { body: [{ at: '/a/big', equals: '12345678901234567890' }] }, { body: json }],
  ['a truth value', { body: [{ at: '/yes', equals: 'true' }] }, { body: json }],
  ['nothing of a body that is neither', { body: [{ at: '/a', absent: true }] }, { body: 'a=1' }],
  ['nothing of XML with a DOCTYPE', { body: [{ at: '/a', absent: true }] }, { body: '<!DOCTYPE a><a>1</a>' }],
  ['nothing of names that every object has', { body: [{ at: '/constructor/name', absent: true }] }, { body: '{}' }],
  ['nothing of a list by a name', { body: [{ at: '/length', absent: true }] }, { body: '[1]' }],
])('a step takes %s', (_, match, request) => {
  expect(takes(match, request)).toBe(true)
})

test.each([
  ['another agency', {}, { agency: 'island' }],
  ['another method', { method: 'PUT' }, {}],
  ['a longer path', { path: '/a/*' }, { path: '/a/b/c' }],
  ['a path with nothing behind', { path: '/a/**' }, { path: '/a' }],
  ['another parameter', { query: { no: '1' } }, { path: '/declare?no=2' }],
  ['a header that is there', { headers: { a: { absent: true } } }, { headers: [['a', '']] as const }],
  ['half of what is asked', { body: [{ contains: 'a' }, { contains: 'b' }] }, { body: 'a' }],
  ['one test of two on a value', { query: { a: { equals: 'ab', matches: '^b' } } }, { path: '/declare?a=ab' }],
  ['null as the text null of another field', { body: [{ at: '/a', equals: 'null' }] }, { body: json }],
])('a step does not take %s', (_, match, request) => {
  expect(takes(match, request)).toBe(false)
})

test('a pattern that would take others years is matched in no time', () => {
  const { by } = loaded({ steps: [{ name: 'it', match: { body: [{ matches: '^(a+)+$' }] }, reply: {} }] })
  const begun = performance.now()
  expect(by({ body: `${'a'.repeat(50_000)}b` })).toBeUndefined()
  expect(performance.now() - begun).toBeLessThan(2_000)
})

test('a body that is too deep or too large is not looked into, and hurts nobody', () => {
  const step = (at: string) => ({ steps: [{ name: 'it', match: { body: [{ at, present: true }] }, reply: {} }] })
  expect(loaded(step('/a')).by({ body: '<a>'.repeat(5_000) })).toBeUndefined()
  expect(loaded(step('/0')).by({ body: '['.repeat(50_000) + ']'.repeat(50_000) })).toBeUndefined()
  expect(loaded(step('/a')).by({ body: `{"a":"${'x'.repeat(limits.scriptLookCharacters)}"}` })).toBeUndefined()
})

test('the script loaded first comes first, and in a script the first step', () => {
  const match = { path: '/declare' }
  const { scripts, by } = loaded(
    {
      name: 'a',
      steps: [
        { name: 'narrow', match: { body: 'x' } },
        { name: 'second', match },
        { name: 'third', match },
      ],
    },
    { name: 'b', steps: [{ name: 'wide', match: {} }] },
  )
  expect([by({ body: 'x' }), by(), by({ path: '/other' })]).toEqual([
    'script a / narrow',
    'script a / second',
    'script b / wide',
  ])
  // Loaded again it keeps its place; taken away, it is gone.
  scripts.load(scriptOf({ name: 'a', steps: [{ name: 'new', match }] }))
  expect(by()).toBe('script a / new')
  expect([scripts.remove('a'), scripts.remove('a'), scripts.size]).toEqual([true, false, 1])
  expect(by()).toBe('script b / wide')
})

test('what is loaded or taken away after a request of its kind counts for the next one', () => {
  const { scripts, by } = loaded({ name: 'a', steps: [{ name: 'get', match: { method: 'GET', path: '/declare' } }] })
  expect([by(), by({ method: 'GET' })]).toEqual([undefined, 'script a / get'])
  scripts.load(scriptOf({ name: 'b', steps: [{ name: 'post', match: { method: 'POST', path: '/declare' } }] }))
  expect([by(), by({ method: 'GET' })]).toEqual(['script b / post', 'script a / get'])
  scripts.remove('b')
  expect([by(), by({ method: 'GET' })]).toEqual([undefined, 'script a / get'])
  scripts.load(scriptOf({ name: 'a', steps: [{ name: 'other', match: { path: '/other' } }] }))
  expect([by({ method: 'GET' }), by({ path: '/other' }), by({ agency: 'island', path: '/other' })]).toEqual([
    undefined,
    'script a / other',
    undefined,
  ])
})

test('an automatic step, an outcome, faults and a delay make the direction', () => {
  const { ask } = loaded({
    steps: [
      { name: 'it', match: {}, outcome: ['FINE', 'INSPECT'], faults: ['TIMEOUT', { fault: 'LATENCY' }], delay: 'PT2S' },
    ],
  })
  expect(ask()).toMatchObject({
    by: 'script one / it',
    outcomes: ['FINE', 'INSPECT'],
    faults: [{ fault: 'TIMEOUT' }, { fault: 'LATENCY', medianMs: limits.latencyMedianMs }],
    delayMs: 2_000,
  })
  expect(ask()).not.toHaveProperty('reply')
})

test('a thousand scripts cost a request what one costs', () => {
  const stepsOf = (at: number) => [
    {
      name: 'by body',
      match: { method: 'POST', path: '/declare', body: [{ at: '/ref', equals: `EV${at}` }] },
      reply: {},
    },
    { name: 'by path', match: { path: `/of/${at}` }, reply: {} },
    { name: 'by query', match: { path: '/ask', query: { no: `${at}`, office: { matches: '^01' } } }, reply: {} },
  ]
  const cost = (scripts: number) => {
    const { scripts: all, by } = loaded(
      ...Array.from({ length: scripts }, (_, at) => ({ name: `s${at}`, steps: stepsOf(at) })),
    )
    const last = scripts - 1
    expect(by({ body: `{"ref":"EV${last}"}` })).toBe(`script s${last} / by body`)
    expect(by({ method: 'GET', path: `/of/${last}` })).toBe(`script s${last} / by path`)
    expect(by({ method: 'GET', path: `/ask?no=${last}&office=0100` })).toBe(`script s${last} / by query`)
    expect(by({ body: '{"ref":"nobody"}' })).toBeUndefined()
    for (const { name } of all.list().slice(1)) all.remove(name)
    const looked = all.looked
    by({ body: '{"ref":"EV0"}' })
    return [looked, all.looked - looked]
  }
  expect(cost(1_000)).toEqual(cost(1))
})

const missing = {
  name: 'm',
  starts: 'open',
  steps: [
    {
      name: 'declares',
      in: 'open',
      times: 1,
      match: {
        method: 'POST',
        path: '/declare',
        headers: { authorization: 'Bearer right' },
        body: [{ at: '/ref', equals: 'EV1' }, { contains: 'now' }],
      },
      then: 'done',
    },
    { name: 'asks', in: 'done', match: { method: 'GET', path: '/ask', query: { no: { matches: '^E' } } } },
    { name: 'far', agency: 'island', match: { path: '/x' } },
  ],
}

test('near misses come closest first, with every difference', () => {
  const { scripts } = loaded(missing)
  const misses = scripts.misses(
    requestOf({ path: '/declare?x=1', body: '{"ref":"EV2"}', headers: [['authorization', 'Bearer wrong']] }),
  )
  expect(misses).toEqual([
    {
      script: 'm',
      step: 'declares',
      differs: [
        'header authorization: is not what the step expects',
        'body /ref: expected "EV1", got "EV2"',
        'body: expected something with "now", got "{\\"ref\\":\\"EV2\\"}"',
      ],
    },
    {
      script: 'm',
      step: 'asks',
      differs: [
        'method: expected GET, got POST',
        'path: expected /ask, got /declare',
        'query no: expected something that matches "^E", got nothing',
        'state: is open, step needs done',
      ],
    },
    {
      script: 'm',
      step: 'far',
      differs: ['agency: expected island, got harbour', 'path: expected /x, got /declare'],
    },
  ])
  expect(scripts.misses(requestOf({ method: 'GET', path: '/ask?no=E' }))[0]).toMatchObject({
    differs: ['state: is open, step needs done'],
  })
})

test('a step that has gone as often as it may says so, and looking changes nothing', () => {
  const { scripts, by } = loaded({ steps: [{ name: 'once', times: 1, match: {} }] })
  expect(by()).toBe('script one / once')
  const before = scripts.list()
  expect(scripts.misses(requestOf())).toEqual([
    { script: 'one', step: 'once', differs: ['times: has gone 1 of 1 times'] },
  ])
  expect(scripts.list()).toEqual(before)
})

test('an agency refuses what no step takes while a script says so', () => {
  const { scripts } = loaded(
    { name: 'a', unmatched: 'refuse', steps: [{ name: 'x', match: {} }] },
    { name: 'b', unmatched: 'refuse', steps: [{ name: 'x', match: {} }] },
    { name: 'c', agency: 'island', steps: [{ name: 'x', match: {} }] },
  )
  expect([scripts.refuses('harbour'), scripts.refuses('island')]).toEqual([true, false])
  scripts.remove('a')
  expect(scripts.refuses('harbour')).toBe(true)
  scripts.remove('b')
  expect(scripts.refuses('harbour')).toBe(false)
})
