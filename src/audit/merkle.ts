import { createHash } from 'node:crypto'

const size = 32
const leafMark = Buffer.of(0)
const nodeMark = Buffer.of(1)

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
/** The hash of a leaf; what it says in front of a node's keeps one from passing for the other (RFC 9162 §2.1.1). */
export const leafHash = (content: string): Buffer => sha256(leafMark, Buffer.from(content))
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodeMark, left, right)

/** A Merkle tree 默克尔树 over leaf hashes, each level in one buffer: 64 bytes a leaf. */
export interface MerkleTree {
  readonly count: number
  readonly root: Buffer
  /** The siblings from a leaf up to the root. */
  pathOf(position: number): Buffer[]
}

/** Grows a tree leaf by leaf. */
export function growTree(): { add(leaf: Uint8Array): void; finish(): MerkleTree } {
  let leaves: Buffer = Buffer.alloc(size * 1_024)
  let count = 0
  return {
    add(leaf) {
      if (count * size === leaves.length) leaves = Buffer.concat([leaves, Buffer.alloc(leaves.length)])
      leaves.set(leaf, size * count++)
    },
    finish: () => treeOver(leaves.subarray(0, count * size)),
  }
}

function treeOver(leaves: Buffer): MerkleTree {
  const levels: Buffer[] = [leaves]
  const at = (level: Buffer, position: number) => level.subarray(position * size, (position + 1) * size)
  for (let below: Buffer = leaves; below.length > size; ) {
    const width = below.length / size
    const above: Buffer = Buffer.alloc(Math.ceil(width / 2) * size)
    for (let position = 0; position * 2 < width; position++) {
      const left = at(below, position * 2)
      // The last of an odd level has no sibling and goes up as it is.
      above.set(position * 2 + 1 < width ? nodeHash(left, at(below, position * 2 + 1)) : left, position * size)
    }
    levels.push(above)
    below = above
  }
  return {
    count: leaves.length / size,
    root: leaves.length === 0 ? sha256() : Buffer.from(levels.at(-1) ?? leaves),
    pathOf: (position) =>
      levels.slice(0, -1).flatMap((level, height) => {
        const sibling = at(level, (position >> height) ^ 1)
        return sibling.length === size ? [Buffer.from(sibling)] : []
      }),
  }
}

/** The root a leaf and its path lead to (RFC 9162 §2.1.3.2); undefined when there can be no such path. */
export function rootOfPath(
  leaf: Uint8Array,
  position: number,
  count: number,
  path: readonly Uint8Array[],
): Buffer | undefined {
  if (position >= count) return undefined
  let [at, last] = [position, count - 1]
  let hash: Buffer = Buffer.from(leaf)
  for (const sibling of path) {
    if (last === 0) return undefined
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash)
      for (; at % 2 === 0 && at !== 0; last = Math.floor(last / 2)) at /= 2
    } else hash = nodeHash(hash, sibling)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hash : undefined
}
