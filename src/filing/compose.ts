import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Gate } from '../../schemas/gate.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import type { Plan } from '../../schemas/plan.ts'
import { textOfBody } from '../body.ts'
import { gateOf, type Network, type NetworkedUse, networkedUses } from '../certificates/network.ts'
import { type Acceptance, type DraftToTake, type Rows, rowsOf } from '../db/accept.ts'
import { newId } from '../db/ids.ts'
import { createSerials, type TakeSerials } from '../db/serials.ts'
import { type Language, Problem, problemDocument } from '../problem.ts'
import { examine, readDeclaration } from './examine.ts'
import { type Adapters, procedureOf } from './plan.ts'
import { type Neighbour, type Prepared, particularsOf, prepare } from './prepare.ts'
import { describePending, overallStatusOf } from './summarize.ts'

/** A declaration as somebody hands it in. */
export interface AcceptRequest {
  readonly tenant: string
  readonly key: string
  readonly bodyHash: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  readonly about: { readonly instance: string; readonly requestId: string; readonly language: Language }
  /** The draft it is, which is gone once it is accepted. */
  readonly draft?: DraftToTake
}

/** An acceptance, or the finished refusal, with nothing left to do but to keep it and to answer. */
export interface Composed {
  readonly answer: Acceptance['answer']
  /** Absent when the answer is a refusal. */
  readonly declaration?: { readonly id: string; readonly functionalReferenceId: string }
  /** Certificates it uses that are networked with their issuers. */
  readonly uses: readonly AcceptedUse[]
  readonly rows: Rows
}

/** A use of a networked certificate by one of the filings, under our own number. */
export interface AcceptedUse extends NetworkedUse {
  readonly id: string
  readonly filingId: string
  readonly traderReference: string
}

/** What else a composition depends on: the certificates that are networked, and what their issuers could not be asked. */
export interface Beside {
  readonly network?: Network | undefined
  readonly warnings?: readonly Issue[]
}

/** Reads, examines, plans and encodes what was handed in: all that acceptance takes but the database. */
export interface Composer {
  /** @throws {Problem} malformed-body, unsupported-media-type, unavailable */
  compose(request: AcceptRequest, at: number, beside?: Beside): Promise<Composed>
  stop(): Promise<void>
}

/** Composes in this thread, one after the other: between a reservation of serial numbers and its use nobody else may take them. */
export function createComposer(adapters: Adapters, takeSerials: TakeSerials): Composer {
  const agencies = Object.keys(adapters)
  const mostFilings = Math.max(...Object.values(adapters).map(({ procedures }) => Object.keys(procedures).length))
  const serials = createSerials(takeSerials)
  let line: Promise<unknown> = Promise.resolve()
  return {
    compose(request, at, beside = {}) {
      const turn = line.then(async () => {
        await serials.reserve(agencies, mostFilings)
        return composedOf(acceptanceOf(adapters, request, at, serials.take, beside))
      })
      line = turn.catch(() => undefined)
      return turn
    },
    stop: async () => void (await line),
  }
}

const composedOf = (acceptance: Acceptance): Composed => ({
  answer: acceptance.answer,
  ...(acceptance.declaration === undefined
    ? {}
    : {
        declaration: {
          id: acceptance.declaration.id,
          functionalReferenceId: acceptance.declaration.functionalReferenceId,
        },
      }),
  uses: acceptance.uses ?? [],
  rows: rowsOf(acceptance),
})

/** Gives the next serial number of an agency's filings. */
export type SerialOf = (agency: string) => number

/** Everything that will be kept of a request: a declaration with its filings, or the finished refusal. */
function acceptanceOf(
  adapters: Adapters,
  request: AcceptRequest,
  at: number,
  serialOf: SerialOf,
  { network, warnings = [] }: Beside,
): Acceptance {
  const handedIn = readDeclaration(adapters, request.mediaType, textOfBody(request.bytes))
  const { declaration, plan, issues } = examine(adapters, handedIn.candidate, request.tenant)
  const all = [...handedIn.issues, ...issues]
  if (declaration === undefined || plan === undefined || all.length > 0) return refusalOf(request, all)
  const prepared = prepareAll(adapters, declaration, plan, at, serialOf, network)
  const unmappable = prepared.flatMap(({ agency, procedure, pending }) =>
    pending?.trouble === undefined
      ? []
      : [{ ...issue(`/particulars/${agency}/${procedure}`, 'not-mappable', pending.trouble), agency }],
  )
  if (unmappable.length > 0) return refusalOf(request, unmappable)
  const id = newId(at)
  const { functionalReferenceId, direction } = declaration
  const planText = JSON.stringify(plan)
  return {
    tenant: request.tenant,
    key: request.key,
    bodyHash: request.bodyHash,
    answer: {
      status: 202,
      location: `/v1/declarations/${id}`,
      body: acceptedBody(id, declaration, planText, prepared, [...handedIn.warnings, ...warnings]),
    },
    declaration: {
      id,
      functionalReferenceId,
      direction,
      plan: planText,
      mediaType: handedIn.mediaType,
      raw: handedIn.raw,
      // What came as UTF-8 without a byte order mark is kept as it came: its digest is known.
      rawBytes:
        handedIn.document === undefined && request.bytes[0] !== 0xef
          ? { bytes: request.bytes, sha256: request.bodyHash }
          : undefined,
      document: handedIn.document,
      event: JSON.stringify({ functionalReferenceId, filings: prepared.length }),
    },
    filings: prepared,
    uses: prepared.flatMap(({ uses }) => uses),
    draft: request.draft,
  }
}

/** The finished refusal of a request: its answer is all that is kept. */
export function refusalOf(request: Omit<AcceptRequest, 'bytes'>, errors: readonly Issue[]): Acceptance {
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
  readonly gates: readonly Gate[]
  readonly uses: readonly AcceptedUse[]
}

/**
 * Every filing of the plan, encoded where it can go now: all of them before the first byte leaves. One that uses a networked certificate
 * waits until its issuer has reserved it; that it can be encoded is found out all the same.
 */
export function prepareAll(
  adapters: Adapters,
  declaration: Declaration,
  plan: Plan,
  at: number,
  serialOf: SerialOf,
  network?: Network,
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
    const free = prepare(adapters, declaration, filing, neighbours, {}, instant)
    const { functionalReferenceId: traderReference } = declaration
    const uses = networkedUses(procedureOf(adapters, agency, procedure), network, declaration, filing.particulars).map(
      (networked) => ({ ...networked, id: newId(at), filingId: filing.id, traderReference }),
    )
    if (uses.length === 0 || free.pending?.trouble !== undefined) return { ...filing, gates: [], uses, ...free }
    const gates = uses.map(({ id, use }) => gateOf(id, use, instant))
    return { ...filing, gates, uses, ...prepare(adapters, declaration, { ...filing, gates }, neighbours, {}, instant) }
  })
}

function acceptedBody(
  id: string,
  declaration: Declaration,
  planText: string,
  prepared: readonly PreparedFiling[],
  warnings: readonly Issue[],
): string {
  const self = `/v1/declarations/${id}`
  const head = JSON.stringify({
    id,
    functionalReferenceId: declaration.functionalReferenceId,
    status: overallStatusOf(prepared.map(({ status }) => ({ status, holds: [] }))),
  })
  const rest = JSON.stringify({
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
  // The plan is a text already: it is kept beside this answer.
  return `${head.slice(0, -1)},"plan":${planText},${rest.slice(1)}`
}
