import { type Bill, type BillCheckAnswer, type BillLine, billCheckAnswer } from '../../schemas/fees/bill.ts'
import {
  type ComplaintAnswer,
  type ComplaintMove,
  type ComplaintStatus,
  complaintAnswer,
} from '../../schemas/fees/complaints.ts'
import { makeKey } from '../../src/db/keys.ts'
import { freshKey, smallWorld } from '../routes/support.ts'
import type { CallOptions } from '../support/world.ts'
import { bill, line, moreFees } from './bill-support.ts'
import { publishable, publishInto } from './published.ts'
import { tallyFirm, terminalFirm } from './support.ts'

/** A gateway with a published list, and keys of those who have a part in a complaint. */
export async function billWorld() {
  const world = await smallWorld()
  await publishInto(world.database, { number: 1, validFrom: '2026-01-01', entries: [...publishable(), ...moreFees] })
  world.catalogues.refresh()
  const keys = {
    ...world.keys,
    terminal: await makeKey(world.database, { name: 'terminal desk', role: 'payee', tenant: terminalFirm }),
    tally: await makeKey(world.database, { name: 'tally desk', role: 'payee', tenant: tallyFirm }),
  }
  const post = (path: string, body: unknown, options: CallOptions = {}) =>
    world.call('POST', path, { ...options, body, headers: { ...freshKey(), ...options.headers } })
  /** Checks a bill and keeps it. */
  const check = async (
    lines: readonly BillLine[],
    changes: Partial<Bill> = {},
  ): Promise<BillCheckAnswer & { id: string }> => {
    const response = await post('/v1/fee-bill-checks', bill(lines, changes))
    const answer = billCheckAnswer.parse(await response.json())
    if (response.status !== 201 || answer.id === undefined) throw new Error(`The bill was not kept: ${response.status}`)
    return { ...answer, id: answer.id }
  }
  /** A bill with 20 yuan too much on its first line and something nobody may charge on its second. */
  const wrong = () => check([line("港口作业包干费 20'", '500.00'), line('环保费', '30.00'), line('单证费', '10.00')])
  const file = async (billCheckId: string, lines?: number[]): Promise<ComplaintAnswer> => {
    const response = await post('/v1/fee-complaints', {
      billCheckId,
      ...(lines === undefined ? {} : { lines }),
      text: '多收费用，请退还',
    })
    if (response.status !== 201) throw new Error(`Not filed: ${await response.text()}`)
    return complaintAnswer.parse(await response.json())
  }
  const read = async (number: string, key: string = keys.trader) => {
    const response = await world.call('GET', `/v1/fee-complaints/${number}`, { key })
    return { complaint: complaintAnswer.parse(await response.json()), etag: response.headers.get('etag') ?? '' }
  }
  /** Takes a step on the complaint as it stands. */
  const step = async (number: string, what: string, body: unknown, options: CallOptions = {}) => {
    const { etag } = await read(number, keys.admin)
    return post(`/v1/fee-complaints/${number}/${what}`, body, {
      ...options,
      headers: { 'if-match': etag, ...options.headers },
    })
  }
  return { ...world, keys, post, check, wrong, file, complaint: read, step }
}
export type BillWorld = Awaited<ReturnType<typeof billWorld>>

const paths = {
  answer: 'answers',
  accept: 'acceptances',
  dispute: 'disputes',
  decide: 'decisions',
  withdraw: 'withdrawals',
} as const satisfies Record<ComplaintMove, string>
/** How a complaint comes to each status. */
export const ways: { readonly [status in ComplaintStatus]: readonly ComplaintMove[] } = {
  filed: [],
  answered: ['answer'],
  settled: ['answer', 'accept'],
  disputed: ['answer', 'dispute'],
  decided: ['answer', 'dispute', 'decide'],
  withdrawn: ['withdraw'],
}

/** Complaints of a world, step by step, each taken by whoever may. */
export function courseOf(world: BillWorld) {
  const { keys, pool } = { keys: world.keys, pool: world.database.pool }
  const bodies: { readonly [move in ComplaintMove]: object } = {
    answer: { accepted: true, refund: '50.00', text: '同意退还' },
    accept: { text: '谢谢' },
    dispute: { text: '不同意' },
    decide: { amount: '20.00', text: '部分支持' },
    withdraw: {},
  }
  const who: { readonly [move in ComplaintMove]: string } = {
    answer: keys.terminal,
    accept: keys.trader,
    dispute: keys.trader,
    decide: keys.admin,
    withdraw: keys.trader,
  }
  const take = (number: string, move: ComplaintMove, body: object = bodies[move]) =>
    world.step(number, paths[move], body, { key: who[move] })
  /** A new complaint that has come to a status. */
  const fresh = async (status: ComplaintStatus): Promise<string> => {
    const { number } = await world.file((await world.wrong()).id)
    for (const move of ways[status]) {
      const response = await take(number, move)
      if (response.status !== 201) throw new Error(`${move}: ${await response.text()}`)
    }
    return number
  }
  /** How much is kept of complaints. */
  const kept = async () => {
    const { rows } = await pool.query<{
      complaints: number
      steps: number
      events: number
      keys: number
      serial: number
    }>(
      `SELECT (SELECT count(*)::int FROM fee_complaint) AS complaints, (SELECT count(*)::int FROM fee_complaint_step) AS steps,
         (SELECT count(*)::int FROM feed WHERE type LIKE 'complaint.%') AS events, (SELECT count(*)::int FROM idempotency) AS keys,
         (SELECT coalesce(sum(next), 0)::int FROM serial WHERE agency LIKE 'fee-complaint%') AS serial`,
    )
    return rows[0]
  }
  return { paths, bodies, who, take, fresh, kept }
}
