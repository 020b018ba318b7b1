import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DrawLine, LotLine } from '../../schemas/draw.ts'
import { headHash, isSelected, lotHash, lotOf, resultHash } from '../../src/draw/lottery.ts'
import { Tampered, verifyDraw } from '../../src/draw/verify.ts'
import { canonicalJson } from '../../src/fees/canonical.ts'
import { fileOf, publish, salt, seed } from './published.ts'

type Kind = DrawLine['kind']
/** The lines with those of a kind changed. */
const changing = (lines: readonly DrawLine[], kind: Kind, change: (line: never, at: number) => unknown) => {
  let at = 0
  return lines.map((line) => (line.kind === kind ? change(line as never, at++) : line))
}
const lotsOf = (lines: readonly DrawLine[]) => lines.filter((line) => line.kind === 'lot')
const without = (lines: readonly DrawLine[], gone: DrawLine | undefined) => lines.filter((line) => line !== gone)
const whole = publish(8)
const [head] = whole
const closing = whole.find((line) => line.kind === 'closing')
const honest = {
  draw: head?.kind === 'draw' ? headHash(head) : '',
  seedHash: head?.kind === 'draw' ? head.seedHash : '',
  root: closing?.kind === 'closing' ? closing.root : '',
  lot: lotsOf(whole)[2]?.hash,
}

test('a draw as it was published is whole, and holds what was known of it before', async () => {
  const found = await verifyDraw(fileOf(whole), { ...honest, declaration: { id: 'declaration-3', salt } })
  expect(found).toMatchObject({ lots: 8, results: 1, early: 0, own: { number: 3, selected: true } })
  expect(found.selected).toBe(lotsOf(whole).filter((lot) => isSelected(seed, lot.lot, lot.ppm)).length)
  expect(found.selected).toBeGreaterThanOrEqual(4)
})

test('a day without declarations has a head, a closing and a seed', async () => {
  expect(await verifyDraw(fileOf(publish(0)))).toMatchObject({ lots: 0, selected: 0, results: 0 })
})

describe('what was tampered with shows', () => {
  const unselected = lotsOf(whole).find(({ selected }) => !selected)
  const ways: readonly (readonly [string, readonly unknown[], RegExp])[] = [
    [
      'a probability raised',
      changing(whole, 'lot', (lot: LotLine, at) => (at === 1 ? { ...lot, ppm: 999_999 } : lot)),
      /lot 2 is not what was chained/,
    ],
    ['a lot dropped', without(whole, lotsOf(whole)[3]), /lot 4 is missing/],
    ['the last lot dropped', without(whole, lotsOf(whole)[7]), /8 lots were committed to, 7 are there/],
    ['a lot dropped and the rest renumbered', renumbered(without(whole, lotsOf(whole)[3])), /is not what was chained/],
    [
      'a lot added',
      whole.flatMap((line): unknown[] => (line === closing ? [{ ...lotsOf(whole)[0], number: 9 }, line] : [line])),
      /is not what was chained/,
    ],
    ['two lots exchanged', swapped(whole), /lot 3 is missing: 4/],
    [
      'a selected lot let off',
      changing(whole, 'lot', (lot: LotLine, at) => (at === 0 ? { ...lot, selected: false, officers: [] } : lot)),
      /lot 1 was selected, whatever/,
    ],
    [
      'a lot selected by hand',
      changing(whole, 'lot', (lot: LotLine) =>
        lot === unselected ? { ...lot, selected: true, officers: ['OF-1', 'OF-2'] } : lot,
      ),
      /was not selected, whatever/,
    ],
    [
      'an officer exchanged',
      changing(whole, 'lot', (lot: LotLine, at) => (at === 2 ? { ...lot, officers: ['OF-1', 'OF-1'] } : lot)),
      /lot 3: officers/,
    ],
    [
      'an excused officer brought back',
      changing(whole, 'lot', (lot: LotLine, at) => (at === 0 ? { ...lot, excused: [] } : lot)),
      /lot 1 is not what was chained/,
    ],
    [
      'the list of officers changed',
      changing(whole, 'draw', (line: object) => ({ ...line, officers: ['OF-1', 'OF-2', 'OF-9', 'OF-4'] })),
      /lot 1 is not what was chained/,
    ],
    [
      'another seed',
      changing(whole, 'seed', (line: object) => ({ ...line, seed: 'c3'.repeat(32) })),
      /the seed is not the one/,
    ],
    [
      'a seed told before the closing',
      changing(whole, 'seed', (line: object) => ({ ...line, at: '2026-11-21T22:00:00.000Z' })),
      /told before the closing/,
    ],
    [
      'the root changed',
      changing(whole, 'closing', (line: object) => ({ ...line, root: 'd4'.repeat(32) })),
      /do not give the root/,
    ],
    [
      'the head of the chain changed',
      changing(whole, 'closing', (line: object) => ({ ...line, head: 'd4'.repeat(32) })),
      /does not end where/,
    ],
    [
      'a result turned round',
      changing(whole, 'result', (line: object) => ({ ...line, outcome: 'discrepancy' })),
      /result 1 is not what was chained/,
    ],
    [
      'a result of one not selected',
      changing(whole, 'result', (line: object) => ({ ...line, lot: unselected?.lot })),
      /not what was chained|was not selected/,
    ],
    ['a lot that stands twice', chainedTwice(), /lot 9 stands twice/],
    ['an officer nobody has excused', chainedStranger(), /excuses OF-9, who is not on the list/],
    ['a result of one not selected, chained', chainedResult(), /was not selected/],
    ['a line too many', [...whole, { kind: 'note', text: 'trust us' }], /no line of a draw/],
    [
      'a field too many',
      changing(whole, 'lot', (lot: LotLine, at) => (at === 0 ? { ...lot, firm: 'x' } : lot)),
      /line 2 is no line/,
    ],
    ['half of it', whole.slice(0, 5), /breaks off/],
    ['nothing', [], /breaks off/],
    ['no closing', without(whole, closing), /seed where lot or closing must stand/],
    ['two heads', [head, ...whole], /draw where lot or closing must stand/],
    ['no draw at all', ['<html>502</html>'], /line 1 is no line/],
  ]
  test.each(ways)('%s', async (_, lines, what) => {
    const error = await verifyDraw(fileOf(lines)).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Tampered)
    expect((error as Tampered).message).toMatch(what)
  })

  test.each([
    ['drawn again by another seed', publish(8, { seed: 'c3'.repeat(32) }), 'draw'],
    ['drawn again by another seed, known by its hash', publish(8, { seed: 'c3'.repeat(32) }), 'seedHash'],
    ['drawn again with other officers', publish(8, { officers: ['OF-1', 'OF-2'] }), 'draw'],
    ['a declaration left out, everything chained anew', publish(8, { lotsOf: leaving(2) }), 'root'],
    ['a declaration left out, as its trader sees it', publish(8, { lotsOf: leaving(2) }), 'lot'],
  ] as const)('%s: whole in itself, but not what was known', async (_, lines, pin) => {
    await verifyDraw(fileOf(lines))
    await expect(verifyDraw(fileOf(lines), { [pin]: honest[pin] })).rejects.toThrow(Tampered)
  })

  test('a declaration that should be there is missed', async () => {
    const declaration = { id: 'declaration-99', salt }
    await expect(verifyDraw(fileOf(whole), { declaration })).rejects.toThrow('declaration-99 is not among the lots')
  })
})

