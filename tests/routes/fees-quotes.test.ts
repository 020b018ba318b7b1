import { beforeAll, describe, expect, test } from 'vitest'
import { dryRunAnswer } from '../../schemas/answers.ts'
import { type Quote, quote as quoteSchema } from '../../schemas/fees/quote.ts'
import { publishable, publishInto } from '../fees/published.ts'
import { fee, fixed, someShipment } from '../fees/support.ts'
import { declared, laptops, openWorld } from '../support/world.ts'
import { issuesIn, problemOf } from './support.ts'

// The story begins on 2026-11-21 in Chongqing.
const world = await openWorld()
const ask = (body: unknown, key = '') => world.call('POST', '/v1/fee-quotes', { key, body })
const quoted = async (response: Response): Promise<Quote> => {
  expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
    status: 200,
    type: 'application/json',
  })
  return quoteSchema.parse(await response.json())
}
let handedIn = ''
beforeAll(async () => {
  // Before there is any list: nothing to quote by.
  await problemOf(await ask({ shipment: someShipment() }), 'not-found')
  const entries = publishable()
  await publishInto(world.database, { number: 1, validFrom: '2026-01-01', entries })
  const dearer = entries.map((entry) =>
    entry.id === 'guoyuan-security' && entry.type === 'fee'
      ? fee(entry.id, { ...entry.content, price: fixed('7', 'container') })
      : entry,
  )
  await publishInto(world.database, { number: 2, validFrom: '2026-10-01', entries: dearer })
  world.catalogues.refresh()
  const { status, body } = await world.post(laptops())
  expect(status).toBe(202)
  handedIn = body.id
})

describe('POST /v1/fee-quotes', () => {
  test('200 without a key: every line by the list of today, nothing kept', async () => {
    const found = await quoted(await ask({ shipment: someShipment() }))
    expect(found).toMatchObject({ edition: 2, day: '2026-11-21', total: { least: '3386.00' } })
    expect(found.lines.find((line) => line.fee === 'guoyuan-security')).toMatchObject({
      href: '/v1/fee-editions/2/fees/guoyuan-security',
      least: '21.00',
      applications: [{ steps: { en: '7 × 2 containers = 14.00' } }, { steps: { en: '7 × 1 container = 7.00' } }],
    })
    const href = found.lines[0]?.href ?? ''
    expect((await world.call('GET', href, { key: '' })).status).toBe(200)
  })

  test('200: by the list of another day', async () => {
    const found = await quoted(await ask({ shipment: someShipment({ day: '2026-09-30' }) }))
    expect(found).toMatchObject({ edition: 1, day: '2026-09-30', total: { least: '3397.00' } })
  })

  test('404: no list held on that day', async () => {
    const problem = await problemOf(await ask({ shipment: someShipment({ day: '2025-12-31' }) }), 'not-found')
    expect(problem.detail).toContain('2025-12-31')
  })

  test('422: names the catalogue does not know, all at once, each where it stands', async () => {
    const shipment = someShipment({
      port: 'atlantis',
      payees: ['broker-east', 'nobody'],
      requested: ['fumigation', 'massage'],
      happened: ['inspection', 'rain'],
    })
    expect(issuesIn(await problemOf(await ask({ shipment }), 'body-invalid'))).toEqual([
      '/shipment/happened/1 unknown-event',
      '/shipment/payees/1 unknown-payee',
      '/shipment/port unknown-port',
      '/shipment/requested/1 unknown-kind',
    ])
  })

  test.each([
    ['neither', {}, [' one-of']],
    ['both', { shipment: someShipment(), declarationId: 'x' }, [' one-of']],
    ['overrides of a shipment', { shipment: someShipment(), overrides: { bills: 2 } }, ['/overrides not-for-shipment']],
    ['a field nobody knows', { shipment: { ...someShipment(), colour: 'red' } }, ['/shipment/colour unknown-field']],
    [
      'a negative count and a size that is none',
      { shipment: { ...someShipment(), bills: -1, containers: [{ count: 1, size: '53' }] } },
      ['/shipment/bills too-small', '/shipment/containers/0/size invalid-value'],
    ],
  ])('422: %s', async (_, body, issues) => {
    expect(issuesIn(await problemOf(await ask(body), 'body-invalid'))).toEqual(issues)
  })

  test('400 and 415: not JSON, not said to be JSON', async () => {
    await problemOf(await ask('{"shipment":'), 'malformed-body')
    const options = { key: '', body: '{}', contentType: 'text/plain' }
    await problemOf(await world.call('POST', '/v1/fee-quotes', options), 'unsupported-media-type')
  })

  test('a name of an object’s own making is no event and no port', async () => {
    const shipment = { ...someShipment(), port: 'constructor', happened: ['constructor', '__proto__'] }
    expect(issuesIn(await problemOf(await ask({ shipment }), 'body-invalid'))).toEqual([
      '/shipment/happened/0 unknown-event',
      '/shipment/happened/1 unknown-event',
      '/shipment/port unknown-port',
    ])
  })
})

