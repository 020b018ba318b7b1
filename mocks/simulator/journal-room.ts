/** The memory that the journals of all sessions share 日志空间. */
import { limits } from './limits.ts'

export interface Room {
  /** Memory was taken, or given back. */
  taken(bytes: number): void
  /** How much one journal may take as things are: its most, or an equal part where all of it is used. */
  most(): number
}

export interface SharedRoom {
  /** A part of it for one more journal, until it is left. */
  enter(): Room & { leave(): void }
}

/** @param all how much there is; `each`, the most one journal may take of it */
export function createRoom(all: number = limits.journalsBytes, each: number = limits.journalBytes): SharedRoom {
  const house = { all, each, used: 0, journals: 0 }
  return { enter: () => new Part(house) }
}

interface Shared {
  readonly all: number
  readonly each: number
  used: number
  journals: number
}

/** What one journal has of the room. */
class Part implements Room {
  readonly #house: Shared
  #own = 0
  #isHere = true

  constructor(house: Shared) {
    this.#house = house
    house.journals += 1
  }

  taken(bytes: number): void {
    if (!this.#isHere) return
    this.#own += bytes
    this.#house.used += bytes
  }

  most(): number {
    const { all, each, used, journals } = this.#house
    return used <= all ? each : Math.min(each, Math.floor(all / journals))
  }

  leave(): void {
    this.#isHere = false
    this.#house.used -= this.#own
    this.#house.journals -= 1
  }
}

/** Room of a journal that shares with nobody. */
export const ownRoom = (bytes: number = limits.journalBytes): Room => ({ taken: () => undefined, most: () => bytes })
