import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { isPublic, type Resolve, whatIsWrongWith } from '../../src/notices/address.ts'
import { httpCarrier } from '../../src/notices/carrier.ts'
import { dnsResolve } from '../../src/notices/resolve.ts'
import { openReceiver } from '../support/receiver.ts'

const inner = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  'fec0::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '100::1',
  '5f00::1',
  '3fff::1',
  '2606:4700::1%1',
  'localhost',
  '',
  '1.2.3',
  '8.8.8.8.',
  'x',
]
const outer = [
  '1.1.1.1',
  '8.8.8.8',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '100.63.255.255',
  '100.128.0.1',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2400:3200::1',
  '2001:4860:4860::8888',
  '2003::1',
]

test.each(inner)('%s is none of the public internet’s', (address) => expect(isPublic(address)).toBe(false))
test.each(outer)('%s is', (address) => expect(isPublic(address)).toBe(true))

describe('an endpoint’s address', () => {
  test.each([
    ['https://127.0.0.1/', 'address-not-public'],
    ['https://127.1/', 'address-not-public'],
    ['https://2130706433/', 'address-not-public'],
    ['https://0x7f.0.0.1/', 'address-not-public'],
    ['https://0177.0.0.1/', 'address-not-public'],
    ['https://0/', 'address-not-public'],
    ['https://[::1]/', 'address-not-public'],
    ['https://[::ffff:127.0.0.1]/', 'address-not-public'],
    ['https://[::ffff:a9fe:a9fe]/', 'address-not-public'],
    ['https://169.254.169.254/latest/meta-data', 'address-not-public'],
    ['https://localhost/', 'address-not-public'],
    ['https://localhost./', 'address-not-public'],
    ['https://api.localhost/', 'address-not-public'],
    ['https://LOCALHOST/', 'address-not-public'],
    ['https://１２７.0.0.1/', 'address-not-public'],
    ['https://metadata.google.internal/', 'address-not-public'],
    ['https://printer.local/', 'address-not-public'],
    ['https://intranet/', 'address-not-public'],
    ['http://hooks.firm.com/', 'https-only'],
    ['https://user:secret@hooks.firm.com/', 'url-with-credentials'],
    ['https://user@hooks.firm.com/', 'url-with-credentials'],
    ['https://hooks.firm.com/#a', 'url-with-fragment'],
    ['ftp://hooks.firm.com/', 'not-a-url'],
    ['file:///etc/passwd', 'not-a-url'],
    ['javascript:alert(1)', 'not-a-url'],
    ['hooks.firm.com', 'not-a-url'],
    ['', 'not-a-url'],
  ])('%s is refused: %s', (url, code) => expect(whatIsWrongWith(url, false)?.code).toBe(code))

  test.each([
    'https://hooks.firm.com/a?b=c',
    'https://8.8.8.8:8443/x',
    'https://[2606:4700::1]/',
    'https://货代.com/通知',
  ])('%s is taken', (url) => expect(whatIsWrongWith(url, false)).toBeUndefined())

  test('inside is allowed where the operator says so; credentials never are', () => {
    expect(whatIsWrongWith('http://127.0.0.1:8080/', true)).toBeUndefined()
    expect(whatIsWrongWith('http://a:b@127.0.0.1:8080/', true)?.code).toBe('url-with-credentials')
  })
})

describe('a connection', () => {
  const inside = async (resolve: Resolve, host: string) => {
    const receiver = await openReceiver()
    const port = new URL(receiver.url).port
    const carrier = httpCarrier({ allowPrivate: false, resolve, timeoutMs: 5_000 })
    const answer = await carrier.post(`https://${host}:${port}/`, {}, '{}')
    await carrier.close()
    return { answer, connections: receiver.connections() }
  }
  /** A resolver that says one thing after the other. */
  const saying = (...answers: { address: string; family: number }[][]) => {
    let asked = 0
    const resolve = (_: string, __: object, callback: (error: null, addresses: object[]) => void) =>
      callback(null, answers[Math.min(asked++, answers.length - 1)] ?? [])
    return { resolve: resolve as unknown as Resolve, asked: () => asked }
  }

  test.each([
    ['127.0.0.1', 4],
    ['::ffff:127.0.0.1', 6],
    ['::1', 6],
    ['10.1.2.3', 4],
  ])('to a public name that leads to %s is never made', async (address, family) => {
    const { answer, connections } = await inside(saying([{ address, family }]).resolve, 'hooks.firm.com')
    expect(answer.error).toContain(`leads to ${address}`)
    expect(connections).toBe(0)
  })

  test('to a name with one inside address among public ones is never made', async () => {
    const both = saying([
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ])
    const { answer, connections } = await inside(both.resolve, 'hooks.firm.com')
    expect(answer.error).toContain('127.0.0.1')
    expect(connections).toBe(0)
  })

  test('to a name that led outside a moment ago and leads inside now is never made', async () => {
    // The first connection is refused by that address’s owner or by nobody; the second is the attack.
    const rebinding = saying([{ address: '192.0.2.1', family: 4 }], [{ address: '127.0.0.1', family: 4 }])
    const receiver = await openReceiver()
    const carrier = httpCarrier({ allowPrivate: false, resolve: rebinding.resolve, timeoutMs: 2_000 })
    const url = `https://hooks.firm.com:${new URL(receiver.url).port}/`
    for (let count = 0; count < 3; count++) expect((await carrier.post(url, {}, '{}')).error).toContain('leads to')
    expect(rebinding.asked()).toBe(3)
    expect(receiver.connections()).toBe(0)
    await carrier.close()
  })

  test('is made to the very address that was looked at: nobody asks again', async () => {
    const receiver = await openReceiver()
    const named = saying([{ address: '127.0.0.1', family: 4 }], [{ address: '192.0.2.1', family: 4 }])
    const carrier = httpCarrier({ allowPrivate: true, resolve: named.resolve, timeoutMs: 5_000 })
    const url = `http://hooks.firm.com:${new URL(receiver.url).port}/in`
    expect(await carrier.post(url, {}, '{}')).toMatchObject({ status: 204 })
    expect([named.asked(), receiver.connections()]).toEqual([1, 1])
    expect(receiver.received[0]?.headers).toMatchObject({ host: new URL(url).host })
    await carrier.close()
  })

  test.each(['127.0.0.1', '[::ffff:127.0.0.1]', '[::1]', '2130706433'])(
    'to %s itself is never made, however it got into the database',
    async (host) => {
      const { answer, connections } = await inside(lookup, host)
      expect(answer.status).toBeUndefined()
      expect(answer.error).toContain('no address of the public internet')
      expect(connections).toBe(0)
    },
  )
})

test('names whose servers are dead hold up nobody else’s', async () => {
  const dead = createSocket('udp4')
  dead.bind(0, '127.0.0.1')
  await once(dead, 'listening')
  const resolve = dnsResolve({ servers: [`127.0.0.1:${dead.address().port}`] })
  let over = 0
  const asking = Array.from(
    { length: 32 },
    (_, at) =>
      new Promise<string>((done) =>
        resolve(`hooks${at}.firm.com`, { all: true }, (error) => {
          over++
          done((error as NodeJS.ErrnoException).code ?? '')
        }),
      ),
  )
  // The system's own threads are free: it answers while all of those still wait.
  await new Promise<void>((done) => lookup('localhost', () => done()))
  expect(over).toBe(0)
  expect(new Set(await Promise.all(asking))).toEqual(new Set(['ETIMEOUT']))
  dead.close()
})