describe('a quote of a declaration', () => {
  test('200 with the trader’s key: the shipment is read from it', async () => {
    const found = await quoted(await ask({ declarationId: handedIn }, world.keys.trader))
    expect(found.shipment).toMatchObject({
      port: 'guoyuan',
      direction: 'export',
      containers: [{ count: 1, size: '20', state: 'laden' }],
      bills: 1,
    })
    // It does not say how long the container is out.
    expect(found.uncertain.map(({ en }) => en)).toContain('Not known: how many days the container is out')
    expect(found.lines.find((line) => line.fee === 'guoyuan-detention')).toMatchObject({
      least: '0.00',
      certain: false,
    })
  })

  test('what it does not say is told beside it, and wins', async () => {
    const overrides = {
      containers: [{ count: 1, size: '20', detentionDays: 8 }],
      payees: ['broker-west'],
      requested: ['fumigation'],
    }
    const found = await quoted(await ask({ declarationId: handedIn, overrides }, world.keys.admin))
    const amounts = found.lines.map((line) => `${line.fee} ${line.least}`)
    expect(amounts).toContain('guoyuan-detention 85.00')
    expect(amounts).toContain('guoyuan-fumigation 180.00')
    expect(amounts).toContain('west-declaration 150.00')
    expect(amounts.some((line) => line.startsWith('east'))).toBe(false)
  })

  test('401 without a key, 404 for somebody else’s and for none, which look the same', async () => {
    await problemOf(await ask({ declarationId: handedIn }), 'unauthenticated')
    const theirs = await problemOf(await ask({ declarationId: handedIn }, world.keys.stranger), 'not-found')
    const none = await problemOf(await ask({ declarationId: 'none' }, world.keys.stranger), 'not-found')
    expect(theirs.detail).toBe(none.detail)
    await problemOf(await ask({ declarationId: handedIn }, world.keys.integrator), 'forbidden')
  })

  test('422: overrides are checked like a shipment, and a port that is not found is asked for', async () => {
    const wrong = await ask({ declarationId: handedIn, overrides: { port: 'atlantis' } }, world.keys.trader)
    expect(issuesIn(await problemOf(wrong, 'body-invalid'))).toEqual(['/overrides/port unknown-port'])
    const { body } = await world.post(declared('frozen-beef'))
    const elsewhere = await ask({ declarationId: body.id }, world.keys.trader)
    expect(issuesIn(await problemOf(elsewhere, 'body-invalid'))).toEqual(['/overrides/port port-not-found'])
    const told = await ask({ declarationId: body.id, overrides: { port: 'guoyuan' } }, world.keys.trader)
    expect(await quoted(told)).toMatchObject({ shipment: { port: 'guoyuan', direction: 'import' } })
    await problemOf(await world.call('GET', `/v1/declarations/${body.id}/port-fees`), 'not-found')
  })
})

describe('GET /v1/declarations/{id}/port-fees', () => {
  test('200: the same as the quote of it; the declaration links to it', async () => {
    const seen = (await (await world.call('GET', `/v1/declarations/${handedIn}`)).json()) as {
      links: { portFees: string }
    }
    expect(seen.links.portFees).toBe(`/v1/declarations/${handedIn}/port-fees`)
    const found = await quoted(await world.call('GET', seen.links.portFees))
    expect(found).toEqual(await quoted(await ask({ declarationId: handedIn }, world.keys.trader)))
    const before = await quoted(await world.call('GET', `${seen.links.portFees}?day=2026-03-01`))
    expect(before).toMatchObject({ edition: 1, day: '2026-03-01' })
  })

  test('400, 401, 404: a day that is none, no key, somebody else’s, no list on that day', async () => {
    const path = `/v1/declarations/${handedIn}/port-fees`
    await problemOf(await world.call('GET', `${path}?day=2026-02-30`), 'invalid-parameter')
    await problemOf(await world.call('GET', path, { key: '' }), 'unauthenticated')
    await problemOf(await world.call('GET', path, { key: world.keys.stranger }), 'not-found')
    await problemOf(await world.call('GET', `${path}?day=2025-01-01`), 'not-found')
  })

  test('a dry run tells them in short, and reserves nothing', async () => {
    const dryRun = async (body: unknown) => {
      const response = await world.call('POST', '/v1/declarations?dryRun=true', { body })
      expect(response.status).toBe(200)
      return dryRunAnswer.parse(await response.json())
    }
    const { portFees } = await dryRun(laptops())
    expect(portFees).toMatchObject({
      edition: 2,
      port: 'guoyuan',
      government: { least: '24.00' },
      href: '/v1/fee-quotes',
    })
    const whole = await quoted(await ask({ shipment: portFees?.shipment }))
    expect(whole).toMatchObject({ total: portFees?.total, market: portFees?.market })
    expect(await dryRun(declared('frozen-beef'))).not.toHaveProperty('portFees')
    expect(await dryRun({ ...laptops(), direction: 'sideways' })).not.toHaveProperty('portFees')
  })
})
