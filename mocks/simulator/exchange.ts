/** One exchange with an agency 一次请求应答: served alone, at one instant, remembered before it is answered, and spoilt where asked. */
import { hash } from 'node:crypto'
import type { Hono } from 'hono'
import type { Agency } from '../agency.ts'
import type { Clock } from './clock.ts'
import { type Touched, untouched } from './desk.ts'
import type { Direction } from './direction.ts'
import { type Ending, type FaultBook, plainOrder } from './faults.ts'
import type { Journal } from './journal.ts'
import type { Exchanged, Unstamped } from './ledger.ts'
import type { Post } from './post.ts'
import type { RecordedAnswer } from './recorder.ts'
import { readScenarioHeader, unknownMagic } from './scenario-header.ts'
import type { Scripts } from './script/index.ts'
import { refuseNoStep, refuseRoute, refuseScenario, type Unmatched } from './unmatched.ts'
import type { Wishes } from './wishes.ts'

/** An agency with a memory. */
export interface Office {
  readonly agency: Agency
  readonly app: Hono
  touched: Touched
}

/** A request as it came, with the path inside the agency and its query. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
}

export interface Answered {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array<ArrayBuffer>
}

export interface Served {
  readonly answer: Answered
  readonly ending: Ending | undefined
  /** Real time the answer is kept back. */
  readonly delayMs: number
  /** A look into a mailbox that had nothing new: no activity, and nothing worth remembering. */
  readonly idle: boolean
}

export interface Counter {
  readonly clock: Clock
  readonly faults: FaultBook
  readonly journal: Journal
  readonly post: Post
  readonly scripts: Scripts
  readonly wishes: Wishes
  /** Everybody a header may speak of. */
  readonly house: { readonly agencies: readonly Agency[]; readonly issuers: readonly Agency[] }
  /** Keeps a line of the ledger; an exchange before its answer is given. */
  keep(line: Unstamped, at?: number): void
  /** Whether that is worth the trouble of making a line. */
  keeps(): boolean
}

/** By this header a request names the outcomes and faults it wants, as a magic value in its sender's reference would. */
export const scenarioHeader = 'x-sim-scenario'

/** What belongs to a connection and not to the request. */
const ownHeaders = new Set(['connection', 'content-length', 'expect', 'host', 'keep-alive', 'transfer-encoding'])

/**
 * Serves one exchange. The clock must stand still: live inside `clock.still`, in a replay because nothing else moves it.
 * @param recorded what a real endpoint answered in the agency's place
 */
export async function serve(
  counter: Counter,
  office: Office,
  asked: Asked,
  recorded?: RecordedAnswer,
): Promise<Served> {
  const { agency } = office
  const text = utf8(asked.body)
  const wanted = wantedOf(counter, office, asked, text)
  // Of what a real endpoint was asked and said, its secrets are for nobody to read.
  const seen = recorded?.masked.asked ?? asked
  if ('refused' in wanted) return turnAway(counter, agency, seen, wanted)
  const { reply, by, faults, delayMs } = wanted
  const spoilt = counter.faults.onExchange(agency, text === '' ? asked.path : `${asked.path}\n${text}`, faults)
  const own = spoilt.unavailable ?? recorded ?? (reply === undefined ? undefined : answeredBy(reply))
  const answer = own ?? (await askWishing(counter, office, asked, wanted))
  if (own === undefined && 'lost' in answer) {
    const met = refuseRoute(office.app, asked)
    // A script or a fault has moved by it: a memory that forgot that would go on otherwise.
    if (by !== '' || spoilt.counted)
      counter.keep({ kept: 'exchange', agency: agency.id, ...packed(seen, text), ...resultOf(met.refused) })
    return turnAway(counter, agency, seen, met)
  }
  const { looked, fetched, acted, references } = own === undefined ? office.touched : nothing
  const idle = looked && !fetched && !acted && !spoilt.counted && by === ''
  const { fault } = spoilt
  const strange = unknownMagic(text, agency)
  const shown = answer === recorded ? recorded.masked.answer : answer
  counter.journal.note({
    kind: 'exchange',
    agency: agency.id,
    direction: 'in',
    references: references.size === 0 ? none : [...references],
    method: asked.method,
    path: seen.path,
    body: seen === asked ? text : seen.body,
    status: answer.status,
    answer: shown.body,
    ...(fault === undefined ? {} : { fault }),
    ...(by === '' ? {} : { by }),
    ...(idle ? { idle } : {}),
  })
  if (!idle && counter.keeps())
    counter.keep({
      kept: 'exchange',
      agency: agency.id,
      ...packed(seen, recorded === undefined ? text : utf8(seen.body)),
      ...resultOf(shown),
      ...(answer === recorded ? { recorded: storedAnswer(shown) } : {}),
    })
  return {
    answer: strange.length === 0 ? answer : told(counter, agency, answer, strange),
    ending: spoilt.ending,
    delayMs,
    idle,
  }
}

const none: readonly string[] = []
const nothing: Readonly<Touched> = untouched()
const utf8 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')

