import type { Declaration } from '../../schemas/declaration/index.ts'
import { overallStatuses, rankOf } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import type { EventRow, MessageRow } from '../db/reads.ts'
import type { DeclarationView, FilingView } from '../db/views.ts'
import { limits } from '../limits.ts'
import { costsOf } from './costs.ts'
import { fold, inAgencyOrder, type KeptReceipt } from './fold.ts'
import { type Adapters, procedureOf } from './plan.ts'
import { type Action, actionsOf, describePending, named, overallStatusOf, type Summarized } from './summarize.ts'
import { timesOf } from './times.ts'

/** Strong entity tag of a revision. */
export const etagOf = (id: string, revision: number): string => `"${id}.${revision}"`

const keptOf = (filing: FilingView): KeptReceipt[] =>
  filing.receipts.map(({ id, attempt, receipt }) => ({ id, attempt, receipt, status: receipt.status, at: receipt.at }))

function summarized(adapters: Adapters, filing: FilingView, stranded = false): Summarized {
  const { delivery } = filing
  return {
    ...filing,
    agencyName: adapters[filing.agency]?.name ?? { en: filing.agency, zh: filing.agency },
    procedureName: procedureOf(adapters, filing.agency, filing.procedure).name,
    stranded,
    folded: fold(keptOf(filing), filing.attempt),
    delivery: delivery && {
      tries: delivery.tries,
      dueAt: new Date(delivery.dueAt),
      error: delivery.error ?? undefined,
      exhausted: delivery.tries >= limits.deliveryTries,
    },
  }
}

/** One entry a filing: where it stands, its names, what was said last, what it waits for. */
export function presentFiling(adapters: Adapters, filing: FilingView) {
  const about = summarized(adapters, filing)
  const names: { readonly [scheme: string]: Text } = adapters[filing.agency]?.references ?? {}
  const receivedAt = new Map(filing.receipts.map(({ id, receivedAt }) => [id, new Date(receivedAt).toISOString()]))
  const receipts = inAgencyOrder(keptOf(filing)).map(({ id, attempt, receipt }) => ({
    attempt,
    status: receipt.status ?? ('unrecognised' as const),
    code: receipt.code,
    text: receipt.text,
    ...(receipt.at === undefined ? {} : { agencyTime: receipt.at }),
    receivedAt: receivedAt.get(id) ?? '',
    ...(receipt.details === undefined ? {} : { details: receipt.details }),
  }))
  const last = receipts.findLast(({ attempt }) => attempt === filing.attempt)
  return {
    id: filing.id,
    agency: filing.agency,
    agencyName: about.agencyName,
    procedure: filing.procedure,
    procedureName: about.procedureName,
    occasion: filing.occasion,
    version: filing.version,
    ...(filing.changeId === undefined ? {} : { changeId: filing.changeId }),
    ...(filing.changes === undefined ? {} : { changes: filing.changes }),
    ...(filing.covers.length === 0 ? {} : { covers: filing.covers }),
    ...(filing.deadlines.length === 0
      ? {}
      : {
          deadlines: filing.deadlines.map(({ id, what, dueAt, told }) => ({
            id,
            what,
            dueAt: new Date(dueAt).toISOString(),
            state: told ?? ('open' as const),
          })),
        }),
    attempt: filing.attempt,
    ...named(filing.status),
    holds: filing.holds,
    unknown: filing.unknown,
    references: filing.references.map(({ scheme, value }) => ({
      scheme,
      value,
      ...(names[scheme] ? { name: names[scheme] } : {}),
    })),
    ...(last === undefined ? {} : { lastReceipt: last }),
    receipts,
    ...(about.delivery === undefined
      ? {}
      : {
          delivery: {
            tries: about.delivery.tries,
            ...(about.delivery.exhausted ? {} : { nextAttemptAt: about.delivery.dueAt.toISOString() }),
            ...(about.delivery.error === undefined ? {} : { error: about.delivery.error }),
          },
        }),
    ...describePending(filing.pending),
    etag: etagOf(filing.id, filing.revision),
    updatedAt: filing.updatedAt.toISOString(),
  }
}

