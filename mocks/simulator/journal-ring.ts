/** Where a journal's entries lie 日志环: the newest, each in the slot its number tells; the oldest makes room. No object of theirs is kept. */
import type { DroppedMark, Entry, Kept, Note } from './journal-notes.ts'
import type { Room } from './journal-room.ts'
import type { JournalFilter } from './journal-search.ts'
import { Tape } from './tape.ts'

/** What a slot holds: numbers, one of them 0 or 1. The eighth is left free, so that a slot is one line of the processor's cache. */
const [simulated, real, repeated, piece, start, length, isCut, width] = [0, 1, 2, 3, 4, 5, 6, 8] as const
const slotsAtFirst = 64
/** An entry's slot, in bytes. */
const besideText = 8 * width

export class Ring {
  readonly #mostEntries: number
  readonly #room: Room
  #texts = new Tape()
  #slots = new Float64Array(0)
  /** The sequence number whose slot is the first: everything before it was cleared. */
  #base = 1
  #first = 1
  #next = 1
  #bytes = 0
  /** The times of what was dropped last, and the latest simulated time of all that was. */
  #last = nothingDropped

  constructor(mostEntries: number, room: Room) {
    this.#mostEntries = mostEntries
    this.#room = room
  }

  /** The number of the oldest entry that is here. */
  get first(): number {
    return this.#first
  }

  /** The number the next entry will have. */
  get next(): number {
    return this.#next
  }

  /** @param text a note as JSON; `cut`, whether some of it is missing. @returns its number */
  push(text: string, { simulatedAt, realAt, cut }: Pick<Kept, 'simulatedAt' | 'realAt' | 'cut'>): number {
    if (this.#next - this.#first === this.#mostEntries) this.#drop()
    const place = this.#texts.append(text)
    const at = this.#slotOf(this.#next)
    const slots = this.#slotsFor(at)
    slots[at + simulated] = simulatedAt
    slots[at + real] = realAt
    slots[at + repeated] = 1
    slots[at + piece] = place.piece
    slots[at + start] = place.from
    slots[at + length] = place.length
    slots[at + isCut] = cut ? 1 : 0
    this.#next += 1
    this.#take(place.length + besideText)
    while (this.#bytes > this.#room.most() && this.#first < this.#next) this.#drop()
    return this.#next - 1
  }

  /** An entry happened once more, at these times. */
  repeat(sequence: number, simulatedAt: number, realAt: number): void {
    const at = this.#slotOf(sequence)
    this.#slots[at + simulated] = simulatedAt
    this.#slots[at + real] = realAt
    this.#slots[at + repeated] = this.#number(at + repeated) + 1
  }

  /** Entries behind one number and before another, both left out, of a span of simulated time: others are not even read. */
  *between(
    { after = 0, since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: JournalFilter,
    before = this.#next,
    isNewestFirst = false,
  ): Iterable<Kept> {
    const [from, to] = [Math.max(this.#first, after + 1), Math.min(this.#next, before) - 1]
    for (let step = 0; step <= to - from; step += 1) {
      const sequence = isNewestFirst ? to - step : from + step
      const simulatedAt = this.#number(this.#slotOf(sequence) + simulated)
      if (simulatedAt >= since && simulatedAt <= until) yield this.#read(sequence)
    }
  }

  /** How many entries had to go since it was last cleared. */
  dropped(): number {
    return this.#first - this.#base
  }

  /** The mark of what is gone and might have been found. */
  gone({ after = 0, since = Number.NEGATIVE_INFINITY }: JournalFilter): (DroppedMark & Entry) | undefined {
    const from = Math.max(this.#base, after + 1)
    if (from >= this.#first || since > this.#last.latest) return undefined
    const what = `gone: ${from} to ${this.#first - 1}; a journal keeps its newest ${this.#mostEntries} entries, and of those about ${this.#room.most()} bytes`
    return {
      kind: 'dropped',
      agency: '',
      references: [],
      from,
      count: this.#first - from,
      what,
      sequence: this.#first - 1,
      simulatedAt: new Date(this.#last.simulatedAt).toISOString(),
      realAt: new Date(this.#last.realAt).toISOString(),
    }
  }

  clear(): void {
    this.#take(-this.#bytes)
    this.#texts = new Tape()
    this.#slots = new Float64Array(0)
    this.#base = this.#next
    this.#first = this.#next
    this.#last = nothingDropped
  }

  #read(sequence: number): Kept {
    const at = this.#slotOf(sequence)
    return {
      note: JSON.parse(this.#texts.read(this.#placeAt(at))) as Note,
      sequence,
      simulatedAt: this.#number(at + simulated),
      realAt: this.#number(at + real),
      repeated: this.#number(at + repeated),
      cut: this.#number(at + isCut) === 1,
    }
  }

  #placeAt(at: number) {
    return { piece: this.#number(at + piece), from: this.#number(at + start), length: this.#number(at + length) }
  }

  #number(at: number): number {
    return this.#slots[at] ?? Number.NaN
  }

  #slotOf(sequence: number): number {
    return ((sequence - this.#base) % this.#mostEntries) * width
  }

  /** The slots, enough of them for this one. */
  #slotsFor(at: number): Float64Array {
    if (at < this.#slots.length) return this.#slots
    const slots = new Float64Array(
      Math.min(this.#mostEntries * width, Math.max(slotsAtFirst * width, 2 * this.#slots.length)),
    )
    slots.set(this.#slots)
    this.#slots = slots
    return slots
  }

  #take(bytes: number): void {
    this.#bytes += bytes
    this.#room.taken(bytes)
  }

  #drop(): void {
    const at = this.#slotOf(this.#first)
    const [simulatedAt, realAt] = [this.#number(at + simulated), this.#number(at + real)]
    this.#last = { simulatedAt, realAt, latest: Math.max(this.#last.latest, simulatedAt) }
    this.#take(-(this.#number(at + length) + besideText))
    this.#first += 1
    if (this.#first === this.#next) this.#texts = new Tape()
    else this.#texts.forgetBefore(this.#number(this.#slotOf(this.#first) + piece))
  }
}

const nothingDropped = { simulatedAt: 0, realAt: 0, latest: Number.NEGATIVE_INFINITY }
