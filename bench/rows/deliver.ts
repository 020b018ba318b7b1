import { limits } from '../../src/limits.ts'
import type { Cluster, Ground } from '../cluster.ts'
import { bodyAround, type Generator } from '../generator.ts'
import { median, nowMs, until } from '../measure.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'
import { directCaller, heldBy, messageIdOf, type Submission, submissionsOf } from '../submissions.ts'

export interface DeliverOptions {
  readonly rounds: number
  /** Declarations a round; each has three filings that wait for nothing. */
  readonly perRound: number
}

const mostMs = 60_000

/**
 * (c) Deliveries a second through the worker, until the last answer is recorded, beside a bare loop that posts the same bytes to
 * the same mocks with the same number under way and keeps nothing. Each side has simulated agencies of its own.
 */
export async function measureDeliver(cluster: Cluster, generator: Generator, options: DeliverOptions): Promise<Row[]> {
  const rates: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
  const ground = await cluster.create('bench_deliver')
  const gateway = await startServer('src/main.ts', ['gateway'], ground.env)
  const [mocks, directMocks] = await Promise.all([
    startServer('bench/servers/mocks.ts', [], {}),
    startServer('bench/servers/mocks.ts', [], {}),
  ])
  const body = bodyAround()
  for (let round = 0; round <= options.rounds; round++) {
    const requests = { post: '/v1/declarations', ...body, numbers: `deliver-${round}` }
    const count = round === 0 ? Math.ceil(options.perRound / 3) : options.perRound
    await generator.run({
      url: gateway.url,
      connections: 32,
      ms: mostMs,
      most: count,
      key: ground.key,
      status: 202,
      requests,
    })
    const submissions = await queued(ground)
    const ours = await throughWorker(ground, mocks.url, submissions)
    const theirs = await bareLoop(directMocks.url, submissions)
    if (round === 0) continue
    rates.ours.push(ours)
    rates.theirs.push(theirs)
  }
  await Promise.all([gateway.stop(), mocks.stop(), directMocks.stop()])
  return [
    {
      id: 'c',
      what: 'deliveries through the worker, each recorded, against a bare loop with the same bytes',
      ours: { value: median(rates.ours), unit: '/s', all: rates.ours },
      theirs: { value: median(rates.theirs), unit: '/s', all: rates.theirs },
      ratio: median(rates.ours.map((rate, at) => rate / (rates.theirs[at] ?? Number.NaN))),
    },
  ]
}

async function queued({ database }: Ground): Promise<Submission[]> {
  const { rows } = await database.pool.query<{ id: string }>('SELECT filing_id AS id FROM delivery ORDER BY due_at')
  return [
    ...(
      await submissionsOf(
        database,
        rows.map(({ id }) => id),
      )
    ).values(),
  ]
}

/** From the first filing held until the last one is recorded. */
async function throughWorker(
  { env, database }: Ground,
  mocksUrl: string,
  submissions: readonly Submission[],
): Promise<number> {
  const worker = await startServer('src/main.ts', ['worker'], { ...env, SIMULATOR_URL: mocksUrl })
  await until(
    'deliveries',
    mostMs,
    async () => {
      const { rows } = await database.pool.query<{ left: boolean }>('SELECT EXISTS (SELECT FROM delivery) AS left')
      return rows[0]?.left === false
    },
    10,
  )
  const end = nowMs()
  await worker.stop()
  const held = await heldBy(mocksUrl)
  for (const { filingId } of submissions)
    if (!held.has(messageIdOf(filingId))) throw new Error(`${filingId} was recorded but is not held`)
  return submissions.length / ((end - Math.min(...held.values())) / 1_000)
}

/** From the first filing held until the last answer is read. */
async function bareLoop(mocksUrl: string, submissions: readonly Submission[]): Promise<number> {
  const direct = directCaller(mocksUrl, limits.laneWidth * 2)
  const lanes = [...Map.groupBy(submissions, ({ agency }) => agency).values()]
  await Promise.all(
    lanes.flatMap((lane) => {
      const next = lane.values()
      return Array.from({ length: limits.laneWidth }, async () => {
        for (const submission of next) await direct.send(submission)
      })
    }),
  )
  const end = nowMs()
  await direct.close()
  return submissions.length / ((end - Math.min(...(await heldBy(mocksUrl)).values())) / 1_000)
}
