import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Unintelligible } from '../../adapters/adapter.ts'
import type { Asked, Booked } from '../../adapters/issuer.ts'
import { issuers } from '../../adapters/issuers.ts'
import { issuers as offices } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator } from '../../mocks/server.ts'
import { faults } from '../../mocks/simulator/faults.ts'
import { isCertificateFinding } from '../../schemas/certificates.ts'
import { encode, issuerCases, issuerReplies, type Step, steps, written } from './golden-issuers.ts'

// What every issuer of certificates and its mock promise, once per line of the registry.
const opened = Date.parse('2026-11-21T01:00:00Z')

/** A fresh simulator, spoken to as the gateway does. */
async function openIssuers() {
  const simulator = createSimulator({
    agencies: [],
    issuers: offices,
    callbackUrl: 'http://gateway.test',
    mode: 'frozen',
    startAt: opened,
  })
  await simulator.ready
  return async (issuer: string, step: Step, about: Asked & Booked) => {
    const dialect = issuers[issuer]
    if (dialect === undefined) throw new Error(`no issuer ${issuer}`)
    const wire = encode(dialect, step, about)
    const reply = await simulator.app.request(`/issuers/${issuer}${wire.path}`, {
      method: wire.method,
      headers: wire.contentType === undefined ? {} : { 'content-type': wire.contentType },
      ...(wire.body === undefined ? {} : { body: wire.body }),
    })
    const contentType = reply.headers.get('content-type') ?? ''
    return dialect.decode({ status: reply.status, contentType, body: await reply.text() })
  }
}

test('an issuer is a line on both sides; its letter is nobody else’s, and no outcome has the name of a fault', () => {
  expect(offices.map(({ id }) => id)).toEqual(Object.keys(issuers))
  const letters = [...agencies, ...offices].map(({ letter }) => letter)
  expect(new Set(letters).size).toBe(letters.length)
  const names = offices.flatMap(({ outcomes }) => outcomes.map(({ magic }) => magic))
  expect(names.filter((name) => faults.some(({ fault }) => fault === name))).toEqual([])
})

describe.each(Object.keys(issuers))('%s', (issuer) => {
  const dialect = issuers[issuer]
  if (dialect === undefined) throw new Error(issuer)
  const cases = issuerCases(issuer, dialect)
  const replies = issuerReplies(issuer)

  test('writes the golden bytes, and the same bytes twice', () => {
    expect([...new Set(cases.map(({ step }) => step))].sort()).toEqual([...steps].sort())
    for (const { bytes, wire } of cases) expect(written(wire)).toBe(bytes)
    expect(issuerCases(issuer, dialect).map(({ wire }) => wire)).toEqual(cases.map(({ wire }) => wire))
  })

  test('reads each golden reply as its name says, and every verdict is shown', () => {
    for (const { name, verdict, body, contentType } of replies) {
      const said = dialect.decode({ status: 200, contentType, body })
      expect([name, said.verdict]).toEqual([name, verdict])
      if (verdict === 'no') expect(said.objections.filter(({ code }) => isCertificateFinding(code))).not.toEqual([])
    }
    expect([...new Set(replies.map(({ verdict }) => verdict))].sort()).toEqual([
      'no',
      'not-here',
      'unrecognised',
      'yes',
    ])
  })

  test('what is no answer of it at all is unintelligible', () => {
    for (const body of [
      '',
      '<html><h1>502 Bad Gateway</h1></html>',
      '<A/>',
      '{}',
      '[]',
      'null',
      '<!DOCTYPE a><LicenceResponse/>',
      '<LicenceResponse/>',
    ])
      expect(() => dialect.decode({ status: 200, contentType: 'text/html', body })).toThrow(Unintelligible)
  })

  test('its office takes every golden document, and turns away what is none', async () => {
    const simulator = createSimulator({
      agencies: [],
      issuers: offices,
      callbackUrl: 'http://gateway.test',
      mode: 'frozen',
      startAt: opened,
    })
    await simulator.ready
    const post = (path: string, body: string) =>
      simulator.app.request(`/issuers/${issuer}${path}`, { method: 'POST', body })
    for (const { wire } of cases)
      if (wire.method === 'POST') expect((await post(wire.path, wire.body ?? '')).status).not.toBe(400)
    const check = cases.find(({ step }) => step === 'verify')?.wire.path ?? ''
    const refused = new URL(`../../mocks/issuers/${issuer}/refused/`, import.meta.url)
    const files = readdirSync(refused)
    expect(files.length).toBeGreaterThan(3)
    for (const file of files)
      expect([file, (await post(check, readFileSync(new URL(file, refused), 'utf8'))).status]).toEqual([file, 400])
  })
})

