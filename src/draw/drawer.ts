import type { Logger } from 'pino'
import { type Client, type Database, transaction } from '../db/database.ts'
import { type Candidate, countSelected, readLots, takeCandidates } from '../db/draw-lots.ts'
import { keepClosing, keepReveal, lockDraws, readDraw, readUntold } from '../db/draws.ts'
import { limits } from '../limits.ts'
import type { Vault } from '../notices/vault.ts'
import type { RiskRoom } from '../risk/risks.ts'
import { commit, ownerOf } from './commit.ts'
import { drawDayAt } from './days.ts'
import { drawLot, type Run } from './lots.ts'
import { commitmentTo, growRoot } from './lottery.ts'

/** What draws are tended with. */
export interface DrawRoom extends RiskRoom {
  readonly database: Database
  readonly vault: Vault
  readonly log: Logger
}

/** What was done in one go. */
export interface Tended {
  readonly committed: string[]
  readonly drawn: number
  readonly closed: string[]
  readonly revealed: string[]
}

/**
 * Brings every agency's draws 双随机 to where they should be at an instant: commits to the day that begins, draws what was registered, closes the days
 * that are over and, later, tells their seeds. Each step is a transaction of its own and can be run again after any of its lines; of several
 * processes one tends an agency at a time.
 */
export async function tendDraws(room: DrawRoom, now: Date): Promise<Tended> {
  const done = { committed: [] as string[], drawn: 0, closed: [] as string[], revealed: [] as string[] }
  const troubles: unknown[] = []
  const days = [drawDayAt(now.getTime()), drawDayAt(now.getTime() + limits.drawAheadMs)]
  for (const [agency, { draw }] of Object.entries(room.adapters)) {
    if (draw === undefined) continue
    const own = async <T>(work: (client: Client) => Promise<T>): Promise<T | undefined> => {
      try {
        return await transaction(room.database.pool, async (client) =>
          (await lockDraws(client, agency)) ? work(client) : undefined,
        )
      } catch (error) {
        troubles.push(error)
        return undefined
      }
    }
    for (const day of new Set(days))
      if (await own((client) => commitOnce(client, room.vault, { agency, day, officersDrawn: draw.officers }, now)))
        done.committed.push(`${agency} ${day}`)
    for (let more = true; more; ) {
      const batch = await own((client) => drawBatch(client, room, agency, now))
      done.drawn += batch?.drawn ?? 0
      more = batch?.more === true
    }
    for (const { day } of await readUntold(room.database.pool, agency)) {
      if (await own((client) => closeIfOver(client, agency, day, now))) done.closed.push(`${agency} ${day}`)
      if (await own((client) => revealIfDue(client, room, agency, day, now))) done.revealed.push(`${agency} ${day}`)
    }
  }
  // One step that fails keeps no other from its turn: a key that is lost must not stop the days after it.
  if (troubles.length > 0) throw troubles[0]
  return done
}

/** @returns whether nobody had committed to that day before */
async function commitOnce(client: Client, vault: Vault, wanted: Parameters<typeof commit>[2], now: Date) {
  if ((await readDraw(client, wanted.agency, wanted.day)) !== undefined) return false
  await commit(client, vault, wanted, now)
  return true
}

/** Draws the candidates that have waited longest. What cannot be known goes on waiting, and says so in the log. */
async function drawBatch(
  client: Client,
  room: DrawRoom,
  agency: string,
  now: Date,
): Promise<{ drawn: number; more: boolean }> {
  const candidates = await takeCandidates(client, agency, limits.drawBatch)
  const runs = new Map<string, Run>()
  let drawn = 0
  for (const candidate of candidates) {
    const run = await runFor(client, room, runs, agency, drawDayAt(candidate.registeredAt.getTime()), now)
    if (run === undefined) break
    if (await tryLot(client, room, run, candidate, now)) drawn++
  }
  return { drawn, more: drawn === limits.drawBatch }
}

/** One declaration that cannot be known keeps no other from its lot. */
async function tryLot(client: Client, room: DrawRoom, run: Run, candidate: Candidate, now: Date): Promise<boolean> {
  const about = { agency: run.draw.agency, declarationId: candidate.declarationId }
  await client.query('SAVEPOINT lot')
  try {
    if (await drawLot(client, room, run, candidate, now)) return true
    room.log.error(about, 'no lot could be drawn: no rule, or no document')
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT lot')
    room.log.error({ ...about, err: error }, 'no lot could be drawn')
  }
  return false
}

/** The draw of the day a declaration was registered in, or the running one when that day is closed (or nobody committed to it). */
async function runFor(
  client: Client,
  { vault }: DrawRoom,
  runs: Map<string, Run>,
  agency: string,
  day: string,
  now: Date,
): Promise<Run | undefined> {
  for (const wanted of [day, drawDayAt(now.getTime())]) {
    const known = runs.get(wanted)
    if (known !== undefined) return known
    const draw = await readDraw(client, agency, wanted)
    if (draw === undefined || draw.closing !== undefined) continue
    const run: Run = {
      draw,
      seed: vault.open(draw.seed, ownerOf(agency, wanted, 'seed')),
      salt: vault.open(draw.salt, ownerOf(agency, wanted, 'salt')),
      number: draw.lots,
      head: draw.head,
      roster: undefined,
    }
    runs.set(wanted, run)
    return run
  }
  return undefined
}

/** Closes a day that is over: how many lots, and the root over them, stand for good before anybody knows the seed. */
async function closeIfOver(client: Client, agency: string, day: string, now: Date): Promise<boolean> {
  const draw = await readDraw(client, agency, day)
  if (draw === undefined || draw.closing !== undefined) return false
  if (draw.endsAt.getTime() + limits.drawGraceMs > now.getTime()) return false
  const tree = growRoot()
  for await (const page of readLots(client, agency, day)) for (const { hash } of page) tree.add(hash)
  await keepClosing(client, draw, { count: draw.lots, root: tree.finish(), head: draw.head, at: now })
  return true
}

/** Tells the seed of a draw that was closed long enough ago. */
async function revealIfDue(
  client: Client,
  { vault }: DrawRoom,
  agency: string,
  day: string,
  now: Date,
): Promise<boolean> {
  const draw = await readDraw(client, agency, day)
  if (draw?.closing === undefined || draw.reveal !== undefined) return false
  if (draw.closing.at.getTime() + limits.drawRevealAfterMs > now.getTime()) return false
  const seed = vault.open(draw.seed, ownerOf(agency, day, 'seed'))
  if (commitmentTo(seed) !== draw.seedHash) throw new Error(`The seed of ${agency} ${day} is not the one committed to`)
  const selected = await countSelected(client, agency, day)
  await keepReveal(client, draw, { seed, selected, at: now })
  return true
}
