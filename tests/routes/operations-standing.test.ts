import { describe, expect, test } from 'vitest'
import { pageOf } from '../../schemas/answers.ts'
import { certificateAnswer } from '../../schemas/certificates.ts'
import {
  laneAnswer,
  matchedAnswer,
  operationsAnswer,
  replayStandingAnswer,
  replaySummaryAnswer,
  stuckCountAnswer,
} from '../../schemas/operations.ts'
import { filingOf } from '../support/world.ts'
import { one, openNightDesk, reason } from './night-desk.ts'
import { problemOf } from './support.ts'

const { world, weather, night, show, confirm, sql, filed, putOff } = await openNightDesk()
const get = (path: string) => world.call('GET', `/v1/operations${path}`, { key: night })
const standing = async () => operationsAnswer.parse(await (await get('')).json())

describe('how the window runs', () => {
  test('is told at a glance: database, workers, jobs, notices, issuers, seals, the work of the day', async () => {
    await expect.poll(async () => (await standing()).workers.length).toBe(1)
    const now = await standing()
    expect(now.database.answerMs).toBeGreaterThanOrEqual(0)
    expect(now.issuers.length).toBeGreaterThan(0)
    for (const issuer of now.issuers) expect(issuer).toMatchObject({ waiting: 0, unknown: 0 })
    expect(now.today).toMatchObject({ draftsToDecide: 0, complaintsOpen: 0, assistanceOverdue: 0, lotsDrawn: 0 })
    expect(now.audit).toEqual({})
  })

  test('counts what waits for an administrator', async () => {
    await sql(
      `INSERT INTO firm_credit (firm, scheme, agency, level, rank, since, occasion, reason, basis, "by", at)
       VALUES ('F', 's', 'a', 'l', 1, '2026-11-21', 'rating', 'r', 'b', 'k', $1), ('F', 's', 'a', 'l', 1, '2026-01-01', 'rating', 'r', 'b', 'k', '2026-01-01')`,
      [new Date(world.now())],
    )
    await sql(`INSERT INTO clearance_recount (id, requested_at, by) VALUES ('R', now(), 'k')`)
    expect((await standing()).today).toMatchObject({ creditsGiven: 1, recountsUnderWay: 1 })
  })
})

describe('a lane', () => {
  test('tells how many submissions go out a minute, and how many tries of what waits failed', async () => {
    await filed('acknowledged')
    weather.border = 'down'
    await filed('queued')
    const border = async () =>
      pageOf(laneAnswer)
        .parse(await (await get('/lanes')).json())
        .data.find(({ agency }) => agency === 'border')
    await expect.poll(async () => (await border())?.failures).toBeGreaterThan(0)
    expect((await border())?.ratePerMinute).toBeGreaterThan(0)
    weather.border = 'up'
  })
})

describe('what is stuck', () => {
  test('is counted by cause and agency, the longest stuck first', async () => {
    await sql(
      `INSERT INTO lane_order (agency, number, state, reason, "by", at) VALUES ('customs', 1, 'open', 'a test', 'k', '2026-01-01')`,
    )
    const { data } = pageOf(stuckCountAnswer).parse(await (await get('/stuck/counts')).json())
    expect(data[0]).toMatchObject({ cause: 'stopped', agency: 'customs', count: 1 })
    expect(data.map(({ oldest }) => oldest)).toEqual(data.map(({ oldest }) => oldest).toSorted())
    await sql('DELETE FROM lane_order')
  })

  test('a receipt nobody knew finds its filing on an operator’s word, however old it is', async () => {
    const { id } = await filed('acknowledged')
    const { rows } = await sql(
      'SELECT filing_reference.agency, scheme, value, filing_id FROM filing_reference JOIN filing ON filing.id = filing_id WHERE declaration_id = $1 LIMIT 1',
      [id],
    )
    const [{ agency, scheme, value, filing_id: filingId }] = rows as [Record<string, string>]
    const content = { references: [{ scheme, value }], code: 'OLD', text: 'said long ago' }
    await sql(
      `INSERT INTO receipt (agency, digest, code, content, received_at) VALUES ($1, 'of an old one', 'OLD', $2, now() - interval '30 days')`,
      [agency, JSON.stringify(content)],
    )
    const match = async () =>
      matchedAnswer.parse(await (await world.call('POST', '/v1/operations/receipts/matches', { key: night })).json())
    expect(await match()).toEqual({ matched: 1 })
    expect(await match()).toEqual({ matched: 0 })
    expect((await sql(`SELECT filing_id FROM receipt WHERE code = 'OLD'`)).rows).toEqual([{ filing_id: filingId }])
  })
})

describe('replays', () => {
  test('are listed, newest first, with how many went; each tells how its filings stand now', async () => {
    weather.border = 'down'
    const { id, filingId } = await filed('queued')
    await putOff(filingId)
    const wanted = one(filingId)
    const { body } = await confirm(wanted, (await show(wanted)).confirm)
    expect(body.filings).toMatchObject([{ outcome: 'accepted' }])
    weather.border = 'up'
    await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === 'acknowledged')
    const now = async () =>
      pageOf(replayStandingAnswer).parse(await (await get(`/replays/${body.id}/standing`)).json()).data
    await expect.poll(now).toEqual([{ filingId, waiting: false, status: 'acknowledged' }])
    await problemOf(await get('/replays/nowhere/standing'), 'not-found')
    const { data } = pageOf(replaySummaryAnswer).parse(await (await get('/replays')).json())
    expect(data[0]).toMatchObject({ id: body.id, reason, by: 'night desk', filings: 1, accepted: 1, open: 0 })
    const several = { select: { filingIds: [filingId, 'nowhere'] }, from: 'stored', reason, force: true }
    expect((await show(several)).filings).toMatchObject([{ filingId, outcome: 'would-be-sent' }])
    expect(await (await get(`/replays?after=${body.id}`)).json()).toMatchObject({ data: [] })
    await problemOf(await get('/replays?after=x'), 'invalid-parameter')
  })
})

test('certificates are found by type, number and holder, and those of which something is still to be told', async () => {
  await sql(
    `INSERT INTO certificate (type_code, number, issuer, holder) VALUES ('4', 'EX-1', 'commerce', 'H'), ('4', 'EX-2', 'commerce', 'H'), ('5', 'EX-3', 'commerce', 'I')`,
  )
  const found = async (query: string) =>
    pageOf(certificateAnswer.omit({ uses: true, ledger: true }))
      .parse(await (await world.call('GET', `/v1/certificates?${query}`, { key: night })).json())
      .data.map(({ number }) => number)
  expect(await found('')).toEqual(['EX-1', 'EX-2', 'EX-3'])
  expect(await found('type=4')).toEqual(['EX-1', 'EX-2'])
  expect(await found('number=EX-2')).toEqual(['EX-2'])
  expect(await found('holder=I')).toEqual(['EX-3'])
  expect(await found('unconfirmed=true')).toEqual([])
  expect(await found('unconfirmed=false&number=EX')).toEqual(['EX-1', 'EX-2', 'EX-3'])
  expect(await found('number=%25')).toEqual([])
})
