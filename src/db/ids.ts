import { randomFillSync } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const pool = Buffer.alloc(2_560)
let used = pool.length

/** Ten random bytes, each given once; the system is asked for many at a time. */
function tenBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return pool.subarray(used, (used += 10))
}

/**
 * A new id: 20 characters of Crockford's base 32, the first ten its time in milliseconds (so that ids sort by age), the rest
 * 50 random bits. Fits every agency's field for a sender's own number.
 */
export function newId(at: number): string {
  const time = timePart(at)
  let random = ''
  for (const byte of tenBytes()) random += alphabet.charAt(byte & 31)
  return time + random
}

function timePart(at: number): string {
  let time = ''
  for (let rest = at, place = 0; place < 10; place++) {
    time = alphabet.charAt(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  return time
}

/** The least id that is made at an instant: what ids of before are less than. */
export const idsFrom = (at: number): string =>
  timePart(Math.min(Math.max(at, 0), mostAt)).padEnd(20, alphabet.charAt(0))
const mostAt = 32 ** 10 - 1
