import { adapters } from '../../adapters/registry.ts'
import { makeKey } from '../../src/db/keys.ts'
import { broker, openWorld, startAt } from '../support/world.ts'
import { canaryDocument, strangersReading } from './canaries.ts'

export interface Shown {
  id: string
  version: number
  data: Record<string, unknown>
  withheld: string[]
  policy: { version: string }
}

/** Every agency has a filing of this declaration; of the other, none. */
export const everybody = 'AAAAAAAAAAAAAAAAAAAA'
export const nobody = 'BBBBBBBBBBBBBBBBBBBB'

/** A procedure whose duties are not worked out from the document: what is put in here is no declaration. */
const procedureOf = (agency: string): string =>
  Object.entries(adapters[agency]?.procedures ?? {}).find(([, { duties }]) => duties === undefined)?.[0] ?? ''

/**
 * A world with two declarations put in beside the door, as no trader could hand them in (nobody vouches for them), and an officer with a
 * key in every agency.
 */
export async function openDesk() {
  const world = await openWorld({ troubled: true })
  const { pool } = world.database
  const agencies = Object.keys(adapters)
  const document = canaryDocument()
  const keys = new Map<string, string>()
  for (const agency of agencies)
    keys.set(agency, await makeKey(world.database, { name: `${agency} officer`, role: 'agency', agency }))

  /** Puts a declaration of this document into the database, with one filing of each of these agencies. */
  async function putIn(id: string, text: string, concerned: readonly string[]): Promise<void> {
    const at = new Date(startAt)
    await pool.query(
      `INSERT INTO declaration (id, tenant, functional_reference_id, direction, version, plan, event_count, head, accepted_at, updated_at)
       VALUES ($1, $2, $1, 'export', 1, '[]', 0, '', $3, $3)`,
      [id, broker, at],
    )
    await pool.query(
      "INSERT INTO declaration_version (declaration_id, version, media_type, raw, at) VALUES ($1, 1, 'application/json', $2, $3)",
      [id, text, at],
    )
    for (const [position, agency] of concerned.entries()) {
      const filingId = `${id}${position}`
      await pool.query(
        `INSERT INTO filing (id, declaration_id, position, agency, procedure, serial, status, rank, holds, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'approved', 60, '{inspection}', $7)`,
        [filingId, id, position, agency, procedureOf(agency), position + 1, at],
      )
      await pool.query(
        'INSERT INTO filing_reference (agency, scheme, value, filing_id, at) VALUES ($1, $2, $3, $4, $5)',
        [agency, `scheme-of-${agency}`, `name-${id}-${agency}-`, filingId, at],
      )
    }
  }
  await putIn(everybody, JSON.stringify(document), agencies)
  await putIn(nobody, JSON.stringify(document), [])
  return {
    world,
    pool,
    agencies,
    document,
    keys,
    putIn,
    stranger: strangersReading(),
    wholeView: (id: string) => wholeView(document, id, agencies),
    ask: (agency: string, path: string, headers: Record<string, string> = {}) =>
      world.call('GET', `/v1/shared${path}`, { key: keys.get(agency) ?? '', headers }),
    asking: (purpose: string, more: Record<string, string> = {}) =>
      new URLSearchParams({ purpose, case: 'CASE-1', ...more }).toString(),
  }
}

/** What agencies could be shown at most, made apart from what the gateway makes. */
function wholeView(document: unknown, id: string, concerned: readonly string[]) {
  const filings = concerned.map((agency, position) => {
    const filing = {
      id: `${id}${position}`,
      status: 'approved',
      holds: ['inspection'],
      references: [{ scheme: `scheme-of-${agency}`, value: `name-${id}-${agency}-` }],
      version: 1,
      updatedAt: new Date(startAt).toISOString(),
    }
    return [agency, { [procedureOf(agency)]: [filing] }] as const
  })
  return { declaration: document, filings: Object.fromEntries(filings) }
}
