import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { selectFilings } from '../../src/db/repair.ts'
import { limits } from '../../src/limits.ts'
import { stillOpen, untilBlocked } from '../support/database.ts'
import { mutate, mutation } from './hostile.ts'
import { one, openNightDesk, reason } from './night-desk.ts'
import { freshKey, issuesIn, problemOf } from './support.ts'

const { world, night, replay, show, sql, filed } = await openNightDesk()

describe('nothing is sent', () => {
  const wanted = async () => one((await filed('acknowledged')).filingId, { force: true })

  test('that was not shown, was shown too long ago, or was shown for something else', async () => {
    const body = await wanted()
    const { confirm: digest } = await show(body)
    for (const other of [
      { ...body, confirm: undefined },
      { ...body, confirm: 'x' },
      { ...body, confirm: digest, force: false },
      { ...body, confirm: digest, from: 'encoded' },
      { ...body, confirm: digest, select: { agency: 'border' } },
    ])
      await problemOf(await replay(other, freshKey()), 'not-as-shown')
    await sql("UPDATE replay SET shown_at = shown_at - interval '16 minutes'")
    await problemOf(await replay({ ...body, confirm: digest }, freshKey()), 'not-as-shown')
  })

  test('under a key that something else was confirmed with at the same moment', async () => {
    const bodies = [await wanted(), await wanted()]
    const digests = [(await show(bodies[0] ?? {})).confirm, (await show(bodies[1] ?? {})).confirm]
    const key = freshKey()
    const confirm = async (at: number) => (await replay({ ...bodies[at], confirm: digests[at] }, key)).status
    const held = await stillOpen(world.database.pool, (client) =>
      client.query('SELECT FROM replay WHERE digest = $1 FOR UPDATE', [digests[1]]),
    )
    const second = confirm(1)
    await untilBlocked(world.database.pool)
    const first = confirm(0)
    await Promise.race([first, untilBlocked(world.database.pool, 2)])
    await held.end()
    expect([await first, await second].sort()).toEqual([201, 422])
    await sql('DELETE FROM replay')
  })

  test('without an idempotency key, or with one that is too long', async () => {
    const body = await wanted()
    const { confirm: digest } = await show(body)
    await problemOf(await replay({ ...body, confirm: digest }), 'idempotency-key-missing')
    const key = { 'idempotency-key': 'x'.repeat(256) }
    await problemOf(await replay({ ...body, confirm: digest }, key), 'invalid-parameter')
  })

  const range = { from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' }
  test.each([
    ['without a reason', { select: { agency: 'border' }, from: 'stored' }, '/reason'],
    ['of nothing', { select: {}, from: 'stored', reason }, '/select'],
    [
      'of a filing and an agency',
      { select: { filingId: 'X', agency: 'border' }, from: 'stored', reason },
      '/select/filingId',
    ],
    ['of a range without an end', { select: { from: range.from }, from: 'stored', reason }, '/select/to'],
    [
      'of a range that ends before it begins',
      { select: { from: range.to, to: range.from }, from: 'stored', reason },
      '/select/to',
    ],
    [
      'of a day that is none',
      { select: { ...range, to: '2026-02-30T00:00:00Z' }, from: 'stored', reason },
      '/select/to',
    ],
    ['of an agency that is none', { select: { agency: 'constructor' }, from: 'stored', reason }, '/select/agency'],
    ['from somewhere else', { select: { agency: 'border' }, from: 'memory', reason }, '/from'],
    ['with more than is known', { select: { agency: 'border' }, from: 'stored', reason, now: true }, '/now'],
  ])('%s', async (_, body, pointer) => {
    const document = await problemOf(await replay({ ...body, dryRun: true }), 'body-invalid')
    expect(issuesIn(document).map((found) => found.split(' ')[0])).toContain(pointer)
  })

  test('for any mutilated request, and none is our mistake', async () => {
    const { filingId } = await filed('acknowledged')
    const requests = [
      { path: '/replays', method: 'POST', body: { ...one(filingId), force: true, dryRun: true, confirm: 'x' } },
      {
        path: '/replays',
        method: 'POST',
        body: { select: { agency: 'border', ...range, after: filingId }, from: 'encoded', reason },
      },
      { path: '/lanes/customs', method: 'PUT', body: { state: 'closed', reason } },
    ]
    const answered = new Set<number>()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...requests),
        fc.array(mutation, { minLength: 1, maxLength: 2 }),
        async (request, mutations) => {
          const body = JSON.stringify(mutate(request.body, mutations))
          const { status } = await world.call(request.method, `/v1/operations${request.path}`, {
            key: night,
            body,
            headers: freshKey(),
          })
          expect([200, 400, 404, 409, 413, 422]).toContain(status)
          answered.add(status)
        },
      ),
      { numRuns: 200, seed: 20_261_121 },
    )
    expect(answered).toContain(422)
    expect((await sql('SELECT FROM replay WHERE confirmed_at IS NOT NULL')).rowCount).toBe(0)
  })

  test('by a replay that is not there', async () => {
    await problemOf(await world.call('GET', '/v1/operations/replays/x', { key: night }), 'not-found')
    const body = await wanted()
    await show(body)
    const { rows } = await sql('SELECT id FROM replay WHERE confirmed_at IS NULL LIMIT 1')
    const shown = (rows[0] as { id: string }).id
    await problemOf(await world.call('GET', `/v1/operations/replays/${shown}`, { key: night }), 'not-found')
  })
})

describe('a selection', () => {
  const range = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2100-01-01T00:00:00Z') }

  test('of a time range leaves out what its agency has answered, and says how many', async () => {
    const before = await show({ select: { agency: 'border', ...range }, from: 'stored', reason })
    for (let more = 0; more < 4; more++) await filed('acknowledged')
    const after = await show({ select: { agency: 'border', ...range }, from: 'stored', reason })
    expect(after.answered).toBe(before.answered + 4)
    expect(after.filings.map(({ outcome }) => outcome)).not.toContain('answered')
    const ever = { from: '0000-01-01T00:00:00Z', to: '9999-12-31T23:59:59.999Z' }
    expect((await show({ select: ever, from: 'stored', force: true, reason })).filings.length).toBeGreaterThan(3)
    const none = await show({
      select: { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' },
      from: 'stored',
      reason,
    })
    expect(none).toMatchObject({ filings: [], left: 0, answered: 0 })
  })

  test('is bounded, counts what it left, and goes on where it ended', async () => {
    const all = await selectFilings(world.database, range, true, limits.replayMost)
    const seen: string[] = []
    for (let after = ''; ; after = seen.at(-1) ?? '') {
      const { filings, left } = await selectFilings(world.database, { ...range, after }, true, 2)
      seen.push(...filings.map(({ filingId }) => filingId))
      expect(left).toBe(all.filings.length - seen.length)
      if (left === 0) break
    }
    expect(seen).toEqual(all.filings.map(({ filingId }) => filingId))
    expect(seen).toEqual(seen.toSorted())
  })
})
