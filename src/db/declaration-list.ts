import { limits } from '../limits.ts'
import type { Database } from './database.ts'
import { idsFrom } from './ids.ts'

/** Which declarations are asked for. */
export interface ListFilter {
  readonly tenant: string | undefined
  readonly after: string | undefined
  readonly limit: number
  readonly direction?: string | undefined
  readonly functionalReferenceId?: string | undefined
  readonly agency?: string | undefined
  readonly procedure?: string | undefined
  readonly filingStatus?: string | undefined
  readonly reference?: string | undefined
  readonly acceptedFrom?: Date | undefined
  readonly acceptedTo?: Date | undefined
  /** The beginning of the trader's own number, or any whole number of ours or of an agency's. */
  readonly q?: string | undefined
  /** Only those with something for their trader to do. */
  readonly needsAction?: 'trader' | undefined
}
/** A procedure that takes filings back, by its agency. */
export interface Cancelling {
  readonly agency: string
  readonly procedure: string
}

/** Holds a trader must act on, and statuses that may want something of it; the index `filing_trader` is over the same. */
const wanting = `(f.status IN ('refused', 'awaiting-particulars', 'withdrawn', 'reversed', 'blocked') OR f.holds && ARRAY['inspection', 'payment-due', 'supplement'])`

/** Whose cancellation its agency has granted. */
const isTakenBack = (filing: string, cancelling: string) =>
  `EXISTS (SELECT FROM filing c WHERE c.declaration_id = ${filing}.declaration_id AND c.changes = ${filing}.id AND c.status IN ('approved', 'closed') AND c.agency || ' ' || c.procedure = ANY(${cancelling}))`

/** What src/filing/present.ts says of a filing as an action `by` the trader, as a question to the database. */
const wantsTrader = (cancelling: string) => `
  NOT (f.occasion = 'change' AND f.rank >= 60) AND (f.status <> 'withdrawn' OR NOT ${isTakenBack('f', cancelling)}) AND (
    f.status NOT IN ('withdrawn', 'blocked')
    OR (f.status = 'withdrawn' AND coalesce(f.pending::json ->> 'dropped', '') <> 'true'
      AND EXISTS (SELECT FROM receipt WHERE receipt.filing_id = f.id AND receipt.attempt = f.attempt))
    OR f.holds && ARRAY['inspection', 'payment-due', 'supplement']
    OR (f.status = 'blocked' AND EXISTS (
      SELECT FROM json_array_elements(f.pending::json -> 'blockedBy') AS condition JOIN filing o
        ON o.declaration_id = f.declaration_id AND o.agency = condition ->> 'agency' AND o.procedure = condition ->> 'procedure'
      WHERE o.status = 'withdrawn' AND ${isTakenBack('o', cancelling)})))`

/**
 * Ids of declarations, newest first, after a cursor (an id). One more than `limit` is read to know whether there are more.
 * Each alternative of a filter is answered from an index of its own and cut off by itself.
 */
export async function listDeclarationIds(
  { pool }: Database,
  filter: ListFilter,
  cancelling: readonly Cancelling[],
): Promise<string[]> {
  const values: unknown[] = []
  const value = (given: unknown) => `$${values.push(given)}`
  const all = conditionsOf(filter, value)
  let alternatives: readonly string[] = ['']
  const also = (further: readonly string[]) => {
    alternatives = alternatives.flatMap((one) => further.map((other) => `${one} AND ${other}`))
  }
  if (filter.needsAction !== undefined) {
    const taken = value(cancelling.map(({ agency, procedure }) => `${agency} ${procedure}`))
    also([
      `EXISTS (SELECT FROM filing f WHERE f.declaration_id = declaration.id AND ${wanting} AND ${wantsTrader(taken)})`,
      `declaration.id IN (SELECT deadline.declaration_id FROM deadline JOIN filing f ON f.id = filing_id
         WHERE told IS NOT NULL AND NOT (f.occasion = 'change' AND f.rank >= 60) AND (f.status <> 'withdrawn' OR NOT ${isTakenBack('f', taken)}))`,
    ])
  }
  if (filter.q !== undefined) {
    const prefix = value(`${filter.q.replace(/[\\%_]/g, String.raw`\$&`)}%`)
    const asked = value([filter.q, filter.q.toUpperCase()])
    also([
      `functional_reference_id LIKE ${prefix}`,
      `declaration.id IN (SELECT unnest(${asked}::text[]) UNION ALL SELECT declaration_id FROM filing WHERE id = ANY(${asked})
         UNION ALL SELECT declaration_id FROM filing_reference JOIN filing ON filing.id = filing_id WHERE value = ANY(${asked}))`,
    ])
  }
  const most = value(filter.limit + 1)
  const found = alternatives.map(
    (one) => `(SELECT id FROM declaration WHERE ${all.join(' AND ')}${one} ORDER BY id DESC LIMIT ${most})`,
  )
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM (${found.join(' UNION ')}) AS found ORDER BY id DESC LIMIT ${most}`,
    values,
  )
  return rows.map(({ id }) => id)
}

/** What every declaration asked for fulfils. */
function conditionsOf(filter: ListFilter, value: (given: unknown) => string): string[] {
  const all = ['true']
  if (filter.tenant !== undefined) all.push(`tenant = ${value(filter.tenant)}`)
  if (filter.after !== undefined) all.push(`id < ${value(filter.after)}`)
  if (filter.direction !== undefined) all.push(`direction = ${value(filter.direction)}`)
  if (filter.functionalReferenceId !== undefined)
    all.push(`functional_reference_id = ${value(filter.functionalReferenceId)}`)
  // Ids are in the order of time: an index on the instants themselves is not needed.
  if (filter.acceptedFrom !== undefined)
    all.push(
      `accepted_at >= ${value(filter.acceptedFrom)} AND id >= ${value(idsFrom(filter.acceptedFrom.getTime() - limits.idAheadMs))}`,
    )
  if (filter.acceptedTo !== undefined)
    all.push(
      `accepted_at < ${value(filter.acceptedTo)} AND id < ${value(idsFrom(filter.acceptedTo.getTime() + limits.idAheadMs))}`,
    )
  const ofFiling = (['agency', 'procedure'] as const).flatMap((name) =>
    filter[name] === undefined ? [] : [`${name} = ${value(filter[name])}`],
  )
  if (filter.filingStatus !== undefined) ofFiling.push(`status = ${value(filter.filingStatus)}`)
  if (ofFiling.length > 0)
    all.push(`EXISTS (SELECT FROM filing WHERE declaration_id = declaration.id AND ${ofFiling.join(' AND ')})`)
  if (filter.reference !== undefined)
    all.push(
      `declaration.id IN (SELECT declaration_id FROM filing_reference JOIN filing ON filing.id = filing_id WHERE value = ${value(filter.reference)})`,
    )
  return all
}
