import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { verifyWebhook, WebhookError } from '../../client/index.ts'

const now = Date.parse('2026-11-21T01:00:00Z')
const secret = `whsec_${btoa('an endpoint’s own secret 0123456'.replace('’', "'"))}`
const older = `whsec_${btoa('the secret before the rotation 0')}`
const event = {
  specversion: '1.0',
  id: 'd-1.7',
  source: '/v1/declarations/d-1',
  type: 'yuchuang.filing.status',
  time: '2026-11-21T00:59:59Z',
  datacontenttype: 'application/json',
  data: { to: 'approved', text: '放行' },
}
const body = JSON.stringify(event)

/** Headers of a genuine call. */
function signed(by: readonly string[] = [secret], at = now, text = body) {
  const signatures = by.map((one) => new Webhook(one).sign('d-1.7', new Date(at), text))
  return {
    'webhook-id': 'd-1.7',
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': signatures.join(' '),
  }
}
const whyOf = (verify: () => unknown): string => {
  try {
    verify()
    return 'believed'
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    return error.why
  }
}

test('a genuine call is believed, in whatever form headers and body come', () => {
  const headers = signed()
  const capitals = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]))
  for (const given of [headers, capitals, new Headers(headers)])
    for (const raw of [body, new TextEncoder().encode(body)])
      expect(verifyWebhook(secret, given, raw, { now })).toEqual({ id: 'd-1.7', event })
})

test('during a rotation either secret will do, on either side', () => {
  expect(verifyWebhook(secret, signed([older, secret]), body, { now }).event).toEqual(event)
  expect(verifyWebhook([secret, older], signed([older]), body, { now }).event).toEqual(event)
  expect(whyOf(() => verifyWebhook(secret, signed([older]), body, { now }))).toBe('signature-wrong')
  expect(whyOf(() => verifyWebhook([], signed(), body, { now }))).toBe('signature-wrong')
})

test('five minutes are believed, a second more is not, either way', () => {
  const five = 5 * 60_000
  const verdicts = [-five - 1_000, -five, five, five + 1_000].map((ms) =>
    whyOf(() => verifyWebhook(secret, signed([secret], now + ms), body, { now })),
  )
  expect(verdicts).toEqual(['too-old', 'believed', 'believed', 'too-new'])
})

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s it is nobody’s', (missing) => {
  const { [missing]: _, ...headers } = signed() as Record<string, string>
  expect(whyOf(() => verifyWebhook(secret, headers, body, { now }))).toBe('headers-missing')
})

test('whatever was changed on the way is noticed', () => {
  const headers = signed()
  const changes: [string, Record<string, string>, string][] = [
    ['body', headers, body.replace('approved', 'refused')],
    ['id', { ...headers, 'webhook-id': 'd-1.8' }, body],
    ['time', { ...headers, 'webhook-timestamp': String(now / 1_000 + 1) }, body],
    ['signature', { ...headers, 'webhook-signature': headers['webhook-signature'].replace(/.{4}$/, 'AAA=') }, body],
    ['shorter', { ...headers, 'webhook-signature': headers['webhook-signature'].slice(0, -1) }, body],
    [
      'another way of signing',
      { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v1a,') },
      body,
    ],
    ['many', { ...headers, 'webhook-signature': 'v1,AAAA '.repeat(10_000) }, body],
  ]
  for (const [what, given, text] of changes)
    expect([what, whyOf(() => verifyWebhook(secret, given, text, { now }))]).toEqual([what, 'signature-wrong'])
  const odd = { ...headers, 'webhook-timestamp': `${headers['webhook-timestamp']}abc` }
  expect(whyOf(() => verifyWebhook(secret, odd, body, { now }))).toBe('headers-missing')
})

test.each(['', 'null', '[]', '{"specversion":"1.0"}', 'not json'])('signed, but no event: %j', (text) => {
  expect(whyOf(() => verifyWebhook(secret, signed([secret], now, text), text, { now }))).toBe('not-an-event')
})
