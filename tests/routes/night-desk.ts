import { expect } from 'vitest'
import type { Adapter, Procedure } from '../../adapters/adapter.ts'
import { replayAnswer, replayShownAnswer } from '../../schemas/operations.ts'
import { makeKey } from '../../src/db/keys.ts'
import { Unreachable } from '../../src/transport/transport.ts'
import { filingOf, openWorld } from '../support/world.ts'
import { fewAgencies, freshKey, smallSample } from './support.ts'

export const reason = 'the agency asked for it'

/** A request to send one filing again. */
export const one = (filingId: string, more: object = {}) => ({
  select: { filingId },
  from: 'stored',
  reason,
  ...more,
})

/** The desk of an operator at night: two agencies, one of which fails as a test wants, and what is asked of `/v1/operations/replays`. */
export async function openNightDesk() {
  const weather = {
    encoder: 'sound' as 'sound' | 'broken',
    border: 'up' as 'up' | 'down' | 'mute',
    /** Methods of the calls border got. */
    calls: [] as string[],
  }
  /** As it is, but it waits for customs, and its encoder can be broken. */
  const waiting = (adapter: Adapter): Adapter => ({
    ...adapter,
    procedures: Object.fromEntries(
      Object.entries(adapter.procedures).map(([id, procedure]): [string, Procedure] => [
        id,
        {
          ...procedure,
          after: [{ agency: 'customs', procedure: 'declare', status: 'acknowledged' }],
          encode(submission) {
            if (weather.encoder === 'broken') throw new Error('no voyage in the third leg')
            return procedure.encode(submission)
          },
        },
      ]),
    ),
  })
  const world = await openWorld({
    adapters: Object.fromEntries(
      Object.entries(fewAgencies).map(([agency, adapter]) => [
        agency,
        agency === 'border' ? waiting(adapter) : adapter,
      ]),
    ),
    apart: ['customs', 'border'],
    transport: (agencies) => ({
      ...agencies,
      async call(agency, message, trace) {
        if (agency !== 'border') return agencies.call(agency, message, trace)
        weather.calls.push(message.method)
        if (weather.border === 'down') throw new Unreachable('connect ECONNREFUSED', 'no')
        const reply = await agencies.call(agency, message, trace)
        if (weather.border === 'mute') throw new Unreachable('timeout', 'unknown')
        return reply
      },
    }),
  })
  const night = await makeKey(world.database, { name: 'night desk', role: 'admin' })
  const replay = (body: unknown, headers: Record<string, string> = {}) =>
    world.call('POST', '/v1/operations/replays', { key: night, body, headers })
  const show = async (wanted: object) => {
    const answer = await replay({ ...wanted, dryRun: true })
    expect(answer.status).toBe(200)
    return replayShownAnswer.parse(await answer.json())
  }
  const confirm = async (wanted: object, digest: string, key = freshKey()) => {
    const answer = await replay({ ...wanted, confirm: digest }, key)
    expect(answer.status).toBe(201)
    return { answer, body: replayAnswer.parse(await answer.json()) }
  }
  const sql = (text: string, values: unknown[] = []) => world.database.pool.query(text, values)
  let run = 0
  /** A declaration whose filing with border stands as wanted. */
  async function filed(status: string) {
    const declaration = { ...smallSample(), functionalReferenceId: `REPLAY${++run}` }
    const { id } = (await world.post(declaration)).body
    const seen = await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === status)
    return { id, filingId: filingOf(seen, 'border').id, lrn: declaration.functionalReferenceId }
  }
  const replays = async (id: string) =>
    (await world.read(id)).timeline?.filter(({ type }) => type === 'yuchuang.filing.replayed') ?? []
  /** Puts off what waits for border, so that no worker has it while it is looked at. */
  async function putOff(filingId: string) {
    await expect
      .poll(async () => {
        const { rowCount } = await sql(
          "UPDATE delivery SET due_at = now() + interval '1 hour', hastened_at = now() WHERE filing_id = $1 AND lease_until IS NULL",
          [filingId],
        )
        return rowCount
      })
      .toBe(1)
  }
  return { world, weather, night, replay, show, confirm, sql, filed, replays, putOff }
}
