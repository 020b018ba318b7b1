import type { Issuer } from '../../adapters/issuer.ts'
import { hastenUses, leaseUses, postponeUse, type UseLease } from '../db/certificate-leases.ts'
import { readUse } from '../db/certificates.ts'
import { backoffMs } from '../filing/exchange.ts'
import { limits } from '../limits.ts'
import { concludeSilent } from './conclude.ts'
import { laneOfIssuer } from './network.ts'
import { type Office, tell } from './tell.ts'

/** The lanes of all issuers: what waits for one is told at nobody else's pace. */
export interface IssuerLanes {
  /** There may be work. @param lane its name; all, when it is left out */
  wake(lane?: string): void
  /** Takes no new work, and waits for what is under way. */
  stop(): Promise<void>
}

/** Starts telling issuers what they are to be told. Any number of workers may share one database. */
export function startIssuerLanes(office: Office): IssuerLanes {
  const lanes = new Map(
    Object.entries(office.issuers).map(([id, dialect]) => [laneOfIssuer(id), startLane(office, id, dialect)]),
  )
  return {
    wake(lane) {
      for (const [name, { wake }] of lanes) if (lane === undefined || lane === name) wake()
    },
    stop: async () => void (await Promise.all([...lanes.values()].map(({ stop }) => stop()))),
  }
}

function startLane(office: Office, issuer: string, dialect: Issuer) {
  const { database, log } = office
  const underWay = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false
  /** It gave no answer last: when it does again, what waits in its back-off goes at once. */
  let silent = false

  const attend = async (lease: UseLease) => {
    const outcome = await tell(office, issuer, dialect, lease)
    if (outcome.kind === 'answered') {
      if (silent) await hastenUses(database, issuer)
      silent = false
      return
    }
    silent = true
    await postpone(office, lease, outcome)
  }
  const look = async () => {
    do {
      again = false
      const room = limits.certificateLaneWidth - underWay.size
      if (stopped || room <= 0) return
      for (const lease of await leaseUses(database, issuer, room, limits.certificateLeaseMs)) {
        const work = attend(lease)
          .catch((error: unknown) =>
            log.error({ err: error, use: lease.id }, 'issuer could not be told; the lease runs out'),
          )
          .finally(() => {
            underWay.delete(work)
            wake()
          })
        underWay.add(work)
      }
    } while (again)
  }
  const wake = () => {
    if (stopped) return
    again = true
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error, issuer }, 'issuer’s lane could not look for work'))
      .finally(() => {
        looking = undefined
        if (again && underWay.size < limits.certificateLaneWidth) wake()
      })
  }
  const poll = setInterval(wake, limits.certificatePollMs)
  wake()
  return {
    wake,
    async stop() {
      stopped = true
      clearInterval(poll)
      await looking
      await Promise.allSettled(underWay)
    },
  }
}

/** An issuer that gave no answer is asked again, later and later, without end. The first time its trader is told. */
async function postpone(
  office: Office,
  lease: UseLease,
  { arrived, error, retryAfterMs }: { arrived: boolean; error: string; retryAfterMs: number },
): Promise<void> {
  const { database, now, random } = office
  const use = await readUse(database, lease.id)
  if (use === undefined) return
  const pauseMs = Math.max(Math.min(backoffMs(lease.tries, random), limits.certificatePauseMostMs), retryAfterMs)
  const later = { dueAt: new Date(now() + pauseMs), unknown: use.unknown || arrived, error }
  if (use.silentSince === undefined) await concludeSilent(office, lease, later)
  else await postponeUse(database, lease, later)
}
