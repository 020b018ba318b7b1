import type { AssistanceRequest } from '../../schemas/assistance.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { tellAgencies } from '../cooperation/tell.ts'
import { type Assistance, declarationOf, keepAssistance, recallUnsent } from '../db/assistance.ts'
import { gateOf } from '../db/assistance-holds.ts'
import { loadDocuments, lockCases } from '../db/cases.ts'
import { newId } from '../db/ids.ts'
import { type Case, type Changes, move, noChanges } from '../filing/case.ts'
import { findAdapter } from '../filing/plan.ts'
import { release } from '../filing/release.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { end } from './end.ts'
import { type AssistanceRoom, keep, lockBoth, noteTo, step, tellHolders } from './room.ts'

/** Who asks: an agency by one of its keys, or the window itself by a rule. */
export interface Asker {
  readonly agency: string
  readonly by: string
}
/** The window asks by its own rules 单一窗口规则触发. */
export const theWindow: Asker = { agency: 'window', by: 'rule' }

/**
 * One agency asks another 执法互助. What it asks is kept, logged and on its way to the other in one transaction; a hold keeps every filing
 * of the declaration that has not surely gone, from this moment on.
 * @throws {Problem} not-found, body-invalid, not-changeable
 */
export async function ask(room: AssistanceRoom, asker: Asker, request: AssistanceRequest): Promise<string> {
  const { client, now } = room
  const at = (await lockCases(client, [request.declarationId])).get(request.declarationId)
  const knows = asker === theWindow || at?.filings.some(({ agency }) => agency === asker.agency) === true
  if (at === undefined || !knows) throw new Problem('not-found')
  const errors = wrongsOf(room, asker, at, request)
  if (errors.length > 0) throw new Problem('body-invalid', { errors })
  if (request.ends !== undefined) await assertOwnHold(room, asker, request)
  const one: Assistance = {
    id: newId(now.getTime()),
    act: request.act,
    from: asker.agency,
    to: request.to,
    declarationId: at.id,
    visibility: request.visibility,
    reason: request.reason,
    // There is nothing to answer to a release: the hold is over with it.
    status: request.act === 'release' ? 'answered' : 'open',
    appointment: request.appointment,
    result: undefined,
    dueAt: new Date(request.dueAt),
    expiresAt: request.expiresAt === undefined ? undefined : new Date(request.expiresAt),
    escalatedAt: undefined,
    revision: 0,
    steps: 0,
    by: asker.by,
    at: now,
    updatedAt: now,
  }
  await keepAssistance(client, one)
  const changes = noChanges()
  const { reason, ends, appointment } = request
  const data = { by: asker.by, reason, ...(ends === undefined ? {} : { ends }) }
  await step(room, at, one, { what: 'asked', by: asker.agency, data, type: 'assistance.asked' }, changes)
  if (request.act === 'hold') {
    await shut(room, at, one, changes)
    await tellHolders(room, at, one, { asked: '', others: 'hold' }, { expiresAt: one.expiresAt?.toISOString() })
  } else if (request.act !== 'release') {
    const note = noteTo(one.to, one, '', { reason, ...(appointment === undefined ? {} : { appointment }) })
    await tellAgencies(client, [note], now)
  }
  await keep(room, changes)
  if (ends !== undefined) await endHold(room, asker, ends, reason)
  return one.id
}

/** Everything a hold keeps: what was not taken up is taken back, all that was not sent waits. What may have arrived its agency is told to hold. */
async function shut(room: AssistanceRoom, at: Case, one: Assistance, changes: Changes): Promise<void> {
  at.assistance = [...at.assistance, gateOf({ id: one.id, at: one.at.toISOString() })]
  const queued = at.filings.filter(({ status }) => status === 'queued')
  const back = await recallUnsent(
    room.client,
    queued.map(({ id }) => id),
  )
  for (const filing of queued) if (back.has(filing.id)) move(at, filing, 'planned', changes, { because: 'recalled' })
  const documents = (await loadDocuments(room.client, [at])).get(at.id)
  if (documents !== undefined) release(room.adapters, at, documents, room.now, changes)
}

function wrongsOf({ adapters, now }: AssistanceRoom, asker: Asker, at: Case, request: AssistanceRequest): Issue[] {
  const { to, dueAt, expiresAt, visibility } = request
  const wrong = (pointer: string, code: string, en: string, zh: string) => issue(pointer, code, { en, zh })
  const most = now.getTime() + limits.assistanceMostMs
  const isIn = (instant: string) => Date.parse(instant) > now.getTime() && Date.parse(instant) <= most
  return [
    ...(findAdapter(adapters, to) === undefined
      ? [wrong('/to', 'unknown-agency', 'There is no such agency', '没有该机构')]
      : []),
    ...(to === asker.agency ? [wrong('/to', 'own-agency', 'No agency asks itself', '不得向本部门发起互助')] : []),
    ...(isIn(dueAt)
      ? []
      : [
          wrong(
            '/dueAt',
            'out-of-range',
            `Ahead, within ${limits.assistanceMostMs / 86_400_000} days`,
            '应为将来且不超过最长期限',
          ),
        ]),
    ...(expiresAt === undefined || isIn(expiresAt)
      ? []
      : [
          wrong(
            '/expiresAt',
            'out-of-range',
            `Ahead, within ${limits.assistanceMostMs / 86_400_000} days`,
            '应为将来且不超过最长期限',
          ),
        ]),
    ...(at.assistance.length >= limits.assistanceHolds && request.act === 'hold'
      ? [
          wrong(
            '/declarationId',
            'too-many',
            `At most ${limits.assistanceHolds} holds on a declaration`,
            '暂缓请求过多',
          ),
        ]
      : []),
    ...(request.act === 'inspect-together' && visibility === 'confidential' && asker === theWindow
      ? [wrong('/visibility', 'out-of-range', 'A rule asks for nothing in secret', '规则触发的查验不得保密')]
      : []),
  ]
}

/** Whoever asked for a hold ends it. @throws {Problem} not-found, not-changeable */
async function assertOwnHold(room: AssistanceRoom, asker: Asker, { ends = '', declarationId }: AssistanceRequest) {
  // Of this very declaration, which is locked already: nobody locks a second one here.
  const held = (await declarationOf(room.client, ends)) === declarationId ? await lockBoth(room, ends) : undefined
  if (held?.one.from !== asker.agency || held.one.act !== 'hold')
    throw new Problem('body-invalid', {
      errors: [issue('/ends', 'unknown-hold', { en: 'There is no such hold of this agency', zh: '没有该暂缓请求' })],
    })
  if (held.one.status !== 'open' && held.one.status !== 'in-force')
    throw new Problem('not-changeable', { detail: { en: `It is ${held.one.status}`, zh: '该暂缓已结束' } })
}

async function endHold(room: AssistanceRoom, asker: Asker, id: string, reason: string): Promise<void> {
  const held = await lockBoth(room, id)
  if (held !== undefined)
    await end(room, held.at, held.one, 'released', { what: 'released', by: asker.agency, data: { reason } })
}
