/**
 * Pushing documents 回执推送: signed the Standard Webhooks way, tried until acknowledged, in order for each agency.
 *
 * - 2xx acknowledges. 408, 429, 5xx and silence are tried again, quickly at first, then slowly for a day.
 * - Any other answer stops the document at once: the same bytes would be refused again.
 * - While a document waits for its next try those behind it wait too, so that order holds. Only a document that was
 *   answered 5xx (not 502, 503, 504: those mean nobody is home) several times over steps aside: the fault lies in it.
 * - Nothing is ever dropped: what was stopped or given up stays listed and can be asked for again.
 */
import type { Outgoing } from '../agency.ts'
import { limits } from './limits.ts'
import { developmentSecret, sign } from './signature.ts'
import type { Timers } from './timers.ts'

export interface Parcel {
  readonly id: string
  readonly agency: string
  readonly reference: string
  readonly document: Outgoing
}

export interface PushRequest {
  readonly method: 'POST'
  readonly headers: Record<string, string>
  readonly body: string
  readonly signal: AbortSignal
}

/** How a push leaves. A `fetch`, or the `request` of a Hono app in tests. */
export type Send = (url: string, request: PushRequest) => Promise<{ status: number }> | { status: number }

export type PushState = 'waiting' | 'acknowledged' | 'stopped' | 'expired'

export interface Undelivered {
  readonly id: string
  readonly agency: string
  readonly reference: string
  readonly name: string
  readonly state: PushState
  readonly tries: number
  /** What the last try met: a status, or why there was none. */
  readonly last: string
  readonly nextTryAt: string | undefined
}

export interface Attempt {
  readonly parcel: Parcel
  readonly path: string
  readonly status: number | undefined
  readonly error: string | undefined
  readonly state: PushState
}

export interface PusherOptions {
  readonly callbackUrl: string
  readonly secrets: ReadonlyMap<string, string>
  readonly timers: Timers
  readonly random: () => number
  readonly send: Send
  /** Told of every try, before the next one begins. */
  readonly tried: (attempt: Attempt) => void
}

export interface Pusher {
  /** Puts a document in its agency's line; nothing leaves before `flush`. */
  add(parcel: Parcel): void
  flush(): void
  /** Sets what became of a document, and gives it back: for the replay of a ledger. Undefined when there is no such document. */
  mark(id: string, state: PushState): Parcel | undefined
  /** Tries a stopped or expired document again; false when there is no such document. */
  again(id: string): boolean
  /** How many documents are not acknowledged and still being tried. */
  waiting(): number
  undelivered(): Undelivered[]
  /** Resolves when no try is under way. */
  settled(): Promise<void>
  stop(): void
}

interface Pushing extends Parcel {
  state: PushState
  tries: number
  last: string
  firstTriedAt: number | undefined
  nextTryAt: number | undefined
}

/** One line of documents, tried one after the other. */
interface Lane {
  readonly key: string
  readonly line: Pushing[]
  trying: Promise<void> | undefined
  cancel: (() => void) | undefined
}

export const createPusher = (options: PusherOptions): Pusher => new LanePusher(options)

class LanePusher implements Pusher {
  /** Whether a document has come since the lanes were last driven. */
  #hasNew = false
  readonly #options: PusherOptions
  readonly #lanes = new Map<string, Lane>()
  /** Every document that is still being tried. */
  readonly #open = new Map<string, Pushing>()
  /** Every document that was stopped or has expired. */
  readonly #ended = new Map<string, Pushing>()
  readonly #trying = new Set<AbortController>()
  #stopped = false

  constructor(options: PusherOptions) {
    this.#options = options
  }

  add({ id, agency, reference, document }: Parcel): void {
    const pushing: Pushing = { id, agency, reference, document, ...untried }
    this.#ended.delete(id)
    this.#open.set(id, pushing)
    this.#laneOf(agency).line.push(pushing)
    this.#hasNew = true
  }

