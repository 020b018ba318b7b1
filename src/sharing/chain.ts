import { Broken } from '../audit/broken.ts'
import { beginning, digestOf } from '../audit/hash.ts'
import type { Client, Queryable } from '../db/database.ts'
import { type ChainedRead, keepReads, lockReads, readReads, type SharedRead } from '../db/sharing-reads.ts'

/** The hash of a reading: ties it to the one before, and that to all before it. */
export const readHash = (previous: string, number: number, read: SharedRead): string =>
  digestOf(
    previous,
    read.declarationId,
    number,
    read.id,
    read.agency,
    read.by,
    read.purpose,
    read.caseNumber,
    read.kind,
    read.version,
    read.policy,
    read.basis,
    read.fields,
    read.at.toISOString(),
    read.discloseAt.toISOString(),
  )

/** Keeps readings 查询留痕 in the transaction that reads, before anything of it is answered; at most one of each declaration. */
export async function logReads(client: Client, reads: readonly SharedRead[]): Promise<void> {
  if (reads.length === 0) return
  const heads = await lockReads(
    client,
    reads.map(({ declarationId }) => declarationId),
  )
  await keepReads(
    client,
    reads.map((read) => {
      const head = heads.get(read.declarationId) ?? { number: 0, hash: beginning }
      const number = head.number + 1
      return { ...read, number, hash: readHash(head.hash, number, read) }
    }),
  )
}

/** What is wrong with the chain of readings of a declaration, in the order of their numbers. @returns undefined when nothing is */
export function brokenRead(reads: readonly ChainedRead[]): string | undefined {
  let previous = beginning
  for (const [at, read] of reads.entries()) {
    if (read.number !== at + 1) return `reading ${at + 1} is not there`
    if (read.hash !== readHash(previous, read.number, read)) return `reading ${read.number} is not what was kept`
    previous = read.hash
  }
  return undefined
}

/** Checks the chains of readings of declarations 查询记录核验. @throws {Broken} at the first broken link */
export async function verifyReads(queryable: Queryable, declarationIds: readonly string[]): Promise<void> {
  const chains = Map.groupBy(await readReads(queryable, declarationIds), ({ declarationId }) => declarationId)
  for (const [declarationId, reads] of chains) {
    const broken = brokenRead(reads)
    if (broken !== undefined) throw new Broken({ declarationId, record: 'read' }, broken)
  }
}
