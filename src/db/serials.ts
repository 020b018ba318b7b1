import type { Client, Database } from './database.ts'

/** Serial numbers taken from the database at once by one process; those it does not use are lost, which harms nobody. */
const block = 1_000

/** Serial numbers for filings, unique over all processes, without asking the database each time. */
export function createSerials({ pool }: Database) {
  let next = 0
  let end = 0
  let fetching: Promise<void> | undefined
  const fetch = async () => {
    const { rows } = await pool.query<{ serial: number }>("SELECT nextval('filing_serial') AS serial")
    next = (rows[0]?.serial ?? 1) * block
    end = next + block
  }
  return {
    /** The first of `count` numbers in a row. */
    async take(count: number): Promise<number> {
      while (end - next < count) {
        fetching ??= fetch().finally(() => {
          fetching = undefined
        })
        await fetching
      }
      next += count
      return next - count
    },
  }
}

/** Serial numbers inside a transaction. */
export async function nextSerials(client: Client, count: number): Promise<number[]> {
  if (count === 0) return []
  const { rows } = await client.query<{ serial: number }>("SELECT nextval('filing_serial') AS serial")
  const first = (rows[0]?.serial ?? 1) * block
  return Array.from({ length: count }, (_, index) => first + index)
}
