import { describe, expect, test } from 'vitest'
import { replayAnswer } from '../../schemas/operations.ts'
import { filingOf } from '../support/world.ts'
import { one, openNightDesk, reason } from './night-desk.ts'
import { freshKey, keepingNothing, problemOf } from './support.ts'

const { world, weather, night, replay, show, confirm, sql, filed, replays, putOff } = await openNightDesk()

describe('a dry run', () => {
  test('sends nothing and changes nothing; its digest names what was shown', async () => {
    const { filingId } = await filed('acknowledged')
    await keepingNothing(world, async () => {
      const shown = await show(one(filingId, { force: true }))
      expect(shown.filings).toMatchObject([{ filingId, outcome: 'would-be-sent', status: 'acknowledged' }])
      expect(shown.filings[0]?.size).toBeGreaterThan(100)
      expect(Date.parse(shown.until)).toBeGreaterThan(world.now())
    })
  })

  test('of what its agency has answered says so, unless it is forced', async () => {
    const { filingId } = await filed('acknowledged')
    const [filing] = (await show(one(filingId))).filings
    expect(filing).toMatchObject({
      outcome: 'answered',
      detail: { en: expect.stringMatching(/only with force/) as string },
    })
    expect(filing?.bytes).toBeUndefined()
  })

  test('encoded anew shows the lines that differ', async () => {
    weather.border = 'down'
    const { id, filingId } = await filed('queued')
    await world.meanwhile(id, (seen) => (filingOf(seen, 'border').delivery?.tries ?? 0) > 0)
    await putOff(filingId)
    const [filing] = (await show(one(filingId, { from: 'encoded' }))).filings
    expect(filing?.outcome).toBe('would-be-sent')
    const changed = filing?.difference?.unified.split('\n').filter((line) => /^[-+]/.test(line)) ?? []
    expect(changed.every((line) => line.includes('SentAt'))).toBe(true)
    weather.border = 'up'
  })

  test('of a filing nobody knows is not there', async () => {
    await problemOf(await replay({ ...one('00000000000000000000'), dryRun: true }), 'not-found')
  })
})

