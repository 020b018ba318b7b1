/** A running endpoint that claims to be an agency 运行中的机构端点, and what is known of the agency it claims to be. */
import type { Adapter, Procedure, Submission } from '../../adapters/adapter.ts'
import { developmentSecret } from '../../mocks/simulator/signature.ts'
import type { Fetch } from '../http.ts'
import { limits } from '../limits.ts'
import type { Scenario } from '../verdict.ts'
import type { Receiver } from './receiver.ts'

/** A golden case, as far as an endpoint is asked about it. */
export interface AgencyCase {
  readonly name: string
  readonly procedure: string
  readonly submission: Submission
  /** Cases that are filed before, each at its own instant. */
  readonly builtOn: readonly string[]
}

/** A document the agency turns away, with the code it must do so by. */
export interface RefusedDocument {
  readonly file: string
  readonly code: string
  /** The procedure it belongs to, where the file's name says so. */
  readonly procedure: string | undefined
  readonly contentType: string
  readonly body: string
}

export interface AgencyOptions {
  /** The address below which the agency's paths lie. */
  readonly url: string
  readonly agency: string
  readonly adapter: Adapter
  readonly cases: readonly AgencyCase[]
  readonly refused: readonly RefusedDocument[]
  /**
   * The simulator's control: every case then gets a session of its own, whose clock stands at the case's instant and is moved
   * on. Without it the endpoint's own clock must be near the instants of the cases, and is waited for.
   */
  readonly controlUrl?: string
  /** Where documents are pushed to. An endpoint without sessions must have been told its address by its operator. */
  readonly callback?: Receiver
  /** What pushed documents are signed with; default the secret for development. */
  readonly secret?: string
  /** Sent as a bearer token, to the agency and to its control. */
  readonly apiKey?: string
  /** A session that exists: everything happens in it, and none is made. */
  readonly session?: string
  /** How long an answer may take; default `limits.promptMs`. */
  readonly promptMs?: number
  /** How long it is waited for what should come, and where no clock can be moved; default `limits.patienceMs`. */
  readonly patienceMs?: number
  readonly fetch?: Fetch
}

export interface AgencySubject extends AgencyOptions {
  readonly fetch: Fetch
  readonly secret: string
  readonly promptMs: number
  readonly patienceMs: number
}

export type AgencyScenario = Scenario<AgencySubject>

export function openAgencySubject(options: AgencyOptions): AgencySubject {
  return {
    ...options,
    url: options.url.replace(/\/+$/, ''),
    fetch: options.fetch ?? fetch,
    patienceMs: options.patienceMs ?? limits.patienceMs,
    promptMs: options.promptMs ?? limits.promptMs,
    secret: options.secret ?? developmentSecret(options.agency),
  }
}

export function procedureOf({ adapter, agency }: AgencySubject, { procedure, name }: AgencyCase): Procedure {
  const known = adapter.procedures[procedure]
  if (known === undefined) throw new Error(`${agency}/${name}: there is no procedure ${procedure}`)
  return known
}

/** Whether each case gets a session of its own, which nobody else disturbs. */
export const isIsolated = ({ controlUrl, session }: AgencySubject): boolean =>
  controlUrl !== undefined && session === undefined

export const instantOf = ({ submission }: AgencyCase): number => Date.parse(submission.instant)

/** The first case of each procedure. */
export function oneOfEach({ cases }: AgencySubject): readonly AgencyCase[] {
  const first = new Map<string, AgencyCase>()
  for (const one of cases) if (!first.has(one.procedure)) first.set(one.procedure, one)
  return [...first.values()]
}