const use = (number: string, kilograms: string): Asked['use'] => ({
  typeCode: '7',
  number,
  pointer: '/d',
  holder: '91500103MA5U0F207T',
  direction: 'import',
  officeId: '9409',
  lines: [
    {
      pointer: '/i',
      sequence: 1,
      hsCode: '0202300090',
      originCountry: 'KZ',
      quantities: [{ value: kilograms, unitCode: 'KGM' }],
    },
  ],
})
const asked = (
  id: number,
  number: string,
  kilograms = '24000',
  more: Partial<Asked & Booked> = {},
): Asked & Booked => ({
  id: String(id).padStart(20, '0'),
  traderReference: 'T-1',
  instant: '2026-11-21T01:00:00.000Z',
  typeCode: '7',
  number,
  use: use(number, kilograms),
  ...more,
})

describe('the licence office', () => {
  test.each([
    ['26-50-999999', 'certificate-not-found'],
    ['26-50-200002', 'certificate-void'],
    ['26-50-200008', 'certificate-holder'],
    ['26-50-200007', 'certificate-hs'],
    ['26-50-200003', 'certificate-port'],
    ['26-50-200004', 'certificate-origin'],
    ['26-50-200005', 'certificate-unit'],
  ])('says no to %s: %s', async (number, code) => {
    const tell = await openIssuers()
    const said = await tell('commerce', 'verify', asked(1, number))
    expect(said.objections.map((one) => one.code)).toEqual([code])
    // To another firm nothing is told of a licence.
    if (code === 'certificate-holder' || code === 'certificate-not-found')
      expect(said).not.toHaveProperty('certificate')
    else expect(said.certificate).toMatchObject({ holder: '91500103MA5U0F207T' })
  })

  test('value, direction, tons and single use are looked at too', async () => {
    const tell = await openIssuers()
    const worth = (amount: string) => {
      const about = asked(1, '26-50-200006')
      const lines = about.use.lines.map((line) => ({ ...line, value: { amount, currency: 'USD' } }))
      return { ...about, use: { ...about.use, lines } }
    }
    expect((await tell('commerce', 'verify', worth('1000.00'))).verdict).toBe('yes')
    expect((await tell('commerce', 'verify', worth('1000.01'))).objections[0]?.code).toBe('certificate-value')
    const exported = asked(1, '26-50-200009')
    const wrongWay = { ...exported, use: { ...exported.use, typeCode: '4' } }
    expect((await tell('commerce', 'verify', wrongWay)).objections[0]?.code).toBe('certificate-direction')
    expect((await tell('commerce', 'verify', asked(1, '26-50-200024', '24000'))).verdict).toBe('yes')
    expect((await tell('commerce', 'verify', asked(1, '26-50-200024', '24000.1'))).objections[0]?.code).toBe(
      'certificate-quantity',
    )
    expect((await tell('commerce', 'reserve', asked(2, '26-50-200001'))).state).toBe('reserved')
    expect((await tell('commerce', 'reserve', asked(3, '26-50-200001'))).objections[0]?.code).toBe(
      'certificate-used-up',
    )
  })

  test('a thousand bookings at once book what there is; each booked again is booked once', async () => {
    const tell = await openIssuers()
    const book = (n: number) => tell('commerce', 'reserve', asked(n, '26-50-200048', '97'))
    const first = await Promise.all(Array.from({ length: 1_000 }, (_, n) => book(n)))
    expect(first.filter(({ verdict }) => verdict === 'yes')).toHaveLength(494)
    const again = await Promise.all(
      first.flatMap(({ verdict }, n) => (verdict === 'yes' && n % 10 === 0 ? [book(n)] : [])),
    )
    expect(again.every(({ state }) => state === 'reserved')).toBe(true)
    expect((await tell('commerce', 'verify', asked(5_000, '26-50-200048', '83'))).objections[0]?.code).toBe(
      'certificate-quantity',
    )
    expect((await tell('commerce', 'verify', asked(5_000, '26-50-200048', '82'))).verdict).toBe('yes')
  })

  test('a booking that comes after its release is refused; one passed on is held whole by its successor', async () => {
    const tell = await openIssuers()
    expect((await tell('commerce', 'release', asked(1, '26-50-200048'))).verdict).toBe('not-here')
    expect((await tell('commerce', 'reserve', asked(1, '26-50-200048'))).objections[0]?.code).toBe(
      'certificate-refused',
    )

    const old = asked(2, '26-50-200048', '40000')
    const next = asked(3, '26-50-200048', '48000', { replaces: old.id })
    expect((await tell('commerce', 'reserve', old)).verdict).toBe('yes')
    expect((await tell('commerce', 'reserve', asked(4, '26-50-200048', '48000'))).verdict).toBe('no')
    expect((await tell('commerce', 'reserve', next)).verdict).toBe('yes')
    // Both stand: at no moment is there room for a third.
    expect((await tell('commerce', 'verify', asked(5, '26-50-200048', '1'))).verdict).toBe('no')
    expect((await tell('commerce', 'release', { ...old, successor: next.id })).state).toBe('released')
    expect((await tell('commerce', 'verify', asked(5, '26-50-200048', '1'))).verdict).toBe('no')
    expect((await tell('commerce', 'commit', next)).state).toBe('committed')
    expect((await tell('commerce', 'release', next)).state).toBe('released')
    expect((await tell('commerce', 'verify', asked(5, '26-50-200048', '48000'))).verdict).toBe('yes')
  })
})
