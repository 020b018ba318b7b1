import { Big } from 'big.js'
import type { Said } from '../../adapters/issuer.ts'
import type { Issue } from '../../schemas/issue.ts'
import { lockCases } from '../db/cases.ts'
import type { UseLease } from '../db/certificate-leases.ts'
import { enter } from '../db/certificate-ledger.ts'
import { changeUse, keepHeld, lockUse, readUse, type UseRow } from '../db/certificates.ts'
import { type Client, transaction } from '../db/database.ts'
import { type Case, type Changes, type EventType, type Filing, isUnsent, noChanges } from '../filing/case.ts'
import { keepChanges } from '../filing/keep.ts'
import { goOn } from '../filing/record.ts'
import { giveBack } from './follow.ts'
import { gateOf, refusedGate } from './network.ts'
import type { Office } from './tell.ts'

interface Concluding {
  readonly client: Client
  readonly at: Case
  readonly filing: Filing
  readonly use: UseRow
  /** The use it replaces, and those that replace it. */
  readonly related: readonly UseRow[]
  readonly changes: Changes
  readonly now: Date
}

/**
 * Draws the conclusions of an issuer's answer, in one transaction: the use, our ledger, the gate of its filing, the timeline, filings
 * that may go now. Whoever asked for something else meanwhile has taken the lease: then nothing happens.
 */
async function conclude(
  office: Office,
  { id, fence }: UseLease,
  draw: (room: Concluding) => Promise<void>,
): Promise<boolean> {
  const { database, adapters } = office
  const before = await readUse(database, id)
  if (before === undefined) return false
  return transaction(database.pool, async (client) => {
    const at = (await lockCases(client, [before.declarationId])).get(before.declarationId)
    const locked = await lockUse(client, id)
    const use = locked.find((one) => one.id === id)
    const filing = at?.filings.find((one) => one.id === use?.filingId)
    if (at === undefined || use === undefined || filing === undefined || use.fence !== fence) return false
    const now = new Date(office.now())
    const changes = noChanges()
    await draw({ client, at, filing, use, related: locked.filter((one) => one.id !== id), changes, now })
    await goOn(client, adapters, changes, now)
    await keepChanges({ client, adapters, now }, changes)
    return true
  })
}

const over = {
  asking: undefined,
  dueAt: undefined,
  tries: 0,
  unknown: false,
  error: undefined,
  silentSince: undefined,
} as const

function happened({ at, filing, use, changes }: Concluding, type: EventType, more: Record<string, unknown> = {}): void {
  changes.cases.add(at)
  changes.happenings.push({
    declarationId: at.id,
    type,
    filingId: filing.id,
    data: { certificate: { typeCode: use.typeCode, number: use.number }, use: use.id, issuer: use.issuer, ...more },
  })
}

/** Sets or takes away the gate of a use. */
function gate({ at, filing, use, changes }: Concluding, set: Filing['gates'][number] | undefined): void {
  if (!filing.gates.some(({ id }) => id === use.id)) return
  filing.gates = filing.gates.flatMap((one) => (one.id !== use.id ? [one] : set === undefined ? [] : [set]))
  changes.cases.add(at)
  changes.filings.add(filing)
}

/** It is reserved: its filing may go, and what it replaces is given back. */
export const concludeReserved = (office: Office, lease: UseLease, said: Said): Promise<boolean> =>
  conclude(office, lease, async (room) => {
    const { client, use, related, now } = room
    const before = related.find(({ id }) => id === use.replaces)
    const shares = before?.held !== undefined
    const commits = use.granted && !shares
    await changeUse(
      client,
      use.id,
      {
        ...over,
        status: 'reserved',
        findings: [],
        reference: said.reference,
        ...(commits ? { asking: 'commit' as const, dueAt: now } : {}),
      },
      now,
    )
    // An amendment has still to be granted before what it would replace is given back.
    if (before !== undefined && shares && before.droppedBy === undefined) await giveBack(client, before, now)
    gate(room, undefined)
    happened(room, 'certificate.reserved', {
      quantity: use.quantity,
      ...(said.reference === undefined ? {} : { reference: said.reference }),
    })
  })

