import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readsAnswer,
  sharedDeclarationAnswer,
  sharedDeclarationsAnswer,
  sharedPurposesAnswer,
  subscriptionsAnswer,
} from '../../schemas/sharing/answers.ts'
import { purposes } from '../../schemas/sharing/purposes.ts'
import { viewLeaves } from '../../schemas/sharing/view.ts'
import { makeKey } from '../../src/db/keys.ts'
import { readReads } from '../../src/db/sharing-reads.ts'
import { pointersIn, valuesAt } from '../../src/sharing/select.ts'
import { issuesIn, problemOf } from '../routes/support.ts'
import { everybody, nobody, openDesk } from './desk.ts'

const { world, pool, agencies, keys, stranger, wholeView, ask, asking } = await openDesk()

const subscribe = (agency: string, body: object, key = `subscribe-${Math.random()}`) =>
  world.call('POST', '/v1/shared/subscriptions', {
    key: keys.get(agency) ?? '',
    body: { purpose: 'payment-verification', case: 'CASE-9', filter: { declaration: everybody }, ...body },
    headers: { 'idempotency-key': key },
  })

describe('every field, every agency, every purpose', () => {
  const whole = wholeView(everybody)
  const all = pointersIn(whole)
  const canaries = all.flatMap((pointer) => {
    const [value] = valuesAt(whole, pointer)
    return typeof value === 'string' && /^(canary|name)-.*-$/.test(value) ? [[pointer, value] as const] : []
  })

  test('the document has a value for every one of them', () => {
    expect(canaries.length).toBeGreaterThan(500)
    expect(new Set(canaries.map(([, value]) => value)).size).toBe(canaries.length)
    const closed = viewLeaves().filter(({ pattern, open }) => pattern.startsWith('/declaration/') && !open)
    expect(closed.filter(({ pattern }) => valuesAt(whole, pattern).length === 0)).toEqual([])
  })

  test.each(agencies.flatMap((agency) => Object.keys(purposes).map((purpose) => [agency, purpose] as const)))(
    '%s for %s: what the policy says, to the byte',
    async (agency, purpose) => {
      const answer = await ask(agency, `/declarations/${everybody}?${asking(purpose)}`)
      if (!stranger.purposes(agency).includes(purpose)) {
        await problemOf(answer, 'purpose-refused')
        return
      }
      expect(answer.status).toBe(200)
      const mayShow = stranger.mayShow(agency, purpose)
      const bytes = await answer.text()
      const { data, withheld } = sharedDeclarationAnswer.strict().parse(JSON.parse(bytes))
      const expected = all.filter(mayShow)
      expect(expected.length).toBeGreaterThan(0)
      const shown = pointersIn(data).filter((pointer) => valuesAt(data, pointer).length > 0)
      expect(shown.sort()).toEqual(expected.toSorted())
      for (const pointer of shown) expect(valuesAt(data, pointer)).toEqual(valuesAt(whole, pointer))
      const leaked = canaries.filter(([pointer, value]) => bytes.includes(value) !== mayShow(pointer))
      expect(leaked).toEqual([])
      // By its name, whether it is there or not.
      for (const { pattern } of viewLeaves())
        expect([pattern, withheld.includes(pattern)]).toEqual([pattern, !mayShow(pattern.replaceAll('*', 'any'))])
    },
  )

  test('a declaration an agency has no filing of is there only for purposes that reach all', async () => {
    for (const agency of agencies)
      for (const purpose of stranger.purposes(agency)) {
        const answer = await ask(agency, `/declarations/${nobody}?${asking(purpose ?? '')}`)
        expect([agency, purpose, answer.status]).toEqual([
          agency,
          purpose,
          stranger.reach(agency, purpose ?? '') === 'all' ? 200 : 404,
        ])
      }
  })
})

