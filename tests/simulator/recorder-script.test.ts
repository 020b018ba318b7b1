import { expect, test } from 'vitest'
import type { Asked } from '../../mocks/simulator/exchange.ts'
import { faults } from '../../mocks/simulator/faults.ts'
import { limits } from '../../mocks/simulator/limits.ts'
import { createRecorder, type RecordedExchange, type Recording } from '../../mocks/simulator/recorder.ts'
import type { Forward } from '../../mocks/simulator/recorder-forward.ts'
import { recordingOrder } from '../../mocks/simulator/recorder-order.ts'
import { toScripts } from '../../mocks/simulator/recorder-script.ts'
import { createScripts, readScript, type Scripts } from '../../mocks/simulator/script/index.ts'
import { handTimers } from './support.ts'

/** What a session makes of a recording: its scripts, read from their text and loaded. */
function loaded(recording: Recording): Scripts {
  const unasked = () => {
    throw new Error('a recording has nothing of its own accord')
  }
  const scripts = createScripts({ now: () => 0, after: unasked, draw: unasked, send: unasked, note: () => undefined })
  const known = { agencies: [{ id: 'harbour', outcomes: [] }], faults: faults.map(({ fault }) => fault) }
  for (const script of toScripts(recording)) scripts.load(readScript(JSON.stringify(script), known))
  return scripts
}

const ask = (scripts: Scripts, path: string, method = 'GET') =>
  scripts.direct({ agency: 'harbour', method, path, headers: [], body: '' })
const said = (scripts: Scripts, path: string, method?: string) => ask(scripts, path, method)?.reply?.body

interface Told {
  readonly path: string
  readonly method?: string
  readonly status?: number
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
}

const recordingOf = (all: readonly (Told | RecordedExchange)[]): Recording => ({
  agency: 'harbour',
  target: 'http://endpoint.test',
  leftOut: 0,
  exchanges: all.map((one, at): RecordedExchange => {
    if ('request' in one) return one
    const { path, method = 'GET', status = 200, headers = [], body = '' } = one
    const answer = { status, headers, body }
    return { number: at + 1, askedAt: '', method, path, request: { headers: [], body: '' }, answer }
  }),
})

const failed = (path: string, error: 'timeout' | 'unreachable' | 'loop'): RecordedExchange => ({
  number: 1,
  askedAt: '',
  method: 'GET',
  path,
  request: { headers: [], body: '' },
  error,
})

/** Texts that scripts, JSON, YAML or headers could make something else of. */
const hostile = [
  '{"a": 1.50, "报关": "\\u00e9"}\r\n',
  '${now} $${draw:8} ${unknown} $$ ${',
  '---\nfoo: &a [*a]\n...\n\t# no: comment\u2028\u0085',
  '<A b="1">&amp;<![CDATA[x]]></A>\n',
  '\u{feff}with a mark \0 and a nought',
  '\'"\\ null ~ yes 0100 1e3',
]

test('a recording that is replayed serves the same bytes to the same requests', async () => {
  const answers = new Map(hostile.map((body, at) => [`/thing/${at}?n=${at}`, body]))
  const forward: Forward = (url) => {
    const { pathname, search } = new URL(url)
    async function* body() {
      yield Buffer.from(answers.get(`${pathname}${search}`) ?? '')
    }
    const headers = [
      ['content-type', 'application/json'],
      ['x-odd', '${now}: caf\u00e9'],
      ['__proto__', 'x'],
      ['via', 'a'],
      ['via', 'b'],
    ] as const
    return Promise.resolve({ status: 201, headers, body: body() })
  }
  const recorder = createRecorder({ timers: handTimers(), forward })
  recorder.start(recordingOrder.parse({ agency: 'harbour', target: 'http://endpoint.test' }))
  const asked = (path: string): Asked => ({ method: 'POST', path, headers: [], body: Buffer.from('') })
  const served = []
  for (const path of answers.keys()) served.push(await recorder.serve('harbour', asked(path)))
  const recording = recorder.recording('harbour')
  if (recording === undefined) throw new Error('there is a recording')
  const scripts = loaded(recording)
  for (const [at, path] of [...answers.keys()].entries()) {
    const reply = ask(scripts, path, 'POST')?.reply
    expect(Buffer.from(reply?.body ?? '').equals(served[at]?.body ?? Buffer.from('none'))).toBe(true)
    expect(reply?.status).toBe(201)
    expect(reply?.headers).toEqual(
      expect.arrayContaining([
        ['content-type', 'application/json'],
        ['x-odd', '${now}: caf\u00e9'],
        ['via', 'a, b'],
      ]),
    )
  }
})

