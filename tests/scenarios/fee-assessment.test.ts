import { XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import type { AssessedFinding, AssessmentAnswer, RoundAnswer } from '../../schemas/fees/assessment-answers.ts'
import { listBefore, listNow } from '../fees/assessment-sample.ts'
import { keepBill, keepEdition, openAssessments } from '../fees/assessment-world.ts'

// 定期评估: the third quarter of 2026 ends. What the terminals charge is looked at, they answer, an officer decides, and everybody may read it.
const world = await openAssessments()
const { officer, publisher, guoyuan, cuntan, trader } = world.keys
const base = '/v1/fee-assessments'
let id = ''
const seenBy = async (key?: string) =>
  (await world.call('GET', `${base}/${id}`, key === undefined ? {} : { key })).json<AssessmentAnswer>()
const about = (seen: AssessmentAnswer, fee: string, rule: string) =>
  seen.findings.find((one) => one.fee === fee && one.rule === rule) as AssessedFinding
const write = async (key: string, href: string, what: 'reply' | 'decision', body: object) => {
  const etag = (await world.call('GET', href, { key })).headers.get('etag') ?? ''
  return world.call('PUT', `${href}/${what}`, { key, body, headers: { 'if-match': etag } })
}

test('a list holds, another follows it, and a trader has its bills checked', async () => {
  await keepEdition(world.database, 1, '2026-01-01', listBefore())
  await keepEdition(world.database, 2, '2026-07-01', listNow())
  for (let number = 1; number <= 6; number++)
    await keepBill(world.database, {
      id: `bill-${number}`,
      tenant: '91500112MA5U0B0037',
      billNumber: `GY-${number}`,
      port: 'guoyuan',
      payee: 'guoyuan-terminal',
      issuedOn: `2026-08-0${number}`,
      at: `2026-08-0${number}T08:00:00Z`,
      lines: [{ verdict: 'above-price', fee: 'guoyuan-weighing', kind: 'weighing', charged: '120.00', over: '20.00' }],
    })
})

test('the second quarter was assessed; the day after the third ends its round is there, computed, and nobody asked for it', async () => {
  world.at('2026-07-01T00:00:00+08:00')
  await world.recur()
  world.at('2026-09-30T23:59:59+08:00')
  await world.recur()
  const quarters = async () =>
    (await world.call('GET', base, { key: officer })).json<{ data: RoundAnswer[] }>().data.map(({ quarter }) => quarter)
  expect(await quarters()).toEqual(['2026-Q2'])
  world.at('2026-10-01T00:00:00+08:00')
  await world.recur()
  await world.recur()
  expect(await quarters()).toEqual(['2026-Q3', '2026-Q2'])
  const list = (await world.call('GET', base, { key: officer })).json<{ data: RoundAnswer[] }>()
  expect(list.data[0]).toMatchObject({ status: 'computed', edition: 2, repliesUntil: '2026-10-16' })
  id = list.data[0]?.id ?? ''
})

test('the officer sees what was found, by which rule, on which figures', async () => {
  const seen = await seenBy(officer)
  expect(seen.report?.previous).toEqual({ to: '2026-06-30', edition: 1 })
  expect(about(seen, 'guoyuan-weighing', 'charged')).toMatchObject({
    level: 'violation',
    source: { zh: 'charged的来源' },
    figures: [
      { name: 'lines-judged', value: '6' },
      { name: 'lines-above', value: '6' },
      { name: 'share', value: '100.00' },
      { name: 'over', value: '120.00' },
    ],
  })
  expect(about(seen, 'guoyuan-weighing', 'comparison')).toMatchObject({ level: 'high' })
  expect(about(seen, 'cuntan-weighing', 'movement')).toMatchObject({ level: 'watch' })
})

test('each terminal sees what was found about itself, and nobody else does', async () => {
  expect(new Set((await seenBy(guoyuan)).findings.map(({ payee }) => payee))).toEqual(new Set(['guoyuan-terminal']))
  expect(new Set((await seenBy(cuntan)).findings.map(({ payee }) => payee))).toEqual(new Set(['cuntan-terminal']))
  expect((await world.call('GET', `${base}/${id}`, { key: trader })).status).toBe(404)
  expect((await world.call('GET', `${base}/${id}`)).status).toBe(404)
})

test('the terminal at Guoyuan replies, thinks again, and replies better; then the days for it are over', async () => {
  world.at('2026-10-10T09:00:00+08:00')
  const { href } = about(await seenBy(guoyuan), 'guoyuan-weighing', 'comparison')
  expect((await write(guoyuan, href, 'reply', { text: '地磅更新' })).status).toBe(200)
  expect((await write(guoyuan, href, 'reply', { text: '2026年更换两台地磅，成本表见附件。' })).status).toBe(200)
  world.at('2026-10-17T00:00:00+08:00')
  expect((await write(guoyuan, href, 'reply', { text: '再补充' })).status).toBe(409)
})

test('the officer decides everything: one finding otherwise than computed, and says why', async () => {
  const early = await world.call('POST', `${base}/${id}/publication`, {
    key: publisher,
    headers: { 'idempotency-key': 'early', 'if-match': '*' },
  })
  expect([early.status, early.json<{ code: string }>().code]).toEqual([409, 'findings-undecided'])
  for (const { href, fee, rule, level } of (await seenBy(officer)).findings) {
    const body =
      fee === 'guoyuan-weighing' && rule === 'comparison'
        ? { level: 'watch', remark: '更换设备属实，下一轮复核。' }
        : { level }
    expect((await write(officer, href, 'decision', body)).status).toBe(200)
  }
})

test('another officer publishes it, and whoever listens is told', async () => {
  const published = await world.call('POST', `${base}/${id}/publication`, {
    key: publisher,
    headers: { 'idempotency-key': 'publish', 'if-match': '*' },
  })
  expect(published.json()).toMatchObject({ status: 'published' })
  const feed = await world.call('GET', '/v1/events?type=yuchuang.assessment.*', { key: trader })
  expect(feed.json<{ data: object[] }>().data).toMatchObject([
    { type: 'yuchuang.assessment.published', source: `${base}/${id}`, data: { assessmentId: id, edition: 2 } },
  ])
})

test('anybody reads it: findings, the terminal’s reply, the decision and its reason', async () => {
  const seen = await seenBy()
  expect(about(seen, 'guoyuan-weighing', 'comparison')).toMatchObject({
    level: 'high',
    decided: 'watch',
    reply: { text: '2026年更换两台地磅，成本表见附件。', at: '2026-10-10T01:00:00.000Z' },
    decision: { level: 'watch', remark: '更换设备属实，下一轮复核。' },
  })
  const listed = (await world.call('GET', base)).json<{ data: RoundAnswer[] }>().data
  expect(listed.map(({ quarter }) => quarter)).toEqual(['2026-Q3'])
  for (const link of seen.links.charts ?? []) {
    const chart = await world.call('GET', link)
    expect([link, chart.status, XMLValidator.validate(chart.text)]).toEqual([link, 200, true])
  }
  expect((await world.call('GET', seen.links.findings ?? '')).text).toContain('更换设备属实')
})

test('from then on it stands as it is', async () => {
  const before = (await world.call('GET', `${base}/${id}`)).text
  const { href } = about(await seenBy(), 'guoyuan-weighing', 'comparison')
  expect((await write(officer, href, 'decision', { level: 'high' })).status).toBe(409)
  await world.recur()
  expect((await world.call('GET', `${base}/${id}`)).text).toBe(before)
})
