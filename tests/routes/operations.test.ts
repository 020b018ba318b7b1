import { isDeepStrictEqual } from 'node:util'
import { CircuitState } from 'cockatiel'
import { describe, expect, test } from 'vitest'
import { messageAnswer, pageOf } from '../../schemas/answers.ts'
import { laneAnswer, orphanAnswer, stuckAnswer } from '../../schemas/operations.ts'
import { Unreachable } from '../../src/transport/transport.ts'
import { filingOf, openWorld } from '../support/world.ts'
import { fewAgencies, issuesIn, problemOf, smallSample } from './support.ts'

/** What the agencies do at the moment. */
const weather = { customs: 'up', border: 'up', mailbox: 'up' }
const world = await openWorld({
  adapters: fewAgencies,
  apart: ['customs', 'border'],
  transport: (agencies) => ({
    ...agencies,
    async call(agency, message, trace) {
      const isMailbox = message.path.startsWith('/mailbox')
      if (isMailbox ? weather.mailbox === 'down' : weather[agency as 'customs'] === 'down')
        throw new Unreachable('connect ECONNREFUSED', 'no')
      if (!isMailbox && weather[agency as 'customs'] === 'mute') throw new Unreachable('timeout', 'unknown')
      return agencies.call(agency, message, trace)
    },
  }),
})
const { admin } = world.keys
const get = (path: string) => world.call('GET', `/v1/operations${path}`, { key: admin })
const order = (agency: string, body: unknown) =>
  world.call('PUT', `/v1/operations/lanes/${agency}`, { key: admin, body })
const sql = (text: string, values: unknown[] = []) => world.database.pool.query(text, values)
const stuck = async (query = '') => pageOf(stuckAnswer).parse(await (await get(`/stuck${query}`)).json())
const causes = async (query = '') => (await stuck(query)).data.map(({ cause, agency }) => `${agency} ${cause}`).sort()
const lanes = async () => pageOf(laneAnswer).parse(await (await get('/lanes')).json()).data
const laneOf = async (agency: string) => (await lanes()).find((lane) => lane.agency === agency)