describe('who reads says why', () => {
  test.each([
    ['', ['/case missing', '/purpose missing']],
    ['purpose=statistics', ['/case missing']],
    ['case=1', ['/purpose missing']],
    ['purpose=curiosity&case=', ['/case case-invalid', '/purpose unknown-purpose']],
    [`purpose=statistics&case=${'x'.repeat(101)}`, ['/case case-invalid']],
  ])('422: %s', async (query, issues) => {
    for (const path of [`/declarations/${everybody}`, '/declarations'])
      expect(issuesIn(await problemOf(await ask('fx', `${path}?${query}`), 'purpose-missing'))).toEqual(issues)
  })

  test('only agencies, and each as itself', async () => {
    for (const key of [world.keys.trader, world.keys.admin, world.keys.integrator])
      await problemOf(
        await world.call('GET', `/v1/shared/declarations/${everybody}?${asking('statistics')}`, { key }),
        'forbidden',
      )
    const homeless = await makeKey(world.database, { name: 'nobody’s', role: 'agency' })
    await problemOf(
      await world.call('GET', `/v1/shared/declarations/${everybody}?${asking('statistics')}`, { key: homeless }),
      'forbidden',
    )
    await problemOf(await ask('fx', `/declarations/nothing?${asking('statistics')}`), 'not-found')
  })

  test('may ask before what each purpose sees and searches by', async () => {
    const { data } = (await (await ask('fx', '/purposes')).json()) as {
      data: { purpose: string; fields: string[]; searches: string[]; disclosedAfterDays: number }[]
    }
    expect(data.map((one) => one.purpose).sort()).toEqual(stranger.purposes('fx').sort())
    expect(data.find((one) => one.purpose === 'payment-verification')).toMatchObject({
      searches: ['firm', 'reference'],
      disclosedAfterDays: 0,
    })
    expect(data.find((one) => one.purpose === 'risk-assessment')?.disclosedAfterDays).toBe(90)
  })

  test('an agency the policy does not know is shown nothing', async () => {
    keys.set('gossip', await makeKey(world.database, { name: 'gossip', role: 'agency', agency: 'gossip' }))
    for (const purpose of Object.keys(purposes))
      await problemOf(await ask('gossip', `/declarations/${everybody}?${asking(purpose)}`), 'purpose-refused')
  })

  test('what has not changed since is not sent again, and is kept as a reading all the same', async () => {
    const path = `/declarations/${everybody}?${asking('statistics')}`
    const tag = (await ask('fx', path)).headers.get('etag') ?? ''
    const before = (await readReads(pool, [everybody])).length
    const again = await ask('fx', path, { 'if-none-match': tag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await readReads(pool, [everybody])).length).toBe(before + 1)
  })
})

describe('the trader sees it', () => {
  interface Page {
    data: { id: string; agency: string; purpose: string; disclosedAt?: string; chain?: { number: number } }[]
    hasMore: boolean
    nextCursor?: string
  }
  const seen = async (key: string, query = '') =>
    (await (await world.call('GET', `/v1/declarations/${everybody}/reads${query}`, { key })).json()) as Page

  test('but for what is told later: nothing of the answer tells that it is there', async () => {
    const { data } = await seen(world.keys.trader, '?limit=200')
    const all = await readReads(pool, [everybody])
    const disclosed = all.filter(({ at, discloseAt }) => at.getTime() === discloseAt.getTime())
    expect(disclosed.length).toBeLessThan(all.length)
    expect(data.map(({ id }) => id)).toEqual(
      disclosed
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    )
    expect(data.filter(({ chain }) => chain !== undefined)).toEqual([])
    expect(new Set(data.map(({ purpose }) => purpose)).has('investigation')).toBe(false)
    expect((await seen(world.keys.admin, '?limit=200')).data).toHaveLength(all.length)
  })

  test('by pages; a stranger does not', async () => {
    const first = await seen(world.keys.trader, '?limit=2')
    expect([first.data.length, first.hasMore]).toEqual([2, true])
    const rest = await seen(world.keys.trader, `?limit=200&after=${first.nextCursor}`)
    const whole = await seen(world.keys.trader, '?limit=200')
    expect([...first.data, ...rest.data]).toEqual(whole.data)
    await problemOf(
      await world.call('GET', `/v1/declarations/${everybody}/reads`, { key: world.keys.stranger }),
      'not-found',
    )
    await problemOf(
      await world.call('GET', `/v1/declarations/${everybody}/reads`, { key: keys.get('fx') ?? '' }),
      'forbidden',
    )
  })
})

