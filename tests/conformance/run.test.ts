import { describe, expect, test } from 'vitest'
import { shown } from '../../conformance/exchange.ts'
import { limits } from '../../conformance/limits.ts'
import { judge, type Step } from '../../conformance/run.ts'
import type { Exchange, Finding, Scenario } from '../../conformance/verdict.ts'

const exchange: Exchange = { request: { method: 'GET', url: 'http://a.test/x', headers: {} }, error: 'ECONNREFUSED' }
const scenario = (id: string, rest: Partial<Scenario<string>>): Scenario<string> => ({
  id,
  group: 'schema',
  title: { en: `It keeps ${id}`, zh: `符合${id}` },
  judge: () => [],
  ...rest,
})
const judged = async (rest: Partial<Scenario<string>>, options = {}) => {
  const report = await judge({ kind: 'agency', name: 'a', subject: 's', scenarios: [scenario('one', rest)] }, options)
  return report.judged[0]
}

describe('a scenario', () => {
  test('is kept when nothing is found', async () => {
    expect(await judged({})).toMatchObject({ id: 'one', verdict: 'conformant' })
  })
  test('is not kept when something is, whether at once or later', async () => {
    const findings = [{ what: 'bad', pointer: '/a' }]
    expect(await judged({ judge: () => findings })).toMatchObject({ verdict: 'not-conformant', findings })
    expect(await judged({ judge: async () => findings })).toMatchObject({ verdict: 'not-conformant', findings })
  })
  test.each([
    [
      'at once',
      (error: Error) => () => {
        throw error
      },
    ],
    ['later', (error: Error) => () => Promise.reject(error)],
  ])('that throws %s is not kept: the error is what was found, with the exchange it came of', async (_, throwing) => {
    const error = Object.assign(new TypeError('ouch', { cause: new Error('deep') }), { exchange })
    expect(await judged({ judge: throwing(error) })).toMatchObject({
      verdict: 'not-conformant',
      findings: [{ what: 'TypeError: ouch (deep)', exchange }],
    })
  })
  test('that does not end is not waited for', async () => {
    const endless = { judge: () => new Promise<Finding[]>(() => undefined) }
    expect(await judged(endless, { timeoutMs: 5 })).toMatchObject({
      verdict: 'not-conformant',
      findings: [{ what: 'Error: not finished after 0.005 s' }],
    })
  })
  test('does not apply for a reason of its own, or the operator’s', async () => {
    const reason = 'it has none'
    expect(await judged({ notApplicable: (subject) => `${reason} (${subject})` })).toMatchObject({
      verdict: 'not-applicable',
      reason: `${reason} (s)`,
    })
    const waived = new Map([['one', reason]])
    expect(await judged({ judge: () => [{ what: 'bad' }] }, { waived })).toMatchObject({
      verdict: 'not-applicable',
      reason,
    })
  })
  test('never does without a reason', async () => {
    expect(await judged({ notApplicable: () => ' ' })).toMatchObject({ verdict: 'not-conformant' })
    expect(await judged({}, { waived: new Map([['one', '']]) })).toMatchObject({ verdict: 'not-conformant' })
  })
  test('that finds no end tells the first, and how many more', async () => {
    const findings = Array.from({ length: limits.findings + 7 }, () => ({ what: 'x'.repeat(5_000) }))
    const one = await judged({ judge: () => findings })
    if (one?.verdict !== 'not-conformant') throw new Error('It is kept')
    expect(one.findings).toHaveLength(limits.findings + 1)
    expect(one.findings.at(-1)?.what).toBe('… and 7 more')
    expect(one.findings[0]?.what.length).toBeLessThan(limits.findingCharacters + 5)
  })
})

test('scenarios are judged one after the other, and each is told of before and after', async () => {
  const steps: Step[] = []
  let running = 0
  const slow = {
    judge: async () => {
      running++
      await Promise.resolve()
      return running-- === 1 ? [] : [{ what: 'two at once' }]
    },
  }
  const report = await judge(
    {
      kind: 'gateway',
      name: 'g',
      subject: '',
      scenarios: [scenario('one', slow), scenario('two', slow), scenario('three', slow)],
    },
    { only: ['three', 'one'], progress: (step) => void steps.push(step), now: () => 0 },
  )
  expect(report.judged.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['one', 'conformant'],
    ['three', 'conformant'],
  ])
  expect(steps.map(({ id, place, of, judged: done }) => [id, place, of, done?.verdict])).toEqual([
    ['one', 1, 2, undefined],
    ['one', 1, 2, 'conformant'],
    ['three', 2, 2, undefined],
    ['three', 2, 2, 'conformant'],
  ])
})

describe('an exchange in a report', () => {
  const secrets = shown({
    request: {
      method: 'POST',
      url: 'https://me:hunter2@a.test/x?api_key=hunter2&b=1',
      headers: { Authorization: 'Bearer hunter2', 'x-api-key': 'hunter2', accept: 'text/plain' },
      body: '{"secret": "hun\\"ter2", "token":"hunter2", "name":"whsec_aHVudGVyMg=="}',
    },
    response: {
      status: 200,
      headers: { 'set-cookie': 'sid=hunter2' },
      body: '<a><n:ApiKey>hunter2</n:ApiKey><b>ok</b></a>',
    },
  })
  test('has no secrets in it', () => {
    expect(JSON.stringify(secrets)).not.toMatch(/hunter2|hun\\|ter2|aHVudGVyMg/)
  })
  test('keeps everything else', () => {
    expect(secrets.request.url).toBe('https://***@a.test/x?api_key=***&b=1')
    expect(secrets.request.headers).toMatchObject({ accept: 'text/plain' })
    expect(secrets.response).toMatchObject({ status: 200, body: '<a><n:ApiKey>***</n:ApiKey><b>ok</b></a>' })
  })
  test('says where it was cut', () => {
    const { request } = shown({
      request: { method: 'POST', url: '/', headers: {}, body: 'x'.repeat(limits.bodyCharacters + 3) },
    })
    expect(request.body).toMatch(/x\n… 3 more characters$/)
  })
})
