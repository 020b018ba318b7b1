import type { Client, Queryable } from './database.ts'

/** One change of what is taken of a certificate 台账: what it adds to each sum, less than nothing where it gives back. */
export interface Entry {
  readonly useId: string
  readonly kind: 'reserve' | 'commit' | 'release' | 'reverse' | 'succeed'
  readonly reserved: string
  readonly committed: string
  readonly uses: number
}

interface Named {
  readonly typeCode: string
  readonly number: string
}

/**
 * Takes of a certificate, if there is enough left: sums and entry in one statement, so that whoever comes at the same time waits for the
 * row and then sees what is left of it.
 * @param percent by how much the quantity may be exceeded
 * @returns whether it was taken
 */
export async function take(
  client: Queryable,
  named: Named,
  entry: Entry,
  percent: string,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'certificate-take',
    text: `WITH taken AS (
         UPDATE certificate SET reserved = reserved + $4::numeric, committed = committed + $5::numeric, uses_taken = uses_taken + $6
         WHERE type_code = $1 AND number = $2
           AND (quantity IS NULL OR $4::numeric + $5::numeric <= 0 OR reserved + committed + $4::numeric + $5::numeric <= quantity * (100 + $7::numeric) / 100)
           AND (uses IS NULL OR $6 <= 0 OR uses_taken + $6 <= uses)
         RETURNING 1
       )
       INSERT INTO certificate_entry (type_code, number, use_id, kind, reserved, committed, uses, at)
       SELECT $1, $2, $3, $8, $4::numeric, $5::numeric, $6, $9 FROM taken`,
    values: [
      named.typeCode,
      named.number,
      entry.useId,
      entry.reserved,
      entry.committed,
      entry.uses,
      percent,
      entry.kind,
      now,
    ],
  })
  return rowCount === 1
}

/** Enters what moves without taking more than was agreed: written off, given back, passed on. */
export async function enter(client: Client, named: Named, entry: Entry, now: Date): Promise<void> {
  await client.query(
    `WITH moved AS (
       UPDATE certificate SET reserved = reserved + $4::numeric, committed = committed + $5::numeric, uses_taken = uses_taken + $6
       WHERE type_code = $1 AND number = $2 RETURNING 1
     )
     INSERT INTO certificate_entry (type_code, number, use_id, kind, reserved, committed, uses, at)
     SELECT $1, $2, $3, $7, $4::numeric, $5::numeric, $6, $8 FROM moved`,
    [named.typeCode, named.number, entry.useId, entry.reserved, entry.committed, entry.uses, entry.kind, now],
  )
}

export interface EntryRow extends Entry {
  readonly at: Date
}

/** The ledger of a certificate, newest first. */
export async function readEntries(client: Queryable, { typeCode, number }: Named, most: number): Promise<EntryRow[]> {
  const { rows } = await client.query<EntryRow>(
    `SELECT use_id AS "useId", kind, reserved::text, committed::text, uses, at FROM certificate_entry
     WHERE type_code = $1 AND number = $2 ORDER BY id DESC LIMIT $3`,
    [typeCode, number, most],
  )
  return rows
}
