import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type * as z from 'zod'
import {
  type closingLine,
  type DrawHead,
  type DrawLine,
  drawLine,
  type LotLine,
  type ResultLine,
} from '../../schemas/draw.ts'
import { limits } from '../limits.ts'
import { commitmentTo, growRoot, headHash, isSelected, lotHash, lotOf, officersOf, resultHash } from './lottery.ts'

/** A published draw is not what was committed to, or does not come out as it says. */
export class Tampered extends Error {
  override readonly name = 'Tampered'
}

/** What a reader knows from elsewhere: written down in the morning, in the evening, or told to a trader. */
export interface Known {
  /** Hash of the seed, as it was public while the draw ran. */
  readonly seedHash?: string | undefined
  /** Hash of all that was committed to before it began. */
  readonly draw?: string | undefined
  /** Root of the lots, as it was public before the seed was. */
  readonly root?: string | undefined
  /** Hash of a lot that must be among them, as its trader was told. */
  readonly lot?: string | undefined
  /** A declaration that must be among them, with the salt its trader was told. */
  readonly declaration?: { readonly id: string; readonly salt: string } | undefined
}

/** What was found whole. */
export interface Verified {
  readonly head: DrawHead
  readonly root: string
  readonly lots: number
  readonly selected: number
  readonly results: number
  /** Lots the seed might have been chosen for: registered before it was committed to. */
  readonly early: number
  readonly own?: LotLine
}

type Closing = z.infer<typeof closingLine>

/**
 * Recomputes a published draw line by line. The seed stands behind the lots, as it was told after them: outcomes wait until it is read.
 * @throws {Tampered} at the first thing that is not as it must be
 */
export async function verifyDraw(file: Readable, known: Known = {}): Promise<Verified> {
  const state = begin(known)
  let number = 0
  for await (const line of createInterface({ input: file, crlfDelay: Infinity })) {
    number++
    if (line.length > limits.drawLineCharacters) throw new Tampered(`line ${number} is too long`)
    state.next(read(line, number), number)
  }
  return state.end()
}

function read(line: string, number: number) {
  try {
    return drawLine.parse(JSON.parse(line))
  } catch {
    throw new Tampered(`line ${number} is no line of a draw`)
  }
}

/** What was read so far. */
interface Reading {
  head: DrawHead | undefined
  /** Where the chain of lots stands, and that of results. */
  previous: string
  previousResult: string
  readonly lots: LotLine[]
  readonly byName: Map<string, LotLine>
  closing: Closing | undefined
  seed: string | undefined
  results: number
}

function begin(known: Known) {
  const reading: Reading = {
    head: undefined,
    previous: '',
    previousResult: '',
    lots: [],
    byName: new Map(),
    closing: undefined,
    seed: undefined,
    results: 0,
  }
  const tree = growRoot()
  return {
    next(line: DrawLine, number: number): void {
      const { head, closing, seed } = reading
      const stage = closing === undefined ? 'lot closing' : seed === undefined ? 'seed' : 'result'
      const wanted = head === undefined ? 'draw' : stage
      if (!wanted.split(' ').includes(line.kind))
        throw new Tampered(`line ${number}: ${line.kind} where ${wanted.replace(' ', ' or ')} must stand`)
      if (line.kind === 'draw') takeHead(reading, line, known)
      else if (line.kind === 'lot') {
        takeLot(reading, line)
        tree.add(line.hash)
      } else if (line.kind === 'closing') {
        takeClosing(reading, line, tree.finish())
        demand(known.root, line.root, 'the root is another')
      } else if (line.kind === 'seed') takeSeed(reading, line)
      else takeResult(reading, line)
    },
    end(): Verified {
      const { head, closing, seed, lots, results } = reading
      if (head === undefined || closing === undefined || seed === undefined) throw new Tampered('it breaks off')
      const own = ownLot(lots, known)
      return {
        head,
        root: closing.root,
        lots: lots.length,
        selected: lots.filter(({ selected }) => selected).length,
        results,
        early: lots.filter(({ early }) => early).length,
        ...(own === undefined ? {} : { own }),
      }
    },
  }
}

