import { createHash } from 'node:crypto'
import type { EventLine, ExportLine, ProofLine, SealLine } from '../../schemas/export.ts'
import { type Head, type KeptRow, readKept } from '../db/audit.ts'
import { readBodies, readChains, readProofs, readSeals, readVersionBytes } from '../db/audit-reads.ts'
import { type Database, snapshot } from '../db/database.ts'
import { limits } from '../limits.ts'
import { messageDigest } from './bind.ts'

/** A declaration as it stood at one instant, with everything but the bytes, which never change and are read later. */
export interface Snapshot {
  readonly id: string
  readonly head: Head
  readonly events: readonly EventLine[]
  readonly rows: readonly KeptRow[]
  readonly proofs: readonly ProofLine[]
  readonly seals: readonly SealLine[]
}

/** @returns undefined when there is no such declaration */
export function takeSnapshot({ pool }: Database, id: string): Promise<Snapshot | undefined> {
  return snapshot(pool, async (client) => {
    const all = await readKept(client, [id])
    const head = all.find((row) => row.record === 'head')
    if (head === undefined) return undefined
    const proofs = (await readProofs(client, [id])).get(id) ?? []
    return {
      id,
      head,
      events: (await readChains(client, [id])).get(id) ?? [],
      rows: all.filter((row) => row.record !== 'head'),
      proofs,
      seals: proofs[0] === undefined ? [] : await readSeals(client, proofs[0].day),
    }
  })
}

/**
 * A declaration as one file 存证导出: a line of JSON each, in the order of the kinds in schemas/export.ts.
 * @param operator whether it may read what speaks of other traders' filings too; else only its digest is there
 */
export async function* exportOf(database: Database, taken: Snapshot, operator: boolean): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let lines = 0
  for await (const line of linesOf(database, taken, operator)) {
    const text = `${JSON.stringify(line)}\n`
    hash.update(text)
    lines++
    yield text
  }
  yield `${JSON.stringify({ record: 'end', lines, sha256: hash.digest('base64url') } satisfies ExportLine)}\n`
}

async function* linesOf(
  database: Database,
  { id, head, events, rows, proofs, seals }: Snapshot,
  operator: boolean,
): AsyncGenerator<ExportLine> {
  yield {
    record: 'export',
    format: 'yuchuang-export-1',
    declarationId: id,
    events: head.eventCount,
    head: head.head,
  }
  yield* events
  for (const { of: _, ...line } of rows.filter((row) => row.record === 'declaration')) yield line
  const versions = rows.filter((row) => row.record === 'version').sort((a, b) => a.version - b.version)
  for (const { version, mediaType, at } of versions) {
    const bytes = await readVersionBytes(database.pool, id, version)
    if (bytes === undefined) throw new Error(`Version ${version} of ${id} is not there`)
    yield { record: 'version', version, mediaType, ...bytes, at }
  }
  for (const { of: _, ...line } of rows.filter((row) => row.record === 'change')) yield line
  const filings = rows.filter((row) => row.record === 'filing').sort((a, b) => a.position - b.position)
  for (const { of: _, gates, ...line } of filings) yield { ...line, ...(gates ? { gates } : {}) }
  const messages = rows.filter((row) => row.record === 'message').sort((a, b) => a.id - b.id)
  for (let from = 0; from < messages.length; from += limits.exportPage) {
    const page = messages.slice(from, from + limits.exportPage)
    const bodies = await readBodies(
      database.pool,
      id,
      page.map((message) => message.id),
    )
    for (const { of: _, id: messageId, ...line } of page) {
      const found = bodies.get(messageId)
      const withheld = found?.shared === true && !operator
      yield { ...line, body: withheld ? null : (found?.body ?? null), bodySha256: withheld ? line.bodySha256 : null }
    }
  }
  const receipts = rows.filter((row) => row.record === 'receipt').sort((a, b) => a.id - b.id)
  for (const { of: _, id: __, message, ...line } of receipts)
    yield { ...line, message: message === null ? null : messageDigest(message) }
  yield* proofs
  yield* seals
}
