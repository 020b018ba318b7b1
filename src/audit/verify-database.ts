import type pg from 'pg'
import type { SealLine } from '../../schemas/export.ts'
import { readKept } from '../db/audit.ts'
import {
  countUnowned,
  readChains,
  readIdsAfter,
  readMiscounted,
  readProofs,
  readSeals,
  readStray,
} from '../db/audit-reads.ts'
import { type Client, snapshot } from '../db/database.ts'
import { limits } from '../limits.ts'
import { verifyReads } from '../sharing/chain.ts'
import { bindingOfRow, nameOf } from './bind.ts'
import { Broken } from './broken.ts'
import { ChainCheck } from './check.ts'
import { beginning } from './hash.ts'
import { checkProof, checkSeals, type Pins } from './seal.ts'

/** What a whole database was found to hold. */
export interface DatabaseFound {
  readonly declarations: number
  readonly events: number
  /** Rows held against what the events bind. */
  readonly kept: number
  readonly proofs: number
  readonly seals: number
  readonly newest: SealLine | undefined
  /** Messages of no declaration: bound by nothing. */
  readonly unowned: number
}

/** Is told how many declarations were looked at so far. */
export type OnPage = (checked: number) => Promise<void>

/**
 * Checks a whole database 全库验证 as it stands at one instant, a page of declarations at a time: chains, everything they bind,
 * seals, proofs, and the chains of who read. The bytes themselves stay in the database, which gives their digests.
 * @throws {Broken} at the first broken link: seals by their days, then declarations by their ids, each one's events in order
 */
export function verifyDatabase(pool: pg.Pool, pins: Pins = {}, onPage?: OnPage): Promise<DatabaseFound> {
  return snapshot(pool, async (client) => {
    const seals = await verifySeals(client, pins)
    const found = { declarations: 0, events: 0, kept: 0, proofs: 0 }
    for (let after = ''; ; ) {
      const ids = await readIdsAfter(client, after, limits.auditPage)
      const last = ids.at(-1)
      if (last === undefined) break
      after = last
      found.declarations += ids.length
      await verifyPage(client, ids, seals, found)
      await verifyReads(client, ids)
      await onPage?.(found.declarations)
    }
    const stray = await readStray(client)
    if (stray !== undefined)
      throw new Broken(
        {
          declarationId: stray.declaration_id,
          ...(stray.number === null ? {} : { event: stray.number }),
          ...(stray.day === null ? {} : { day: stray.day }),
          record: stray.record,
        },
        'the declaration is not there',
      )
    return { ...found, seals: seals.size, newest: [...seals.values()].at(-1), unowned: await countUnowned(client) }
  })
}

/** Checks one declaration as it stands in the database, and every seal 单票验证. @throws {Broken} at the first broken link */
export function verifyDeclaration(pool: pg.Pool, id: string, pins: Pins = {}): Promise<DatabaseFound> {
  return snapshot(pool, async (client) => {
    const seals = await verifySeals(client, pins)
    const found = { declarations: 1, events: 0, kept: 0, proofs: 0 }
    await verifyPage(client, [id], seals, found)
    await verifyReads(client, [id])
    return { ...found, seals: seals.size, newest: [...seals.values()].at(-1), unowned: 0 }
  })
}

async function verifySeals(client: Client, pins: Pins): Promise<Map<string, SealLine>> {
  const all = await readSeals(client, '')
  const check = checkSeals(beginning, pins)
  for (const seal of all) check.next(seal)
  check.end()
  const wrong = await readMiscounted(client)
  if (wrong !== undefined)
    throw new Broken(
      { day: wrong.day },
      wrong.sealed === null
        ? 'there are proofs, but no seal'
        : `it covers ${wrong.sealed} declarations, but ${wrong.proved} have a proof`,
    )
  return new Map(all.map((seal) => [seal.day, seal]))
}

async function verifyPage(
  client: Client,
  ids: readonly string[],
  seals: ReadonlyMap<string, SealLine>,
  found: { events: number; kept: number; proofs: number },
): Promise<void> {
  const chains = await readChains(client, ids)
  const rows = Map.groupBy(await readKept(client, ids), ({ of }) => of)
  const proofs = await readProofs(client, ids)
  for (const id of ids) {
    const check = new ChainCheck(id)
    for (const event of chains.get(id) ?? []) check.next(event)
    const pieces = []
    for (const row of rows.get(id) ?? [])
      if (row.record === 'head') check.end(row)
      else pieces.push({ ...bindingOfRow(row), what: nameOf(row) })
    check.kept(pieces)
    const own = proofs.get(id) ?? []
    check.sealed(own, (day) => seals.has(day))
    for (const proof of own) checkProof(id, proof, seals.get(proof.day))
    found.events += check.count
    found.kept += pieces.length
    found.proofs += own.length
  }
}
