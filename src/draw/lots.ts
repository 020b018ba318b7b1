import type { SummaryDeclaration } from '../../schemas/declaration/summary.ts'
import type { Officer } from '../../schemas/draw.ts'
import type { Client } from '../db/database.ts'
import { type Candidate, keepLot } from '../db/draw-lots.ts'
import { type DrawState, readRoster } from '../db/draws.ts'
import { type RiskRoom, riskOf } from '../risk/risks.ts'
import { isSelected, lotHash, lotOf, officersOf } from './lottery.ts'

/** A draw as it goes on, with its secrets, in the hands of who tends it. */
export interface Run {
  readonly draw: DrawState
  readonly seed: string
  readonly salt: string
  /** Number and hash of the newest lot. */
  number: number
  head: string
  /** The officers as they were committed to; read when they are first needed. */
  roster: readonly Officer[] | undefined
}

/** Firms a declaration is of: an officer excused from any of them does not inspect it. */
const firmsOf = ({ goodsShipment: { exporter, importer, owner }, agent }: SummaryDeclaration): string[] =>
  [exporter, importer, owner, agent].flatMap((party) => (party === undefined ? [] : [party.id]))

/**
 * Draws one declaration's lot 抽签 and chains it to the one before. The draw of the agency must be locked.
 * @returns false where its probability cannot be told: then there is no lot
 */
export async function drawLot(
  client: Client,
  room: RiskRoom,
  run: Run,
  { declarationId, registeredAt }: Candidate,
  now: Date,
): Promise<boolean> {
  const { draw, seed, salt } = run
  const { agency, day } = draw
  const known = await riskOf(client, room, declarationId, agency, now)
  if (known === undefined) return false
  const { row, tables, declaration } = known
  run.roster ??= await rosterOf(client, draw)
  const onDuty = JSON.parse(draw.officers) as string[]
  const firms = firmsOf(declaration)
  const excused = run.roster
    .filter(({ code, excused: from }) => onDuty.includes(code) && from.some((firm) => firms.includes(firm)))
    .map(({ code }) => code)
  const content = {
    number: run.number + 1,
    lot: lotOf(salt, declarationId),
    ppm: row.ppm,
    rules: tables,
    excused,
    early: registeredAt.getTime() < draw.committedAt.getTime(),
  }
  const hash = lotHash(run.head, content)
  const selected = isSelected(seed, content.lot, content.ppm)
  const officers = selected ? officersOf(seed, content.lot, onDuty, excused, draw.officersDrawn) : undefined
  await keepLot(client, {
    ...content,
    agency,
    day,
    declarationId,
    risk: row.id,
    rules: JSON.stringify(tables),
    excused: JSON.stringify(excused),
    hash,
    officers: officers === undefined ? null : JSON.stringify(officers),
    at: now,
  })
  run.number = content.number
  run.head = hash
  return true
}

async function rosterOf(client: Client, { agency, rosterRevision }: DrawState): Promise<readonly Officer[]> {
  if (rosterRevision === 0) return []
  return JSON.parse((await readRoster(client, agency, rosterRevision))?.officers ?? '[]') as Officer[]
}