test('the same request gets its answers in the order it had them, and the last from then on', () => {
  const scripts = loaded(
    recordingOf([
      { path: '/a', body: '1' },
      { path: '/b', body: 'other' },
      { path: '/a', body: '2' },
      { path: '/a', body: '2' },
      { path: '/a', body: '3' },
      { path: '/a', method: 'POST', body: 'posted' },
    ]),
  )
  // Whatever else is asked in between.
  expect([said(scripts, '/a'), said(scripts, '/a', 'POST'), said(scripts, '/a'), said(scripts, '/b')]).toEqual([
    '1',
    'posted',
    '2',
    'other',
  ])
  expect([said(scripts, '/a'), said(scripts, '/a'), said(scripts, '/a'), said(scripts, '/b')]).toEqual([
    '2',
    '3',
    '3',
    'other',
  ])
})

test('requests with other parameters are other requests; one that is masked is any', () => {
  const scripts = loaded(
    recordingOf([
      { path: '/a', body: 'none' },
      { path: '/a?x=1', body: 'x' },
      { path: '/a?y=2&x=1', body: 'both' },
      { path: '/a?x=', body: 'empty' },
      { path: '/b?apikey=***&z=3&__proto__=1', body: 'masked' },
    ]),
  )
  const asked = ['/a', '/a?x=1', '/a?x=1&y=2', '/a?x=', '/b?z=3&apikey=anything']
  expect(asked.map((path) => said(scripts, path))).toEqual(['none', 'x', 'both', 'empty', 'masked'])
  expect(said(scripts, '/b?z=3')).toBeUndefined()
})

test('a request that was not recorded is refused, and told what came closest', () => {
  const scripts = loaded(recordingOf([{ path: '/a?x=1' }]))
  const request = { agency: 'harbour', method: 'GET', path: '/a?x=2', headers: [], body: '' }
  expect(scripts.direct(request)).toBeUndefined()
  expect(scripts.refuses('harbour')).toBe(true)
  expect(scripts.misses(request)).toMatchObject([{ step: '1: GET /a', differs: ['query x: expected "1", got "2"'] }])
})

test('where the endpoint gave no answer, a replay gives none either', () => {
  const scripts = loaded(
    recordingOf([failed('/slow', 'timeout'), failed('/torn', 'unreachable'), failed('/loop', 'loop')]),
  )
  expect(ask(scripts, '/slow')).toMatchObject({ faults: [{ fault: 'TIMEOUT' }] })
  expect(ask(scripts, '/torn')).toMatchObject({ faults: [{ fault: 'RESET' }] })
  expect(ask(scripts, '/loop')).toMatchObject({ faults: [], reply: { status: 501 } })
})

test('an answer that was not kept, or that no script can hold, is a loud 501', () => {
  const [kept] = recordingOf([{ path: '/binary' }]).exchanges
  if (kept?.answer === undefined) throw new Error('an exchange has an answer')
  const scripts = loaded(
    recordingOf([
      { ...kept, answer: { ...kept.answer, missing: 'not kept: 9 bytes that are no UTF-8 text' } },
      { path: '/large', body: '"'.repeat(limits.scriptCharacters / 2) },
      { path: '/many', body: '${'.repeat(1_000) },
    ]),
  )
  for (const path of ['/binary', '/large', '/many']) expect(ask(scripts, path)?.reply?.status).toBe(501)
  expect(said(scripts, '/binary')).toContain('9 bytes that are no UTF-8 text')
})

test('answers without a body have none, whatever their request', () => {
  const scripts = loaded(
    recordingOf([
      { path: '/gone', status: 204, body: 'x' },
      { path: '/same', status: 304 },
      { path: '/head', method: 'HEAD', body: 'x' },
    ]),
  )
  expect([said(scripts, '/gone'), said(scripts, '/same'), said(scripts, '/head', 'HEAD')]).toEqual(['', '', ''])
})

test('a long recording becomes as many scripts as their limits ask for, and no answer is lost between them', () => {
  const body = 'x'.repeat(1_000)
  const many = Array.from({ length: limits.recordingExchanges }, (_, at) => ({
    path: at % 2 === 0 ? '/mailbox' : `/thing/${at}`,
    body: `${at} ${body}`,
  }))
  const recording = recordingOf(many)
  const written = toScripts(recording)
  expect(written.length).toBeGreaterThan(2)
  for (const script of written) expect(JSON.stringify(script).length).toBeLessThanOrEqual(limits.scriptCharacters)
  const scripts = loaded(recording)
  for (const { path, body: expected } of many) expect(said(scripts, path)).toBe(expected)
})

test('an empty recording is no script', () => {
  expect(toScripts(recordingOf([]))).toEqual([])
})