const standingOf = (adapters: Adapters, view: DeclarationView) => (filing: FilingView) => ({
  status: filing.status,
  holds: filing.holds,
  releasing: procedureOf(adapters, filing.agency, filing.procedure).releases ?? false,
  done: filing.status === 'approved' && endsApproved(adapters, view.filings, filing),
  stranded: isStranded(adapters, view, filing),
})

/** Approved is the last its agency says of it; of a summary, once the complete declaration stands beside it. */
function endsApproved(adapters: Adapters, filings: readonly FilingView[], { agency, procedure }: FilingView): boolean {
  const { statuses, summary } = procedureOf(adapters, agency, procedure)
  if (statuses.includes('closed')) return false
  return (
    summary !== true ||
    filings.some((other) =>
      procedureOf(adapters, other.agency, other.procedure).after?.some(
        (condition) => condition.agency === agency && condition.procedure === procedure,
      ),
    )
  )
}

/** A filing counts for where the declaration stands, unless it is a change that has been answered: then what it changed shows it. */
const counts = (filing: FilingView): boolean =>
  filing.occasion !== 'change' || rankOf(filing.status) < rankOf('approved')

/** What somebody has to do about a filing; about what the trader itself had cancelled, nothing. */
function actionsFor(adapters: Adapters, view: DeclarationView, filing: FilingView): Action[] {
  if (!counts(filing) || (filing.status === 'withdrawn' && isTakenBack(adapters, view, filing))) return []
  const { id: filingId, agency, procedure } = filing
  const late = filing.deadlines.flatMap(({ what, dueAt, told }): Action[] =>
    told === null ? [] : [{ agency, procedure, filingId, by: 'trader', what, until: new Date(dueAt).toISOString() }],
  )
  return [...actionsOf(view.id, summarized(adapters, filing, isStranded(adapters, view, filing))), ...late]
}

/** Its agency has granted its cancellation. */
const isTakenBack = (adapters: Adapters, { filings }: DeclarationView, { id }: FilingView): boolean =>
  filings.some(
    ({ changes, agency, procedure, status }) =>
      changes === id &&
      procedureOf(adapters, agency, procedure).cancels !== undefined &&
      (status === 'approved' || status === 'closed'),
  )

/** It waits for a filing whose cancellation was granted, while others still stand: nothing goes on by itself. */
const isStranded = (adapters: Adapters, view: DeclarationView, { status, pending }: FilingView): boolean =>
  status === 'blocked' &&
  (pending?.blockedBy ?? []).some(({ agency, procedure }) =>
    view.filings.some(
      (other) =>
        other.agency === agency &&
        other.procedure === procedure &&
        other.status === 'withdrawn' &&
        isTakenBack(adapters, view, other),
    ),
  )

/** Overall status, from the filings that count for it. */
export const overallStatusOfView = (adapters: Adapters, view: DeclarationView) =>
  overallStatusOf(view.filings.filter(counts).map(standingOf(adapters, view)))

/** What is to be done about any of its filings; src/db/declaration-list.ts asks the same of the database. */
export const actionsOfAll = (adapters: Adapters, view: DeclarationView): Action[] =>
  view.filings.flatMap((filing) => actionsFor(adapters, view, filing))

/** What is shown of one declaration alone: its timeline, and what its document says of costs and of what may be filed. */
export interface Detail {
  readonly timeline: readonly EventRow[]
  readonly declaration: Declaration
  /** How often agencies read of it, as far as it is disclosed. */
  readonly reads: number
}

