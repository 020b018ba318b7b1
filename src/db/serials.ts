import type { Database, Queryable } from './database.ts'

/** Serial numbers an agency's counter gives one composer at once; those it does not use are lost, which harms nobody. */
const block = 200

/** Takes the next numbers of an agency's counter; gives the first. */
export type TakeSerials = (agency: string, count: number) => Promise<number>

async function advance(client: Queryable, agency: string, count: number): Promise<number> {
  const { rows } = await client.query<{ first: number }>(
    `INSERT INTO serial (agency, next) VALUES ($1, $2 + 1)
     ON CONFLICT (agency) DO UPDATE SET next = serial.next + $2 RETURNING next - $2 AS first`,
    [agency, count],
  )
  return rows[0]?.first ?? 1
}

/** Takes them from the database's counters. */
export const serialsFrom =
  ({ pool }: Database): TakeSerials =>
  (agency, count) =>
    advance(pool, agency, count)

/** Serial numbers of filings, counted from 1 for each agency and unique over all processes and threads, without a round trip each time. */
export interface Serials {
  /** Resolves when `count` numbers can be taken for each of these agencies. Take them before the next await. */
  reserve(agencies: readonly string[], count: number): Promise<void>
  take(agency: string): number
}

export function createSerials(take: TakeSerials): Serials {
  const blocks = new Map<string, { next: number; end: number }>()
  const left = (agency: string) => {
    const held = blocks.get(agency)
    return held === undefined ? 0 : held.end - held.next
  }
  let fetching: Promise<void> | undefined
  const fetch = async (agencies: readonly string[]) => {
    const firsts = await Promise.all(agencies.map((agency) => take(agency, block)))
    for (const [at, agency] of agencies.entries()) {
      const next = firsts[at] ?? 0
      blocks.set(agency, { next, end: next + block })
    }
  }
  return {
    async reserve(agencies, count) {
      for (;;) {
        const short = agencies.filter((agency) => left(agency) < count)
        if (short.length === 0) return
        fetching ??= fetch(short).finally(() => {
          fetching = undefined
        })
        await fetching
      }
    },
    take(agency) {
      const held = blocks.get(agency)
      if (held === undefined || held.next >= held.end) throw new Error(`No serial number reserved for ${agency}`)
      return held.next++
    },
  }
}

/** One serial number, inside a transaction. */
export const nextSerial = (client: Queryable, agency: string): Promise<number> => advance(client, agency, 1)
