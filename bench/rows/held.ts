import { Pool } from 'undici'
import { limits } from '../../src/limits.ts'
import type { Cluster, Ground } from '../cluster.ts'
import { laptops } from '../declaration.ts'
import { atPace, nowMs, quantile } from '../measure.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'
import { directCaller, messageIdOf, type Submission, submissionsOf, whenHeld } from '../submissions.ts'

export interface HeldOptions {
  readonly rounds: number
  readonly perRound: number
  readonly perSecond: number
}

/** Longest that the last filing of a round may take. */
const mostMs = 15_000

/**
 * (b) From the 202 until every filing that waits for nothing is held by its mock, beside calling the mocks directly and at once
 * with the same bytes at the same pace. Each side has simulated agencies of its own, else the second to come were a duplicate.
 */
export async function measureHeld(cluster: Cluster, options: HeldOptions): Promise<Row[]> {
  const ground = await cluster.create('bench_held')
  const [mocks, directMocks] = await Promise.all([
    startServer('bench/servers/mocks.ts', [], {}),
    startServer('bench/servers/mocks.ts', [], {}),
  ])
  const gateway = await startServer('src/main.ts', ['gateway', 'worker'], { ...ground.env, SIMULATOR_URL: mocks.url })
  const direct = directCaller(directMocks.url, limits.laneWidth * 2)
  const ours: number[] = []
  const theirs: number[] = []
  // Round 0 warms up and does not count.
  for (let round = 0; round <= options.rounds; round++) {
    const accepted = await acceptAtPace(ground, gateway.url, round, options)
    const filingIds = accepted.flatMap(({ going }) => going)
    const heldAt = await whenHeld(mocks.url, filingIds.map(messageIdOf), mostMs)
    const submissions = await submissionsOf(ground.database, filingIds)
    const cases = accepted.map(({ going }) => going.flatMap((id) => submissions.get(id) ?? []))
    const called = await callAtPace(direct, cases, options.perSecond)
    const directHeldAt = await whenHeld(directMocks.url, filingIds.map(messageIdOf), mostMs)
    if (round === 0) continue
    const last = (held: Map<string, number>, going: readonly string[]) =>
      Math.max(...going.map((id) => held.get(messageIdOf(id)) ?? Number.NaN))
    for (const [at, { answeredAt, going }] of accepted.entries()) {
      ours.push(last(heldAt, going) - answeredAt)
      theirs.push(last(directHeldAt, going) - (called[at] ?? Number.NaN))
    }
  }
  await direct.close()
  await Promise.all([gateway.stop(), mocks.stop(), directMocks.stop()])
  const row = (share: number, atMost: number): Row => {
    const [one, other] = [quantile(ours, share), quantile(theirs, share)]
    return {
      id: `b p${share * 100}`,
      what: `202 until all that waits for nothing is held, against direct calls, p${share * 100} of ${ours.length}`,
      ours: { value: one, unit: 'ms' },
      theirs: { value: other, unit: 'ms' },
      ratio: one / other,
      atMost,
    }
  }
  return [row(0.5, 1.5), row(0.99, 3)]
}

interface Accepted {
  readonly answeredAt: number
  /** Filings that wait for nothing. */
  readonly going: readonly string[]
}

async function acceptAtPace(
  { key }: Ground,
  url: string,
  round: number,
  { perRound, perSecond }: HeldOptions,
): Promise<Accepted[]> {
  const pool = new Pool(url, { connections: 32 })
  const bodies = Array.from({ length: perRound }, (_, at) => {
    const run = round * perRound + at
    return { lrn: `HELD-${run}`, body: JSON.stringify(laptops(`HELD-${run}`, run)) }
  })
  const accepted = await atPace(perRound, perSecond, async (at) => {
    const { lrn, body } = bodies[at] ?? { lrn: '', body: '' }
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': lrn }
    const answer = await pool.request({ method: 'POST', path: '/v1/declarations', headers, body })
    const answeredAt = nowMs()
    if (answer.statusCode !== 202) throw new Error(`Answered ${answer.statusCode}: ${await answer.body.text()}`)
    const { filings } = (await answer.body.json()) as { filings: { id: string; status: string }[] }
    return { answeredAt, going: filings.filter(({ status }) => status === 'queued').map(({ id }) => id) }
  })
  await pool.close()
  return accepted
}

/** Sends all filings of a case at once; gives when it began, by case. */
const callAtPace = (
  direct: ReturnType<typeof directCaller>,
  cases: readonly (readonly Submission[])[],
  perSecond: number,
) =>
  atPace(cases.length, perSecond, async (at) => {
    const begun = nowMs()
    await Promise.all((cases[at] ?? []).map((one) => direct.send(one)))
    return begun
  })
