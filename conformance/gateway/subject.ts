/** A running gateway 运行中的网关, as a trader's program calls it. */
import { randomBytes } from 'node:crypto'
import { developmentSecret } from '../../mocks/simulator/signature.ts'
import { type Answer, ask, type Fetch } from '../http.ts'
import { limits } from '../limits.ts'
import type { Scenario } from '../verdict.ts'
import { renumbered } from './sample.ts'

export interface GatewayOptions {
  /** Origin, with any prefix `/v1` lies below. */
  readonly url: string
  /** A trader's key: its firm may hand in the sample. */
  readonly apiKey: string
  /** The key of another firm, which is no party to the sample. */
  readonly otherApiKey?: string
  /** A declaration that is accepted, as JSON; each time it is handed in it gets a number of its own. Or what makes one. */
  readonly sample: object | (() => object)
  /** A declaration as brokers' software writes it; its number is changed each time, too. */
  readonly xml?: string
  /** What an agency's callbacks are signed with; default the secrets for development. */
  readonly secretOf?: (agency: string) => string
  /** How long a declaration is followed at most. */
  readonly lifeMs?: number
  readonly fetch?: Fetch
}

export interface CallOptions {
  /** Another key than the trader's; null: none. */
  readonly key?: string | null | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly contentType?: string
  /** Text and bytes go as they are, anything else as JSON. */
  readonly body?: string | Uint8Array | object
  readonly timeoutMs?: number
}

export interface GatewaySubject {
  readonly options: GatewayOptions
  readonly secretOf: (agency: string) => string
  readonly lifeMs: number
  readonly fetch: Fetch
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  /** The sample under a number nobody used before. */
  fresh(): Record<string, unknown>
  /** Hands in a declaration under a key of its own. */
  handIn(body?: string | Uint8Array | object, options?: CallOptions): Promise<Answer>
  /** Id of one declaration that was accepted: for scenarios that only look at it. @throws {Error} when none is */
  declaration(): Promise<string>
  /** What was answered so far, for the description to be held against; the latest only. */
  readonly seen: readonly Answer[]
}

export type GatewayScenario = Scenario<GatewaySubject>

export const declarations = '/v1/declarations'
export const json = 'application/json'
export const problemType = 'application/problem+json'

export function openGatewaySubject(options: GatewayOptions): GatewaySubject {
  const url = options.url.replace(/\/+$/, '')
  const seen: Answer[] = []
  let shared: Promise<string> | undefined
  const subject: GatewaySubject = {
    options,
    secretOf: options.secretOf ?? developmentSecret,
    lifeMs: options.lifeMs ?? limits.lifeMs,
    fetch: options.fetch ?? fetch,
    seen,
    async call(method, path, { key = options.apiKey, headers = {}, contentType, body, timeoutMs } = {}) {
      const type = contentType ?? (body === undefined ? undefined : json)
      const answer = await ask(subject.fetch, {
        method,
        url: `${url}${path}`,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(type === undefined ? {} : { 'content-type': type }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isBytes(body) ? body : JSON.stringify(body) }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      })
      if (answer.body.length <= limits.seenCharacters) seen.push(answer)
      if (seen.length > limits.seenAnswers) seen.shift()
      return answer
    },
    fresh() {
      const { sample } = options
      const made = typeof sample === 'function' ? (sample as () => object)() : sample
      return renumbered(made)
    },
    handIn: (body = subject.fresh(), { headers, ...rest } = {}) =>
      subject.call('POST', declarations, { ...rest, body, headers: { ...freshKey(), ...headers } }),
    declaration() {
      shared ??= subject.handIn().then((answer) => {
        const { id } = fieldsOf(answer)
        if (answer.status === 202 && typeof id === 'string') return id
        throw new Error(`the sample is not accepted: ${answer.status} ${answer.body.slice(0, 500)}`)
      })
      return shared
    },
  }
  return subject
}

const isBytes = (body: string | Uint8Array | object): body is string | Uint8Array =>
  typeof body === 'string' || body instanceof Uint8Array

export const freshKey = (): { 'idempotency-key': string } => ({
  'idempotency-key': `conform-${randomBytes(12).toString('hex')}`,
})

/** The members of a JSON answer; none, where it is no JSON object. */
export function fieldsOf({ body }: Answer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}

/** What stands in a member that is a list of objects. */
export function listIn(fields: Record<string, unknown>, member: string): Record<string, unknown>[] {
  const value = fields[member]
  return Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    : []
}
