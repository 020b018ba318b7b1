import type { Content } from '../../../schemas/fees/entries.ts'
import type { Catalogue } from '../catalogue.ts'

/** A kind of fee that may not be charged any more 已取消项目: since when, and by which document. */
export interface Cancelled {
  readonly from: string
  readonly basis: Content<'basis'>
}

/** Kinds that are cancelled on a day, by the earliest document that did it. A cancellation outlives its document, unless that was withdrawn. */
export function cancelledOn(catalogue: Catalogue, day: string): ReadonlyMap<string, Cancelled> {
  const cancelled = new Map<string, Cancelled>()
  for (const basis of catalogue.of('basis').values()) {
    if (basis.withdrawn !== undefined && basis.withdrawn.on <= day) continue
    for (const { kind, from } of basis.cancels ?? [])
      if (from <= day && from < (cancelled.get(kind)?.from ?? '9999')) cancelled.set(kind, { from, basis })
  }
  return cancelled
}
