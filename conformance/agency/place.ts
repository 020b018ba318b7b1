/**
 * A place at an agency's counter 窗口: where one case is filed and followed, apart from all others. With the simulator's control
 * it is a session whose clock stands still until it is moved; without, it is told from others by names nobody used before.
 */
import { randomInt } from 'node:crypto'
import { Unintelligible, type WireMessage } from '../../adapters/adapter.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { type Answer, ask } from '../http.ts'
import { limits } from '../limits.ts'
import type { Exchange } from '../verdict.ts'
import { authorization, existingSession, later, openSession, type Session } from './control.ts'
import type { Letterbox, Pushed } from './receiver.ts'
import { type AgencyCase, type AgencySubject, isIsolated } from './subject.ts'

/** What may be sent: a message of the adapter, or something no adapter would send. */
export interface Sent extends Omit<WireMessage, 'method' | 'body'> {
  readonly method: string
  readonly body?: string | Uint8Array
}

/** A document the agency sent of its own accord. */
export interface Letter {
  readonly receipts: readonly Receipt[]
  readonly body: string
  /** Set when the adapter cannot read it. */
  readonly unintelligible?: string
  /** The page it lay on, or the push it came by. */
  readonly exchange: Exchange
}

export interface Place {
  ask(message: Sent): Promise<Answer>
  /** Moves the place's clock on; where it cannot be moved, waits until nothing more comes. */
  pass(ms: number): Promise<void>
  /** Everything the agency has sent since the place was opened, oldest first; a document pushed again counts once. */
  letters(): Promise<readonly Letter[]>
  /** The case under names this place has for itself. */
  named(golden: AgencyCase): AgencyCase
  /** Where pushes come; undefined for an agency whose mailbox is read, or without a receiver. */
  readonly box: Letterbox | undefined
  /** What was pushed since the place was opened, as it came. */
  pushed(): readonly Pushed[]
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  close(): Promise<void>
}

let places = 0

export async function openPlace(subject: AgencySubject, atMs: number): Promise<Place> {
  const { callback, controlUrl, session: given, adapter } = subject
  const name = `p${++places}`
  const apart = isIsolated(subject)
  const pushes = adapter.mailbox === undefined && callback !== undefined
  const boxName = apart ? name : ''
  const box = pushes ? callback.box(boxName) : undefined
  const session = apart
    ? await openSession(subject, atMs, boxName)
    : given === undefined || controlUrl === undefined
      ? undefined
      : existingSession(subject, given)
  const headers = {
    ...(session?.headers ?? (given === undefined ? {} : { 'x-sim-session': given })),
    ...authorization(subject),
  }
  const counter: Counter = { subject, headers, session, box }
  const seen = box?.pushed.length ?? 0
  const start = apart || adapter.mailbox === undefined ? '0' : (await readMailbox(counter, '0')).cursor
  const names = apart ? undefined : new Map<string, string>()
  return {
    url: subject.url,
    headers,
    box,
    ask: (message) => send(counter, message),
    async pass(ms) {
      if (session === undefined) return quiet(counter, start)
      await session.advance(ms)
      if (box !== undefined) await session.delivered()
    },
    pushed: () => box?.pushed.slice(seen) ?? [],
    letters: async () =>
      box === undefined ? (await readMailbox(counter, start)).letters : pushedLetters(counter, box.pushed.slice(seen)),
    named: (golden) => (names === undefined ? golden : renamed(golden, names)),
    async close() {
      await session?.end()
      if (apart && callback !== undefined) callback.drop(boxName)
    },
  }
}

interface Counter {
  readonly subject: AgencySubject
  readonly headers: Readonly<Record<string, string>>
  readonly session: Session | undefined
  readonly box: Letterbox | undefined
}

const send = ({ subject, headers }: Counter, { method, path, contentType, body }: Sent): Promise<Answer> =>
  ask(subject.fetch, {
    method,
    url: `${subject.url}${path}`,
    headers: { ...headers, ...(contentType === undefined ? {} : { 'content-type': contentType }) },
    ...(body === undefined ? {} : { body }),
  })

/** The mailbox from a cursor to its end. */
async function readMailbox(counter: Counter, from: string): Promise<{ letters: Letter[]; cursor: string }> {
  const { mailbox } = counter.subject.adapter
  const letters: Letter[] = []
  if (mailbox === undefined) return { letters, cursor: from }
  for (let [cursor, pages] = [from, 0]; ; pages++) {
    if (pages > limits.pages) throw new Error(`the mailbox has no end after ${limits.pages} pages`)
    const answer = await send(counter, mailbox.encode(cursor))
    const page = mailbox.decode(answer, cursor)
    letters.push(...page.documents.map((document) => ({ ...document, exchange: answer.exchange })))
    if (page.documents.length === 0 || page.cursor === cursor) return { letters, cursor: page.cursor }
    cursor = page.cursor
  }
}

function pushedLetters({ subject }: Counter, pushed: readonly Pushed[]): Letter[] {
  const first = new Map(pushed.toReversed().map((one) => [one.headers['webhook-id'] ?? '', one]))
  return [...first.values()].toReversed().map(({ path, headers, body, answered }) => {
    const exchange = {
      request: { method: 'POST', url: path, headers, body },
      response: { status: answered, headers: {}, body: '' },
    }
    try {
      const reply = { status: 200, contentType: headers['content-type'] ?? '', body }
      return { receipts: subject.adapter.decode(reply), body, exchange }
    } catch (error) {
      if (!(error instanceof Unintelligible)) throw error
      return { receipts: [], body, unintelligible: error.message, exchange }
    }
  })
}

/** Waits until nothing has come for a while. */
async function quiet(counter: Counter, start: string): Promise<void> {
  const count = async () => counter.box?.pushed.length ?? (await readMailbox(counter, start)).letters.length
  const end = performance.now() + limits.patienceMs
  for (let [known, since] = [-1, 0]; performance.now() < end; ) {
    const now = await count()
    if (now !== known) [known, since] = [now, performance.now()]
    else if (performance.now() - since > limits.quietMs) return
    await later(limits.askAgainMs)
  }
}

/** A case with fresh numbers in the places of ours and of the trader's. */
function renamed(golden: AgencyCase, names: Map<string, string>): AgencyCase {
  const { particulars, serial: _, ...rest } = golden.submission
  const fresh = (name: string, make: () => string) => {
    const known = names.get(name) ?? make()
    names.set(name, known)
    return known
  }
  for (const reference of [rest.reference, rest.change?.reference ?? rest.reference])
    fresh(reference, () => `K${Date.now().toString(36)}${random(20)}`.slice(0, 20).toUpperCase())
  const replaced = JSON.parse(JSON.stringify(rest), (key, value: unknown) => {
    if (typeof value !== 'string') return value
    // Other digits in the same places: the number keeps its shape.
    if (key === 'functionalReferenceId') return fresh(value, () => value.replace(/\d/g, () => String(randomInt(10))))
    const [reference = '', ...attempt] = value.split('-')
    const name = names.get(reference)
    return name === undefined ? value : [name, ...attempt].join('-')
  }) as typeof rest
  return { ...golden, submission: { ...replaced, particulars, serial: randomInt(1, 999_999_999) } }
}

const random = (length: number) => Array.from({ length }, () => randomInt(36).toString(36)).join('')