describe('confirmed', () => {
  test('exactly what was shown is sent, once, and the timeline tells who and why', async () => {
    const { id, filingId, lrn } = await filed('acknowledged')
    weather.calls.length = 0
    const wanted = one(filingId, { force: true })
    const { confirm: digest, filings } = await show(wanted)
    const { answer, body } = await confirm(wanted, digest)
    expect(body).toMatchObject({ from: 'stored', force: true, reason, by: 'night desk', left: 0 })
    expect(body.filings).toMatchObject([{ filingId, outcome: 'accepted', bytes: filings[0]?.bytes }])
    await world.meanwhile(
      id,
      (seen) => weather.calls.includes('POST') && filingOf(seen, 'border').delivery === undefined,
    )
    expect(weather.calls.filter((method) => method === 'POST')).toEqual(['POST'])
    expect(world.effects(lrn).filter((effect) => effect.startsWith('border'))).toHaveLength(1)
    expect(await replays(id)).toMatchObject([
      { subject: filingId, data: { by: 'night desk', reason, from: 'stored', force: true, bytes: filings[0]?.bytes } },
    ])
    const location = answer.headers.get('location') ?? ''
    expect(await (await world.call('GET', location, { key: night })).json()).toEqual(body)
  })

  test('the same again gives the same answer and sends nothing; another body or another key is refused', async () => {
    const { id, filingId } = await filed('acknowledged')
    const wanted = one(filingId, { force: true })
    const { confirm: digest } = await show(wanted)
    const key = freshKey()
    const first = await confirm(wanted, digest, key)
    const second = await confirm(wanted, digest, key)
    expect(second.body).toEqual(first.body)
    expect([first.answer, second.answer].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([
      null,
      'true',
    ])
    await problemOf(await replay({ ...wanted, reason: 'another', confirm: digest }, key), 'idempotency-key-reused')
    const document = await problemOf(await replay({ ...wanted, confirm: digest }, freshKey()), 'not-as-shown')
    expect(document.detail).toContain(first.body.links.self)
    expect(await replays(id)).toHaveLength(1)
  })

  test('two at once are one', async () => {
    const { id, filingId } = await filed('acknowledged')
    const wanted = one(filingId, { force: true })
    const { confirm: digest } = await show(wanted)
    const key = freshKey()
    const twins = await Promise.all([1, 2, 3].map(() => confirm(wanted, digest, key)))
    for (const { body } of twins) expect(body.filings).toMatchObject([{ outcome: 'accepted' }])
    expect(await replays(id)).toHaveLength(1)
  })

  test('by a process that died before the last filing: the same again goes on where it broke off', async () => {
    const [a, b] = [await filed('acknowledged'), await filed('acknowledged')]
    const wanted = {
      select: { agency: 'border', from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' },
      from: 'stored',
      force: true,
      reason,
    }
    const shown = await show(wanted)
    expect(shown.filings.map(({ filingId }) => filingId)).toEqual(expect.arrayContaining([a.filingId, b.filingId]))
    const key = freshKey()
    const { body } = await confirm(wanted, shown.confirm, key)
    const before = [await replays(a.id), await replays(b.id)].map((told) => told.length)
    await sql('UPDATE replay_filing SET outcome = NULL WHERE replay_id = $1 AND filing_id = $2', [body.id, b.filingId])
    const open = await (await world.call('GET', body.links.self, { key: night })).json()
    expect(replayAnswer.parse(open).filings.find(({ filingId }) => filingId === b.filingId)?.outcome).toBe('open')
    await expect.poll(async () => (await sql('SELECT FROM delivery')).rowCount).toBe(0)
    const again = await confirm(wanted, shown.confirm, key)
    expect(again.body.filings.map(({ outcome }) => outcome)).toEqual(body.filings.map(() => 'accepted'))
    expect([await replays(a.id), await replays(b.id)].map((told) => told.length)).toEqual([
      before[0],
      (before[1] ?? 0) + 1,
    ])
  })

  test('what changed since it was shown is not sent', async () => {
    weather.border = 'down'
    const { id, filingId } = await filed('queued')
    await putOff(filingId)
    const wanted = one(filingId)
    const { confirm: digest } = await show(wanted)
    weather.border = 'up'
    await sql('UPDATE delivery SET due_at = now() WHERE filing_id = $1', [filingId])
    await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === 'acknowledged')
    const { body } = await confirm(wanted, digest)
    expect(body.filings).toMatchObject([{ outcome: 'answered' }])
    expect(await replays(id)).toEqual([])
  })

  test('what a worker has in its hands is left alone', async () => {
    weather.border = 'down'
    const { id, filingId } = await filed('queued')
    await putOff(filingId)
    const wanted = one(filingId)
    const { confirm: digest } = await show(wanted)
    await sql("UPDATE delivery SET lease_until = now() + interval '1 minute' WHERE filing_id = $1", [filingId])
    expect((await confirm(wanted, digest)).body.filings).toMatchObject([{ outcome: 'under-way' }])
    expect((await show(wanted)).filings).toMatchObject([{ outcome: 'under-way' }])
    expect(await replays(id)).toEqual([])
    await sql("UPDATE delivery SET lease_until = now() - interval '1 second' WHERE filing_id = $1", [filingId])
    // Its worker died: it may have been sent.
    const shown = await show(wanted)
    expect(shown.filings).toMatchObject([{ outcome: 'would-be-sent', asksFirst: true }])
    weather.calls.length = 0
    weather.border = 'up'
    await confirm(wanted, shown.confirm)
    await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === 'acknowledged')
    expect(weather.calls[0]).toBe('GET')
  })

  test('where the outcome is unknown its agency is asked first, forced or not: what it has is not sent', async () => {
    weather.border = 'mute'
    const { id, filingId, lrn } = await filed('sent')
    await putOff(filingId)
    const wanted = one(filingId, { force: true })
    const shown = await show(wanted)
    expect(shown.filings).toMatchObject([{ outcome: 'would-be-sent', asksFirst: true }])
    weather.calls.length = 0
    weather.border = 'up'
    await confirm(wanted, shown.confirm)
    await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === 'acknowledged')
    expect(weather.calls).toEqual(['GET'])
    expect(world.effects(lrn).filter((effect) => effect.startsWith('border'))).toHaveLength(1)
  })

  test('what was given up is tried again from the beginning', async () => {
    weather.border = 'down'
    const { id, filingId } = await filed('queued')
    await putOff(filingId)
    await sql("UPDATE delivery SET due_at = '9999-12-31T00:00:00Z', tries = 60 WHERE filing_id = $1", [filingId])
    weather.border = 'up'
    const wanted = one(filingId)
    await confirm(wanted, (await show(wanted)).confirm)
    await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === 'acknowledged')
  })

  test('a filing our encoder failed on is prepared anew once it is mended', async () => {
    weather.encoder = 'broken'
    const { id, filingId } = await filed('blocked')
    const stuck = await world.call('GET', '/v1/operations/stuck?cause=trouble', { key: night })
    expect(await stuck.json()).toMatchObject({
      data: [{ filingId, error: 'Could not be encoded: no voyage in the third leg' }],
    })
    const wanted = one(filingId, { from: 'encoded' })
    expect((await show(wanted)).filings).toMatchObject([{ outcome: 'not-encodable' }])
    expect((await show(one(filingId))).filings).toMatchObject([{ outcome: 'nothing-stored' }])
    weather.encoder = 'sound'
    const shown = await show({ ...wanted, select: { agency: 'border' } })
    expect(shown.filings.find((filing) => filing.filingId === filingId)).toMatchObject({
      outcome: 'would-be-sent',
      difference: { removed: 0 },
    })
    await confirm({ ...wanted, select: { agency: 'border' } }, shown.confirm)
    await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === 'acknowledged')
    expect(filingOf(await world.read(id), 'border').trouble).toBeUndefined()
  })
})