  flush(): void {
    if (!this.#hasNew) return
    this.#hasNew = false
    for (const lane of this.#lanes.values()) this.#drive(lane)
  }

  mark(id: string, state: PushState): Parcel | undefined {
    const pushing = this.#open.get(id) ?? this.#ended.get(id)
    if (pushing === undefined) return undefined
    const { line } = this.#laneOf(pushing.agency)
    if (state === 'waiting') this.add(pushing)
    else {
      line.splice(line.indexOf(pushing), 1)
      this.#end(pushing, state)
    }
    return pushing
  }

  again(id: string): boolean {
    const pushing = this.#ended.get(id)
    if (pushing === undefined) return false
    this.add(pushing)
    this.#drive(this.#laneOf(pushing.agency))
    return true
  }

  waiting(): number {
    return this.#open.size
  }

  undelivered(): Undelivered[] {
    const unheard = this.#open.values().filter(({ tries }) => tries >= limits.pushTriesQuick)
    return [...this.#ended.values(), ...unheard].map(describe)
  }

  async settled(): Promise<void> {
    for (;;) {
      const trying = [...this.#lanes.values()].flatMap(({ trying }) => (trying === undefined ? [] : [trying]))
      if (trying.length === 0) return
      await Promise.all(trying)
    }
  }

  stop(): void {
    this.#stopped = true
    for (const lane of this.#lanes.values()) lane.cancel?.()
    for (const trying of this.#trying) trying.abort(new Error('the simulator is closing'))
  }

  #end(pushing: Pushing, state: PushState): void {
    pushing.state = state
    this.#open.delete(pushing.id)
    if (state !== 'acknowledged') this.#ended.set(pushing.id, pushing)
  }

  #laneOf(key: string): Lane {
    const lane = this.#lanes.get(key) ?? { key, line: [], trying: undefined, cancel: undefined }
    this.#lanes.set(key, lane)
    return lane
  }

  #drive(lane: Lane): void {
    const waits = lane.trying !== undefined || lane.cancel !== undefined
    if (waits || lane.line.length === 0 || this.#stopped) return
    lane.trying = this.#empty(lane).finally(() => {
      lane.trying = undefined
      if (lane.line.length === 0) this.#lanes.delete(lane.key)
      // What came while the last try was ending.
      else this.#drive(lane)
    })
  }

  /** Tries the documents of a line one after the other, until it is empty or the first one has to wait. */
  async #empty(lane: Lane): Promise<void> {
    for (let first = lane.line[0]; first !== undefined; first = lane.line[0]) {
      const stepsAside = await this.#attempt(first)
      if (this.#stopped) return
      if (first.state === 'waiting' && !stepsAside) {
        this.#later(lane, first)
        return
      }
      lane.line.shift()
      if (first.state === 'waiting') {
        const aside = this.#laneOf(`${first.agency}|${first.id}`)
        aside.line.push(first)
        this.#later(aside, first)
      }
    }
  }

  #later(lane: Lane, pushing: Pushing): void {
    const { timers, random } = this.#options
    const longest = Math.min(limits.pushRetryFirstMs * 2 ** (pushing.tries - 1), limits.pushRetryLongestMs)
    const delayMs = Math.round(longest * (0.5 + random() / 2))
    pushing.nextTryAt = timers.now() + delayMs
    lane.cancel = timers.start(delayMs, () => {
      lane.cancel = undefined
      this.#drive(lane)
    })
  }

  /** One try. Answers whether the document should step aside, so that those behind it can go on. */
  async #attempt(pushing: Pushing): Promise<boolean> {
    const { callbackUrl, timers, tried } = this.#options
    const path = receiptsPath(pushing.agency)
    pushing.firstTriedAt ??= timers.now()
    pushing.tries += 1
    pushing.nextTryAt = undefined
    const { status, error } = await this.#post(pushing, `${callbackUrl}${path}`)
    if (this.#stopped) return false
    pushing.last = status === undefined ? (error ?? 'no answer') : `answered ${status}`
    if (status !== undefined && status >= 200 && status < 300) this.#end(pushing, 'acknowledged')
    else if (status !== undefined && status < 500 && status !== 408 && status !== 429) this.#end(pushing, 'stopped')
    else if (timers.now() - pushing.firstTriedAt >= limits.pushGiveUpMs) this.#end(pushing, 'expired')
    tried({ parcel: pushing, path, status, error, state: pushing.state })
    const nobodyHome = status === undefined || status < 500 || (status >= 502 && status <= 504)
    return !nobodyHome && pushing.tries >= limits.pushTriesQuick
  }

  async #post(pushing: Pushing, url: string): Promise<{ status?: number; error?: string }> {
    const { timers, secrets, send } = this.#options
    const { id, agency, document } = pushing
    const timestamp = String(Math.floor(timers.now() / 1000))
    const headers = {
      'content-type': document.contentType,
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': sign(secrets.get(agency) ?? developmentSecret(agency), id, timestamp, document.body),
    }
    const trying = new AbortController()
    const cancel = timers.start(limits.pushTimeoutMs, () =>
      trying.abort(new Error(`no answer in ${limits.pushTimeoutMs} ms`)),
    )
    // A sender in tests may not heed the signal; the try ends all the same.
    const aborted = new Promise<never>((_, reject) => {
      trying.signal.addEventListener('abort', () => reject(trying.signal.reason), { once: true })
    })
    this.#trying.add(trying)
    try {
      const sent = Promise.resolve(send(url, { method: 'POST', headers, body: document.body, signal: trying.signal }))
      return { status: (await Promise.race([sent, aborted])).status }
    } catch (error) {
      return { error: error instanceof Error ? error.message || error.name : String(error) }
    } finally {
      cancel()
      this.#trying.delete(trying)
    }
  }
}

const untried = {
  state: 'waiting',
  tries: 0,
  last: 'not tried yet',
  firstTriedAt: undefined,
  nextTryAt: undefined,
} as const

/** Where the receipts of an agency are taken. */
export function receiptsPath(agency: string): string {
  return `/v1/agencies/${agency}/receipts`
}

function describe({ id, agency, reference, document, state, tries, last, nextTryAt }: Pushing): Undelivered {
  return {
    id,
    agency,
    reference,
    name: document.name,
    state,
    tries,
    last,
    nextTryAt: nextTryAt === undefined ? undefined : new Date(nextTryAt).toISOString(),
  }
}