describe('what is stuck', () => {
  test('nothing, at first', async () => {
    expect(await stuck()).toEqual({ data: [], hasMore: false })
  })

  test('what could not be delivered, with its tries, its error and its next try; and what may have arrived', async () => {
    Object.assign(weather, { customs: 'down', border: 'mute' })
    const { id } = (await world.post(smallSample())).body
    const seen = await world.meanwhile(
      id,
      (seen) => filingOf(seen, 'border').unknown && filingOf(seen, 'customs').delivery !== undefined,
    )
    await world.meanwhile(id, (now) => filingOf(now, 'customs').delivery?.error !== undefined)
    expect((await stuck('?agency=customs&cause=undelivered')).data).toMatchObject([
      {
        cause: 'undelivered',
        declarationId: id,
        filingId: filingOf(seen, 'customs').id,
        error: 'connect ECONNREFUSED',
        tries: expect.any(Number) as number,
        nextAttemptAt: expect.any(String) as string,
        status: 'queued',
      },
    ])
    expect((await stuck('?cause=unknown')).data).toMatchObject([
      { agency: 'border', unknown: true, status: 'sent', error: 'timeout' },
    ])
  })

  test('what was given up after all tries says so, and names no next try', async () => {
    const giveUp =
      "UPDATE delivery SET due_at = '9999-12-31', tries = 60 WHERE lane = 'customs' AND lease_until IS NULL"
    await expect.poll(async () => (await sql(giveUp)).rowCount).toBe(1)
    const [given] = (await stuck('?cause=exhausted')).data
    expect(given).toMatchObject({ agency: 'customs', cause: 'exhausted', tries: 60 })
    expect(given?.nextAttemptAt).toBeUndefined()
    expect((await laneOf('customs'))?.exhausted).toBe(1)
  })

  test('a mailbox that cannot be read, since when; read again, it is no more', async () => {
    const lookNow = () => sql('UPDATE mailbox SET due_at = now()')
    weather.mailbox = 'down'
    await lookNow()
    await expect.poll(() => causes('?cause=mailbox')).toEqual(['customs mailbox'])
    const [first] = (await stuck('?cause=mailbox')).data
    expect(first?.error).toBe('connect ECONNREFUSED')
    await expect.poll(async () => (await laneOf('customs'))?.mailbox?.failedAt).toBe(first?.since)
    weather.mailbox = 'up'
    await lookNow()
    await expect.poll(() => causes('?cause=mailbox')).toEqual([])
  })

  test('receipts and documents that belong to nobody, each to be read byte for byte', async () => {
    const nonsense = '<html>502 Bad Gateway</html>'
    expect((await world.push('border', { body: nonsense, contentType: 'text/html' })).status).toBe(422)
    const nobodys =
      '<?xml version="1.0" encoding="UTF-8"?><DEC_RESULT><CUS_CIQ_NO>E20260000000000001</CUS_CIQ_NO><ENTRY_ID></ENTRY_ID><NOTICE_DATE>2026-11-21T09:30:00</NOTICE_DATE><CHANNEL>P</CHANNEL><NOTE>放行</NOTE><CUSTOM_MASTER>8014</CUSTOM_MASTER><I_E_DATE></I_E_DATE><D_DATE></D_DATE></DEC_RESULT>'
    expect((await world.push('customs', { body: nobodys })).status).toBe(202)
    expect(await causes('?cause=unintelligible')).toEqual(['border unintelligible'])
    expect(await causes('?cause=orphan')).toEqual(['customs orphan'])
    const [stray] = (await stuck('?cause=unintelligible')).data
    const read = messageAnswer.parse(await (await world.call('GET', stray?.href ?? '', { key: admin })).json())
    expect(read).toMatchObject({ agency: 'border', body: nonsense, kind: 'push', error: stray?.error })
    const strays = pageOf(messageAnswer).parse(await (await get('/messages?agency=border')).json())
    expect(strays.data).toEqual([read])
    expect(pageOf(messageAnswer).parse(await (await get('/messages?agency=customs')).json()).data).toEqual([])
    const orphans = pageOf(orphanAnswer).parse(await (await get('/receipts?agency=customs')).json())
    const carrier = await (await get(`/messages/${orphans.data[0]?.messageId}`)).json()
    expect(carrier).toMatchObject({ body: nobodys })
  })

  test('what an agency has and says nothing of for three days; what waits for its trader is not', async () => {
    Object.assign(weather, { customs: 'up', border: 'up' })
    const sample = smallSample('-C.NEVER')
    const { id } = (await world.post({ ...sample, functionalReferenceId: 'SILENT-C.NEVER' })).body
    await world.meanwhile(id, (seen) => filingOf(seen, 'customs').status === 'acknowledged')
    const { border: _, ...particulars } = sample.particulars ?? {}
    const waiting = { ...sample, functionalReferenceId: 'WAITING-C.NEVER', particulars }
    const waits = (await world.post(waiting)).body
    await sql("UPDATE filing SET updated_at = updated_at - interval '71 hours'")
    expect(await causes('?cause=silent')).toEqual([])
    await sql("UPDATE filing SET updated_at = updated_at - interval '2 hours'")
    const silent = (await stuck('?cause=silent')).data
    expect(silent.find(({ declarationId, agency }) => declarationId === id && agency === 'customs')).toMatchObject({
      agency: 'customs',
      status: 'acknowledged',
    })
    const awaiting = waits.filings.filter(({ status }) => status === 'awaiting-particulars').map(({ id }) => id)
    expect((await stuck('?limit=200')).data.filter(({ filingId }) => awaiting.includes(filingId ?? ''))).toEqual([])
  })

  test('is listed oldest first, page after page, each thing once', async () => {
    const rowsOf = ({ data }: Awaited<ReturnType<typeof stuck>>) =>
      data.map(({ since, cause, filingId, href }) => [since, cause, filingId, href])
    // What is stuck is tried again while we read, and is not listed meanwhile: a defect of paging would show every time.
    for (let time = 1; ; time++) {
      const all = await stuck('?limit=200')
      const paged: unknown[] = []
      let query = '?limit=2'
      for (let page = await stuck(query); ; page = await stuck(query)) {
        paged.push(...rowsOf(page))
        if (!page.hasMore) break
        query = `?limit=2&after=${encodeURIComponent(page.nextCursor ?? '')}`
      }
      const isWhole = all.data.length > 4 && isDeepStrictEqual(paged, rowsOf(all))
      if (time < 20 && !isWhole) continue
      expect(all.data.length).toBeGreaterThan(4)
      expect(all.data.map(({ since }) => since)).toEqual(all.data.map(({ since }) => since).toSorted())
      expect(paged).toEqual(rowsOf(all))
      return
    }
  })

  test.each(['?cause=nothing', '?after=x', '?after=1.orphan', '?agencies=customs', '?limit=0'])(
    'refuses %s',
    async (query) => {
      await problemOf(await get(`/stuck${query}`), 'invalid-parameter')
    },
  )
  test.each(['/messages/0', '/messages/x', '/messages/99999999999999999999'])('%s is not there', async (path) => {
    await problemOf(await get(path), 'not-found')
  })
})