function takeHead(reading: Reading, line: DrawHead, known: Known): void {
  reading.head = line
  reading.previous = headHash(line)
  reading.previousResult = reading.previous
  demand(known.draw, reading.previous, 'the head is not what was committed to')
  demand(known.seedHash, line.seedHash, 'the seed committed to is another')
  if (new Set(line.officers).size !== line.officers.length) throw new Tampered('an officer stands twice')
  if (Date.parse(line.beginsAt) >= Date.parse(line.endsAt)) throw new Tampered('its day ends before it begins')
}

function takeLot(reading: Reading, lot: LotLine): void {
  const { head, lots, byName, previous } = reading
  if (lot.number !== lots.length + 1)
    throw new Tampered(`lot ${lots.length + 1} is missing: ${lot.number} stands there`)
  if (lotHash(previous, lot) !== lot.hash) throw new Tampered(`lot ${lot.number} is not what was chained`)
  if (byName.has(lot.lot)) throw new Tampered(`lot ${lot.number} stands twice`)
  const strangers = lot.excused.filter((code) => !head?.officers.includes(code))
  if (strangers.length > 0)
    throw new Tampered(`lot ${lot.number} excuses ${strangers.join(', ')}, who is not on the list`)
  reading.previous = lot.hash
  byName.set(lot.lot, lot)
  lots.push(lot)
}

function takeClosing(reading: Reading, line: Closing, root: string): void {
  const { lots, previous } = reading
  if (line.count !== lots.length) throw new Tampered(`${line.count} lots were committed to, ${lots.length} are there`)
  if (line.head !== previous) throw new Tampered('the chain of lots does not end where it was committed to')
  if (line.root !== root) throw new Tampered('the lots do not give the root that was committed to')
  reading.closing = line
}

function takeSeed(reading: Reading, { seed, at }: { readonly seed: string; readonly at: string }): void {
  const { head, closing, lots } = reading
  if (head === undefined || closing === undefined) throw new Tampered('the seed stands before the closing')
  if (commitmentTo(seed) !== head.seedHash) throw new Tampered('the seed is not the one that was committed to')
  if (Date.parse(at) < Date.parse(closing.at)) throw new Tampered('the seed was told before the closing')
  for (const lot of lots) checkOutcome(head, seed, lot)
  reading.seed = seed
}

function takeResult(reading: Reading, result: ResultLine): void {
  if (result.number !== reading.results + 1) throw new Tampered(`result ${reading.results + 1} is missing`)
  if (resultHash(reading.previousResult, result) !== result.hash)
    throw new Tampered(`result ${result.number} is not what was chained`)
  if (reading.byName.get(result.lot)?.selected !== true)
    throw new Tampered(`result ${result.number} is of a lot that was not selected`)
  reading.previousResult = result.hash
  reading.results = result.number
}

function checkOutcome(head: DrawHead, seed: string, { number, lot, ppm, excused, selected, officers }: LotLine): void {
  if (isSelected(seed, lot, ppm) !== selected)
    throw new Tampered(`lot ${number} ${selected ? 'was not selected' : 'was selected'}, whatever the file says`)
  const drawn = selected ? officersOf(seed, lot, head.officers, excused, head.officersDrawn) : []
  if (drawn.join() !== officers.join())
    throw new Tampered(
      `lot ${number}: officers ${drawn.join(', ') || 'none'} were drawn, not ${officers.join(', ') || 'none'}`,
    )
}

function ownLot(lots: readonly LotLine[], { lot, declaration }: Known): LotLine | undefined {
  if (lot !== undefined && !lots.some(({ hash }) => hash === lot)) throw new Tampered(`no lot has the hash ${lot}`)
  if (declaration === undefined) return lots.find(({ hash }) => hash === lot)
  const name = lotOf(declaration.salt, declaration.id)
  const own = lots.find((one) => one.lot === name)
  if (own === undefined) throw new Tampered(`declaration ${declaration.id} is not among the lots`)
  return own
}

function demand(known: string | undefined, found: string, what: string): void {
  if (known !== undefined && known !== found) throw new Tampered(`${what}: ${found}, not ${known}`)
}
