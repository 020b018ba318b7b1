import { beforeAll, describe, expect, test } from 'vitest'
import {
  type AssessedFinding,
  assessedFinding,
  assessmentAnswer,
  roundAnswer,
} from '../../schemas/fees/assessment-answers.ts'
import { base, openAssessmentDesk, problem } from './assessment-desk.ts'
import { issuesIn } from './support.ts'

const { world, fresh, get, post, put, round, whole, findingOf, etagOf, publication } = await openAssessmentDesk()
const { officer, publisher, guoyuan, cuntan, trader } = world.keys

describe('asking for a round', () => {
  test('202 to be computed; computed, it says what it came to and until when payees reply', async () => {
    const answer = await post('', officer, { title: '专项评估', from: '2026-08-01', to: '2026-08-31' })
    expect(answer.status).toBe(202)
    const asked = roundAnswer.strict().parse(answer.json())
    expect(asked).toMatchObject({ status: 'requested', title: '专项评估', requestedBy: 'officer' })
    expect(answer.headers.get('location')).toBe(`${base}/${asked.id}`)
    await world.work()
    const seen = assessmentAnswer.strict().parse((await get(`/${asked.id}`, officer)).json())
    expect(seen).toMatchObject({ status: 'computed', edition: 2, repliesUntil: '2026-10-16' })
    expect(seen.report?.period).toEqual({ from: '2026-08-01', to: '2026-08-31' })
    expect(seen.findings.length).toBeGreaterThan(10)
  })

  test('asked twice with one key it is one round', async () => {
    const headers = fresh()
    const body = { title: 'Once', from: '2026-08-01', to: '2026-08-02' }
    const first = await post('', officer, body, headers)
    const again = await post('', officer, body, headers)
    expect(again.json()).toEqual(first.json())
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    problem(await post('', officer, { ...body, title: 'Twice' }, headers), 'idempotency-key-reused')
    problem(await post('', officer, body, {}), 'idempotency-key-missing')
  })

  test.each([
    [{ title: 'x', from: '2026-09-02', to: '2026-09-01' }, '/to period-reversed'],
    [{ title: 'x', from: '2026-09-02', to: '2026-10-01' }, '/to period-not-over'],
    [{ title: 'x', from: '2025-09-29', to: '2026-09-30' }, '/from period-too-long'],
    [{ title: 'x', from: '2026-02-30', to: '2026-09-30' }, '/from invalid-format'],
    [{ title: '', from: '2026-02-03', to: '2026-09-30' }, '/title too-small'],
    [{ title: 'x', from: '2026-02-03', to: '2026-09-30', edition: 1 }, '/edition unknown-field'],
  ])('422: %j', async (body, issue) => {
    expect(issuesIn(problem(await post('', officer, body), 'body-invalid'))).toContain(issue)
  })

  test('today in Chongqing is not over, whatever the day is elsewhere', async () => {
    world.at('2026-10-01T15:59:59Z')
    problem(await post('', officer, { title: 'x', from: '2026-09-02', to: '2026-10-01' }), 'body-invalid')
    world.at('2026-10-01T16:00:00Z')
    expect((await post('', officer, { title: 'x', from: '2026-09-02', to: '2026-10-01' })).status).toBe(202)
    world.at('2026-10-01T02:00:00Z')
  })

  test('a day no edition held on: it fails, says why, and can be asked for again', async () => {
    const id = await round('2025-11-01', '2025-12-31')
    const failed = await whole(id)
    expect(failed).toMatchObject({ status: 'failed', trouble: { zh: '2025-12-31没有有效的目录版次' }, findings: [] })
    problem(await publication(id), 'not-changeable')
    const headers = fresh()
    const again = await post(`/${id}/computations`, officer, undefined, headers)
    expect([again.status, again.json<{ status: string }>().status]).toEqual([202, 'requested'])
    expect((await post(`/${id}/computations`, officer, undefined, headers)).text).toBe(again.text)
    problem(await post(`/${id}/computations`, officer), 'not-changeable')
    problem(await post('/01JABCDEFGHJKMNPQRST/computations', officer), 'not-found')
    await world.work()
    expect(await whole(id)).toMatchObject({ status: 'failed' })
  })
})