describe('a lane', () => {
  test('is told by every worker: its breaker, what waits, and how its mailbox stands', async () => {
    await expect.poll(async () => (await laneOf('customs'))?.workers.map(({ state }) => state)).toEqual(['closed'])
    const all = await lanes()
    expect(all.map(({ agency, state }) => [agency, state])).toEqual([
      ['customs', 'closed'],
      ['border', 'closed'],
    ])
    expect(all[0]?.mailbox).toBeDefined()
    expect(all[1]?.mailbox).toBeUndefined()
  })

  test('stopped by hand is stuck, with the reason and the name; resumed, it is not', async () => {
    const stopped = await order('border', { state: 'open', reason: '边检系统升级 until noon' })
    expect(stopped.status).toBe(200)
    expect(laneAnswer.parse(await stopped.json())).toMatchObject({
      state: 'open',
      order: { by: 'admin', reason: '边检系统升级 until noon' },
    })
    expect((await stuck('?cause=stopped')).data).toMatchObject([{ agency: 'border', error: '边检系统升级 until noon' }])
    await order('border', { state: 'closed', reason: 'done' })
    expect(await causes('?cause=stopped')).toEqual([])
  })

  test('that is resumed forgets its failures in every worker, and says so', async () => {
    weather.border = 'down'
    const sample = { ...smallSample(), functionalReferenceId: 'RESTS' }
    const { id } = (await world.post(sample)).body
    const hurry = "UPDATE delivery SET due_at = now() WHERE lane = 'border' AND lease_until IS NULL"
    await world.meanwhile(id, () => {
      void sql(hurry).then(() => world.worker.lanes.get('border')?.wake())
      return world.worker.lanes.get('border')?.breaker.state === CircuitState.Open
    })
    await expect.poll(() => causes('?cause=breaker-open')).toEqual(['border breaker-open'])
    weather.border = 'up'
    await order('border', { state: 'closed', reason: 'border is back' })
    await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === 'acknowledged')
    await expect.poll(() => causes('?cause=breaker-open')).toEqual([])
  })

  test.each([
    ['a state that is none', { state: 'half-open', reason: 'x' }, '/state'],
    ['no reason', { state: 'open' }, '/reason'],
    ['an empty reason', { state: 'open', reason: '' }, '/reason'],
    ['a reason that is too long', { state: 'open', reason: 'x'.repeat(501) }, '/reason'],
    ['a reason of two lines', { state: 'open', reason: 'a\nb' }, '/reason'],
    ['more than is known', { state: 'open', reason: 'x', force: true }, '/force'],
    ['a list', [], ''],
  ])('is not ordered with %s', async (_, body, pointer) => {
    const document = await problemOf(await order('customs', body), 'body-invalid')
    expect(issuesIn(document).map((found) => found.split(' ')[0])).toEqual([pointer])
    expect((await laneOf('customs'))?.state).toBe('closed')
  })
  test.each(['nobody', 'constructor', '__proto__', "x' OR 1=1"])('of %s is not there', async (agency) => {
    await problemOf(await order(encodeURIComponent(agency), { state: 'open', reason: 'x' }), 'not-found')
  })
})
