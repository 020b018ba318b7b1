import { randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A new id: 20 characters of Crockford's base 32, the first ten its time in milliseconds (so that ids sort by age), the rest
 * 50 random bits. Fits every agency's field for a sender's own number.
 */
export function newId(at: number): string {
  let time = ''
  for (let rest = at, place = 0; place < 10; place++) {
    time = alphabet.charAt(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  let random = ''
  for (const byte of randomBytes(10)) random += alphabet.charAt(byte & 31)
  return time + random
}
