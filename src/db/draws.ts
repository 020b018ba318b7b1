import type { Client, Queryable } from './database.ts'

/** A draw as it was committed to, with how it ended. */
export interface DrawRow {
  readonly agency: string
  readonly day: string
  readonly beginsAt: Date
  readonly endsAt: Date
  /** Sealed. */
  readonly seed: string
  readonly salt: string
  readonly seedHash: string
  readonly saltHash: string
  /** JSON. */
  readonly officers: string
  readonly officersDrawn: number
  readonly rosterHash: string
  readonly rosterRevision: number
  readonly committedAt: Date
  readonly hash: string
}
export interface DrawState extends DrawRow {
  readonly lots: number
  readonly head: string
  readonly closing:
    | { readonly count: number; readonly root: string; readonly head: string; readonly at: Date }
    | undefined
  /** What was told, and how many lots were selected. */
  readonly reveal: { readonly seed: string; readonly selected: number; readonly at: Date } | undefined
}

/** First part of the advisory lock under which an agency's draws are tended: one process at a time. */
const drawLock = 6_512_031

/** Takes an agency's draws for this transaction. @param wait whether to stand in line. @returns false when another process has them */
export async function lockDraws(client: Client, agency: string, wait = false): Promise<boolean> {
  if (wait) {
    await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [drawLock, agency])
    return true
  }
  const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS got', [
    drawLock,
    agency,
  ])
  return rows[0]?.got === true
}

const drawSql = `SELECT draw.agency, to_char(draw.day, 'YYYY-MM-DD') AS day, begins_at AS "beginsAt", ends_at AS "endsAt", draw.seed, salt,
  seed_hash AS "seedHash", salt_hash AS "saltHash", officers, officers_drawn AS "officersDrawn", roster_hash AS "rosterHash",
  roster_revision AS "rosterRevision", committed_at AS "committedAt", draw.hash, coalesce(newest.number, 0) AS lots, coalesce(newest.hash, draw.hash) AS head,
  closing.count AS "closingCount", closing.root AS "closingRoot", closing.head AS "closingHead", closing.at AS "closedAt",
  reveal.seed AS "revealedSeed", reveal.selected, reveal.at AS "revealedAt"
FROM draw LEFT JOIN draw_closing closing USING (agency, day) LEFT JOIN draw_reveal reveal USING (agency, day)
LEFT JOIN LATERAL (SELECT number, hash FROM draw_lot WHERE draw_lot.agency = draw.agency AND draw_lot.day = draw.day ORDER BY number DESC LIMIT 1) newest ON true`

interface StateRow extends DrawRow {
  lots: number
  head: string
  closingCount: number | null
  closingRoot: string | null
  closingHead: string | null
  closedAt: Date | null
  revealedSeed: string | null
  selected: number | null
  revealedAt: Date | null
}
const stateOf = ({
  closingCount,
  closingRoot,
  closingHead,
  closedAt,
  revealedSeed,
  selected,
  revealedAt,
  ...row
}: StateRow): DrawState => ({
  ...row,
  closing:
    closedAt === null || closingCount === null || closingRoot === null || closingHead === null
      ? undefined
      : { count: closingCount, root: closingRoot, head: closingHead, at: closedAt },
  reveal:
    revealedSeed === null || selected === null || revealedAt === null
      ? undefined
      : { seed: revealedSeed, selected, at: revealedAt },
})

/** A draw as it stands. */
export async function readDraw(queryable: Queryable, agency: string, day: string): Promise<DrawState | undefined> {
  const { rows } = await queryable.query<StateRow>(`${drawSql} WHERE draw.agency = $1 AND draw.day = $2::date`, [
    agency,
    day,
  ])
  return rows[0] && stateOf(rows[0])
}

/** Draws of one agency or of all, newest first, after a cursor. */
export async function listDraws(
  queryable: Queryable,
  agency: string | undefined,
  after: { readonly day: string; readonly agency: string } | undefined,
  limit: number,
): Promise<DrawState[]> {
  const { rows } = await queryable.query<StateRow>(
    `${drawSql} WHERE ($1::text IS NULL OR draw.agency = $1) AND ($2::date IS NULL OR (draw.day, draw.agency) < ($2, $3))
     ORDER BY draw.day DESC, draw.agency DESC LIMIT $4`,
    [agency ?? null, after?.day ?? null, after?.agency ?? '', limit],
  )
  return rows.map(stateOf)
}

/** Draws of an agency whose seed is not yet told, the oldest first. */
export async function readUntold(queryable: Queryable, agency: string): Promise<DrawState[]> {
  const { rows } = await queryable.query<StateRow>(
    `${drawSql} WHERE draw.agency = $1 AND reveal.at IS NULL ORDER BY draw.day`,
    [agency],
  )
  return rows.map(stateOf)
}

export async function keepDraw(client: Client, row: DrawRow): Promise<void> {
  await client.query(
    `INSERT INTO draw (agency, day, begins_at, ends_at, seed, salt, seed_hash, salt_hash, officers, officers_drawn, roster_hash, roster_revision, committed_at, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      row.agency,
      row.day,
      row.beginsAt,
      row.endsAt,
      row.seed,
      row.salt,
      row.seedHash,
      row.saltHash,
      row.officers,
      row.officersDrawn,
      row.rosterHash,
      row.rosterRevision,
      row.committedAt,
      row.hash,
    ],
  )
}

export async function keepClosing(
  client: Client,
  { agency, day }: Pick<DrawRow, 'agency' | 'day'>,
  closing: NonNullable<DrawState['closing']>,
): Promise<void> {
  await client.query('INSERT INTO draw_closing (agency, day, count, root, head, at) VALUES ($1, $2, $3, $4, $5, $6)', [
    agency,
    day,
    closing.count,
    closing.root,
    closing.head,
    closing.at,
  ])
}

export async function keepReveal(
  client: Client,
  { agency, day }: Pick<DrawRow, 'agency' | 'day'>,
  reveal: NonNullable<DrawState['reveal']>,
): Promise<void> {
  await client.query('INSERT INTO draw_reveal (agency, day, seed, selected, at) VALUES ($1, $2, $3, $4, $5)', [
    agency,
    day,
    reveal.seed,
    reveal.selected,
    reveal.at,
  ])
}

/** The officers of an agency, one version of them. */
export interface RosterRow {
  readonly revision: number
  /** Canonical JSON. */
  readonly officers: string
  readonly by: string
  readonly at: Date
}

/** @param revision the newest when left out */
export async function readRoster(
  queryable: Queryable,
  agency: string,
  revision?: number,
): Promise<RosterRow | undefined> {
  const { rows } = await queryable.query<RosterRow>(
    'SELECT revision, officers, by, at FROM draw_roster WHERE agency = $1 AND revision = coalesce($2, (SELECT max(revision) FROM draw_roster WHERE agency = $1))',
    [agency, revision ?? null],
  )
  return rows[0]
}

export async function keepRoster(client: Client, agency: string, row: RosterRow): Promise<void> {
  await client.query('INSERT INTO draw_roster (agency, revision, officers, by, at) VALUES ($1, $2, $3, $4, $5)', [
    agency,
    row.revision,
    row.officers,
    row.by,
    row.at,
  ])
}
