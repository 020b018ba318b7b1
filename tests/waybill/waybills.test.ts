import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActionRequest, actionNames, waybillExport } from '../../schemas/waybill.ts'
import { transaction } from '../../src/db/database.ts'
import { readWaybill } from '../../src/db/waybills.ts'
import { Problem } from '../../src/problem.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { act, drawUp } from '../../src/waybill/act.ts'
import { standingsOf } from '../../src/waybill/chain.ts'
import { verifyWaybill } from '../../src/waybill/verify.ts'
import { freshKey, problemOf } from '../routes/support.ts'
import { broker } from '../support/world.ts'
import { openDesk, type Who } from './desk.ts'
import { parties, trainBill, trainNote } from './document.ts'

const { world, call, read, send, done, issued } = await openDesk()

describe('from a draft to the goods', () => {
  test('to a bank, to the buyer, back to the carrier: at each step one firm holds it, and the chain can be checked', async () => {
    const number = await issued()
    const holders = []
    for (const [who, step] of [
      ['shipper', { action: 'ENDORSE_TO_ORDER', recipient: parties.bank, note: 'against acceptance' }],
      ['bank', { action: 'BLANK_ENDORSE' }],
      ['bank', { action: 'TRANSFER', recipient: parties.buyer }],
      ['buyer', { action: 'SURRENDER_FOR_DELIVERY' }],
      ['carrier', { action: 'SURRENDERED' }],
      ['carrier', { action: 'DELIVER' }],
    ] as const)
      holders.push((await done(who, number, step)).holder)
    expect(holders).toEqual([
      parties.bank,
      parties.bank,
      parties.buyer,
      parties.carrier,
      parties.carrier,
      parties.carrier,
    ])
    const { shown } = await read('carrier', number)
    expect(shown).toMatchObject({ status: 'SURRENDERED_FOR_DELIVERY', delivered: true, may: [], partly: false })
    expect(shown.rule).toMatchObject({ table: 'waybill-forms' })
    expect(shown.boxes[0]?.boxes.find(({ box }) => box === '29')?.value).toBe(number)
    const file = waybillExport.parse(await (await call('buyer', 'GET', `/v1/waybills/${number}/export`)).json())
    expect(verifyWaybill(file)).toMatchObject({ status: 'PENDING_SURRENDER_FOR_DELIVERY' })
    const whole = waybillExport.parse(await (await call('carrier', 'GET', `/v1/waybills/${number}/export`)).json())
    expect(verifyWaybill(whole)).toMatchObject({ delivered: true, holder: parties.carrier })
  })
  test('amended it is a new version, and its chain goes on', async () => {
    const number = await issued()
    await done('shipper', number, { action: 'SURRENDER_FOR_AMENDMENT' })
    await done('carrier', number, { action: 'SURRENDERED' })
    const other = { ...trainBill(), shipper: { ...trainBill().shipper, id: parties.buyer } }
    await problemOf(await send('carrier', number, { action: 'AMEND', document: other }), 'body-invalid')
    const amended = await done('carrier', number, {
      action: 'AMEND',
      document: trainBill({ remarks: 'two pieces less' }),
    })
    expect(amended).toMatchObject({
      status: 'ISSUED',
      version: 2,
      holder: broker,
      document: { remarks: 'two pieces less' },
    })
    expect(amended.entries.map(({ version }) => version)).toEqual([1, 1, 1, 1, 1, 2])
    const file = waybillExport.parse(await (await call('shipper', 'GET', `/v1/waybills/${number}/export`)).json())
    expect(verifyWaybill(file)).toMatchObject({ version: 2 })
  })
  test('a plain note is delivered to whom it names, without being given back', async () => {
    const number = await issued(trainNote())
    const { shown } = await read('buyer', number)
    expect(shown).toMatchObject({ status: 'ISSUED', negotiable: false, may: [] })
    expect(shown).not.toHaveProperty('holder')
    const refused = await send('buyer', number, { action: 'ENDORSE', recipient: parties.bank })
    expect((await problemOf(refused, 'waybill-action-refused')).detail).toMatch(/no document of title/)
    expect((await done('carrier', number, { action: 'DELIVER' })).delivered).toBe(true)
  })
})

