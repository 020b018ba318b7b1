import { call, type Patience, rest } from './call.ts'
import { type FollowOptions, followEvents, type GatewayEvent, type NumberedEvent } from './events.ts'
import { limits } from './limits.ts'
import type { Answer, CallOptions, Operation } from './operation.ts'
import { type Operations, operationsById } from './operations/index.ts'
import { type Identity, type Input, prepare } from './request.ts'
import { type Clock, type Fetch, type Means, realClock } from './transport.ts'

/** How a client is made. */
export interface ClientOptions {
  /** Where the gateway is, e.g. `https://window.example`; a path before `/v1` is kept. */
  readonly baseUrl: string
  /** None: only what is public. */
  readonly apiKey?: string
  readonly fetch?: Fetch
  /** Language of words in answers: `en`, `zh-CN`. */
  readonly language?: string
  /** Longest one try may take. */
  readonly timeoutMs?: number
  /** Tries after the first; 0: none. */
  readonly retries?: number
  readonly clock?: Clock
}

export type OperationId = keyof Operations
/** What an operation takes. */
export type InputOf<Id extends OperationId> = Operations[Id]['input']
/** What it answers. */
export type AnswerOf<Id extends OperationId> = Operations[Id]['answer']

/** Every operation of the gateway as a function of its name. */
export type Calls = { readonly [Id in keyof Operations]: Call<Operations[Id]> }

interface Typed {
  readonly input: object
  readonly answer: Answer<number, unknown>
}
type Call<Op extends Typed> = object extends Op['input']
  ? {
      (): Promise<Op['answer']>
      <I extends Op['input']>(input: I & Only<I, Op['input']>, options?: CallOptions): Promise<AnswerTo<Op, I>>
    }
  : <I extends Op['input']>(input: I & Only<I, Op['input']>, options?: CallOptions) => Promise<AnswerTo<Op, I>>

/** A name the operation does not take is an error, as it is in a plain argument. */
type Only<I, Wanted> = { readonly [Key in Exclude<keyof I, keyof Wanted>]: never }

/** A dry run answers otherwise, and what is unchanged answers nothing. */
type AnswerTo<Op extends Typed, I> =
  | (I extends { dryRun: true } ? never : Op['answer'])
  | (Op extends { dryRun: infer Tried } ? (MayBe<I, 'dryRun', true> extends true ? Tried : never) : never)
  | (MayBe<I, 'ifNoneMatch', string> extends true ? Answer<304, undefined> : never)
type MayBe<I, Key extends string, Value> = Key extends keyof I
  ? [Extract<I[Key], Value>] extends [never]
    ? false
    : true
  : false

/** Operations that answer page by page. */
export type ListId = {
  [Id in OperationId]: Operations[Id] extends {
    input: { after?: string | number }
    answer: { body: { data: readonly unknown[]; hasMore: boolean } }
  }
    ? Id
    : never
}[OperationId]
/** One thing of a list. */
export type ItemOf<Id extends ListId> = Operations[Id]['answer'] extends { body: { data: readonly (infer Item)[] } }
  ? Item
  : never

/** What goes beyond one request and its answer. */
export interface Streams {
  /** A list to its end, page after page. */
  each<Id extends ListId>(
    operation: Id,
    input?: InputOf<Id>,
    options?: CallOptions,
  ): AsyncGenerator<ItemOf<Id>, void, undefined>
  /** What happens to a declaration, as it happens, without end: leave the loop when you have seen enough. */
  events(declarationId: string, options?: FollowOptions): AsyncGenerator<NumberedEvent, never, undefined>
  /** What happens to everything of the firm, as it happens: for those who cannot receive webhooks. */
  feed(options?: FeedOptions): AsyncGenerator<FedEvent, never, undefined>
}
export interface FeedOptions {
  /** Cursor of the last event that was seen; none: from the beginning. */
  readonly after?: string
  /** A type of events, or `prefix.*`. */
  readonly type?: string
  readonly signal?: AbortSignal
}
/** An event of the feed, with the cursor to go on from once its page is done. */
export interface FedEvent {
  readonly event: GatewayEvent
  readonly cursor: string
}

export type Client = Calls & Streams

/**
 * A typed client of the gateway 客户端. Retries respect idempotency: what creates carries an Idempotency-Key that stays the same over the
 * tries of one call, and what must not be done twice is not tried twice.
 * @throws {TypeError} when `baseUrl` is no address
 */
export function createClient(options: ClientOptions): Client {
  const identity: Identity = {
    baseUrl: baseOf(options.baseUrl),
    apiKey: options.apiKey,
    language: options.language,
  }
  const means: Means = { fetch: options.fetch ?? ((url, init) => fetch(url, init)), clock: options.clock ?? realClock }
  const patience: Patience = {
    timeoutMs: options.timeoutMs ?? limits.timeoutMs,
    retries: options.retries ?? limits.retries,
  }
  const ask = (name: string, operation: Operation, input: Input, how: CallOptions) =>
    call(name, prepare(identity, name, operation, input, how), means, patience, how)
  const calls = Object.fromEntries(
    Object.entries(operationsById).map(([name, operation]) => [
      name,
      async (input: Input = {}, how: CallOptions = {}) => ask(name, operation, input, how),
    ]),
  ) as unknown as Calls
  return { ...calls, ...streamsOf(calls, identity, means) }
}

function streamsOf(calls: Calls, identity: Identity, means: Means): Streams {
  return {
    async *each(operation, input, how) {
      const ask = calls[operation] as unknown as (input: object, how?: CallOptions) => Promise<{ body: Page }>
      for (let after: string | undefined; ; ) {
        const { body } = await ask({ ...input, ...(after === undefined ? {} : { after }) }, how)
        yield* body.data as never[]
        if (!body.hasMore || body.nextCursor === undefined || body.nextCursor === after) return
        after = body.nextCursor
      }
    },
    events(declarationId, follow = {}) {
      const { listEvents } = operationsById
      return followEvents('events', prepare(identity, 'events', listEvents, { id: declarationId }, {}), means, follow)
    },
    async *feed({ after, type, signal } = {}) {
      for (let cursor = after; ; ) {
        const asked = means.clock.now()
        const { body } = await calls.readFeed(
          {
            waitSeconds: limits.feedWaitSeconds,
            ...(cursor === undefined ? {} : { after: cursor }),
            ...(type === undefined ? {} : { type }),
          },
          signal === undefined ? {} : { signal },
        )
        cursor = body.nextCursor
        for (const event of body.data) yield { event, cursor }
        const early = asked + limits.feedRestMs - means.clock.now()
        if (body.data.length === 0 && early > 0) await rest(means, early, signal)
      }
    },
  }
}

interface Page {
  readonly data: readonly unknown[]
  readonly hasMore: boolean
  readonly nextCursor?: string
}

/** Without a slash at its end. */
function baseOf(baseUrl: string): string {
  const { protocol, username, password, search, hash, origin, pathname } = new URL(baseUrl)
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '' || search !== '' || hash !== '')
    throw new TypeError(`The gateway's address is http(s) without credentials, query and fragment: ${protocol}//…`)
  let end = pathname.length
  while (pathname[end - 1] === '/') end--
  return `${origin}${pathname.slice(0, end)}`
}
