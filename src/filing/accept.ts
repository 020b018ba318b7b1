import { createHash } from 'node:crypto'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import type { Plan } from '../../schemas/plan.ts'
import { type Acceptance, keepAcceptances, keptAnswer } from '../db/accept.ts'
import type { Database } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { createSerials } from '../db/serials.ts'
import { limits } from '../limits.ts'
import { type Language, Problem, problemDocument } from '../problem.ts'
import { examine, type HandedIn } from './examine.ts'
import type { Adapters } from './plan.ts'
import { type Neighbour, type Prepared, particularsOf, prepare } from './prepare.ts'
import { describePending, overallStatusOf } from './summarize.ts'

/** An answer as it is given, kept and replayed. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly location?: string
  readonly replayed: boolean
  /** Id of the declaration, when one was accepted by this very request. */
  readonly declarationId?: string
}

export interface AcceptRequest {
  readonly tenant: string
  readonly key: string
  readonly bodyHash: string
  /** Reads the body: only called when there is no answer yet. @throws {Problem} */
  read(): HandedIn
  readonly about: { readonly instance: string; readonly requestId: string; readonly language: Language }
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url')

/** Takes declarations in, each exactly once, in groups. */
export interface Acceptor {
  accept(request: AcceptRequest): Promise<Answer>
  /** Waits for what is under way. */
  stop(): Promise<void>
}

export function createAcceptor(database: Database, adapters: Adapters, now: () => number): Acceptor {
  const agencies = Object.keys(adapters)
  const mostFilings = Math.max(...Object.values(adapters).map(({ procedures }) => Object.keys(procedures).length))
  // One after the other: between a reservation and its use nobody else may take the same numbers.
  let line: Promise<unknown> = Promise.resolve()
  const compose = (request: AcceptRequest): Promise<Acceptance> => {
    const turn = line.then(async () => {
      await serials.reserve(agencies, mostFilings)
      return acceptanceOf(adapters, request, now(), serials.take)
    })
    line = turn.catch(() => undefined)
    return turn
  }
  const underWay = new Map<string, { bodyHash: string; answer: Promise<Answer> }>()
  const serials = createSerials(database)
  const keep = createBatcher((batch) => keepAcceptances(database, batch, new Date(now())))

  const decide = async (request: AcceptRequest): Promise<Answer> => {
    const acceptance = await compose(request)
    try {
      await keep(acceptance)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      const kept = await keptAnswer(database, request.tenant, request.key)
      if (kept !== undefined) return replay(kept, request.bodyHash)
      if (acceptance.declaration === undefined) throw error
      return decideAgain(request, acceptance.declaration.functionalReferenceId)
    }
    const { answer, declaration } = acceptance
    return { ...answer, replayed: false, ...(declaration ? { declarationId: declaration.id } : {}) }
  }
  /** The trader's own number stands on another declaration: that is an issue of this one. */
  const decideAgain = async (request: AcceptRequest, lrn: string): Promise<Answer> => {
    const used = issue('/functionalReferenceId', 'reference-used', {
      en: `${lrn} is already the number of another of your declarations`,
      zh: `企业自编编号${lrn}已用于其他申报单`,
    })
    const refusal = refusalOf(request, [used])
    await keep(refusal)
    return { ...refusal.answer, replayed: false }
  }
  return {
    async accept(request) {
      const slot = `${request.tenant} ${request.key}`
      const twin = underWay.get(slot)
      if (twin !== undefined) {
        if (twin.bodyHash !== request.bodyHash) throw new Problem('idempotency-key-reused')
        return { ...(await twin.answer), replayed: true }
      }
      const answer = decide(request)
      underWay.set(slot, { bodyHash: request.bodyHash, answer })
      try {
        return await answer
      } finally {
        underWay.delete(slot)
      }
    },
    async stop() {
      await Promise.allSettled([...underWay.values()].map(({ answer }) => answer))
    },
  }
}

const isUniqueViolation = (error: unknown) => (error as { code?: string }).code === '23505'

function replay(
  kept: { body_hash: string; status: number; body: string; location: string | null },
  bodyHash: string,
): Answer {
  if (kept.body_hash !== bodyHash) throw new Problem('idempotency-key-reused')
  return {
    status: kept.status,
    body: kept.body,
    ...(kept.location === null ? {} : { location: kept.location }),
    replayed: true,
  }
}

/** Gives the next serial number of an agency's filings. */
export type SerialOf = (agency: string) => number

/** Everything that will be kept of a request: a declaration with its filings, or the finished refusal. */
function acceptanceOf(adapters: Adapters, request: AcceptRequest, at: number, serialOf: SerialOf): Acceptance {
  const handedIn = request.read()
  const { declaration, plan, issues } = examine(adapters, handedIn.candidate, request.tenant)
  const all = [...handedIn.issues, ...issues]
  if (declaration === undefined || plan === undefined || all.length > 0) return refusalOf(request, all)
  const prepared = prepareAll(adapters, declaration, plan, at, serialOf)
  const unmappable = prepared.flatMap(({ agency, procedure, pending }) =>
    pending?.trouble === undefined
      ? []
      : [{ ...issue(`/particulars/${agency}/${procedure}`, 'not-mappable', pending.trouble), agency }],
  )
  if (unmappable.length > 0) return refusalOf(request, unmappable)
  const id = newId(at)
  const location = `/v1/declarations/${id}`
  return {
    tenant: request.tenant,
    key: request.key,
    bodyHash: request.bodyHash,
    answer: { status: 202, location, body: acceptedBody(id, declaration, plan, prepared, handedIn.warnings) },
    declaration: {
      id,
      functionalReferenceId: declaration.functionalReferenceId,
      direction: declaration.direction,
      plan: JSON.stringify(plan),
      mediaType: handedIn.mediaType,
      raw: handedIn.raw,
      document: handedIn.document,
      event: JSON.stringify({ functionalReferenceId: declaration.functionalReferenceId, filings: prepared.length }),
    },
    filings: prepared.map(({ id, serial, agency, procedure, status, pending, particulars, message }) => ({
      id,
      serial,
      agency,
      procedure,
      status,
      pending,
      particulars: particulars === undefined ? undefined : JSON.stringify(particulars),
      message,
    })),
  }
}

function refusalOf(request: AcceptRequest, errors: readonly Issue[]): Acceptance {
  const code = errors.every((found) => found.code === 'not-mappable') ? 'not-mappable' : 'declaration-invalid'
  const body = JSON.stringify(problemDocument(new Problem(code, { errors }), request.about))
  return {
    tenant: request.tenant,
    key: request.key,
    bodyHash: request.bodyHash,
    answer: { status: 422, body },
    filings: [],
  }
}

type PreparedFiling = Prepared & {
  readonly id: string
  readonly serial: number
  readonly agency: string
  readonly procedure: string
  readonly particulars: unknown
}

/** Every filing of the plan, encoded where it can go now: all of them before the first byte leaves. */
export function prepareAll(
  adapters: Adapters,
  declaration: Declaration,
  plan: Plan,
  at: number,
  serialOf: SerialOf,
): PreparedFiling[] {
  const filed = plan.filter(({ files }) => files)
  const neighbours: Neighbour[] = filed.map(({ agency, procedure }) => ({ agency, procedure, status: 'planned' }))
  const instant = new Date(at).toISOString()
  return filed.map(({ agency, procedure }) => {
    const filing = {
      id: newId(at),
      serial: serialOf(agency),
      agency,
      procedure,
      attempt: 1,
      particulars: particularsOf(declaration, agency, procedure),
    }
    return { ...filing, ...prepare(adapters, declaration, filing, neighbours, {}, instant) }
  })
}

function acceptedBody(
  id: string,
  declaration: Declaration,
  plan: Plan,
  prepared: readonly PreparedFiling[],
  warnings: readonly Issue[],
): string {
  const self = `/v1/declarations/${id}`
  return JSON.stringify({
    id,
    functionalReferenceId: declaration.functionalReferenceId,
    status: overallStatusOf(prepared.map(({ status }) => ({ status, holds: [] }))),
    plan,
    filings: prepared.map(({ id, agency, procedure, status, pending }) => ({
      id,
      agency,
      procedure,
      status,
      ...describePending(pending),
    })),
    ...(warnings.length > 0 ? { warnings } : {}),
    links: { self, events: `${self}/events`, messages: `${self}/messages` },
  })
}

/** Collects what is to be kept into groups: a few under way at once, each one statement. A group that fails is kept one by one. */
function createBatcher(keepBatch: (batch: readonly Acceptance[]) => Promise<void>) {
  let waiting: { acceptance: Acceptance; resolve(): void; reject(error: unknown): void }[] = []
  let inFlight = 0
  let scheduled = false
  const run = async () => {
    scheduled = false
    while (waiting.length > 0 && inFlight < limits.acceptBatchesInFlight) {
      const batch = waiting.slice(0, limits.acceptBatch)
      waiting = waiting.slice(limits.acceptBatch)
      inFlight++
      void keepBatch(batch.map(({ acceptance }) => acceptance))
        .then(
          () => {
            for (const one of batch) one.resolve()
          },
          async (error: unknown) => {
            if (batch.length === 1) batch[0]?.reject(error)
            else for (const one of batch) await keepBatch([one.acceptance]).then(one.resolve, one.reject)
          },
        )
        .finally(() => {
          inFlight--
          schedule()
        })
    }
  }
  const schedule = () => {
    if (scheduled || waiting.length === 0) return
    scheduled = true
    setImmediate(() => void run())
  }
  return (acceptance: Acceptance) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ acceptance, resolve, reject })
      schedule()
    })
}
