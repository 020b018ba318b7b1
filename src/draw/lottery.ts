import { createHash, createHmac } from 'node:crypto'
import type { DrawHead, LotContent, ResultLine } from '../../schemas/draw.ts'
import { growTree, leafHash } from '../audit/merkle.ts'
import { canonicalJson } from '../fees/canonical.ts'

/**
 * The arithmetic of the open draw 双随机抽签算法: everything that decides, and nothing else. Whoever checks a published draw runs exactly this.
 * Seeds, salts and hashes are written as 64 small hexadecimal digits; what is hashed is UTF-8.
 */

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What is made public of a secret before it is used: SHA-256 of its 32 bytes. */
export const commitmentTo = (secret: string): string =>
  createHash('sha256').update(Buffer.from(secret, 'hex')).digest('hex')

const keyed = (secret: string, text: string) => createHmac('sha256', Buffer.from(secret, 'hex')).update(text).digest()

/** What a declaration is called in public 签号: nobody without the salt can tell which it is. */
export const lotOf = (salt: string, declarationId: string): string => keyed(salt, declarationId).toString('hex')

/** What the roster of officers is committed to by: names and excuses, under the salt, so that nobody can guess them. */
export const rosterHashOf = (salt: string, roster: string): string => keyed(salt, roster).toString('hex')

/** Hash of all that is committed to before a draw begins: the first link of its chain. */
export const headHash = (head: Omit<DrawHead, 'kind'>): string => {
  const { agency, day, beginsAt, endsAt, committedAt, seedHash, saltHash, officers, officersDrawn, rosterHash } = head
  return sha256(
    canonicalJson({
      agency,
      day,
      beginsAt,
      endsAt,
      committedAt,
      seedHash,
      saltHash,
      officers,
      officersDrawn,
      rosterHash,
    }),
  )
}

/** Hash of a lot: what it says, and the hash of the one before (of the head, for the first). */
export const lotHash = (previous: string, { number, lot, ppm, rules, excused, early }: LotContent): string =>
  sha256(canonicalJson({ previous, number, lot, ppm, rules, excused, early }))

/** Hash of a result: what it says, and the hash of the one before (of the head, for the first). */
export const resultHash = (
  previous: string,
  { number, lot, outcome, inspectedOn }: Omit<ResultLine, 'kind' | 'hash'>,
): string => sha256(canonicalJson({ previous, number, lot, outcome, inspectedOn }))

const millionths = 1_000_000n
const bits = 64n

/** Whether a lot is selected 抽中: the first 64 bits of HMAC-SHA256(seed, lot), as a fraction of 2^64, are less than its probability. */
export const isSelected = (seed: string, lot: string, ppm: number): boolean =>
  keyed(seed, lot).readBigUInt64BE() * millionths < BigInt(ppm) << bits

/** The officers for a lot 随机选派: of those not excused, the first by HMAC-SHA256(seed, lot + ' ' + code); fewer where there are not so many. */
export function officersOf(
  seed: string,
  lot: string,
  officers: readonly string[],
  excused: readonly string[],
  count: number,
): string[] {
  return officers
    .filter((code) => !excused.includes(code))
    .map((code) => ({ code, rank: keyed(seed, `${lot} ${code}`).toString('hex') }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ code }) => code)
}

/** Grows the tree whose root is committed to at the day's end, over the hashes of the lots. */
export function growRoot() {
  const tree = growTree()
  return {
    add: (hash: string) => tree.add(leafHash(hash)),
    finish: (): string => tree.finish().root.toString('hex'),
  }
}
