import { Worker } from 'node:worker_threads'
import type { Network } from '../certificates/network.ts'
import type { TakeSerials } from '../db/serials.ts'
import { limits } from '../limits.ts'
import { Problem, type ProblemCode, type ProblemOptions } from '../problem.ts'
import type { AcceptRequest, Beside, Composed } from './compose.ts'

/** What a composing thread is told. */
export type ToThread =
  | {
      readonly kind: 'compose'
      readonly job: number
      readonly request: AcceptRequest
      readonly at: number
      readonly warnings?: Beside['warnings']
    }
  /** What holds from the next composition on. */
  | { readonly kind: 'network'; readonly network: Network | undefined }
  | { readonly kind: 'serials'; readonly ask: number; readonly first?: number; readonly failure?: Failure }

/** What it says. */
export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'serials'; readonly ask: number; readonly agency: string; readonly count: number }
  | { readonly kind: 'composed'; readonly job: number; readonly composed: Composed }
  | { readonly kind: 'refused'; readonly job: number; readonly code: ProblemCode; readonly options: ProblemOptions }
  | { readonly kind: 'failed'; readonly job: number; readonly failure: Failure }

/** An error between threads: of an error itself, its code would not arrive. */
interface Failure {
  readonly message: string
  readonly code?: string
}
export const failureOf = (error: unknown): Failure => {
  const { message, code } = error as { message?: string; code?: string }
  return { message: message ?? String(error), ...(typeof code === 'string' ? { code } : {}) }
}
export const errorOf = ({ message, code }: Failure): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code })

/** A request on its way through a thread. */
export interface Job {
  readonly request: AcceptRequest
  readonly at: number
  readonly beside: Beside
  /** Threads that ended while they composed it. */
  deaths: number
  resolve(composed: Composed): void
  reject(error: unknown): void
}

/** A composing thread 拟稿线程, seen from the gateway's own. */
export interface Link {
  readonly worker: Worker
  /** Under way, in the order they were sent: the first is the one being composed. */
  readonly jobs: ReadonlyMap<number, Job>
  readonly isReady: boolean
  send(job: Job): void
}

export interface LinkOptions {
  /** The thread's program: tests have one that dies. */
  readonly program: URL
  readonly takeSerials: TakeSerials
  /** Longest a composition may take. */
  readonly composeMs: number
  /** It is ready, or has room for another request. */
  onFree(link: Link): void
  onEnd(link: Link, reason: Error): void
}

const compileCache = new URL('../compile-cache.js', import.meta.url).href

/** Starts a composing thread. One that takes too long over a request is ended; a wait for the database is none of its doing. */
export function startLink({ program, takeSerials, composeMs, onFree, onEnd }: LinkOptions): Link {
  const worker = new Worker(program, {
    execArgv: [`--import=${compileCache}`],
    resourceLimits: { maxOldGenerationSizeMb: limits.composerHeapMiB },
  })
  const jobs = new Map<number, Job>()
  let isReady = false
  let sent = 0
  let asking = 0
  let network: Network | undefined
  let reason = new Error('A composing thread ended')
  const tell = (message: ToThread) => worker.postMessage(message, [])
  const watch = setTimeout(() => {
    if (asking > 0) watch.refresh()
    else if (jobs.size > 0) void worker.terminate()
  }, composeMs).unref()

  const provide = async ({ ask, agency, count }: FromThread & { kind: 'serials' }) => {
    asking++
    const answer = await takeSerials(agency, count).then(
      (first) => ({ first }),
      (error: unknown) => ({ failure: failureOf(error) }),
    )
    asking--
    watch.refresh()
    tell({ kind: 'serials', ask, ...answer })
  }
  const finish = (message: Exclude<FromThread, { kind: 'ready' | 'serials' }>) => {
    const job = jobs.get(message.job)
    jobs.delete(message.job)
    if (message.kind === 'composed') job?.resolve(message.composed)
    else if (message.kind === 'refused') job?.reject(new Problem(message.code, message.options))
    else job?.reject(errorOf(message.failure))
  }
  const link: Link = {
    worker,
    jobs,
    get isReady() {
      return isReady
    },
    send(job) {
      if (jobs.size === 0) watch.refresh()
      jobs.set(++sent, job)
      const { request, at, beside } = job
      // The table is told when another holds, not with every request.
      if (beside.network !== network) {
        network = beside.network
        tell({ kind: 'network', network })
      }
      const { warnings } = beside
      tell({ kind: 'compose', job: sent, request, at, ...(warnings === undefined ? {} : { warnings }) })
    },
  }
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'serials') void provide(message)
    else {
      if (message.kind === 'ready') isReady = true
      else finish(message)
      watch.refresh()
      onFree(link)
    }
  })
  worker.on('error', (error) => {
    reason = error
  })
  worker.once('exit', () => {
    clearTimeout(watch)
    onEnd(link, reason)
  })
  return link
}
