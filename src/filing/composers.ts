import type { TakeSerials } from '../db/serials.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Composed, Composer } from './compose.ts'
import { type Job, type Link, startLink } from './composer-link.ts'

export interface ComposersOptions {
  readonly threads: number
  readonly takeSerials: TakeSerials
  onDeath(error: Error): void
  readonly program?: URL
  readonly composeMs?: number
}

/**
 * Composes in threads beside this one, so that HTTP and database go on meanwhile. Nothing is kept before it is composed, so a thread
 * that dies loses nothing: what it had not begun goes to another, what it was composing is tried once more and then fails alone.
 * Resolves when the threads are ready. @throws {Error} they cannot start
 */
export async function startComposers({
  threads,
  takeSerials,
  onDeath,
  ...options
}: ComposersOptions): Promise<Composer> {
  const { composeMs = limits.composeMs, program = new URL('composer-thread.ts', import.meta.url) } = options
  const links = new Set<Link>()
  const line = createLine()
  let stopping = false
  let resting = false

  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const onFree = () => {
        resolve()
        hand()
      }
      const onEnd = (link: Link, reason: Error) => {
        reject(reason)
        links.delete(link)
        if (!stopping) bury(link, reason)
      }
      links.add(startLink({ program, takeSerials, composeMs, onFree, onEnd }))
    })
  /** Hands what waits to the threads, to the least busy one first; starts again what died. */
  const hand = () => {
    if (!stopping && !resting) for (let at = links.size; at < threads; at++) start().catch(() => undefined)
    for (;;) {
      const free = [...links].filter(({ isReady, jobs }) => isReady && jobs.size < limits.composeAhead)
      const link = free.sort((one, other) => one.jobs.size - other.jobs.size)[0]
      const job = link && line.take()
      if (link === undefined || job === undefined) return
      link.send(job)
    }
  }
  const bury = (link: Link, reason: Error) => {
    onDeath(reason)
    const left = [...link.jobs.values()]
    const first = left[0]
    if (first !== undefined && ++first.deaths >= limits.composeTries) left.shift()?.reject(reason)
    line.putBack(left)
    // What cannot even start is not started again at once.
    if (!link.isReady) {
      resting = true
      setTimeout(() => {
        resting = false
      }, limits.composerRestMs).unref()
    }
    hand()
    if (links.size === 0) for (let job = line.take(); job !== undefined; job = line.take()) job.reject(unavailable())
  }

  try {
    await Promise.all(Array.from({ length: threads }, start))
  } catch (error) {
    stopping = true
    throw error
  }
  return {
    async compose(request, at, beside = {}) {
      if (stopping || (resting && links.size === 0) || line.isFull()) throw unavailable()
      return new Promise<Composed>((resolve, reject) => {
        line.add({ request, at, beside, deaths: 0, resolve, reject })
        hand()
      })
    },
    async stop() {
      stopping = true
      await Promise.all([...links].map(({ worker }) => worker.terminate()))
    },
  }
}

/** Requests that wait for a thread, first come, first served; bounded by the bytes of their bodies. */
function createLine() {
  const jobs: Job[] = []
  let bytes = 0
  const count = (all: readonly Job[], sign: 1 | -1) => {
    for (const { request } of all) bytes += sign * request.bytes.byteLength
  }
  return {
    isFull: () => bytes > limits.composeWaitingBytes,
    add(job: Job) {
      count([job], 1)
      jobs.push(job)
    },
    putBack(left: readonly Job[]) {
      count(left, 1)
      jobs.unshift(...left)
    },
    take(): Job | undefined {
      const job = jobs.shift()
      if (job !== undefined) count([job], -1)
      return job
    },
  }
}

const unavailable = () => new Problem('unavailable', { headers: { 'Retry-After': '5' } })
