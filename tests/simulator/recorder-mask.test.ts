import { assert, json, oneof, property, string, stringMatching } from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../../mocks/simulator/limits.ts'
import { createMask } from '../../mocks/simulator/recorder-mask.ts'
import { type Fields, maskForm, maskText } from '../../mocks/simulator/recorder-text.ts'

const order = { headers: ['X-Licence'], fields: ['password', 'Token', '密码'] }

/** An exchange masked, with the bodies as text. */
function masked(
  { path = '/', headers = [], body = '' }: { path?: string; headers?: [string, string][]; body?: string | Uint8Array },
  answer: { headers?: [string, string][]; body?: string } = {},
) {
  const bytes = (text: string | Uint8Array) => Uint8Array.from(Buffer.from(text as string))
  const done = createMask(order)({
    asked: { method: 'POST', path, headers, body: bytes(body) },
    answer: { status: 200, headers: answer.headers ?? [], body: bytes(answer.body ?? '') },
  })
  const text = (one: Uint8Array) => Buffer.from(one).toString('utf8')
  return {
    path: done.asked.path,
    headers: done.asked.headers,
    body: text(done.asked.body),
    answerHeaders: done.answer.headers,
    answer: text(done.answer.body),
  }
}

test.each([
  'Authorization',
  'cookie',
  'x-api-key',
  'webhook-signature',
  'proxy-authorization',
  'x-licence',
  'x-csrf-token',
  'client-secret',
])('the header %s is masked', (name) => {
  expect(masked({ headers: [[name, 'Bearer 1234']] }).headers).toEqual([[name, '***']])
})

test('other headers stay, of the request and of the answer; cookies that are set are masked', () => {
  const headers: [string, string][] = [
    ['content-type', 'text/plain'],
    ['accept', '*/*'],
  ]
  expect(masked({ headers }).headers).toEqual(headers)
  expect(
    masked(
      {},
      {
        headers: [
          ['set-cookie', 'a=12; Path=/'],
          ['date', 'today'],
        ],
      },
    ).answerHeaders,
  ).toEqual([
    ['set-cookie', '***'],
    ['date', 'today'],
  ])
})

