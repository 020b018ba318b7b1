import { expect, test } from 'vitest'
import { createScripts } from '../../mocks/simulator/script/index.ts'
import { handHost, loaded, requestOf, scriptOf } from './script-stage.ts'

const hour = 3_600_000
const document = { name: 'r.xml', contentType: 'application/xml', body: '<r/>' }

test('values are put in, and cannot end the text they stand in', () => {
  const hostile = '"<a>&\'\\\n\u0001'
  const all = '${query:x}|${header:X-A}|${body:/b}|${path:2}|${body:/none}|$${now}'
  const { ask } = loaded({
    steps: [
      { name: 'json', times: 1, match: {}, reply: { json: { a: [all, 1, null], b: true } } },
      {
        name: 'xml',
        times: 1,
        match: {},
        reply: { headers: { 'content-type': 'text/xml', 'x-b': 'v ${query:x}' }, body: `<a b="${all}"/>` },
      },
      { name: 'plain', match: {}, reply: { status: 404, body: 'no ${now} ${count}' } },
    ],
  })
  const request = {
    path: `/a/b%20c?x=${encodeURIComponent(hostile)}`,
    headers: [['x-a', 'h']] as const,
    body: JSON.stringify({ b: hostile }),
  }
  const json = ask(request)?.reply
  expect(json?.headers).toEqual([['content-type', 'application/json']])
  expect(JSON.parse(json?.body ?? '')).toEqual({ a: [`${hostile}|h|${hostile}|b c||\${now}`, 1, null], b: true })
  const inXml = '&quot;&lt;a&gt;&amp;&apos;\\\n'
  expect(ask(request)?.reply).toEqual({
    status: 200,
    headers: [
      ['content-type', 'text/xml'],
      ['x-b', `v "<a>&'\\??`],
    ],
    body: `<a b="${inXml}|h|${inXml}|b c||\${now}"/>`,
  })
  expect(ask(request)?.reply?.body).toBe('no 2026-11-02T01:00:00.000Z 1')
})

test('digits are drawn from the seed: fresh ones each time, the same where they have a name', () => {
  const steps = [
    {
      name: 'asked',
      match: {},
      reply: { body: '${draw:8} ${draw:8} ${draw:6:permit}' },
      send: { ...document, after: 'PT1H', reference: 'EV1', body: '${draw:6:permit}' },
    },
  ]
  const run = (seed: string) => {
    const { host, advance, sent } = handHost(seed)
    const scripts = createScripts(host)
    scripts.load(scriptOf({ steps }))
    const bodies = [scripts.direct(requestOf()), scripts.direct(requestOf())].map(
      (direction) => direction?.reply?.body ?? '',
    )
    advance(hour)
    return [...bodies.flatMap((body) => body.split(' ')), sent[0]?.document.body]
  }
  const [a, b, permit, c, d, again, told] = run('seed')
  expect([a, b, c, d]).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^\d{8}$/)))
  expect(new Set([a, b, c, d]).size).toBe(4)
  expect(permit).toMatch(/^\d{6}$/)
  expect([again, told]).toEqual([permit, permit])
  expect(run('seed')).toEqual([a, b, permit, c, d, again, told])
  expect(run('another seed')).not.toContain(a)
})

test('a document that leaves later holds what its request said, escaped, and the instant it leaves at', () => {
  const { ask, advance, sent } = loaded({
    steps: [
      {
        name: 'asked',
        match: {},
        send: {
          after: 'PT1H',
          reference: '${body:/ref}',
          name: '${query:n}.xml',
          contentType: 'text/xml',
          body: '<r at="${now}" n="${count}">${body:/ref}</r>',
        },
      },
    ],
  })
  ask({ path: '/?n=a%0Ab', body: '{"ref":"<EV1>"}' })
  ask({ body: '{}' })
  advance(hour)
  expect(sent.map(({ reference, document: { name, body } }) => [reference, name, body])).toEqual([
    ['<EV1>', 'a?b.xml', '<r at="2026-11-02T02:00:00.000Z" n="1">&lt;EV1&gt;</r>'],
    ['', '.xml', '<r at="2026-11-02T02:00:00.000Z" n="2"></r>'],
  ])
})