/** What the request's header and the session's scripts want of it. */
function wantedOf(counter: Counter, { agency }: Office, asked: Asked, text: string): Direction | Unmatched {
  const header = asked.headers.find(([name]) => name === scenarioHeader)?.[1]
  const read =
    header === undefined
      ? undefined
      : readScenarioHeader(header, agency, [...counter.house.agencies, ...counter.house.issuers])
  if (read !== undefined && 'unknown' in read) return refuseScenario(agency, read.unknown)
  let directed: Direction | undefined
  if (counter.scripts.size > 0) {
    const request = { agency: agency.id, method: asked.method, path: asked.path, headers: asked.headers, body: text }
    directed = counter.scripts.direct(request)
    if (directed === undefined && counter.scripts.refuses(agency.id))
      return refuseNoStep(request, counter.scripts.misses(request))
  }
  if (read === undefined) return directed ?? undirected
  return {
    ...(directed ?? undirected),
    by: directed === undefined ? 'header' : `header, ${directed.by}`,
    outcomes: [...(directed?.outcomes ?? []), ...read.outcomes],
    faults: [...(directed?.faults ?? []), ...read.faults.map((name) => plainOrder(name))],
  }
}

const undirected: Direction = { by: '', outcomes: [], faults: [], delayMs: 0 }

/** A request that meets nothing is never answered as if it had: the customer is told what came closest, and so is the journal. */
function turnAway(
  { journal }: Counter,
  agency: Agency,
  { method, path, body: asked }: Asked,
  { refused, what, closest }: Unmatched,
): Served {
  const { status, body } = refused
  journal.note({
    kind: 'unmatched',
    agency: agency.id,
    references: [],
    method,
    path,
    body: asked,
    status,
    answer: body,
    what,
    closest,
  })
  return { answer: refused, ending: undefined, delayMs: 0, idle: true }
}

/** The agency has served it, but a magic value in it says nothing to anybody: a slip of the pen that must not go unseen. */
function told(
  { journal }: Counter,
  agency: Agency,
  answer: Answered,
  strange: readonly { readonly value: string; readonly closest: string }[],
): Answered {
  const what = strange
    .map(({ value, closest }) => `${value} is no outcome and no fault; closest: ${closest}`)
    .join('; ')
  journal.note({ kind: 'unmatched', agency: agency.id, references: [], what, closest: [] })
  return { ...answer, headers: [...answer.headers, ['x-sim-unmatched', what]] }
}

const answeredBy = ({ status, headers, body }: NonNullable<Direction['reply']>): Answered => ({
  status,
  headers,
  body: Buffer.from(body),
})

const storedAnswer = ({ headers, body }: Answered) => ({ headers, base64: Buffer.from(body).toString('base64') })

/** Requests no route of their agency takes. */
const lost = new WeakSet<Request>()

/** Has an office say when it has no route for a request, so that this can be told from a 404 it means. */
export function announce(app: Hono): void {
  app.notFound((c) => {
    lost.add(c.req.raw)
    return c.body(null, 404)
  })
}

export function headersOf(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => !ownHeaders.has(name))
}

/** The same of what Node read off a socket: names and values by turns. */
export function headersOfRaw(raw: readonly string[]): [string, string][] {
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase()
    if (!ownHeaders.has(name)) headers.push([name, raw[at + 1] ?? ''])
  }
  return headers
}

/** A request as the ledger kept it. */
export function unpacked({ method, path, headers, body, base64 }: Exchanged): Asked {
  return { method, path, headers, body: Buffer.from(body, base64 === true ? 'base64' : 'utf8') }
}

/** What a real endpoint had answered, where one was recorded; masked, as the ledger has it. */
export function recordedIn(line: Exchanged): RecordedAnswer | undefined {
  const { status, recorded } = line
  if (recorded === undefined) return undefined
  const { headers, base64 } = recorded
  const answer = { status, headers, body: Uint8Array.from(Buffer.from(base64, 'base64')) }
  return { ...answer, masked: { asked: unpacked(line), answer } }
}

/** What an answer comes down to, to compare a replay with. */
export function resultOf({ status, body }: Answered): { status: number; digest: string } {
  return { status, digest: hash('sha256', body, 'hex').slice(0, 16) }
}

function packed({ method, path, headers, body }: Asked, text: string) {
  const isText = Buffer.from(text, 'utf8').equals(body)
  const bytes = isText ? { body: text } : { body: Buffer.from(body).toString('base64'), base64: true as const }
  return { method, path, headers, ...bytes }
}

/** Asks an office, which finds what the exchange wishes for beside its own words. */
async function askWishing({ wishes }: Counter, office: Office, asked: Asked, { outcomes, faults }: Direction) {
  office.touched = untouched()
  wishes.begin(office.agency.id, outcomes, faults)
  try {
    return await ask(office, asked)
  } finally {
    wishes.end()
  }
}

async function ask(office: Office, { method, path, headers, body }: Asked): Promise<Answered & { lost?: true }> {
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const request = new Request(`http://${office.agency.id}.simulator${path}`, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(hasBody ? { body: Uint8Array.from(body) } : {}),
  })
  const response = await office.app.fetch(request)
  return {
    ...(lost.has(request) ? { lost: true } : {}),
    status: response.status,
    headers: headersOf(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  }
}