test.each([
  ['a member', '{"password" : "a" , "b":[1.50,true]}', '{"password" : "***" , "b":[1.50,true]}'],
  ['upper and lower case', '{"PassWord":"a"}', '{"PassWord":"***"}'],
  ['a number', '{"token":12e5,"b":1}', '{"token":"***","b":1}'],
  ['null and true', '[{"token":null},{"token":true}]', '[{"token":"***"},{"token":"***"}]'],
  ['a whole object', '{"token":{"a":["x",{"password":"y"}],"b":"}"},"c":"d"}', '{"token":"***","c":"d"}'],
  ['twice the same member', '{"token":"a","token":"b"}', '{"token":"***","token":"***"}'],
  ['an escaped name', String.raw`{"pass\u0077ord":"a"}`, String.raw`{"pass\u0077ord":"***"}`],
  ['a value with quotes', String.raw`{"token":"a\"b\\","c":"d"}`, '{"token":"***","c":"d"}'],
  ['an item that only sounds so', '["password","token"]', '["password","token"]'],
  ['a value that only sounds so', '{"a":"password"}', '{"a":"password"}'],
  ['text inside text', String.raw`{"a":"<password>x</password>","b":"{\"token\":1}"}`, '{"a":"***","b":"***"}'],
  ['a name in Chinese', '{"密码":"a"}', '{"密码":"***"}'],
  [
    'deep inside',
    `${'['.repeat(5_000)}{"token":"a"}${']'.repeat(5_000)}`,
    `${'['.repeat(5_000)}{"token":"***"}${']'.repeat(5_000)}`,
  ],
  ['what is no JSON but speaks of it', '{"password":"a"', '***'],
  ['lines of JSON', '{"a":1}\n{"password":"a"}', '***'],
  ['what is no JSON and does not', '{"a":"b"', '{"a":"b"'],
  ['an element', '<A><password>x</password><b>y</b></A>', '<A><password>***</password><b>y</b></A>'],
  [
    'an element with a prefix',
    '<n:A xmlns:n="u"><n:Token a="b">x</n:Token></n:A>',
    '<n:A xmlns:n="u"><n:Token a="b">***</n:Token></n:A>',
  ],
  ['an element with elements', '<A><token><token>x</token>y</token>z</A>', '<A><token>***</token>z</A>'],
  ['an empty element', '<A><token/><token></token>z</A>', '<A><token/><token></token>z</A>'],
  ['an attribute', `<A token = 'x' b="y>"><c password="1"/></A>`, `<A token = '***' b="y>"><c password="***"/></A>`],
  ['CDATA', '<A><token><![CDATA[</b>]]></token>z</A>', '<A><token>***</token>z</A>'],
  ['a document inside CDATA', '<A><![CDATA[<password>x</password>]]></A>', '<A><![CDATA[***]]></A>'],
  ['an escaped document inside', '<A>&lt;password&gt;x&lt;/password&gt;</A>', '<A>***</A>'],
  ['a comment', '<A><!-- token: x -->y</A>', '<A>y</A>'],
  ['XML that is not well-formed', '<A><password>x</A>', '***'],
  ['XML with entities', '<!DOCTYPE A [<!ENTITY token "x">]><A><token>&token;</token></A>', '***'],
  ['a document type that speaks of it', '<!DOCTYPE A [<!ENTITY x "token=abc">]><A/>', '***'],
  ['a text', 'token=abc', '***'],
  ['a text without', 'hello', 'hello'],
])('%s is masked in place', (_, body, expected) => {
  expect(masked({ body }).body).toBe(expected)
  expect(masked({}, { body }).answer).toBe(expected)
})

test('a form and a query are masked by parameter', () => {
  const form = 'a=1&password=x%20y&Token=z&b'
  const expected = 'a=1&password=***&Token=***&b'
  expect(masked({ headers: [['content-type', 'application/x-www-form-urlencoded']], body: form }).body).toBe(expected)
  expect(masked({ path: `/a/b?${form}` }).path).toBe(`/a/b?${expected}`)
  expect(masked({ path: '/a?x=1;token=abc' }).path).toBe('/a?x=***')
  expect(masked({}, { headers: [['location', `http://h/b?${form}`]] }).answerHeaders).toEqual([
    ['location', `http://h/b?${expected}`],
  ])
})

test('a secret said again elsewhere in the exchange is masked there too, in every notation', () => {
  const secret = 'pä"ss<&>word'
  const { path, body, answer, answerHeaders } = masked(
    { path: `/of/${encodeURIComponent(secret)}`, body: JSON.stringify({ token: secret }) },
    {
      headers: [['x-you-sent', 'a secret-credential']],
      body: `<A>p&#228; pä"ss&lt;&amp;&gt;word ${JSON.stringify(secret)}</A>`,
    },
  )
  expect([path, body]).toEqual(['/of/***', '{"token":"***"}'])
  expect(answer).toBe('<A>p&#228; *** "***"</A>')
  expect(answerHeaders).toEqual([['x-you-sent', 'a secret-credential']])
  const basic = `Basic ${Buffer.from('me:open sesame').toString('base64')}`
  const echo = masked({ headers: [['authorization', basic]] }, { body: `hello, open sesame, or ${basic.slice(6)}` })
  expect(echo.answer).toBe('hello, ***, or ***')
})

