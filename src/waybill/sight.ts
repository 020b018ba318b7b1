import type { Waybill } from '../../schemas/waybill.ts'
import { type Entry, type Standing, standingsOf } from './chain.ts'

/**
 * How far somebody sees into a chain 可见范围: its carrier and its shipper to the end, and who holds it, or whom a waybill names; who held
 * it once up to the entry by which it gave it away, whose chain is as whole as the rest; everybody else nothing.
 * @returns the number of entries seen, 0: none
 */
export function lastSeenBy(
  { entries, negotiable, carrier }: { entries: readonly Entry[]; negotiable: boolean; carrier: string },
  document: Waybill,
  party: string,
): number {
  const about = { negotiable, carrier, shipper: document.shipper.id }
  const all = entries.length
  if (party === carrier || party === document.shipper.id) return all
  if (!negotiable) return document.consignee?.id === party ? all : 0
  const standings = standingsOf(about, entries)
  if (standings.at(-1)?.holder === party) return all
  const lastHeld = standings.findLastIndex(({ holder }: Standing) => holder === party)
  return lastHeld === -1 ? 0 : lastHeld + 2
}
