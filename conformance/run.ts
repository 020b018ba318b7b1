/** Judges a subject 判定: scenario by scenario in their order, each within its time. */
import { shown } from './exchange.ts'
import { limits } from './limits.ts'
import type { Exchange, Finding, Judged, Report, Scenario, Verdict } from './verdict.ts'

export interface RunOptions {
  /** Ids of the scenarios to judge; all when left out. */
  readonly only?: readonly string[]
  /** Why a scenario does not concern this subject, by id: it is not judged. */
  readonly waived?: ReadonlyMap<string, string>
  /** For each scenario; default `limits.scenarioMs`. */
  readonly timeoutMs?: number
  /** Told before each scenario, and after it with what was judged. */
  readonly progress?: (step: Step) => void
  /** Milliseconds that only grow; for the durations. */
  readonly now?: () => number
}

/** How far a run has come. */
export interface Step {
  readonly id: string
  /** From 1. */
  readonly place: number
  readonly of: number
  readonly judged?: Judged
}

/** What is judged, and by which name it goes in reports. */
export interface Judging<Subject> {
  readonly kind: Report['kind']
  readonly name: string
  readonly subject: Subject
  readonly scenarios: readonly Scenario<Subject>[]
}

/** Everything said of one subject. Never throws: a scenario that does is not kept, with the error as its finding. */
export async function judge<Subject>(judging: Judging<Subject>, options: RunOptions = {}): Promise<Report> {
  const { kind, name, subject, scenarios } = judging
  const { only, progress = () => undefined, now = () => performance.now() } = options
  const asked = only === undefined ? scenarios : scenarios.filter(({ id }) => only.includes(id))
  const all: Judged[] = []
  for (const [at, scenario] of asked.entries()) {
    const { id, group, title } = scenario
    progress({ id, place: at + 1, of: asked.length })
    const began = now()
    const verdict = await verdictOn(scenario, subject, options)
    const judged: Judged = { id, group, title, ...verdict, durationMs: Math.round(now() - began) }
    all.push(judged)
    progress({ id, place: at + 1, of: asked.length, judged })
  }
  return { kind, subject: name, judged: all }
}

async function verdictOn<Subject>(
  scenario: Scenario<Subject>,
  subject: Subject,
  { waived, timeoutMs = limits.scenarioMs }: RunOptions,
): Promise<Verdict> {
  try {
    const reason = waived?.get(scenario.id) ?? scenario.notApplicable?.(subject)
    if (reason?.trim() === '') throw new Error('said to be not applicable, without a reason')
    if (reason !== undefined) return { verdict: 'not-applicable', reason }
    const findings = await within(timeoutMs, Promise.resolve(scenario.judge(subject)))
    return findings.length === 0
      ? { verdict: 'conformant' }
      : { verdict: 'not-conformant', findings: bounded(findings) }
  } catch (error) {
    return { verdict: 'not-conformant', findings: [{ what: cut(inWords(error)), ...exchangeOf(error) }] }
  }
}

/** The exchange an error came of, where it tells. */
function exchangeOf(error: unknown): Pick<Finding, 'exchange'> {
  const exchange = error instanceof Error && 'exchange' in error ? (error.exchange as Exchange | undefined) : undefined
  return exchange === undefined ? {} : { exchange: shown(exchange) }
}

const cut = (what: string): string =>
  what.length <= limits.findingCharacters ? what : `${what.slice(0, limits.findingCharacters)} …`

/** A subject that breaks everything everywhere would fill a disk. */
function bounded(findings: readonly Finding[]): readonly Finding[] {
  const kept = findings.slice(0, limits.findings).map((one) => ({ ...one, what: cut(one.what) }))
  const more = findings.length - kept.length
  return more === 0 ? kept : [...kept, { what: `… and ${more} more` }]
}

const inWords = (error: unknown): string =>
  error instanceof Error
    ? `${error.name}: ${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`
    : String(error)

/** The outcome of a piece of work that is waited for only so long. What it does after that counts for nothing. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`not finished after ${timeoutMs / 1_000} s`)), timeoutMs)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