/** Its issuer, or our own ledger, said no: nothing of it stays set aside, and its trader must act. */
export const concludeRefused = (office: Office, lease: UseLease, issues: readonly Issue[]): Promise<boolean> =>
  conclude(office, lease, async (room) => {
    const { client, use, filing, now } = room
    await changeUse(client, use.id, { ...over, status: 'refused', findings: issues, held: undefined, heldUses: 0 }, now)
    await undo(client, use, 'release', now)
    const known = filing.gates.find(({ id }) => id === use.id)
    if (known !== undefined) gate(room, refusedGate(known, issues, use.use))
    happened(room, 'certificate.refused', { errors: issues })
  })

export const concludeCommitted = (office: Office, lease: UseLease): Promise<boolean> =>
  conclude(office, lease, async (room) => {
    const { client, use, now } = room
    await changeUse(client, use.id, { ...over, status: 'committed' }, now)
    const held = use.held ?? '0'
    const entry = { useId: use.id, kind: 'commit', reserved: negative(held), committed: held, uses: 0 } as const
    await enter(client, use, entry, now)
    happened(room, 'certificate.committed', { quantity: use.quantity })
  })

/** It is given back; what replaced it takes over what it held, in the same step. */
export const concludeReleased = (office: Office, lease: UseLease): Promise<boolean> =>
  conclude(office, lease, async (room) => {
    const { client, use, related, now } = room
    await changeUse(client, use.id, { ...over, status: 'released', held: undefined, heldUses: 0 }, now)
    await undo(client, use, use.status === 'committed' ? 'reverse' : 'release', now)
    const successor = related.find(
      ({ replaces, status, asking, held }) =>
        replaces === use.id && status === 'reserved' && asking !== 'release' && held !== undefined,
    )
    if (successor !== undefined) await succeed(client, successor, now)
    happened(room, 'certificate.released', {
      quantity: use.quantity,
      ...(use.status === 'committed' ? { reversed: true } : {}),
      ...(successor === undefined ? {} : { successor: successor.id }),
    })
  })

/** Takes what a use held out of the ledger. */
async function undo(client: Client, use: UseRow, kind: 'release' | 'reverse', now: Date): Promise<void> {
  if (use.held === undefined) return
  const given = negative(use.held)
  const [reserved, committed] = kind === 'reverse' ? ['0', given] : [given, '0']
  await enter(client, use, { useId: use.id, kind, reserved, committed, uses: -use.heldUses }, now)
}

/** A use that shared with what it replaced now holds all of its own. */
async function succeed(client: Client, use: UseRow, now: Date): Promise<void> {
  const { quantity = '0', held = '0', heldUses, id } = use
  const rest = new Big(quantity).minus(held).toFixed()
  await enter(client, use, { useId: id, kind: 'succeed', reserved: rest, committed: '0', uses: 1 - heldUses }, now)
  await keepHeld(client, id, { quantity, held: quantity, heldUses: 1 })
  if (use.granted) await changeUse(client, id, { asking: 'commit', dueAt: now, tries: 0 }, now)
}

const negative = (value: string): string => new Big(value).times(-1).toFixed()

/** Its issuer gives no answer, for the first time: the timeline and the gate say so, and it is asked again. */
export const concludeSilent = (
  office: Office,
  lease: UseLease,
  { dueAt, unknown, error }: { readonly dueAt: Date; readonly unknown: boolean; readonly error: string },
): Promise<boolean> =>
  conclude(office, lease, async (room) => {
    const { client, use, filing, now } = room
    const since = use.silentSince ?? now
    await changeUse(client, use.id, { dueAt, unknown, error, silentSince: since }, now)
    const name = office.issuers[use.issuer]?.name ?? { en: use.issuer, zh: use.issuer }
    const known = filing.gates.find(({ id }) => id === use.id)
    if (known !== undefined && isUnsent(filing))
      gate(room, gateOf(use.id, use.use, known.since, { issuer: name, since: since.toISOString() }))
    if (use.silentSince === undefined) happened(room, 'certificate.unreachable', { asking: use.asking, error })
  })
