/**
 * A mergeable histogram 可合并直方图 of amounts of 0 and more (seconds, fen): buckets whose borders grow by one factor. Whatever lies in a bucket
 * is told as its middle, off by no more than `errorBound`; counts are exact, so that merging loses nothing. Source: DDSketch, Masson
 * et al. 2019 (VLDB).
 */
export type Histogram = ReadonlyMap<number, number>

/** The most by which a quantile may be off, relative to the exact one. */
export const errorBound = 0.01
const growth = (1 + errorBound) / (1 - errorBound)
const logGrowth = Math.log(growth)

/** The bucket of an amount: 0 for none at all, else the n whose border growth^n it does not pass. @param amount a whole number */
export const bucketOf = (amount: number): number => (amount <= 0 ? 0 : Math.ceil(Math.log(amount) / logGrowth) + 1)

/** What is told of whatever lies in a bucket. */
export const amountOf = (bucket: number): number => (bucket === 0 ? 0 : (2 * growth ** (bucket - 1)) / (growth + 1))

/** Adds one histogram to another, which is changed. */
export function addTo(sum: Map<number, number>, more: Histogram, sign: 1 | -1 = 1): void {
  for (const [bucket, count] of more) sum.set(bucket, (sum.get(bucket) ?? 0) + sign * count)
}

/** The amount a share of all does not exceed (nearest rank). @returns 0 of an empty histogram */
export function quantileOf(histogram: Histogram, share: number): number {
  const tally = createTally()
  for (const [bucket, count] of histogram) tally.add(bucket, count)
  return tally.quantile(share)
}

/** A histogram that many are added to: counts by bucket. */
export interface Tally {
  add(bucket: number, count: number): void
  /** Adds a packed histogram. */
  addPacked(bytes: Uint8Array): void
  /** The amount a share of all does not exceed (nearest rank); 0 of nothing. */
  quantile(share: number): number
}

export function createTally(): Tally {
  /** By bucket; nothing in it is negative. */
  let counts = new Float64Array(1_024)
  let total = 0
  let end = 0
  const add = (bucket: number, count: number) => {
    if (bucket >= counts.length) {
      const larger = new Float64Array(bucket * 2)
      larger.set(counts)
      counts = larger
    }
    counts[bucket] = (counts[bucket] ?? 0) + count
    total += count
    if (bucket >= end) end = bucket + 1
  }
  return {
    add,
    addPacked(bytes) {
      let at = 0
      const next = () => {
        let [value, factor] = [0, 1]
        for (;;) {
          const byte = bytes[at++] ?? 0
          value += (byte & 127) * factor
          if (byte < 128) return value
          factor *= 128
        }
      }
      for (let bucket = 0; at < bytes.length; ) {
        bucket += next()
        add(bucket, next())
      }
    },
    quantile(share) {
      const rank = Math.max(1, Math.ceil(share * total))
      let seen = 0
      for (let bucket = 0; bucket < end; bucket++) {
        seen += counts[bucket] ?? 0
        if (seen >= rank) return amountOf(bucket)
      }
      return 0
    },
  }
}

/** A histogram as few bytes: how far each bucket is from the one before, and its count; seven bits a byte, the eighth says that more follow. */
export function packed(histogram: Histogram): Buffer {
  const bytes: number[] = []
  const write = (value: number) => {
    let left = value
    for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128)
    bytes.push(left)
  }
  let before = 0
  for (const [bucket, count] of [...histogram].sort(([a], [b]) => a - b)) {
    if (count <= 0) continue
    write(bucket - before)
    write(count)
    before = bucket
  }
  return Buffer.from(bytes)
}
