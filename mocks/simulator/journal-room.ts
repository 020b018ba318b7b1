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
  let used = 0
  let journals = 0
  return {
    enter() {
      let own = 0
      let isHere = true
      journals += 1
      return {
        taken(bytes) {
          if (!isHere) return
          own += bytes
          used += bytes
        },
        most: () => (used <= all ? each : Math.min(each, Math.floor(all / journals))),
        leave() {
          isHere = false
          used -= own
          journals -= 1
        },
      }
    },
  }
}

/** Room of a journal that shares with nobody. */
export const ownRoom = (bytes: number = limits.journalBytes): Room => ({ taken: () => undefined, most: () => bytes })
