/**
 * The load generator: a process of its own, so that it takes no turn of a measured server's. Takes jobs over IPC, one at a
 * time: a number of keep-alive connections, each sending its next request when the last was answered.
 */
import { Client } from 'undici'
import { nowMs } from './measure.ts'

export interface Job {
  readonly url: string
  readonly connections: number
  /** How long requests are sent; when `most` is given, only that many. */
  readonly ms: number
  readonly most?: number
  /**
   * Never sleeps while it waits for an answer. To wake a sleeper costs the one who answers a tenth of a request and more, and how often it
   * must depends on which of the two is faster: what a request costs cannot be compared so.
   */
  readonly awake?: boolean
  readonly key: string
  /** Headers of each request, these and then those and then from the first again. */
  readonly headers?: readonly Readonly<Record<string, string>>[]
  readonly status: number
  readonly requests: /** Posts `head + number + tail`, each with a number of its own that starts with `numbers`. */
    | { readonly post: string; readonly head: string; readonly tail: string; readonly numbers: string }
    /** Gets one of the paths after the other, over and over. */
    | { readonly get: readonly string[] }
}

export interface Done {
  readonly count: number
  readonly perSecond: number
  readonly latenciesMs: readonly number[]
}

async function run(job: Job): Promise<Done> {
  const latenciesMs: number[] = []
  let next = 0
  const start = nowMs()
  const end = start + job.ms
  let isRunning = true
  const stayAwake = () => void (isRunning && setImmediate(stayAwake))
  if (job.awake === true) stayAwake()
  await Promise.all(
    Array.from({ length: job.connections }, async () => {
      const client = new Client(job.url)
      try {
        while (nowMs() < end && next < (job.most ?? Number.POSITIVE_INFINITY)) {
          const asked = nowMs()
          await ask(client, job, next++)
          latenciesMs.push(nowMs() - asked)
        }
      } finally {
        await client.close()
      }
    }),
  )
  isRunning = false
  return { count: latenciesMs.length, perSecond: latenciesMs.length / ((nowMs() - start) / 1_000), latenciesMs }
}

async function ask(client: Client, { key, headers: own = [], requests, status }: Job, index: number): Promise<void> {
  const headers: Record<string, string> = { authorization: `Bearer ${key}`, ...own[index % own.length] }
  let answer: Awaited<ReturnType<Client['request']>>
  if ('get' in requests) {
    answer = await client.request({ method: 'GET', path: requests.get[index % requests.get.length] ?? '/', headers })
  } else {
    const number = `${requests.numbers}-${String(index).padStart(7, '0')}`
    headers['content-type'] = 'application/json'
    headers['idempotency-key'] = number
    answer = await client.request({
      method: 'POST',
      path: requests.post,
      headers,
      body: requests.head + number + requests.tail,
    })
  }
  if (answer.statusCode !== status)
    throw new Error(`Answered ${answer.statusCode}: ${(await answer.body.text()).slice(0, 1_000)}`)
  await answer.body.dump({ limit: 4_194_304 })
}

process.on('message', (job: Job) => {
  run(job).then(
    (done) => process.send?.({ done }),
    (error: Error) => process.send?.({ failed: error.message }),
  )
})
