/**
 * What was wished of an agency beside the sender's references 请求附带的情形: outcomes and faults that came with an exchange,
 * in its header or from a script, remembered for the references the agency then asked about. Later steps and documents of such
 * a reference see them too. A function of the calls alone: replaying them gives the same wishes.
 */
import type { Agency } from '../agency.ts'
import { magicOf } from '../agency.ts'
import type { FaultOrder } from './faults.ts'
import { limits } from './limits.ts'

/** A fault wished for the documents of a reference. */
export interface WishedFault {
  readonly order: FaultOrder
  /** The number of the exchange that brought it: a fault that comes once comes once for each. */
  readonly brought: number
}

export interface Wishes {
  /** An exchange with the agency begins that wishes for these; the first outcome goes before the others. */
  begin(agency: string, outcomes: readonly string[], faults?: readonly FaultOrder[]): void
  /** The agency has done its part of the exchange. */
  end(): void
  /** The magic values for an agency: wished ones, the latest first, then those in the reference itself. */
  of(agency: Agency, reference: string): readonly string[]
  /** The faults wished for the documents of a reference, the latest order of each. */
  faultsOf(agency: string, reference: string): readonly WishedFault[]
}

interface Wished {
  readonly outcomes: readonly string[]
  readonly faults: readonly WishedFault[]
}
const nothing: Wished = { outcomes: [], faults: [] }

export function createWishes(most: number = limits.wishedReferences): Wishes {
  /** In the order they were last wished for: the first is the one to forget. */
  const remembered = new Map<string, Wished>()
  let current: (Wished & { readonly agency: string; readonly bound: Set<string> }) | undefined
  let exchanges = 0

  function wishedFor(agency: string, reference: string): Wished {
    const key = `${agency}|${reference}`
    const before = remembered.get(key) ?? nothing
    if (current === undefined || current.agency !== agency || current.bound.has(key)) return before
    const now = joined(current, before)
    // What is not about any reference is wished for this exchange alone.
    if (reference === '') return now
    current.bound.add(key)
    remembered.delete(key)
    remembered.set(key, now)
    if (remembered.size > most) {
      for (const oldest of remembered.keys().take(1)) remembered.delete(oldest)
    }
    return now
  }

  return {
    begin(agency, outcomes, faults = []) {
      if (outcomes.length === 0 && faults.length === 0) return
      exchanges += 1
      const brought = exchanges
      current = { agency, outcomes, faults: faults.map((order) => ({ order, brought })), bound: new Set() }
    },
    end() {
      current = undefined
    },
    of(agency, reference) {
      const { outcomes } = wishedFor(agency.id, reference)
      return [...new Set([...outcomes, ...magicOf(reference, agency.letter)])]
    },
    faultsOf: (agency, reference) => wishedFor(agency, reference).faults,
  }
}

function joined(later: Wished, before: Wished): Wished {
  const named = [...before.faults, ...later.faults].map((one) => [one.order.fault, one] as const)
  return { outcomes: [...new Set([...later.outcomes, ...before.outcomes])], faults: [...new Map(named).values()] }
}
