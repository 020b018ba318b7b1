/**
 * Texts beside the heap 文本带: one after the other as UTF-8, in pieces. Thousands of kept texts are nothing to the collector so, and those of a
 * session lie together.
 */

/** Where a text is. */
export interface Place {
  /** The number of the piece it is in, from 0. */
  readonly piece: number
  readonly from: number
  /** In bytes. */
  readonly length: number
}

interface Piece {
  readonly bytes: Buffer
  used: number
}

/** Pieces double from the one size to the other; a longer text has a piece of its own. */
const [smallest, largest] = [2_048, 32_768]

export class Tape {
  #pieces: Piece[] = []
  /** How many pieces have been let go. */
  #gone = 0
  #size = 0

  /** What it takes of memory, in bytes. */
  get size(): number {
    return this.#size
  }

  append(text: string): Place {
    const last = this.#pieces.at(-1)
    const piece = last !== undefined && fits(text, last) ? last : this.#begin(text, last)
    const from = piece.used
    const length = piece.bytes.write(text, from)
    piece.used += length
    return { piece: this.#gone + this.#pieces.length - 1, from, length }
  }

  /** @throws {RangeError} of what was let go */
  read({ piece, from, length }: Place): string {
    const found = this.#pieces[piece - this.#gone]
    if (found === undefined) throw new RangeError(`Piece ${piece} is not here`)
    return found.bytes.toString('utf8', from, from + length)
  }

  /** Lets go of the pieces before this one. */
  forgetBefore(piece: number): void {
    for (; this.#gone < piece; this.#gone += 1) this.#size -= this.#pieces.shift()?.bytes.length ?? 0
  }

  /** What is on it now, where each text is a line: as often as it is asked for, and whatever is appended since. Shares its bytes. */
  lines(): Iterable<string> {
    const pieces = this.#pieces.map(({ bytes, used }) => bytes.subarray(0, used))
    return {
      *[Symbol.iterator]() {
        for (const piece of pieces) yield* piece.toString('utf8').split('\n').slice(0, -1)
      },
    }
  }

  #begin(text: string, last: Piece | undefined): Piece {
    const size = Math.min(largest, last === undefined ? smallest : 2 * last.bytes.length)
    const piece = { bytes: Buffer.allocUnsafeSlow(Math.max(size, Buffer.byteLength(text))), used: 0 }
    this.#pieces.push(piece)
    this.#size += piece.bytes.length
    return piece
  }
}

/** A character takes three bytes at most: nearly always that says enough. */
function fits(text: string, { bytes, used }: Piece): boolean {
  const room = bytes.length - used
  return 3 * text.length <= room || Buffer.byteLength(text) <= room
}
