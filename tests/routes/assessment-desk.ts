import { expect } from 'vitest'
import type { AssessedFinding, AssessmentAnswer } from '../../schemas/fees/assessment-answers.ts'
import { type ProblemCode, problems } from '../../src/problem.ts'
import { listBefore, listNow } from '../fees/assessment-sample.ts'
import { type Called, keepEdition, openAssessments } from '../fees/assessment-world.ts'
import type { ProblemDocument } from './support.ts'

export const base = '/v1/fee-assessments'

/** What must be true of an answer that is a problem; the document. */
export function problem(answer: Called, code: ProblemCode): ProblemDocument {
  expect(answer.text).toContain(`"code":"${code}"`)
  expect(answer.status).toBe(problems[code].status)
  return answer.json()
}

/** An officer's desk on the first day after the third quarter of 2026 评估: two editions stand, nothing was asked for yet. */
export async function openAssessmentDesk() {
  const world = await openAssessments()
  const { officer, publisher } = world.keys
  let asked = 0
  const fresh = () => ({ 'idempotency-key': `key-${++asked}` })
  const get = (path = '', key?: string, headers: Record<string, string> = {}) =>
    world.call('GET', `${base}${path}`, { ...(key === undefined ? {} : { key }), headers })
  const post = (path: string, key: string, body?: unknown, headers: Record<string, string> = fresh()) =>
    world.call('POST', `${base}${path}`, { key, headers, ...(body === undefined ? {} : { body }) })
  const put = (path: string, key: string, body: unknown, headers: Record<string, string> = {}) =>
    world.call('PUT', `${base}${path}`, { key, body, headers })
  /** A round of a period, computed; its id. */
  async function round(from = '2026-07-01', to = '2026-09-30', key = officer): Promise<string> {
    const answer = await post('', key, { title: 'A round', from, to })
    expect(answer.status).toBe(202)
    await world.work()
    return answer.json<{ id: string }>().id
  }
  const whole = async (id: string, key = officer) => {
    const answer = await get(`/${id}`, key)
    expect(answer.status).toBe(200)
    return answer.json<AssessmentAnswer>()
  }
  /** The finding of a round about a fee, by a rule. */
  const findingOf = async (id: string, fee: string, rule: string): Promise<AssessedFinding> => {
    const found = (await whole(id)).findings.find((one) => one.fee === fee && one.rule === rule)
    if (found === undefined) throw new Error(`Nothing was found about ${fee}`)
    return found
  }
  const etagOf = async (path: string, key: string) => ({ 'if-match': (await get(path, key)).headers.get('etag') ?? '' })
  const settle = async (id: string) => {
    for (const { number, level } of (await whole(id)).findings) {
      const path = `/${id}/findings/${number}`
      expect((await put(`${path}/decision`, officer, { level }, await etagOf(path, officer))).status).toBe(200)
    }
  }
  const publication = async (id: string, key = publisher) =>
    post(`/${id}/publication`, key, undefined, { ...fresh(), ...(await etagOf(`/${id}`, officer)) })

  await keepEdition(world.database, 1, '2026-01-01', listBefore())
  await keepEdition(world.database, 2, '2026-07-01', listNow())
  world.at('2026-10-01T02:00:00Z')
  return { world, fresh, get, post, put, round, whole, findingOf, etagOf, settle, publication }
}