describe('refused', () => {
  test('delivery without surrender', async () => {
    const number = await issued()
    await problemOf(await send('carrier', number, { action: 'DELIVER' }), 'waybill-action-refused')
  })
  test('whoever does not hold it', async () => {
    const number = await issued()
    await done('shipper', number, { action: 'ENDORSE_TO_ORDER', recipient: parties.bank })
    for (const who of ['shipper', 'carrier'] as const)
      await problemOf(
        await send(who, number, { action: 'ENDORSE', recipient: parties.buyer }),
        'waybill-action-refused',
      )
  })
  test('a recipient nobody knows: it would be lost', async () => {
    const number = await issued()
    const document = await problemOf(
      await send('shipper', number, { action: 'ENDORSE', recipient: 'NOBODY' }),
      'body-invalid',
    )
    expect(document.errors?.[0]).toMatchObject({ pointer: '/recipient', code: 'recipient-unknown' })
  })
  test.each([
    ['a form nobody knows', { form: 'napkin' }, '/form'],
    ['a note that cannot be a document of title', { form: 'smgs' }, '/negotiable'],
    ['no leg', { legs: [] }, '/legs'],
  ])('%s', async (_, beside, pointer) => {
    const body = { ...trainBill(), ...beside }
    const response = await call('carrier', 'POST', '/v1/waybills', { body, headers: freshKey() })
    expect((await problemOf(response, 'body-invalid')).errors?.map((one) => one.pointer)).toContain(pointer)
  })
  test('what is no action, without a tag, without a key', async () => {
    const number = await issued()
    const path = `/v1/waybills/${number}/actions`
    const body = { action: 'SIGN' }
    await problemOf(await call('shipper', 'POST', path, { body, headers: freshKey() }), 'if-match-missing')
    await problemOf(
      await call('shipper', 'POST', path, { body, headers: { 'if-match': '*' } }),
      'idempotency-key-missing',
    )
    for (const wrong of [
      { action: 'DRAFT' },
      { action: 'sign' },
      { action: 'AMEND' },
      { ...body, recipient: 'a b' },
      [],
      'x',
    ])
      await problemOf(
        await call('shipper', 'POST', path, {
          body: JSON.stringify(wrong),
          headers: { 'if-match': '*', ...freshKey() },
        }),
        'body-invalid',
      )
    await problemOf(await call('carrier', 'GET', '/v1/waybills/MTD0'), 'not-found')
    await problemOf(
      await call('shipper', 'POST', '/v1/waybills', { body: trainBill(), headers: freshKey() }),
      'forbidden',
    )
  })
})

describe('two at once', () => {
  test('of two transfers one is done, the other gets 412', async () => {
    const number = await issued()
    const { etag } = await read('shipper', number)
    const both = await Promise.all([
      send('shipper', number, { action: 'ENDORSE_TO_ORDER', recipient: parties.bank }, { etag }),
      send('shipper', number, { action: 'ENDORSE_TO_ORDER', recipient: parties.buyer }, { etag }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 412])
    const { shown } = await read('carrier', number)
    expect(shown.entries).toHaveLength(4)
    expect(shown.holder).toBe(shown.entries[3]?.recipient)
  })
  test('the same request twice is one entry, and the same answer', async () => {
    const number = await issued()
    const { etag } = await read('shipper', number)
    const body = { action: 'ENDORSE', recipient: parties.bank } as const
    const twins = await Promise.all([1, 2].map(() => send('shipper', number, body, { etag, key: `twin ${number}` })))
    expect(twins.map(({ status }) => status)).toEqual([201, 201])
    expect(new Set(await Promise.all(twins.map((one) => one.text()))).size).toBe(1)
    expect((await read('carrier', number)).shown.entries).toHaveLength(4)
  })

  test('whatever several try at the same moment, on what they all saw: one of them at most, and one holder always', async () => {
    const { pool } = world.database
    const firms = Object.values(parties)
    const request = fc.record({
      actor: fc.constantFrom(...firms),
      action: fc.constantFrom(...actionNames.filter((one) => one !== 'DRAFT' && one !== 'AMEND')),
      recipient: fc.option(fc.constantFrom(...firms), { nil: undefined }),
    })
    const now = new Date(world.now())
    const tried = async (
      number: string,
      seen: number,
      { actor, action, recipient }: { actor: string; action: ActionRequest['action']; recipient: string | undefined },
    ) => {
      try {
        const stale = (entries: number) => {
          if (entries !== seen) throw new Problem('if-match-stale')
        }
        await transaction(pool, (client) =>
          act(
            client,
            ownRules,
            number,
            actor,
            { action, ...(recipient === undefined ? {} : { recipient }) },
            stale,
            now,
          ),
        )
        return 'done'
      } catch (error) {
        if (error instanceof Problem) return error.code
        throw error
      }
    }
    let moved = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(request, request, request), { minLength: 2, maxLength: 5 }),
        async (rounds) => {
          const number = await transaction(pool, (client) =>
            drawUp(client, ownRules, parties.carrier, trainBill(), now),
          )
          await tried(number, 1, { actor: broker, action: 'APPROVE', recipient: undefined })
          await tried(number, 2, { actor: parties.carrier, action: 'ISSUE', recipient: parties.buyer })
          for (const round of rounds) {
            const before = await readWaybill(pool, number)
            const seen = before?.entryCount ?? 0
            // Whoever holds it tries twice, among the others.
            const holder = before?.holder ?? ''
            const [one, two, three] = round
            const outcomes = await Promise.all([
              tried(number, seen, one),
              tried(number, seen, { ...two, actor: holder }),
              tried(number, seen, { actor: holder, action: 'ENDORSE_TO_ORDER', recipient: three.actor }),
            ])
            const count = outcomes.filter((outcome) => outcome === 'done').length
            moved += count
            expect(count).toBeLessThanOrEqual(1)
            const after = await readWaybill(pool, number)
            expect(after?.entryCount).toBe(seen + count)
            const standing = standingsOf(
              { negotiable: true, carrier: parties.carrier, shipper: broker },
              after?.entries ?? [],
            ).at(-1)
            expect(firms).toContain(after?.holder)
            expect([after?.holder, after?.status, after?.version]).toEqual([
              standing?.holder,
              standing?.status,
              standing?.version,
            ])
          }
        },
      ),
      { numRuns: 8, seed: 20_261_122 },
    )
    expect(moved).toBeGreaterThan(10)
  })
})

