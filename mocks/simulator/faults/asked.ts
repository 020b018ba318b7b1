import { limits } from '../limits.ts'
import type { FaultName } from './order.ts'
import { isFault } from './table.ts'

/** A fault, and the sender's reference that asks for it. */
export interface Asked {
  readonly reference: string
  readonly fault: FaultName
}

/**
 * The faults a text asks of an agency, each with the reference that carries it: the unbroken word around the magic value, so
 * far as references go. Words are found first, each once, so that neither a megabyte of base64 nor one of magic values takes
 * more than its length. A reference that stands twice in one request asks once.
 */
export function askedIn(text: string, letter: string): Asked[] {
  if (!text.includes(`-${letter}.`)) return []
  const found = new Map<string, Asked>()
  for (const [word] of text.matchAll(/[\w./-]+/g)) {
    for (const { 0: token, 1: who, 2: fault, index } of word.matchAll(/-([A-Z])\.([A-Z0-9]+)/g)) {
      if (who !== letter || !isFault(fault)) continue
      const end = index + token.length + limits.referenceCharacters
      const reference = word.slice(Math.max(0, index - limits.referenceCharacters), end)
      found.set(`${reference}|${fault}`, { reference, fault })
      if (found.size === limits.askedReferences) return [...found.values()]
    }
  }
  return [...found.values()]
}
