/** What no honest program sends 恶意输入: answered like any mistake of a caller's, never as a failure of the gateway. */
import { gzipSync } from 'node:zlib'
import { found } from '../http.ts'
import { limits } from '../limits.ts'
import type { Finding } from '../verdict.ts'
import { wrongWithProblem } from './problems.ts'
import { type CallOptions, declarations, freshKey, type GatewayScenario, type GatewaySubject, json } from './subject.ts'

type Request = readonly [what: string, method: string, path: string, options?: CallOptions]

const body = (
  what: string,
  bytes: string | Uint8Array,
  contentType = json,
  headers: Record<string, string> = {},
): Request => [what, 'POST', declarations, { body: bytes, contentType, headers: { ...freshKey(), ...headers } }]

function hostileRequests(subject: GatewaySubject): readonly Request[] {
  const sample = JSON.stringify(subject.fresh())
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  const xml = 'application/xml'
  return [
    body('arrays without end', '['.repeat(limits.hostileDepth)),
    body('objects without end', '{"a":'.repeat(limits.hostileDepth)),
    body('a prototype for a declaration', `{"__proto__":{"direction":"export"},${sample.slice(1)}`),
    body('a constructor for a member', `{"constructor":{"prototype":{"x":1}},${sample.slice(1)}`),
    body('a key twice', `{"direction":"export","direction":"import"}`),
    body('a number beyond all numbers', `{"direction":1e99999}`),
    body('U+0000 in a text', sample.replace(/"functionalReferenceId":"/, '$&\\u0000')),
    body('half a surrogate pair', sample.replace(/"functionalReferenceId":"/, '$&\\ud800')),
    body(
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from('{"direction":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    ),
    body('what says it is gzip', sample, json, { 'content-encoding': 'gzip' }),
    body('a little gzip that is a lot of JSON', gzipSync(`{"x":"${'x'.repeat(limits.oversizeBytes * 8)}"}`), json, {
      'content-encoding': 'gzip',
    }),
    body('an encoding it does not know', sample, json, { 'content-encoding': 'br' }),
    body('a DOCTYPE', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><DecMessage>&a;</DecMessage>', xml),
    body('a billion laughs', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><DecMessage>&l9;</DecMessage>`, xml),
    body('elements without end', '<a>'.repeat(limits.hostileDepth), xml),
    body('a key of many characters', sample, json, { 'idempotency-key': 'k'.repeat(5_000) }),
    ['a tag that is none', 'GET', declarations, { headers: { 'if-none-match': '"'.repeat(1_000) } }],
    [
      'a language that is none',
      'GET',
      `${declarations}?limit=0`,
      { headers: { 'accept-language': ';q=,,*;;zh-'.repeat(50) } },
    ],
    ['U+0000 in a path', 'GET', `${declarations}/%00`],
    ['a path that climbs', 'GET', `${declarations}/..%2f..%2fetc%2fpasswd`],
    ['a path that is no UTF-8', 'GET', `${declarations}/%ff%fe`],
    ['a path without end', 'GET', `${declarations}/${'x'.repeat(8_000)}`],
    ['a member of every object', 'GET', `${declarations}/__proto__`],
    ['a code list named like a prototype', 'GET', '/v1/codes/__proto__'],
    [
      'an agency named like a prototype',
      'POST',
      '/v1/agencies/constructor/receipts',
      { body: '<a/>', contentType: xml },
    ],
    ['a cursor somebody made up', 'GET', `${declarations}?after=%27%20OR%201%3D1--`],
    ['a number no database counts to', 'GET', `${declarations}/${'0'.repeat(20)}/events?after=99999999999999999999`],
  ]
}

const hostilityIsNoFailure: GatewayScenario = {
  id: 'hostility-is-no-failure',
  group: 'forbidden',
  title: {
    en: 'Hostile input is answered as a mistake of its sender: a problem document, never a 5xx, never a yes',
    zh: '恶意输入按请求方错误应答：问题文档，绝无 5xx，绝不受理',
  },
  async judge(subject) {
    const findings: Finding[] = []
    for (const [what, method, path, options] of hostileRequests(subject)) {
      const answer = await subject.call(method, path, options)
      const { status, exchange } = answer
      const said =
        status >= 500
          ? [found(`answered ${status}`, exchange, '/response/status')]
          : status === 202
            ? [found('it is taken in', exchange, '/response/status')]
            : status >= 400
              ? wrongWithProblem(answer)
              : []
      findings.push(...said.map((one) => ({ ...one, what: `${what}: ${one.what}` })))
    }
    return findings
  },
}

const nothingFailed: GatewayScenario = {
  id: 'nothing-failed',
  group: 'forbidden',
  title: {
    en: 'Nothing the kit asked was answered with a failure of the gateway (500)',
    zh: '全部测试请求均未引发网关内部错误（500）',
  },
  judge: ({ seen }) =>
    seen
      .filter(({ status }) => status === 500)
      .map(({ exchange }) => found('answered 500', exchange, '/response/status')),
}

export const hostile: readonly GatewayScenario[] = [hostilityIsNoFailure, nothingFailed]