test.each([
  ['an attribute', '<A token="open sesame"/>', 'open sesame'],
  ['an element', '<A><token>open &lt;sesame&gt;</token></A>', 'open <sesame>'],
  ['CDATA', '<A><token><![CDATA[open sesame]]></token></A>', 'open sesame'],
  ['a number', '{"token":12345678}', '12345678'],
  ['a number in an object', '{"token":{"pin":12345678}}', '12345678'],
  ['a text in a list', '{"token":[["open sesame"]]}', 'open sesame'],
])('the value of %s that is masked is known where it is said again: in headers and bodies', (_, body, value) => {
  const { answer, answerHeaders } = masked(
    { body },
    { headers: [['x-said', `it was ${value}!`]], body: `it was ${value}!` },
  )
  expect([answer, answerHeaders]).toEqual(['it was ***!', [['x-said', 'it was ***!']]])
})

test('of two secrets that begin alike nothing is left over', () => {
  const body = '{"token":"open sesame","password":"open sesame seed"}'
  expect(masked({ body }, { body: 'open sesame seed, open sesame' }).answer).toBe('***, ***')
})

test('a secret is looked for as it is, whatever its characters mean elsewhere', () => {
  expect(masked({ headers: [['x-api-key', "$&$'$`"]] }, { body: "key $&$'$` end" }).answer).toBe('key *** end')
})

test('where there are too many secrets to look for, nothing of a text is kept', () => {
  const body = JSON.stringify(
    Array.from({ length: limits.recordingSecrets + 1 }, (__, at) => ({ token: `secret-${at}` })),
  )
  expect(masked({ body }, { body: 'hello' })).toMatchObject({ body: '***', answer: '***' })
})

test('a body that is no text, or too large, leaves nothing but its size', () => {
  expect(masked({ body: Uint8Array.of(0xff, 0xfe, 0x41) }).body).toBe('[not kept: 3 bytes that are no UTF-8 text]')
  const large = 'x'.repeat(limits.recordingBodyBytes + 1)
  expect(masked({ body: large }).body).toBe(`[not kept: ${large.length} bytes]`)
})

const fields: Fields = { has: (name) => name === 'token', hints: () => false, hide: () => undefined }

test('whatever a secret is made of, it is gone, and what is around it stays', () => {
  const secrets = string({ unit: 'binary-ascii', minLength: 6, maxLength: 40 }).filter(
    (text) => !'{"before":1,"token":"***","after":[2]}'.includes(text),
  )
  assert(
    property(secrets, (secret) => {
      const json = `{"before":1,"token":${JSON.stringify(secret)},"after":[2]}`
      expect(maskText(json, '', fields)).toBe('{"before":1,"token":"***","after":[2]}')
      expect(masked({ body: json }, { body: `said ${secret}.` }).answer).not.toContain(secret)
    }),
    { numRuns: 300 },
  )
  const texts = stringMatching(/^[^<>&]{1,40}$/).filter(
    (text) => text.trim() !== '' && !/[\p{Cc}\ufffe\uffff]/u.test(text) && text.isWellFormed(),
  )
  assert(
    property(texts, (secret) => {
      expect(maskText(`<A><b>1</b><token>${secret}</token></A>`, '', fields)).toBe('<A><b>1</b><token>***</token></A>')
      expect(maskForm(`a=1&token=${encodeURIComponent(secret)}&b=2`, fields)).toBe('a=1&token=***&b=2')
    }),
    { numRuns: 300 },
  )
})

test('without a field to mask every byte of a body stays', () => {
  assert(
    property(oneof(json(), string({ unit: 'binary-ascii', maxLength: 200 })), (text) => {
      expect(maskText(text, 'application/json', fields)).toBe(text)
    }),
  )
})

test('large hostile bodies are masked in linear time', () => {
  for (const piece of ['{"token":', '"\\"', '\\\\\\\\', '<token>', 'token"\'"\'', '<!--', '&token=1']) {
    const body = piece.repeat(Math.floor(limits.recordingBodyBytes / piece.length))
    expect(masked({ body }).body.length).toBeLessThanOrEqual(body.length)
  }
  const strings = JSON.stringify(Array.from({ length: 100_000 }, () => '\\"'))
  expect(masked({ body: strings }).body).toBe(strings)
})
