import { describe, expect, test } from 'vitest'
import { billCheckAnswer, billCheckSummary } from '../../schemas/fees/bill.ts'
import { sumLines } from '../../src/db/assessment-inputs.ts'
import { limits } from '../../src/limits.ts'
import { bill, line } from '../fees/bill-support.ts'
import { billWorld } from '../fees/bill-world.ts'
import { freshKey, issuesIn, problemOf } from './support.ts'

const world = await billWorld()
const base = '/v1/fee-bill-checks'
const lump = line('港口作业包干费', '1950.00')
const count = async () => {
  const { rows } = await world.database.pool.query<{ checks: number; lines: number }>(
    'SELECT (SELECT count(*)::int FROM bill_check) AS checks, (SELECT count(*)::int FROM bill_check_line) AS lines',
  )
  return rows[0]
}

describe('checking a bill', () => {
  test('201: judged and kept, and read again as it was', async () => {
    const response = await world.post(base, bill([lump, line('环保费', '30')], { total: '1980.00' }))
    expect(response.status).toBe(201)
    const answer = billCheckAnswer.parse(await response.json())
    expect(response.headers.get('location')).toBe(`${base}/${answer.id}`)
    expect(answer).toMatchObject({
      edition: { number: 1, validFrom: '2026-01-01' },
      day: '2026-10-10',
      payee: 'guoyuan-terminal',
      totals: { charged: '1980.00', most: '1920.00', over: '60.00' },
      objectionable: { lines: [1, 2], over: '60.00' },
      bill: { billNumber: 'B-1' },
      links: { self: `${base}/${answer.id}` },
    })
    const read = await world.call('GET', `${base}/${answer.id}`)
    expect(await read.json()).toEqual(answer)
    const again = await world.call('GET', `${base}/${answer.id}`, {
      headers: { 'if-none-match': read.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
    const { rows } = await world.database.pool.query(
      'SELECT line, verdict, fee, kind, charged::text, most::text, over::text FROM bill_check_line WHERE check_id = $1 ORDER BY line',
      [answer.id],
    )
    expect(rows).toEqual([
      {
        line: 1,
        verdict: 'above-price',
        fee: 'guoyuan-lump-sum',
        kind: 'handling-lump-sum',
        charged: '1950.00',
        most: '1920.00',
        over: '30.00',
      },
      { line: 2, verdict: 'outside-list', fee: null, kind: null, charged: '30.00', most: '0.00', over: '30.00' },
    ])
  })

  test('a dry run needs no key and keeps nothing', async () => {
    const before = await count()
    for (const key of ['', world.keys.trader, world.keys.terminal]) {
      const response = await world.call('POST', `${base}?dryRun=true`, { key, body: bill([lump]) })
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
      const answer = billCheckAnswer.parse(await response.json())
      expect(answer.id).toBeUndefined()
      expect(answer.totals.over).toBe('30.00')
    }
    expect(await count()).toEqual(before)
  })

  test('without a key nothing is kept, and only a trader keeps', async () => {
    const ask = (key: string) => world.post(base, bill([lump]), { key })
    await problemOf(await ask(''), 'unauthenticated')
    await problemOf(await ask(world.keys.terminal), 'forbidden')
    await problemOf(await ask(world.keys.admin), 'forbidden')
    await problemOf(await world.call('POST', base, { body: bill([lump]) }), 'idempotency-key-missing')
    await problemOf(await world.post(`${base}?dryrun=true`, bill([lump])), 'invalid-parameter')
  })

  test('the same key again gives the same answer once; another bill under it is refused', async () => {
    const headers = freshKey()
    const before = await count()
    const ask = (amount: string) => world.call('POST', base, { body: bill([line('过磅费', amount)]), headers })
    const [one, twin] = await Promise.all([ask('180.00'), ask('180.00')])
    expect([one.status, twin.status]).toEqual([201, 201])
    expect(await one.json()).toEqual(await twin.json())
    expect([one, twin].map((each) => each.headers.has('idempotent-replayed')).toSorted()).toEqual([false, true])
    await problemOf(await ask('181.00'), 'idempotency-key-reused')
    expect(await count()).toEqual({ checks: (before?.checks ?? 0) + 1, lines: (before?.lines ?? 0) + 1 })
  })

  test('what cannot be kept whole is not kept at all', async () => {
    const before = await count()
    const { pool } = world.database
    await pool.query(
      "ALTER TABLE bill_check_line ADD CONSTRAINT trap CHECK (kind IS DISTINCT FROM 'weighing') NOT VALID",
    )
    try {
      await problemOf(await world.post(base, bill([lump, line('过磅费', '180.00')])), 'defect')
    } finally {
      await pool.query('ALTER TABLE bill_check_line DROP CONSTRAINT trap')
    }
    expect(await count()).toEqual(before)
  })
})

describe('who sees what', () => {
  test('a trader its own, an officer all; somebody else’s looks like none', async () => {
    const { id } = await world.check([lump])
    const path = `${base}/${id}`
    expect((await world.call('GET', path)).status).toBe(200)
    expect((await world.call('GET', path, { key: world.keys.admin })).status).toBe(200)
    const absent = await problemOf(await world.call('GET', `${base}/00000000000000000000`), 'not-found')
    const others = await problemOf(await world.call('GET', path, { key: world.keys.stranger }), 'not-found')
    expect({ ...others, requestId: '', instance: '' }).toEqual({ ...absent, requestId: '', instance: '' })
    await problemOf(await world.call('GET', path, { key: world.keys.terminal }), 'forbidden')
    await problemOf(await world.call('GET', path, { key: '' }), 'unauthenticated')
  })

  test('the list goes page by page, the newest first', async () => {
    for (let number = 0; number < 3; number++) await world.check([lump], { billNumber: `L-${number}` })
    const page = async (query: string, key?: string) =>
      (await (await world.call('GET', `${base}?${query}`, { key })).json()) as {
        data: { id: string; billNumber: string }[]
        hasMore: boolean
        nextCursor?: string
      }
    const first = await page('limit=2')
    expect(first.data.map(({ billNumber }) => billNumber)).toEqual(['L-2', 'L-1'])
    expect(billCheckSummary.parse(first.data[0])).toMatchObject({ over: '30.00', objectionable: 1, edition: 1 })
    const second = await page(`limit=2&after=${first.nextCursor}`)
    expect(second.data[0]?.billNumber).toBe('L-0')
    expect((await page('payee=qingtian-tally')).data).toEqual([])
    expect((await page('', world.keys.stranger)).data).toEqual([])
    await problemOf(await world.call('GET', `${base}?after=x`), 'invalid-parameter')
    await problemOf(await world.call('GET', `${base}?verdict=right`), 'invalid-parameter')
  })
})

describe('bills that are refused', () => {
  const cases: [string, unknown, string[]][] = [
    [
      'a port that is not there',
      bill([lump], { shipment: { port: 'shanghai', direction: 'export' } }),
      ['/shipment/port unknown-port'],
    ],
    ['a payee that is not there', bill([lump], { payee: 'nobody' }), ['/payee unknown-payee']],
    [
      'a day before any edition',
      bill([lump], { shipment: { ...bill([]).shipment, day: '2025-12-31' } }),
      ['/shipment/day no-edition'],
    ],
    ['a bill of tomorrow', bill([lump], { issuedOn: '2026-11-22' }), ['/issuedOn day-in-future']],
    ['a kind nobody knows', bill([{ ...lump, kind: 'thc' }]), ['/lines/0/kind unknown-code']],
    ['thirds of a fen', bill([line('过磅费', '180.001')]), ['/lines/0/amount amount-precision']],
    ['an absurd amount', bill([line('过磅费', '10000001')]), ['/lines/0/amount amount-absurd']],
    ['an absurd unit price', bill([{ ...lump, unitPrice: '99999999' }]), ['/lines/0/unitPrice amount-absurd']],
    ['nothing that costs', bill([{ ...lump, quantity: '0' }]), ['/lines/0/quantity amounts-contradict']],
    [
      'a price that points the other way',
      bill([{ ...lump, unitPrice: '-650' }]),
      ['/lines/0/unitPrice amounts-contradict'],
    ],
    [
      'a voucher below nothing',
      bill([{ ...lump, handedOn: { from: 'x', amount: '-1' } }]),
      ['/lines/0/handedOn/amount amount-negative'],
    ],
    ['no lines', bill([]), ['/lines too-small']],
    [
      'all of it at once',
      bill([line('过磅费', '180.001'), { ...lump, kind: 'x' }], { payee: 'nobody' }),
      ['/lines/0/amount amount-precision', '/lines/1/kind unknown-code', '/payee unknown-payee'],
    ],
    ['a currency of elsewhere', { ...bill([lump]), currency: 'USD' }, ['/currency invalid-value']],
    ['a field nobody knows', { ...bill([lump]), discount: '1' }, ['/discount unknown-field']],
    ['an amount in a float', bill([{ ...lump, amount: 1950.5 as never }]), ['/lines/0/amount invalid-type']],
    ['an amount in powers of ten', bill([line('过磅费', '1e3')]), ['/lines/0/amount invalid-format']],
  ]
  test.each(cases)('%s', async (_, body, issues) => {
    const before = await count()
    for (const response of [
      await world.post(base, body),
      await world.call('POST', `${base}?dryRun=true`, { key: '', body }),
    ])
      expect(issuesIn(await problemOf(response, 'body-invalid'))).toEqual(issues)
    expect(await count()).toEqual(before)
  })

  test('another format, and more lines than a bill has', async () => {
    await problemOf(await world.post(base, 'a,b', { contentType: 'text/csv' }), 'unsupported-media-type')
    const many = Array.from({ length: limits.billLines + 1 }, () => lump)
    expect(issuesIn(await problemOf(await world.post(base, bill(many)), 'body-invalid'))).toEqual(['/lines too-big'])
  })

  test('a formula in a description is text, there and back', async () => {
    const description = '=HYPERLINK("http://evil.example","包干费")'
    const { lines } = await world.check([line(description, '10.00')])
    expect(lines[0]).toMatchObject({ description, verdict: 'outside-list' })
  })
})

describe('what the next assessment counts', () => {
  test('of a bill that was checked twice only the last counts', async () => {
    const period = { from: '2026-03-01', to: '2026-03-31' }
    const of = (amount: string) => ({
      issuedOn: '2026-03-15',
      billNumber: 'TWICE',
      shipment: { ...bill([]).shipment, day: '2026-03-10' },
      lines: [line('过磅费', amount)],
    })
    await world.check([], of('200.00'))
    await world.check([], of('190.00'))
    const client = await world.database.pool.connect()
    try {
      expect(await sumLines(client, period)).toEqual([
        {
          port: 'guoyuan',
          payee: 'guoyuan-terminal',
          fee: 'guoyuan-weighing',
          kind: 'weighing',
          verdict: 'above-price',
          lines: 1,
          charged: '190.00',
          over: '10.00',
        },
      ])
    } finally {
      client.release()
    }
  })
})
