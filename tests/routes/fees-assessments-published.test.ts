import { beforeAll, describe, expect, test } from 'vitest'
import { type AssessmentReport, assessmentReport } from '../../schemas/fees/assessment.ts'
import { type AssessmentAnswer, assessmentAnswer } from '../../schemas/fees/assessment-answers.ts'
import { canonicalJson, sha256Hex } from '../../src/fees/canonical.ts'
import { limits } from '../../src/limits.ts'
import { keepBill } from '../fees/assessment-world.ts'
import { base, openAssessmentDesk, problem } from './assessment-desk.ts'
import { issuesIn } from './support.ts'

const { world, fresh, get, post, put, round, whole, etagOf, settle, publication } = await openAssessmentDesk()
const { officer, publisher, guoyuan, cuntan, trader } = world.keys

describe('publication', () => {
  test('waits for replies, for decisions, and for somebody else than who asked', async () => {
    const id = await round()
    const { findings } = await whole(id)
    const payees = findings.filter(({ payee }) => payee !== undefined)
    expect(issuesIn(problem(await publication(id), 'replies-open'))).toHaveLength(payees.length)
    world.at('2026-10-17T02:00:00Z')
    expect(issuesIn(problem(await publication(id), 'findings-undecided'))).toEqual(
      findings.map(({ number }) => `/findings/${number}/decision decision-missing`).sort(),
    )
    await settle(id)
    problem(await publication(id, officer), 'own-round')
    problem(await post(`/${id}/publication`, publisher, undefined, fresh()), 'if-match-missing')
    problem(
      await post(`/${id}/publication`, publisher, undefined, { ...fresh(), 'if-match': '"old"' }),
      'if-match-stale',
    )
    const published = await publication(id)
    expect([published.status, published.json()]).toMatchObject([200, { status: 'published', publishedBy: 'publisher' }])
    world.at('2026-10-01T02:00:00Z')
  })

  test('where all have replied nobody has to wait', async () => {
    const id = await round()
    for (const { number, payee } of (await whole(id)).findings) {
      const path = `/${id}/findings/${number}`
      const key = payee === 'guoyuan-terminal' ? guoyuan : payee === 'cuntan-terminal' ? cuntan : undefined
      if (key !== undefined) await put(`${path}/reply`, key, { text: '无异议' }, await etagOf(path, key))
      // A payee without a firm's code has nobody to reply for it here.
      else
        await world.database.pool.query(
          "UPDATE assessment_finding SET reply = '书面答复' WHERE round = $1 AND number = $2",
          [id, number],
        )
    }
    await settle(id)
    expect((await publication(id)).status).toBe(200)
  })

  test('published, it is for everybody, and never changes again', async () => {
    const id = await round()
    const before = await whole(id)
    world.at('2026-10-17T02:00:00Z')
    await settle(id)
    const headers = { ...fresh(), ...(await etagOf(`/${id}`, officer)) }
    const first = await post(`/${id}/publication`, publisher, undefined, headers)
    const again = await post(`/${id}/publication`, publisher, undefined, headers)
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([first.text, 'true'])
    const open = await get(`/${id}`)
    expect([open.status, open.headers.get('cache-control')]).toEqual([
      200,
      `public, max-age=${limits.assessmentMaxAgeSeconds}`,
    ])
    const seen = assessmentAnswer.strict().parse(open.json())
    expect(seen).toMatchObject({ status: 'published', publishedAt: '2026-10-17T02:00:00.000Z', report: before.report })
    expect(JSON.stringify(seen)).not.toMatch(/officer|publisher/)
    expect(seen.findings.every(({ decided }) => decided !== undefined)).toBe(true)
    expect((await get(`/${id}`, undefined, { 'if-none-match': open.headers.get('etag') ?? '' })).status).toBe(304)
    for (const [key, what, body] of [
      [officer, 'decision', { level: 'watch', remark: 'x' }],
      [guoyuan, 'reply', { text: 'x' }],
    ] as const) {
      const mine = seen.findings.find(({ payee }) => payee === 'guoyuan-terminal')
      const late = await put(`/${id}/findings/${mine?.number}/${what}`, key, body, { 'if-match': '*' })
      problem(late, what === 'reply' ? 'replies-over' : 'not-changeable')
    }
    problem(await publication(id), 'not-changeable')
    problem(await post(`/${id}/computations`, officer), 'not-changeable')
    expect((await get(`/${id}`)).text).toBe(open.text)
    world.at('2026-10-01T02:00:00Z')
  })

  test('everybody who listens is told, once', async () => {
    const events = async (key: string) =>
      (await world.call('GET', '/v1/events?type=yuchuang.assessment.published&limit=200', { key })).json<{
        data: { id: string; type: string; source: string; data: { assessmentId: string; fees: object } }[]
      }>().data
    const published = (await get()).json<{ data: { id: string }[] }>().data.map(({ id }) => id)
    const told = await events(trader)
    expect(told.map(({ data }) => data.assessmentId).sort()).toEqual(published.toSorted())
    for (const { source, type, data } of told)
      expect([source, type, data.fees]).toEqual([
        `${base}/${data.assessmentId}`,
        'yuchuang.assessment.published',
        expect.any(Object),
      ])
    expect(await events(officer)).toEqual(told)
  })
})

