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

/**
 * A longer text has a piece of its own. The first is as large as the others: what is not written on takes no memory of the machine, and
 * every piece is something for the collector to look after.
 */
const pieceBytes = 32_768

const noBytes = Buffer.alloc(0)

export class Tape {
  /** The piece that is written on, how much of it is, and its number. */
  #piece: Buffer = noBytes
  #used = 0
  #number = -1
  /** The pieces before it, as far as they are written on; undefined while there are none. */
  #before: Buffer[] | undefined
  #size = 0

  /** What it takes of memory, in bytes. */
  get size(): number {
    return this.#size
  }

  append(text: string): Place {
    if (this.#number < 0 || !this.#fits(text)) this.#begin(text)
    const from = this.#used
    const length = this.#piece.write(text, from)
    this.#used += length
    return { piece: this.#number, from, length }
  }

  /** @throws {RangeError} of what was let go */
  read({ piece, from, length }: Place): string {
    const back = this.#number - piece
    const found = back === 0 ? this.#piece : this.#before?.at(-back)
    if (found === undefined || back < 0) throw new RangeError(`Piece ${piece} is not here`)
    return found.toString('utf8', from, from + length)
  }

  /** Lets go of the pieces before this one. */
  forgetBefore(piece: number): void {
    for (let first = this.#number - (this.#before?.length ?? 0); first < Math.min(piece, this.#number); first += 1)
      this.#size -= this.#before?.shift()?.buffer.byteLength ?? 0
  }

  /** What is on it now, where each text is a line: as often as it is asked for, and whatever is appended since. Shares its bytes. */
  lines(): Iterable<string> {
    const pieces = [...(this.#before ?? []), this.#piece.subarray(0, this.#used)]
    return {
      *[Symbol.iterator]() {
        for (const piece of pieces) yield* piece.toString('utf8').split('\n').slice(0, -1)
      },
    }
  }

  /** A character takes three bytes at most: nearly always that says enough. */
  #fits(text: string): boolean {
    const room = this.#piece.length - this.#used
    return 3 * text.length <= room || (text.length <= room && Buffer.byteLength(text) <= room)
  }

  #begin(text: string): void {
    if (this.#number >= 0) (this.#before ??= []).push(this.#piece.subarray(0, this.#used))
    this.#piece = Buffer.allocUnsafeSlow(Math.max(pieceBytes, Buffer.byteLength(text)))
    this.#used = 0
    this.#number += 1
    this.#size += this.#piece.length
  }
}
