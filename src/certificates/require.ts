import { isDeepStrictEqual } from 'node:util'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { ownVersions, versionOn } from '../../schemas/rules/index.ts'
import { networkedCertificates } from '../../schemas/rules/networked-certificates.ts'
import { addUses, changeUse, lockUsesOf, type UseRow } from '../db/certificates.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { readPublished } from '../db/rules.ts'
import { type Case, type Changes, type Filing, isUnsent } from '../filing/case.ts'
import type { AcceptedUse } from '../filing/compose.ts'
import { type Adapters, procedureOf } from '../filing/plan.ts'
import { dayAt } from '../rules/rules.ts'
import { giveBack } from './follow.ts'
import { gateOf, type Network, type NetworkedUse, networkedUses } from './network.ts'

/** What certificates are required in. */
interface Room {
  readonly client: Client
  readonly adapters: Adapters
  readonly now: Date
}

/**
 * Brings the certificates of filings not sent yet in line with the version that counts: what is wanted already stays reserved, what is
 * new is asked for and keeps its filing waiting, what is no longer wanted is given back, in that order.
 */
export async function requireCertificates(
  { client, adapters, now }: Room,
  at: Case,
  declaration: Declaration,
  changes: Changes,
): Promise<void> {
  const filings = at.filings.filter(
    (filing) =>
      filing.occasion !== 'change' &&
      isUnsent(filing) &&
      procedureOf(adapters, filing.agency, filing.procedure).certificates !== undefined,
  )
  if (filings.length === 0) return
  const network = await networkIn(client, now)
  const live = await liveUses(client, filings)
  for (const filing of filings) {
    const procedure = procedureOf(adapters, filing.agency, filing.procedure)
    const wanted = networkedUses(procedure, network, declaration, filing.particulars)
    const mine = live.filter(({ filingId }) => filingId === filing.id)
    if (wanted.length === 0 && mine.length === 0) {
      open(at, filing, [], changes, now)
      continue
    }
    const { kept, fresh, dropped } = compare(wanted, mine, filing.id, declaration, now)
    await addUses(client, { declarationId: at.id, tenant: at.tenant }, fresh, now)
    for (const use of dropped) {
      // What is replaced is given back once its successor is reserved.
      if (!fresh.some(({ replaces }) => replaces === use.id)) await giveBack(client, use, now)
      else if (use.asking === 'reserve') await changeUse(client, use.id, { asking: undefined, dueAt: undefined }, now)
    }
    open(at, filing, [...kept.filter(({ status }) => status !== 'reserved'), ...fresh], changes, now)
  }
  await client.query("SELECT pg_notify('yuchuang_lanes', '')")
}

/**
 * Certificates an amendment needs beyond what its subject has: reserved before it goes to its agency. What it would do without stays until
 * it is granted.
 */
export async function requireForAmendment(
  { client, adapters, now }: Room,
  at: Case,
  filings: readonly Filing[],
  declaration: Declaration,
  changes: Changes,
): Promise<void> {
  for (const filing of filings) {
    const subject = at.filings.find(({ id }) => id === filing.changes)
    if (subject === undefined || procedureOf(adapters, filing.agency, filing.procedure).amends === undefined) continue
    const procedure = procedureOf(adapters, subject.agency, subject.procedure)
    if (procedure.certificates === undefined) continue
    const wanted = networkedUses(procedure, await networkIn(client, now), declaration, subject.particulars)
    const live = (await liveUses(client, [subject])).filter(({ asking }) => asking !== 'release')
    const { fresh, dropped } = compare(wanted, live, filing.id, declaration, now)
    await addUses(client, { declarationId: at.id, tenant: at.tenant }, fresh, now)
    for (const use of dropped) await changeUse(client, use.id, { droppedBy: filing.id }, now)
    if (fresh.length > 0) open(at, filing, fresh, changes, now)
  }
}

/** Uses that still hold something, or may. */
const liveUses = async (client: Client, filings: readonly Filing[]): Promise<UseRow[]> =>
  (
    await lockUsesOf(
      client,
      filings.map(({ id }) => id),
    )
  ).filter(({ status, held }) => status !== 'released' && (status !== 'refused' || held !== undefined))

/** What of the wanted uses stands already, what is new, and what is not wanted any more. */
function compare(
  wanted: readonly NetworkedUse[],
  live: readonly UseRow[],
  filingId: string,
  { functionalReferenceId: traderReference }: Declaration,
  now: Date,
) {
  const stands = (row: UseRow, { issuer, use }: NetworkedUse) =>
    row.issuer === issuer &&
    row.asking !== 'release' &&
    row.status !== 'refused' &&
    isDeepStrictEqual(row.use, JSON.parse(JSON.stringify(use)))
  const kept = live.filter((row) => wanted.some((one) => stands(row, one)))
  const dropped = live.filter((row) => !kept.includes(row))
  const fresh = wanted
    .filter((one) => !live.some((row) => stands(row, one)))
    .map((one): AcceptedUse & { replaces?: string } => {
      const before = dropped.find(
        ({ typeCode, number, held }) =>
          held !== undefined && typeCode === one.use.typeCode && number === one.use.number,
      )
      const about = { ...one, id: newId(now.getTime()), filingId, traderReference }
      return before === undefined ? about : { ...about, replaces: before.id }
    })
  return { kept, fresh, dropped }
}

/** Sets the gates of a filing: one for each certificate that is not reserved. */
function open(
  at: Case,
  filing: Filing,
  closed: readonly Pick<AcceptedUse, 'id' | 'use'>[],
  changes: Changes,
  now: Date,
): void {
  const others = filing.gates.filter(({ kind }) => kind !== 'certificate')
  const gates = closed.map(
    ({ id, use }) => filing.gates.find((gate) => gate.id === id) ?? gateOf(id, use, now.toISOString()),
  )
  if (gates.length === 0 && others.length === filing.gates.length) return
  filing.gates = [...others, ...gates]
  changes.cases.add(at)
  changes.filings.add(filing)
}

/** The table of networked certificates as this transaction sees it. */
async function networkIn(client: Client, now: Date): Promise<Network | undefined> {
  const published = (await readPublished(client)).filter(({ table }) => table === networkedCertificates.id)
  const rows = published.map((version) => ({ ...version, rows: version.rows as Network['rows'] }))
  const all = [...ownVersions(networkedCertificates), ...rows].toSorted((a, b) =>
    a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0,
  )
  return versionOn(all, dayAt(now.getTime()))
}
