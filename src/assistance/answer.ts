import type { AssistanceReply, InspectionResult } from '../../schemas/assistance.ts'
import { goodsOf } from '../../schemas/recognition.ts'
import type { Follow } from '../cooperation/answers.ts'
import { tellAgencies } from '../cooperation/tell.ts'
import type { Assistance } from '../db/assistance.ts'
import { loadDocuments } from '../db/cases.ts'
import { newId } from '../db/ids.ts'
import { keepResult } from '../db/recognitions.ts'
import { type Case, noChanges } from '../filing/case.ts'
import { Problem } from '../problem.ts'
import { recorded } from '../recognition/record-results.ts'
import { assertLive, end, isLive } from './end.ts'
import { type AssistanceRoom, keep, lockBoth, noteTo, step } from './room.ts'

/**
 * The agency that was asked answers 答复. `done`: a hold or an inspection together is in force, anything else is answered; `cleared` and
 * `declined` end it, and a hold with it.
 * @throws {Problem} not-changeable
 */
export async function answer(
  room: AssistanceRoom,
  at: Case,
  one: Assistance,
  by: string,
  { outcome, finding }: AssistanceReply,
): Promise<void> {
  assertLive(one)
  const data = { by, outcome, ...(finding === undefined ? {} : { finding }) }
  if (outcome === 'declined') await end(room, at, one, 'declined', { what: 'declined', by: one.to, data })
  else if (outcome === 'cleared' || !goesOn(one))
    await end(room, at, one, 'answered', { what: 'answered', by: one.to, data })
  else {
    one.status = 'in-force'
    const changes = noChanges()
    await step(room, at, one, { what: 'accepted', by: one.to, data, type: 'assistance.answered' }, changes)
    await keep(room, changes)
  }
  await tellAnswer(room, one, outcome, finding)
}

/** Answered with yes, there is still something to come: the end of a hold, the result of an inspection. */
const goesOn = ({ act }: Assistance): boolean => act === 'hold' || act === 'inspect-together'

/** Whoever asked hears the answer, each of them once. */
async function tellAnswer(
  { client, adapters, now }: AssistanceRoom,
  one: Assistance,
  outcome: string,
  finding?: string,
) {
  if (adapters[one.from] === undefined) return
  const body = {
    act: 'answer',
    answers: one.act,
    outcome,
    ...(finding === undefined ? {} : { finding }),
    appointment: one.appointment,
  }
  await tellAgencies(client, [noteTo(one.from, one, `answer-${one.steps}`, body)], now)
}

/** What the agency's system said to the note itself. A note it will not have is logged: the deadline does the rest. */
export const followReply: Follow = async ({ client, adapters, now }, note, reply) => {
  const room = { client, adapters, now }
  const found = await lockBoth(room, note.id)
  // Notes of later steps have ids of their own, and no answer to them is one to the request.
  if (found === undefined || found.one.to !== note.agency || !isLive(found.one) || found.one.status !== 'open') return
  const { at, one } = found
  if (reply === undefined) {
    const changes = noChanges()
    await step(room, at, one, { what: 'refused', by: one.to, data: {}, type: 'assistance.answered' }, changes)
    return keep(room, changes)
  }
  if (reply.outcome === 'pending' || (reply.outcome === 'noted' && one.act !== 'inform')) return
  const finding = reply.text === undefined ? {} : { finding: reply.text }
  await answer(room, at, one, 'system', { outcome: reply.outcome === 'declined' ? 'declined' : 'done', ...finding })
}

/**
 * What an inspection together found 联合查验结果: told to both, and where it passed a result others may recognise. Either of the two may
 * report it; the first report counts.
 * @throws {Problem} not-changeable
 */
export async function report(
  room: AssistanceRoom,
  at: Case,
  one: Assistance,
  by: { readonly agency: string; readonly name: string },
  result: InspectionResult,
): Promise<void> {
  if (one.act !== 'inspect-together')
    throw new Problem('not-changeable', {
      detail: { en: 'There is no inspection to report', zh: '该请求不是联合查验' },
    })
  assertLive(one)
  one.result = result
  one.status = 'answered'
  const changes = noChanges()
  const data = { by: by.name, result: result.result, containers: result.containers }
  await step(room, at, one, { what: 'result', by: by.agency, data, type: 'assistance.result' }, changes)
  const documents = (await loadDocuments(room.client, [at])).get(at.id)
  const { consignment, items } = documents?.version(at.version).goodsShipment ?? {}
  if (result.result === 'passed' && one.visibility === 'trader') {
    const inBoxes = new Set(
      (consignment?.containers ?? []).flatMap(({ id, goodsItemSequences }) =>
        result.containers.includes(id) ? goodsItemSequences : [],
      ),
    )
    const kept = {
      id: newId(room.now.getTime()),
      category: 'inspection',
      agency: one.from,
      procedure: undefined,
      filingId: undefined,
      firm: undefined,
      number: one.id,
      covers: {
        containers: result.containers,
        goods: (items ?? []).filter(({ sequence }) => inBoxes.has(sequence)).map(goodsOf),
      },
      at: new Date(result.at),
      validUntil: undefined,
      revoked: false,
    }
    await keepResult(room.client, { ...kept, declarationId: at.id, by: by.name }, room.now)
    changes.happenings.push(recorded(at, kept))
  }
  const told = [one.from, one.to].filter((agency) => room.adapters[agency] !== undefined)
  const body = { act: 'result', result: result.result, at: result.at, containers: result.containers }
  await tellAgencies(
    room.client,
    told.map((agency) => noteTo(agency, one, 'result', body)),
    room.now,
  )
  await keep(room, changes)
}
