import { Readable } from 'node:stream'
import type { DrawLine, LotLine } from '../../schemas/draw.ts'
import {
  commitmentTo,
  growRoot,
  headHash,
  isSelected,
  lotHash,
  lotOf,
  officersOf,
  resultHash,
  rosterHashOf,
} from '../../src/draw/lottery.ts'
import { canonicalJson } from '../../src/fees/canonical.ts'

export const seed = 'a1'.repeat(32)
export const salt = 'b2'.repeat(32)

/** A published draw of so many lots, every second of them certain to be selected. What is given instead is chained as if it were true. */
export function publish(
  count: number,
  instead: { seed?: string; officers?: string[]; lotsOf?: (lots: LotLine[]) => LotLine[] } = {},
): DrawLine[] {
  const { seed: drawnBy = seed, officers = ['OF-1', 'OF-2', 'OF-3', 'OF-4'], lotsOf = (lots) => lots } = instead
  const head = {
    agency: 'customs',
    day: '2026-11-21',
    beginsAt: '2026-11-20T22:00:00.000Z',
    endsAt: '2026-11-21T22:00:00.000Z',
    committedAt: '2026-11-20T21:00:00.000Z',
    seedHash: commitmentTo(drawnBy),
    saltHash: commitmentTo(salt),
    officers,
    officersDrawn: 2,
    rosterHash: rosterHashOf(salt, '[]'),
  }
  const drawn = Array.from({ length: count }, (_, at): LotLine => {
    const lot = lotOf(salt, `declaration-${at + 1}`)
    const ppm = at % 2 === 0 ? 1_000_000 : 24_400
    const excused = at === 0 ? ['OF-2'] : []
    const selected = isSelected(drawnBy, lot, ppm)
    const rules = { 'inspection-rates': '2026-04-01' }
    const outcome = { selected, officers: selected ? officersOf(drawnBy, lot, officers, excused, 2) : [] }
    return { kind: 'lot', number: at + 1, lot, ppm, rules, excused, early: false, hash: '', ...outcome }
  })
  let previous = headHash(head)
  const tree = growRoot()
  const lots = lotsOf(drawn).map((lot) => {
    const hash = lotHash(previous, lot)
    previous = hash
    tree.add(hash)
    return { ...lot, hash }
  })
  const result = { number: 1, lot: lots[0]?.lot ?? '', outcome: 'nothing-found' as const, inspectedOn: '2026-11-22' }
  return [
    { kind: 'draw', ...head },
    ...lots,
    { kind: 'closing', count: lots.length, root: tree.finish(), head: previous, at: '2026-11-21T22:10:00.000Z' },
    { kind: 'seed', seed: drawnBy, at: '2026-11-21T22:20:00.000Z' },
    ...(lots.length === 0 ? [] : [{ kind: 'result' as const, ...result, hash: resultHash(headHash(head), result) }]),
  ]
}

export const fileOf = (lines: readonly unknown[]): Readable =>
  Readable.from(lines.map((line) => `${typeof line === 'string' ? line : canonicalJson(line)}\n`))