describe('who sees it', () => {
  test('nobody before being party to it; once it was given away, no further than that', async () => {
    const number = await issued()
    for (const who of ['bank', 'buyer', 'stranger'] as const) {
      await problemOf(await call(who, 'GET', `/v1/waybills/${number}`), 'not-found')
      await problemOf(await call(who, 'GET', `/v1/waybills/${number}/export`), 'not-found')
      await problemOf(await send(who, number, { action: 'SIGN' }, { etag: '*' }), 'not-found')
    }
    await done('shipper', number, { action: 'ENDORSE_TO_ORDER', recipient: parties.bank })
    await done('bank', number, { action: 'ENDORSE_TO_ORDER', recipient: parties.buyer })
    await done('buyer', number, { action: 'SIGN', note: 'between us' })
    const { shown } = await read('bank', number)
    expect(shown).toMatchObject({ partly: true, may: [], holder: parties.buyer })
    expect(shown.entries).toHaveLength(5)
    expect(JSON.stringify(shown)).not.toContain('between us')
    expect((await read('carrier', number)).shown.entries).toHaveLength(6)
    await problemOf(await call('stranger', 'GET', `/v1/waybills/${number}`), 'not-found')
    const listed = async (who: Who, query = '') =>
      (
        (await (await call(who, 'GET', `/v1/waybills?limit=200${query}`)).json()) as { data: { number: string }[] }
      ).data.map((one) => one.number)
    expect(await listed('stranger')).not.toContain(number)
    expect(await listed('bank')).toContain(number)
    expect(await listed('bank', '&held=true')).not.toContain(number)
    expect(await listed('buyer', '&held=true')).toContain(number)
  })
  test('an operator reads it, and does nothing to it', async () => {
    const number = await issued()
    expect((await world.call('GET', `/v1/waybills/${number}`, { key: world.keys.admin })).status).toBe(200)
    const headers = { 'if-match': '*', ...freshKey() }
    const response = await world.call('POST', `/v1/waybills/${number}/actions`, {
      key: world.keys.admin,
      body: { action: 'VOID' },
      headers,
    })
    await problemOf(response, 'forbidden')
  })
})

test('what was done stays as it was done', async () => {
  for (const sql of [
    "UPDATE waybill_entry SET actor = 'x'",
    'DELETE FROM waybill_entry',
    "UPDATE waybill_version SET document = '{}'",
  ])
    await expect(world.database.pool.query(sql)).rejects.toThrow('is append-only')
})
