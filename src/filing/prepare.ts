import type { About, Condition, Procedure, Submission, WireMessage } from '../../adapters/adapter.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Gate } from '../../schemas/gate.ts'
import { type Issue, issue, issuesOf, pointer } from '../../schemas/issue.ts'
import { readAs } from '../../schemas/reading.ts'
import type { Reference } from '../../schemas/receipt.ts'
import { type FilingStatus, isRefusal, rankOf } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import { type Adapters, findAdapter, findProcedure, procedureOf } from './plan.ts'

/** Why a filing cannot be sent yet. */
export interface Pending {
  /** What somebody must bring first. */
  readonly needs?: readonly Issue[]
  /** Filings that must first reach a status. */
  readonly waitsFor?: readonly Condition[]
  /** Filings it waits for that were refused. */
  readonly blockedBy?: readonly Condition[]
  /** What else must first be out of the way. */
  readonly gates?: readonly Gate[]
  /** An open change of the declaration that must be settled first. */
  readonly waitsForChange?: string
  /** Another filing covers it: nothing is to be sent any more. */
  readonly coveredBy?: string
  /** Its trader dropped it. */
  readonly dropped?: true
  /** Something went wrong that a person must look at. */
  readonly trouble?: Text
}

/** A filing as far as it matters for sending it. */
export interface Sendable {
  readonly id: string
  readonly serial: number
  readonly agency: string
  readonly procedure: string
  readonly attempt: number
  readonly particulars: unknown
  /** What must be out of the way before it goes, beside other filings. */
  readonly gates?: readonly Gate[]
}

/** Where a filing stands beside its neighbours. */
export interface Neighbour {
  readonly agency: string
  readonly procedure: string
  readonly status: FilingStatus
}

/** Particulars of one procedure as the declaration carries them; undefined when it carries none. */
export const particularsOf = (declaration: Declaration, agency: string, procedure: string): unknown =>
  declaration.particulars?.[agency]?.[procedure]

/** What is wrong with the particulars themselves, and with the filing as that agency would see it. */
export function issuesOfFiling(
  adapters: Adapters,
  declaration: Declaration,
  filing: Omit<Sendable, 'id' | 'serial' | 'attempt' | 'gates'>,
  about: About = {},
): Issue[] {
  const procedure = procedureOf(adapters, filing.agency, filing.procedure)
  const read = filing.particulars === undefined ? undefined : parse(procedure, filing.particulars)
  if (read?.success === false)
    return issuesOf(read.error, ['particulars', filing.agency, filing.procedure]).map((found) => ({
      ...found,
      agency: filing.agency,
    }))
  if (procedure.missing(declaration, read?.data, about).length > 0) return []
  return procedure.check(declaration, read?.data, about)
}

/** Particulars as the procedure wants them, defaults filled in; what is stored stays as it was handed in. They were checked before. */
export function readParticulars(procedure: Procedure, particulars: unknown): unknown {
  if (particulars === undefined) return undefined
  const read = parse(procedure, particulars)
  if (!read.success) throw read.error
  return read.data
}

type Read = ReturnType<typeof readAs>
const reads = new WeakMap<object, { readonly procedure: Procedure; readonly read: Read }>()

/** Particulars are looked at when they are checked, when somebody asks what is missing and when they are encoded: read once. */
function parse(procedure: Procedure, particulars: unknown): Read {
  if (typeof particulars !== 'object' || particulars === null) return readAs(procedure.particulars, particulars)
  const known = reads.get(particulars)
  if (known?.procedure === procedure) return known.read
  const read = readAs(procedure.particulars, particulars)
  reads.set(particulars, { procedure, read })
  return read
}

/** Particulars for agencies or procedures that do not exist. */
export function strayParticulars(adapters: Adapters, declaration: Declaration): Issue[] {
  return Object.entries(declaration.particulars ?? {}).flatMap(([agency, procedures]) => {
    if (findAdapter(adapters, agency) === undefined) return [stray(pointer('particulars', agency))]
    return Object.keys(procedures)
      .filter((procedure) => findProcedure(adapters, agency, procedure) === undefined)
      .map((procedure) => stray(pointer('particulars', agency, procedure)))
  })
}

const stray = (at: string) =>
  issue(at, 'unknown-field', { en: 'There is no such agency or procedure', zh: '没有该机构或办理事项' })

/** Which conditions of a filing are not met yet, and which of those were refused. */
export function unmetConditions(after: readonly Condition[] | undefined, neighbours: readonly Neighbour[]) {
  const waitsFor: Condition[] = []
  const blockedBy: Condition[] = []
  for (const condition of after ?? []) {
    const neighbour = neighbours.find(
      ({ agency, procedure }) => agency === condition.agency && procedure === condition.procedure,
    )
    if (neighbour === undefined) continue
    if (isRefusal(neighbour.status)) blockedBy.push(condition)
    else if (rankOf(neighbour.status) < rankOf(condition.status)) waitsFor.push(condition)
  }
  return { waitsFor, blockedBy }
}

export interface Prepared {
  readonly status: FilingStatus
  readonly pending?: Pending
  readonly message?: WireMessage
}

/**
 * What becomes of a filing now: it waits for particulars, waits for others, is blocked by a refusal, or is encoded and queued.
 * An encoder that throws is a defect of its adapter: the filing is blocked and says so, the others go on.
 */
export function prepare(
  adapters: Adapters,
  declaration: Declaration,
  filing: Sendable,
  neighbours: readonly Neighbour[],
  references: { readonly [agency: string]: readonly Reference[] },
  instant: string,
  about: About = {},
): Prepared {
  const procedure = procedureOf(adapters, filing.agency, filing.procedure)
  const { gates = [] } = filing
  const needs = [
    ...procedure.missing(declaration, readParticulars(procedure, filing.particulars), about),
    ...gates.flatMap((gate) => gate.needs ?? []),
  ]
  const { waitsFor, blockedBy } = unmetConditions(procedure.after, neighbours)
  const pending: Pending = {
    ...(needs.length > 0 ? { needs } : {}),
    ...(waitsFor.length > 0 ? { waitsFor } : {}),
    ...(blockedBy.length > 0 ? { blockedBy } : {}),
    ...(gates.length > 0 ? { gates } : {}),
  }
  if (blockedBy.length > 0) return { status: 'blocked', pending }
  if (needs.length > 0) return { status: 'awaiting-particulars', pending }
  if (waitsFor.length > 0 || gates.length > 0) return { status: 'waiting', pending }
  try {
    return {
      status: 'queued',
      message: procedure.encode(submissionOf(procedure, declaration, filing, references, instant, about)),
    }
  } catch (cause) {
    const trouble = {
      en: `Could not be encoded: ${(cause as Error).message}`,
      zh: `无法生成报文：${(cause as Error).message}`,
    }
    return { status: 'blocked', pending: { trouble } }
  }
}

/** Everything an encoder may know. */
export const submissionOf = (
  procedure: Procedure,
  declaration: Declaration,
  filing: Sendable,
  references: { readonly [agency: string]: readonly Reference[] },
  instant: string,
  { change, others, recognitions }: About = {},
): Submission => ({
  declaration,
  particulars: readParticulars(procedure, filing.particulars),
  reference: filing.id,
  messageId: `${filing.id}-${filing.attempt}`,
  serial: filing.serial,
  references,
  attempt: filing.attempt,
  instant,
  ...(change === undefined ? {} : { change }),
  ...(others === undefined ? {} : { others }),
  ...(recognitions === undefined || recognitions.length === 0 ? {} : { recognitions }),
})
