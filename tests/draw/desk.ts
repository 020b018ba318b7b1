import { pino } from 'pino'
import { adapters } from '../../adapters/registry.ts'
import { sampleDeclaration } from '../../seeds/samples.ts'
import { type Database, transaction } from '../../src/db/database.ts'
import { readDraw } from '../../src/db/draws.ts'
import { newId } from '../../src/db/ids.ts'
import { type DrawRoom, tendDraws } from '../../src/draw/drawer.ts'
import { enterDraws } from '../../src/draw/enter.ts'
import { drawFile } from '../../src/draw/file.ts'
import { type Filing, noChanges } from '../../src/filing/case.ts'
import { createVault } from '../../src/notices/vault.ts'
import { ownRules } from '../../src/rules/rules.ts'

/** An ordinary export of laptops. */
export const laptops = () => sampleDeclaration('laptops', { lrn: 'LA1', on: new Date('2026-11-21T01:00:00Z'), run: 1 })

/** The agency that draws, here. */
export const agency = 'customs'

export const roomOf = (database: Database, more: Partial<DrawRoom> = {}): DrawRoom => ({
  database,
  adapters,
  rules: ownRules,
  vault: createVault([Buffer.alloc(32, 7)]),
  log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
  ...more,
})

/** Keeps a declaration as acceptance would, as far as draws look at it. */
export async function keepDeclaration({ pool }: Database, at: Date, document: object = laptops()): Promise<string> {
  const id = newId(at.getTime())
  await pool.query(
    `INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
     VALUES ($1, 'tenant', $1, 'export', '[]', 0, '', $2, $2)`,
    [id, at],
  )
  await pool.query(
    `INSERT INTO declaration_version (declaration_id, version, media_type, raw, at) VALUES ($1, 1, 'application/json', $2, $3)`,
    [id, JSON.stringify(document), at],
  )
  return id
}

/** What keeps changes sees when a filing moves. */
export function moved(declarationId: string, before: string, status: string, procedure = 'declare') {
  const changes = noChanges()
  changes.filings.add({ id: `F${declarationId}`, declarationId, agency, procedure } as Filing)
  changes.happenings.push({
    declarationId,
    type: 'filing.status',
    filingId: `F${declarationId}`,
    data: { before, status },
  })
  return changes
}

/** Has a declaration registered at an instant. */
export const register = (database: Database, declarationId: string, now: Date): Promise<void> =>
  transaction(database.pool, (client) =>
    enterDraws.follow({ client, adapters, now }, moved(declarationId, 'acknowledged', 'registered')),
  )

/** A declaration that is registered at an instant. */
export async function registered(database: Database, at: Date, document?: object): Promise<string> {
  const id = await keepDeclaration(database, at, document)
  await register(database, id, at)
  return id
}

export async function lotsOf({ pool }: Database, day: string) {
  const { rows } = await pool.query<{
    number: number
    id: string
    early: boolean
    officers: string | null
    excused: string
  }>(
    'SELECT number, declaration_id AS id, early, officers, excused FROM draw_lot WHERE day = $1::date ORDER BY number',
    [day],
  )
  return rows
}

/** The published file of a day. */
export async function fileOf({ pool }: Database, day: string): Promise<string> {
  const draw = await readDraw(pool, agency, day)
  let text = ''
  if (draw !== undefined) for await (const part of drawFile(pool, draw)) text += part
  return text
}

export const tend = (room: DrawRoom, at: string) => tendDraws(room, new Date(at))