describe('who may see it', () => {
  let id = ''
  beforeAll(async () => {
    id = await round()
  })

  test('before it is published nobody but operators, and payees what concerns themselves', async () => {
    for (const path of ['', '/report', '/findings.csv', '/findings/1', '/charts/levels.svg']) {
      problem(await get(`/${id}${path}`), 'not-found')
      problem(await get(`/${id}${path}`, trader), 'not-found')
    }
    const seen = await whole(id, guoyuan)
    expect(new Set(seen.findings.map((one) => one.payee))).toEqual(new Set(['guoyuan-terminal']))
    expect(seen).not.toHaveProperty('report')
    expect(JSON.stringify(seen)).not.toMatch(/cuntan|officer/)
    problem(await get(`/${id}/report`, guoyuan), 'not-found')
    problem(await get(`/${id}/charts/levels.svg`, guoyuan), 'not-found')
    const csv = await get(`/${id}/findings.csv`, guoyuan)
    expect(csv.text).toContain('guoyuan-weighing')
    expect(csv.text).not.toContain('cuntan')
    const strange = (await whole(id)).findings.find((one) => one.payee === 'cuntan-terminal')
    problem(await get(`/${id}/findings/${strange?.number}`, guoyuan), 'not-found')
    expect((await get(`/${id}`, officer)).headers.get('cache-control')).toMatch(/private/)
  })

  test('the list shows each what it may see', async () => {
    const statuses = async (key?: string, query = '') =>
      new Set((await get(query, key)).json<{ data: { status: string }[] }>().data.map(({ status }) => status))
    expect(await statuses()).toEqual(new Set())
    expect(await statuses(trader)).toEqual(new Set())
    expect(await statuses(undefined, '?status=computed')).toEqual(new Set())
    expect(await statuses(guoyuan)).toEqual(new Set(['computed']))
    expect(await statuses(officer)).toEqual(new Set(['computed', 'failed']))
    expect(await statuses(officer, '?status=failed')).toEqual(new Set(['failed']))
    problem(await get('?status=secret'), 'invalid-parameter')
    problem(await get('?after=zzz'), 'invalid-parameter')
  })

  test('page by page, the newest first', async () => {
    const all = (await get('?limit=200', officer)).json<{ data: { id: string }[] }>().data.map((one) => one.id)
    expect(all).toEqual(all.toSorted().reverse())
    const paged: string[] = []
    for (let after = ''; ; ) {
      const page = (await get(`?limit=2${after}`, officer)).json<{ data: { id: string }[]; nextCursor?: string }>()
      paged.push(...page.data.map((one) => one.id))
      if (page.nextCursor === undefined) break
      after = `&after=${page.nextCursor}`
    }
    expect(paged).toEqual(all)
  })

  test('a key that is no good is refused, not taken for none', async () => {
    problem(await get('', `yc_admin_${'x'.repeat(32)}`), 'unauthenticated')
  })

  test('asking, deciding and publishing is for operators', async () => {
    const headers = { ...fresh(), 'if-match': '"x"' }
    for (const key of [guoyuan, trader]) {
      problem(await post('', key, { title: 'x', from: '2026-08-01', to: '2026-08-31' }), 'forbidden')
      problem(await post(`/${id}/publication`, key, undefined, headers), 'forbidden')
      problem(await post(`/${id}/computations`, key), 'forbidden')
      problem(await put(`/${id}/findings/1/decision`, key, { level: 'watch' }, headers), 'forbidden')
    }
    problem(await put(`/${id}/findings/1/reply`, officer, { text: 'x' }, headers), 'forbidden')
    problem(await world.call('POST', base, { body: {} }), 'unauthenticated')
  })
})