describe('what a published round is handed out as', () => {
  let id = ''
  let report: AssessmentReport
  beforeAll(async () => {
    await keepBill(world.database, {
      id: 'bill-1',
      tenant: 'one',
      billNumber: 'B1',
      port: 'guoyuan',
      payee: 'guoyuan-terminal',
      issuedOn: '2026-08-15',
      at: '2026-08-20T00:00:00Z',
      lines: [
        {
          verdict: 'marked-up',
          fee: 'guoyuan-handed-on',
          kind: 'terminal-handling',
          charged: '500.00',
          over: '150.00',
        },
      ],
    })
    id = await round()
    const { findings } = await whole(id)
    const path = `/${id}/findings/${findings.find(({ payee }) => payee === 'guoyuan-terminal')?.number}`
    const text = '=HYPERLINK("http://evil.example","click")\n,"quoted"'
    await put(`${path}/reply`, guoyuan, { text }, await etagOf(path, guoyuan))
    world.at('2026-10-17T02:00:00Z')
    await settle(id)
    expect((await publication(id)).status).toBe(200)
    world.at('2026-10-01T02:00:00Z')
    report = assessmentReport.parse((await get(`/${id}/report`)).json())
  })

  test('the report: the very bytes its digest is of', async () => {
    const answer = await get(`/${id}/report`)
    expect(answer.text).toBe(canonicalJson(report))
    const hex = sha256Hex(answer.text)
    expect(answer.headers.get('repr-digest')).toBe(`sha-256=:${Buffer.from(hex, 'hex').toString('base64')}:`)
    expect((await get(`/${id}`)).json<AssessmentAnswer>().reportDigest).toBe(hex)
  })

  test('CSV: every finding, and no cell a spreadsheet would run', async () => {
    const answer = await get(`/${id}/findings.csv`)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    const { parse } = await import('csv-parse/sync')
    const rows = parse(answer.text, { bom: true }) as string[][]
    expect(rows).toHaveLength(report.findings.length + 1)
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    expect(rows.flat()).toContain(`'=HYPERLINK("http://evil.example","click")\n,"quoted"`)
  })

  test('charts: each that is named can be drawn, in the language asked for', async () => {
    const { links } = (await get(`/${id}`)).json<AssessmentAnswer>()
    expect(links.charts).toEqual(
      expect.arrayContaining([`${base}/${id}/charts/levels.svg`, `${base}/${id}/charts/prices-weighing.svg`]),
    )
    for (const link of links.charts ?? []) {
      const answer = await world.call('GET', link, { headers: { 'accept-language': 'zh-CN' } })
      expect([link, answer.status, answer.headers.get('content-type')]).toEqual([
        link,
        200,
        'image/svg+xml; charset=utf-8',
      ])
      expect(answer.text).toMatch(/^<svg .*xml:lang="zh-CN"/)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(answer.headers.get('vary')).toContain('Accept-Language')
      const again = await world.call('GET', link, { headers: { 'accept-language': 'zh-CN' } })
      expect(again.text).toBe(answer.text)
      const seen = { 'accept-language': 'zh-CN', 'if-none-match': answer.headers.get('etag') ?? '' }
      expect((await world.call('GET', link, { headers: seen })).status).toBe(304)
    }
    expect((await get(`/${id}/charts/levels.svg?language=en`)).text).toContain('Findings by payee')
    for (const name of [
      'nothing.svg',
      'levels.png',
      'prices-nothing.svg',
      'prices-.svg',
      '__proto__.svg',
      '..%2Flevels.svg',
    ])
      problem(await get(`/${id}/charts/${name}`), 'not-found')
    problem(await get(`/${id}/charts/levels.svg?language=fr`), 'invalid-parameter')
  })
})
