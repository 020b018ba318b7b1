/** One exchange with an agency 一次请求应答: served alone, at one instant, remembered before it is answered, and spoilt where asked. */
import { createHash } from 'node:crypto'
import type { Hono } from 'hono'
import type { Agency } from '../agency.ts'
import type { Clock } from './clock.ts'
import { type Touched, untouched } from './desk.ts'
import type { Ending, FaultBook } from './faults.ts'
import type { Journal } from './journal.ts'
import type { Exchanged, Unstamped } from './ledger.ts'
import type { Post } from './post.ts'

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
  /** A look into a mailbox that had nothing new: no activity, and nothing worth remembering. */
  readonly idle: boolean
}

export interface Counter {
  readonly clock: Clock
  readonly faults: FaultBook
  readonly journal: Journal
  readonly post: Post
  /** Keeps the exchange, before the answer is given. */
  keep(exchanged: Unstamped<Exchanged>): void
}

/** What belongs to a connection and not to the request. */
const ownHeaders = new Set(['connection', 'content-length', 'expect', 'host', 'keep-alive', 'transfer-encoding'])

const unavailablePage: Answered = {
  status: 503,
  headers: [['content-type', 'text/html; charset=utf-8']],
  body: Uint8Array.from(Buffer.from('<html><body><h1>503 Service Unavailable</h1></body></html>\n')),
}

/** Serves one exchange. The clock must stand still: live inside `clock.still`, in a replay because nothing else moves it. */
export async function serve(counter: Counter, office: Office, asked: Asked): Promise<Served> {
  const { agency } = office
  const text = Buffer.from(asked.body).toString('utf8')
  const { unavailable, ending, counted } = counter.faults.onExchange(agency, `${asked.path}\n${text}`)
  office.touched = untouched()
  const answer = unavailable === undefined ? await ask(office, asked) : unavailablePage
  const { looked, fetched, acted, references } = office.touched
  const idle = looked && !fetched && !acted && !counted
  const fault = unavailable ?? ending
  counter.journal.note({
    kind: 'exchange',
    agency: agency.id,
    direction: 'in',
    references: [...references],
    method: asked.method,
    path: asked.path,
    body: text,
    status: answer.status,
    answer: Buffer.from(answer.body).toString('utf8'),
    ...(fault === undefined ? {} : { fault }),
    ...(idle ? { idle } : {}),
  })
  if (!idle) counter.keep({ kept: 'exchange', agency: agency.id, ...packed(asked, text), ...resultOf(answer) })
  return { answer, ending, idle }
}

export function headersOf(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => !ownHeaders.has(name))
}

/** A request as the ledger kept it. */
export function unpacked({ method, path, headers, body, base64 }: Exchanged): Asked {
  return { method, path, headers, body: Buffer.from(body, base64 === true ? 'base64' : 'utf8') }
}

/** What an answer comes down to, to compare a replay with. */
export function resultOf({ status, body }: Answered): { status: number; digest: string } {
  return { status, digest: createHash('sha256').update(body).digest('hex').slice(0, 16) }
}

function packed({ method, path, headers, body }: Asked, text: string) {
  const isText = Buffer.from(text, 'utf8').equals(body)
  const bytes = isText ? { body: text } : { body: Buffer.from(body).toString('base64'), base64: true as const }
  return { method, path, headers, ...bytes }
}

async function ask(office: Office, { method, path, headers, body }: Asked): Promise<Answered> {
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const request = new Request(`http://${office.agency.id}.simulator${path}`, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(hasBody ? { body: Uint8Array.from(body) } : {}),
  })
  const response = await office.app.fetch(request)
  return {
    status: response.status,
    headers: headersOf(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  }
}
