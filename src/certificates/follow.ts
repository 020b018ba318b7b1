import { isRefusal, rankOf } from '../../schemas/status.ts'
import { changeUse, lockUsesOf, type UseRow } from '../db/certificates.ts'
import type { Client } from '../db/database.ts'
import type { Changes, Filing } from '../filing/case.ts'
import type { Follower, FollowRoom } from '../filing/follower.ts'
import { procedureOf } from '../filing/plan.ts'

/**
 * What becomes of certificates when a filing is decided: written off when it is granted, given back when it is refused, withdrawn or
 * reversed. An amendment that is granted hands what it reserved to the filing it changed. Only the outbox is written here: issuers
 * are told afterwards, and our ledger follows what they answer.
 */
export const certificates: Follower = {
  id: 'certificates',
  async follow(room, changes) {
    const decided = [...changes.filings].filter(
      (filing) => rankOf(filing.status) >= rankOf('approved') && mayUse(room, filing),
    )
    if (decided.length === 0) return
    const uses = await lockUsesOf(
      room.client,
      decided.flatMap(({ id, changes: subject }) => (subject === undefined ? [id] : [id, subject])),
    )
    if (uses.length === 0) return
    for (const filing of decided) await conclude(room, filing, uses.filter(isLive), changes)
    await room.client.query("SELECT pg_notify('yuchuang_lanes', '')")
  },
}

/** Whether a filing may have certificates: its own, or those of what it amends. */
function mayUse({ adapters }: FollowRoom, { agency, procedure }: Filing): boolean {
  const its = procedureOf(adapters, agency, procedure)
  const amended = its.amends?.map((id) => procedureOf(adapters, agency, id)) ?? []
  return [its, ...amended].some(({ certificates }) => certificates !== undefined)
}

const isLive = ({ status, asking, held }: UseRow) =>
  asking !== 'release' && status !== 'released' && (status !== 'refused' || held !== undefined)

async function conclude(
  { client, now }: FollowRoom,
  filing: Filing,
  uses: readonly UseRow[],
  changes: Changes,
): Promise<void> {
  const mine = uses.filter(({ filingId }) => filingId === filing.id)
  const dropped = uses.filter(({ droppedBy }) => droppedBy === filing.id)
  if (isRefusal(filing.status) || filing.status === 'reversed') {
    for (const use of mine) await giveBack(client, use, now)
    for (const use of dropped) await changeUse(client, use.id, { droppedBy: undefined }, now)
    filing.gates = filing.gates.filter(({ kind }) => kind !== 'certificate')
    return
  }
  if (filing.occasion !== 'change') {
    for (const use of mine) await grant(client, use, uses, now)
    return
  }
  const subject = [...changes.cases].flatMap(({ filings }) => filings).find(({ id }) => id === filing.changes)
  if (subject === undefined) return
  const granted = rankOf(subject.status) >= rankOf('approved') && !isRefusal(subject.status)
  for (const use of dropped) await giveBack(client, use, now)
  for (const use of mine) {
    await changeUse(client, use.id, { filingId: subject.id }, now)
    if (granted) await grant(client, use, uses, now)
  }
}

/** Its filing is granted: it is written off, once it is reserved and what it replaces is given back. */
async function grant(client: Client, use: UseRow, uses: readonly UseRow[], now: Date): Promise<void> {
  if (use.granted) return
  const shares = uses.some(({ id, held }) => id === use.replaces && held !== undefined)
  const ready = use.status === 'reserved' && !shares
  await changeUse(
    client,
    use.id,
    ready ? { granted: true, asking: 'commit', dueAt: now, tries: 0 } : { granted: true },
    now,
  )
}

/** Gives back what a use holds; one its issuer never heard of is over at once. */
export async function giveBack(client: Client, use: UseRow, now: Date): Promise<void> {
  if (use.asking === 'release') return
  const unheard = use.status === 'wanted' && use.tries === 0 && !use.leased && use.held === undefined
  await changeUse(
    client,
    use.id,
    unheard
      ? { status: 'released', asking: undefined, dueAt: undefined }
      : { asking: 'release', dueAt: now, tries: 0, error: undefined, silentSince: undefined },
    now,
  )
}
