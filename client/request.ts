import { type CallOptions, type Operation, RawBody } from './operation.ts'

/** What a caller hands in: parts of the path, filters, headers and a body under one name each. */
export type Input = Readonly<Record<string, unknown>>

/** A request ready to be sent, as often as need be: the same each time. */
export interface Prepared {
  readonly url: string
  readonly method: Operation['method']
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | FormData | undefined
  readonly idempotencyKey: string | undefined
  /** How long the gateway was asked to wait with its answer. */
  readonly waitMs: number
}

/** How the client was made. */
export interface Identity {
  readonly baseUrl: string
  readonly apiKey: string | undefined
  readonly language: string | undefined
}

/** Writes an operation and its input as a request. @throws {TypeError} when the input does not fit the operation */
export function prepare(
  { baseUrl, apiKey, language }: Identity,
  name: string,
  operation: Operation,
  input: Input,
  options: CallOptions,
): Prepared {
  const headers: Record<string, string> = { accept: operation.accepts ?? '*/*' }
  if (apiKey !== undefined) headers['authorization'] = `Bearer ${apiKey}`
  const spoken = options.language ?? language
  if (spoken !== undefined) headers['accept-language'] = spoken
  const left = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const take = (key: string): unknown => {
    const value = left.get(key)
    left.delete(key)
    return value
  }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => segmentOf(name, key, take(key)))
  const query = new URLSearchParams()
  for (const key of operation.query ?? []) {
    const value = take(key)
    if (value !== undefined) query.append(key, textOf(name, key, value))
  }
  let waitMs = 0
  for (const header of operation.headers ?? []) {
    if (header === 'Prefer') {
      const seconds = Number(take('waitSeconds') ?? 0)
      if (!(seconds >= 0)) throw new TypeError(`${name}: waitSeconds is a number of seconds`)
      waitMs = seconds * 1_000
      if (seconds > 0) headers['prefer'] = `wait=${seconds}`
      continue
    }
    const value = take(inputNameOf(header)) ?? (header === 'Idempotency-Key' ? newIdempotencyKey() : undefined)
    if (value !== undefined) headers[header.toLowerCase()] = textOf(name, header, value)
  }
  const body = bodyOf(take('body'), headers)
  const [stray] = left.keys()
  if (stray !== undefined) throw new TypeError(`${name} takes no ${stray}`)
  const filters = query.toString()
  return {
    url: `${baseUrl}${path}${filters === '' ? '' : `?${filters}`}`,
    method: operation.method,
    headers,
    body,
    idempotencyKey: headers['idempotency-key'],
    waitMs,
  }
}

/** A part of the path. A dot or two would be another path, and nothing would be the list above. */
function segmentOf(name: string, key: string, value: unknown): string {
  if (value === undefined) throw new TypeError(`${name} needs ${key}`)
  const text = textOf(name, key, value)
  if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name}: ${key} cannot be "${text}"`)
  return encodeURIComponent(text)
}

function textOf(name: string, key: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new TypeError(`${name}: ${key} is a text, a number or a yes or no`)
}

/** `If-Match` → `ifMatch`. */
const inputNameOf = (header: string) =>
  header.toLowerCase().replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function bodyOf(body: unknown, headers: Record<string, string>): Prepared['body'] {
  if (body === undefined) return undefined
  // Its boundary is named by whoever sends it.
  if (body instanceof FormData) return body
  if (body instanceof RawBody) {
    headers['content-type'] = body.mediaType as string
    return body.content as string | Uint8Array<ArrayBuffer>
  }
  headers['content-type'] = 'application/json'
  return JSON.stringify(body)
}

/** A key nobody else has: 128 random bits. Not `randomUUID`, which browsers keep for pages served by TLS. */
const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
