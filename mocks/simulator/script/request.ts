/** What a step may look at in a request 请求内容: its parts by address, each looked up once however many scripts ask. */
import { limits } from '../limits.ts'
import { readElements, textAt } from './elements.ts'

/** A request to an agency. */
export interface ScriptRequest {
  readonly agency: string
  readonly method: string
  /** Inside the agency, with the query. */
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/**
 * Where a value stands: `text` is the whole body; `body` a JSON pointer (RFC 6901) into a JSON body, or the path of elements
 * into an XML body (`/A/B`, `/A/B[2]/@c`; names without prefix, the first that is there); `path` a segment, from 1.
 */
export interface Spot {
  readonly from: 'body' | 'text' | 'query' | 'header' | 'path'
  readonly name: string
}

/** A request being looked at. */
export interface Seen {
  readonly agency: string
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The text at a spot; undefined when there is none. */
  at(spot: Spot): string | undefined
}

export const spotKey = ({ from, name }: Spot): string => `${from}:${name}`

export function seeRequest({ agency, method, path, headers, body }: ScriptRequest): Seen {
  const cut = path.indexOf('?')
  const bare = cut < 0 ? path : path.slice(0, cut)
  let query: URLSearchParams | undefined
  const found = new Map<string, string | undefined>()
  let content: Content | undefined
  const lookUp = ({ from, name }: Spot): string | undefined => {
    if (from === 'text') return body
    if (from === 'query') {
      query ??= new URLSearchParams(path.slice(cut + 1))
      return query.get(name) ?? undefined
    }
    if (from === 'header') return headerOf(headers, name)
    if (from === 'path') return decoded(bare.split('/')[Number(name)])
    content ??= readContent(body)
    return content(name)
  }
  return {
    agency,
    method: method.toUpperCase(),
    path: bare,
    at(spot) {
      if (spot.from === 'query' && cut < 0) return undefined
      const key = spotKey(spot)
      if (!found.has(key)) found.set(key, lookUp(spot))
      return found.get(key)
    },
  }
}

function headerOf(headers: ScriptRequest['headers'], name: string): string | undefined {
  const values = headers.flatMap(([one, value]) => (one.toLowerCase() === name.toLowerCase() ? [value] : []))
  return values.length === 0 ? undefined : values.join(', ')
}

function decoded(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment)
  } catch {
    return segment
  }
}

type Content = (pointer: string) => string | undefined
const nothing: Content = () => undefined

function readContent(body: string): Content {
  const start = body.replace(/^\uFEFF/, '').trimStart()
  if (body.length > limits.scriptLookCharacters) return nothing
  try {
    if (start.startsWith('<')) return inXml(start)
    return inJson(start)
  } catch {
    return nothing
  }
}

/** Text stays text: a number is what was written, not what a float makes of it. */
function inJson(body: string): Content {
  const asWritten = (_: string, value: unknown, { source }: { source?: string } = {}): unknown =>
    typeof value === 'number' ? (source ?? String(value)) : value
  const root: unknown = JSON.parse(body, asWritten as Parameters<typeof JSON.parse>[1])
  return (pointer) => {
    let value = root
    for (const segment of segmentsOf(pointer)) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined
      if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(segment)) return undefined
      value = (value as Record<string, unknown>)[segment]
    }
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
}

function inXml(body: string): Content {
  const top = readElements(body)
  return (pointer) => textAt(top, segmentsOf(pointer))
}

function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}