describe('subscriptions', () => {
  test.each([
    [{ filter: {} }, ['/filter one-of']],
    [{ filter: { firm: 'x', declaration: everybody } }, ['/filter one-of']],
    [{ filter: { container: 'x' } }, ['/filter/container not-shared']],
    [{ purpose: 'curiosity' }, ['/purpose invalid-value']],
    [
      { fields: ['/declaration/direction', '/declaration/goodsShipment/consignment/containers/*/id', '/x'] },
      ['/fields/1 not-shared', '/fields/2 not-shared'],
    ],
  ])('422: %j', async (body, issues) => {
    expect(issuesIn(await problemOf(await subscribe('fx', body), 'body-invalid'))).toEqual(issues)
  })

  test('are the agency’s own, made once, and can be ended', async () => {
    await problemOf(await subscribe('border', {}), 'purpose-refused')
    const made = await subscribe('fx', {}, 'one')
    expect(made.status).toBe(201)
    const at = made.headers.get('location') ?? ''
    const body = (await made.json()) as { id: string }
    const again = await subscribe('fx', {}, 'one')
    expect([again.headers.get('idempotent-replayed'), await again.json()]).toEqual(['true', body])
    expect(await (await ask('fx', at.replace('/v1/shared', ''))).json()).toEqual(body)
    await problemOf(await ask('tax', at.replace('/v1/shared', '')), 'not-found')
    const end = (agency: string) => world.call('DELETE', at, { key: keys.get(agency) ?? '' })
    await problemOf(await end('tax'), 'not-found')
    expect((await end('fx')).status).toBe(204)
    const list = (await (await ask('fx', '/subscriptions')).json()) as { data: { id: string; endedAt?: string }[] }
    expect(list.data).toMatchObject([{ id: body.id, endedAt: expect.any(String) as string }])
  })
})

describe('whatever is sent', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'statistics',
      'payment-verification',
      '',
      '%',
      "'",
      '"',
      '\\',
      '*',
      '__proto__',
      '🚢',
      '长'.repeat(101),
      '\u0007',
      everybody,
    ),
    fc.string({ maxLength: 12 }),
  )
  const name = fc.constantFrom('purpose', 'case', 'firm', 'container', 'reference', 'after', 'limit', 'constructor')
  const isAnswer = (status: number) => [200, 201, 400, 403, 404, 422].includes(status)

  test('an answer, never our mistake', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, word), { maxLength: 5 }), word, async (query, id) => {
        const asked = `?${new URLSearchParams(query.filter(([, value]) => !value.includes('\0'))).toString()}`
        for (const path of [
          `/declarations${asked}`,
          `/declarations/${encodeURIComponent(id.replaceAll('\0', ''))}${asked}`,
        ]) {
          const { status } = await ask('fx', path)
          expect([path, isAnswer(status)]).toEqual([path, true])
        }
      }),
      { seed: 20_261_122, numRuns: 60 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('purpose', 'case', 'filter', 'fields'), fc.oneof(word, fc.jsonValue())),
        async (body) => {
          const { status } = await subscribe('fx', body as object)
          expect([JSON.stringify(body), isAnswer(status)]).toEqual([JSON.stringify(body), true])
        },
      ),
      { seed: 20_261_122, numRuns: 60 },
    )
  })

  test('the answers are as they are described', async () => {
    const json = async (path: string) => (await ask('fx', path)).json()
    sharedPurposesAnswer.strict().parse(await json('/purposes'))
    subscriptionsAnswer.strict().parse(await json('/subscriptions'))
    sharedDeclarationsAnswer
      .strict()
      .parse(await json(`/declarations?${asking('payment-verification', { firm: 'x' })}`))
    readsAnswer.strict().parse(await (await world.call('GET', `/v1/declarations/${everybody}/reads`)).json())
  })
})