describe('replies and decisions', () => {
  let id = ''
  let path = ''
  beforeAll(async () => {
    id = await round()
    path = `/${id}/findings/${(await findingOf(id, 'guoyuan-weighing', 'comparison')).number}`
  })

  test('a payee replies to what is about itself, and may correct it until the last day', async () => {
    const first = await put(`${path}/reply`, guoyuan, { text: '设备更新。\n已申报。' }, await etagOf(path, guoyuan))
    expect(assessedFinding.strict().parse(first.json())).toMatchObject({ reply: { text: '设备更新。\n已申报。' } })
    world.at('2026-10-16T15:59:59Z')
    const corrected = await put(`${path}/reply`, guoyuan, { text: '更正' }, await etagOf(path, guoyuan))
    expect(corrected.json()).toMatchObject({ reply: { text: '更正', at: '2026-10-16T15:59:59.000Z' } })
    world.at('2026-10-16T16:00:00Z')
    problem(await put(`${path}/reply`, guoyuan, { text: '迟到' }, await etagOf(path, guoyuan)), 'replies-over')
    world.at('2026-10-01T02:00:00Z')
    expect((await get(path, officer)).json()).toMatchObject({ reply: { text: '更正' } })
  })

  test('what is about another is not there for it', async () => {
    problem(await put(`${path}/reply`, cuntan, { text: 'x' }, { 'if-match': '*' }), 'not-found')
    problem(await put(`/${id}/findings/99999/reply`, guoyuan, { text: 'x' }, { 'if-match': '*' }), 'not-found')
    problem(await put(`/${id}/findings/1e3/reply`, guoyuan, { text: 'x' }, { 'if-match': '*' }), 'not-found')
  })

  test.each([
    ['no text', {}],
    ['an empty text', { text: '' }],
    ['nothing but blanks', { text: ' \n ' }],
    ['a bell', { text: 'a\u0007' }],
    ['too long a text', { text: 'x'.repeat(2_001) }],
    ['a level', { text: 'x', level: 'watch' }],
  ])('422 to a reply with %s', async (_, body) => {
    problem(await put(`${path}/reply`, guoyuan, body, await etagOf(path, guoyuan)), 'body-invalid')
  })

  test('an officer decides; otherwise than the rules came to only with a remark', async () => {
    const decide = async (body: unknown) => put(`${path}/decision`, officer, body, await etagOf(path, officer))
    expect(issuesIn(problem(await decide({ level: 'reasonable' }), 'body-invalid'))).toEqual(['/remark remark-missing'])
    expect((await decide({ level: 'reasonable', remark: '成本已核实' })).json()).toMatchObject({
      level: 'high',
      decided: 'reasonable',
      decision: { level: 'reasonable', remark: '成本已核实', by: 'officer' },
    })
    expect((await decide({ level: 'high' })).json()).toMatchObject({ decided: 'high', decision: { level: 'high' } })
    problem(await decide({ level: 'terrible' }), 'body-invalid')
    expect((await get(path, guoyuan)).json<AssessedFinding>().decision).not.toHaveProperty('by')
  })

  test('a reply that comes after the decision opens it again: nothing is decided on a reply unread', async () => {
    const seen = await etagOf(path, officer)
    await put(`${path}/reply`, guoyuan, { text: '补充说明' }, await etagOf(path, guoyuan))
    expect((await get(path, officer)).json()).not.toHaveProperty('decision')
    problem(await put(`${path}/decision`, officer, { level: 'high' }, seen), 'if-match-stale')
    problem(await put(`${path}/decision`, officer, { level: 'high' }), 'if-match-missing')
    problem(await put(`${path}/reply`, guoyuan, { text: 'x' }), 'if-match-missing')
  })

  test('of two officers at once one decides, the other is told to read again', async () => {
    const seen = await etagOf(path, officer)
    const both = await Promise.all([
      put(`${path}/decision`, officer, { level: 'high' }, seen),
      put(`${path}/decision`, publisher, { level: 'watch', remark: '另有原因' }, seen),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  })
})