/** What is chained as if it were true, and still cannot be. */
function chainedTwice() {
  return publish(8, { lotsOf: (lots) => [...lots, { ...(lots[0] as LotLine), number: 9 }] })
}
function chainedStranger() {
  return publish(8, { lotsOf: (lots) => lots.map((lot, at) => (at === 3 ? { ...lot, excused: ['OF-9'] } : lot)) })
}
function chainedResult() {
  const lines = publish(8)
  const [first] = lines
  const lot = lotsOf(lines).find(({ selected }) => !selected)?.lot ?? ''
  const content = { number: 1, lot, outcome: 'nothing-found' as const, inspectedOn: '2026-11-22' }
  const hash = resultHash(first?.kind === 'draw' ? headHash(first) : '', content)
  return [...lines.filter(({ kind }) => kind !== 'result'), { kind: 'result', ...content, hash }]
}

/** Leaves one lot out, and numbers the rest anew. */
function leaving(gone: number) {
  return (lots: LotLine[]) => lots.filter((_, at) => at !== gone).map((lot, at) => ({ ...lot, number: at + 1 }))
}
function renumbered(lines: readonly DrawLine[]) {
  let number = 0
  return lines.map((line) => (line.kind === 'lot' ? { ...line, number: ++number } : line))
}
function swapped(lines: readonly DrawLine[]) {
  const lots = lotsOf(lines)
  return lines.map((line) => (line === lots[2] ? lots[3] : line === lots[3] ? lots[2] : line))
}

test('lots the seed might have been chosen for are counted', async () => {
  const lines = publish(3, { lotsOf: (lots) => lots.map((lot) => ({ ...lot, early: lot.number === 2 })) })
  expect(await verifyDraw(fileOf(lines))).toMatchObject({ early: 1 })
  expect(lotHash('0', { ...(lotsOf(lines)[1] as LotLine), early: false })).not.toBe(
    lotHash('0', lotsOf(lines)[1] as LotLine),
  )
})

test('the command tells what it found by how it ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'draw-'))
  const run = (lines: readonly unknown[], ...options: string[]) =>
    writeFile(join(folder, 'file'), lines.map((line) => `${canonicalJson(line)}\n`).join('')).then(
      () =>
        new Promise<{ code: number; said: string }>((resolve) => {
          const command = ['src/draw/main.ts', join(folder, 'file'), ...options]
          execFile(process.execPath, command, (error, out, err) =>
            resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: out + err }),
          )
        }),
    )
  try {
    const good = await run(whole, '--root', honest.root, '--declaration', 'declaration-3', '--salt', salt)
    expect(good).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^Whole: .* 8 lots.*\nLot 3 was selected/) as string,
    })
    const bad = await run(renumbered(without(whole, lotsOf(whole)[0])))
    expect(bad).toMatchObject({ code: 1, said: expect.stringMatching(/^TAMPERED: /) as string })
    expect(await run(whole, '--salt', salt)).toMatchObject({ code: 2 })
    expect(lotOf(salt, 'declaration-3')).toBe(lotsOf(whole)[2]?.lot)
  } finally {
    await rm(folder, { recursive: true })
  }
})
