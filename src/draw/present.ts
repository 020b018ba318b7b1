import type * as z from 'zod'
import type { drawAnswer, drawStatus, lotAnswer, PublicLotAnswer, selectionAnswer } from '../../schemas/draw.ts'
import type { LotRow, ResultRow } from '../db/draw-lots.ts'
import type { DrawState } from '../db/draws.ts'
import { presentResult } from './results.ts'

const statusOf = ({ beginsAt, endsAt, closing, reveal }: DrawState, now: Date): z.infer<typeof drawStatus> => {
  if (reveal !== undefined) return 'revealed'
  if (closing !== undefined) return 'closed'
  if (now >= endsAt) return 'over'
  return now < beginsAt ? 'committed' : 'open'
}

const pathOf = ({ agency, day }: { readonly agency: string; readonly day: string }) => `/v1/draws/${agency}/${day}`

/** A draw as anybody sees it. */
export function presentDraw(draw: DrawState, now: Date): z.infer<typeof drawAnswer> {
  const { closing, reveal } = draw
  const self = pathOf(draw)
  return {
    agency: draw.agency,
    day: draw.day,
    status: statusOf(draw, now),
    beginsAt: draw.beginsAt.toISOString(),
    endsAt: draw.endsAt.toISOString(),
    seedHash: draw.seedHash,
    saltHash: draw.saltHash,
    officers: JSON.parse(draw.officers) as string[],
    officersDrawn: draw.officersDrawn,
    rosterHash: draw.rosterHash,
    committedAt: draw.committedAt.toISOString(),
    late: draw.committedAt > draw.beginsAt,
    hash: draw.hash,
    lots: draw.lots,
    head: draw.head,
    ...(closing === undefined
      ? {}
      : { closing: { count: closing.count, root: closing.root, head: closing.head, at: closing.at.toISOString() } }),
    ...(reveal === undefined
      ? {}
      : {
          seed: reveal.seed,
          revealedAt: reveal.at.toISOString(),
          selected: reveal.selected,
        }),
    links: { self, ...(reveal === undefined ? {} : { file: `${self}/file` }) },
  }
}

/** A selected declaration, for its agency. */
export const presentSelection = (row: LotRow, result: ResultRow | undefined): z.infer<typeof selectionAnswer> => ({
  number: row.number,
  lot: row.lot,
  declarationId: row.declarationId,
  ppm: row.ppm,
  officers: JSON.parse(row.officers ?? '[]') as string[],
  at: row.at.toISOString(),
  ...(result === undefined ? {} : { result: presentResult(result) }),
})

/** A lot for anybody, once the seed is told. */
export const presentPublicLot = (row: LotRow, result: ResultRow | undefined): PublicLotAnswer => ({
  number: row.number,
  lot: row.lot,
  ppm: row.ppm,
  excused: JSON.parse(row.excused) as string[],
  early: row.early,
  hash: row.hash,
  selected: row.officers !== null,
  officers: JSON.parse(row.officers ?? '[]') as string[],
  ...(result === undefined ? {} : { result: presentResult(result) }),
})

/** A declaration's lot. @param knows whether the caller may know how it came out; @param salt once the seed is told */
export function presentLot(
  row: LotRow,
  draw: DrawState,
  knows: boolean,
  salt: string | undefined,
  result: ResultRow | undefined,
): z.infer<typeof lotAnswer> {
  const path = pathOf(row)
  const revealed = draw.reveal !== undefined
  return {
    agency: row.agency,
    day: row.day,
    number: row.number,
    lot: row.lot,
    ppm: row.ppm,
    hash: row.hash,
    revealed,
    ...(knows || revealed
      ? {
          selected: row.officers !== null,
          officers: JSON.parse(row.officers ?? '[]') as string[],
          ...(result === undefined ? {} : { result: presentResult(result) }),
        }
      : {}),
    ...(revealed && salt !== undefined ? { salt } : {}),
    links: { draw: path, ...(revealed ? { file: `${path}/file` } : {}) },
  }
}