/** A declaration as a caller sees it. */
export function presentDeclaration(adapters: Adapters, view: DeclarationView, detail?: Detail) {
  const status = overallStatusOfView(adapters, view)
  const self = `/v1/declarations/${view.id}`
  return {
    id: view.id,
    functionalReferenceId: view.functionalReferenceId,
    direction: view.direction,
    version: view.version,
    status,
    statusName: overallStatuses[status],
    needsAction: actionsOfAll(adapters, view),
    plan: view.plan,
    filings: view.filings.map((filing) => presentFiling(adapters, filing)),
    changes: view.changes.map(({ id, kind, outcome }) => ({
      id,
      kind,
      status: outcome ?? ('pending' as const),
      href: `${self}/changes/${id}`,
    })),
    ...(view.coveredBy.length === 0 ? {} : { coveredBy: view.coveredBy }),
    ...(view.recognitions.length === 0
      ? {}
      : { recognitions: view.recognitions.map((one) => ({ ...one, href: `/v1/recognitions/${one.id}` })) }),
    times: timesOf(adapters, view),
    ...(detail === undefined
      ? {}
      : {
          costs: costsOf(adapters, view, detail.declaration),
          offers: offersOf(adapters, detail.declaration),
          timeline: detail.timeline.map((event) => presentEvent(view.id, event)),
          reads: { count: detail.reads, href: `${self}/reads` },
        }),
    acceptedAt: view.acceptedAt.toISOString(),
    updatedAt: view.updatedAt.toISOString(),
    links: {
      self,
      document: `${self}/document`,
      events: `${self}/events`,
      messages: `${self}/messages`,
      changes: `${self}/changes`,
      certificates: `${self}/certificates`,
      portFees: `${self}/port-fees`,
    },
  }
}

/** What may be filed beyond the plan. */
const offersOf = (adapters: Adapters, declaration: Declaration) =>
  Object.entries(adapters).flatMap(([agency, { procedures }]) =>
    Object.entries(procedures).flatMap(([procedure, { name, onRequest, several = false, applies }]) => {
      if (onRequest === undefined || declaration.declarationStep === 'summary') return []
      const { files, because } = applies(declaration)
      return files ? [{ agency, procedure, name, because, several }] : []
    }),
  )

/** Whether nothing more will happen to any filing without somebody's doing. */
export const isSettled = (view: DeclarationView): boolean =>
  view.filings.every(
    ({ status, holds }) =>
      holds.length > 0 || !['queued', 'sent', 'acknowledged', 'registered', 'in-review', 'planned'].includes(status),
  )

/** An event as a CloudEvent 1.0. */
export const presentEvent = (declarationId: string, event: EventRow) => ({
  specversion: '1.0' as const,
  id: `${declarationId}.${event.number}`,
  source: `/v1/declarations/${declarationId}`,
  type: `yuchuang.${event.type}`,
  ...(event.filing_id === null ? {} : { subject: event.filing_id }),
  time: event.at.toISOString(),
  datacontenttype: 'application/json' as const,
  data: JSON.parse(event.data) as Record<string, unknown>,
})

/** A message as its sender or receiver reads it; bytes that speak of others' filings too are withheld from a trader. */
export const presentMessage = (message: MessageRow, operator: boolean) => ({
  id: message.id,
  ...optional('filingId', message.filing_id),
  agency: message.agency,
  ...optional('attempt', message.attempt),
  direction: message.kind === 'submission' ? ('out' as const) : ('in' as const),
  kind: message.kind,
  ...optional('method', message.method),
  ...optional('path', message.path),
  ...optional('status', message.status),
  ...optional('contentType', message.content_type),
  ...(message.shared && !operator
    ? { withheld: { en: 'This document speaks of other traders’ filings too', zh: '该报文同时涉及其他企业的申报' } }
    : optional('body', message.body)),
  ...optional('error', message.error),
  at: message.at.toISOString(),
})

const optional = <K extends string, V>(key: K, value: V | null): { [P in K]?: V } =>
  value === null ? {} : ({ [key]: value } as { [P in K]: V })
