import type { Entry, Fee } from '../../schemas/fees/entries.ts'
import { readEditions, readWrittenEntries } from '../../src/db/catalogue-reads.ts'
import { type Database, transaction } from '../../src/db/database.ts'
import { digestOfDraft } from '../../src/db/draft-entries.ts'
import { type DraftRow, readDraft } from '../../src/db/drafts.ts'
import type { Caller } from '../../src/db/keys.ts'
import { documentLines, type WrittenEntry } from '../../src/fees/canonical.ts'
import { type AboutDraft, beginDraft, type DraftWanted, putEntry, takeOut } from '../../src/fees/draft.ts'
import { approveDraft, type Published, publishSeed, submitDraft } from '../../src/fees/publish.ts'
import { type Withdrawal, type Withdrawn, withdrawEdition } from '../../src/fees/withdraw.ts'
import { createVault, type Vault } from '../../src/notices/vault.ts'
import { Problem, type ProblemCode } from '../../src/problem.ts'
import { ownDatabase } from '../support/database.ts'
import { fee, someEntries, terminalFirm } from './support.ts'

/** An officer of the port authority, invented. */
export const officer = (name: string): Caller => ({
  name,
  role: 'admin',
  tenant: undefined,
  agency: undefined,
  keyHash: `hash-of-${name}`,
})
/** Somebody of a firm that charges fees, by default the terminal. */
export const clerk = (name: string, tenant: string | undefined = terminalFirm): Caller => ({
  ...officer(name),
  role: 'payee',
  tenant,
})
export const [lin, zhao, wang] = [officer('Lin'), officer('Zhao'), officer('Wang')]

/** The day everything begins on: a Sunday in Chongqing. */
export const today = '2026-11-22'
const startAt = Date.parse('2026-11-22T02:00:00Z')

/** A list that is in order: the one other tests have, with ids as they are published and a document for its pilotage. */
export const orderlyEntries = (): Entry[] =>
  someEntries().map((entry): Entry => {
    if (entry.type === 'basis') return { ...entry, id: `order-${entry.id}` }
    if (entry.type !== 'fee') return entry
    const basis = entry.id === 'guoyuan-pilotage' ? [{ id: '1' }] : entry.content.basis
    if (basis === undefined) return entry
    return { ...entry, content: { ...entry.content, basis: basis.map((one) => ({ ...one, id: `order-${one.id}` })) } }
  })

/** A fee nothing else stands in the way of. */
export const newFee = (id: string, changes: Partial<Fee> = {}) =>
  fee(id, { kind: 'container-cleaning', applies: { sizes: ['20'] }, validFrom: '2026-12-15', ...changes })

export interface Desk {
  readonly database: Database
  readonly url: string
  readonly vault: Vault
  readonly clock: { at: number }
  /** Time as the clock says it. */
  at(): Date
  /** The whole list that is in force. */
  seed(entries?: readonly Entry[], validFrom?: string): Promise<Published>
  begin(by?: Caller, wanted?: Partial<DraftWanted>): Promise<DraftRow>
  /** What is asked of a draft as it is now, or as it was at a revision. */
  about(id: string, by: Caller, revision?: number): AboutDraft
  put(id: string, by: Caller, ...entries: readonly Entry[]): Promise<DraftRow>
  remove(id: string, by: Caller, entry: Pick<Entry, 'type' | 'id'>, reason?: string): Promise<DraftRow>
  submit(id: string, by?: Caller): Promise<DraftRow>
  approve(id: string, by?: Caller): Promise<Published & { draft: DraftRow }>
  /** Drafts, submits and approves. */
  publish(entries: readonly Entry[], wanted?: Partial<DraftWanted>): Promise<Published & { draft: DraftRow }>
  withdraw(number: number, by?: Caller, wanted?: Partial<Withdrawal>): Promise<Withdrawn>
  read(id: string): Promise<DraftRow>
  /** Rows of a table, counted. */
  count(table: string): Promise<number>
}

/** A database, a clock that stands still, and what people do with the catalogue: by the functions behind the routes. */
export async function openDesk({ keys = [] }: { keys?: Buffer[] } = {}): Promise<Desk> {
  const { database, url } = await ownDatabase()
  const vault = createVault(keys)
  const clock = { at: startAt }
  const read = async (id: string) => {
    const draft = await readDraft(database.pool, id)
    if (draft === undefined) throw new Error(`There is no draft ${id}`)
    return draft
  }
  const desk: Desk = {
    database,
    url,
    vault,
    clock,
    at: () => new Date(clock.at),
    seed: (entries = orderlyEntries(), validFrom = '2026-01-01') =>
      publishSeed(
        database,
        vault,
        {
          title: `List of ${validFrom}`,
          reason: 'To begin with',
          validFrom,
          announcedAt: new Date('2025-12-20T01:00:00Z'),
          entries,
        },
        desk.at(),
      ),
    begin: (by = lin, wanted = {}) =>
      transaction(database.pool, (client) =>
        beginDraft(
          client,
          by,
          { title: 'A draft', reason: 'For a test', validFrom: '2026-12-15', ...wanted },
          desk.at(),
        ),
      ),
    about: (id, by, revision) => ({
      id,
      caller: by,
      check: (draft) => {
        if (revision !== undefined && draft.revision !== revision) throw new Problem('if-match-stale')
      },
      at: desk.at(),
    }),
    async put(id, by, ...entries) {
      for (const entry of entries) await putEntry(database, desk.about(id, by), entry)
      return read(id)
    },
    remove: (id, by, entry, reason) => takeOut(database, desk.about(id, by), entry, reason),
    submit: (id, by = lin) => submitDraft(database, desk.about(id, by)),
    approve: async (id, by = zhao) =>
      approveDraft(database, vault, desk.about(id, by), await digestOfDraft(database.pool, await read(id))),
    async publish(entries, wanted) {
      const { id } = await desk.begin(lin, wanted)
      await desk.put(id, lin, ...entries)
      await desk.submit(id)
      return desk.approve(id)
    },
    withdraw: (number, by = wang, wanted = {}) =>
      transaction(database.pool, (client) =>
        withdrawEdition(
          client,
          by,
          number,
          { reason: 'A slip of the pen', leavingNothing: false, ...wanted },
          desk.at(),
        ),
      ),
    read,
    async count(table) {
      const { rows } = await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)
      return rows[0]?.count ?? 0
    },
  }
  return desk
}

/** What an edition consists of, as its document has it. */
export async function writtenOf({ database }: Desk, number: number): Promise<WrittenEntry[]> {
  const written: WrittenEntry[] = []
  for await (const page of readWrittenEntries(database.pool, number, 1_000)) written.push(...page)
  return written
}
/** The document of an edition, as it is downloaded. */
export async function documentOf(desk: Desk, number: number): Promise<string> {
  const record = (await readEditions(desk.database.pool)).find((one) => one.number === number)
  if (record === undefined) throw new Error(`No edition ${number}`)
  return [...documentLines(record, await writtenOf(desk, number))].join('')
}

/** What a refusal says: its code, and where and what each of its issues is. */
export async function refusalOf(doing: Promise<unknown>): Promise<{ code: ProblemCode; issues: string[] }> {
  try {
    await doing
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return { code: problem.code, issues: problem.errors.map(({ pointer, code }) => `${pointer} ${code}`).sort() }
  }
  throw new Error('It was not refused')
}
