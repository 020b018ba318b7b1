/** Names of outcomes and faults as callers write them 情形名称: in the header `X-Sim-Scenario`, and in references. */
import type { Agency } from '../agency.ts'
import { closest } from './closest.ts'
import { type FaultName, faults, isFault } from './faults.ts'
import { limits } from './limits.ts'

/** A name no outcome of the agency and no fault has. */
export interface UnknownName {
  readonly value: string
  /** The name it is nearest to. */
  readonly closest: string
}

export type ScenarioHeader =
  | { readonly outcomes: string[]; readonly faults: FaultName[] }
  | { readonly unknown: UnknownName }

/**
 * Reads `INSPECT, C.LATE`: outcomes of the agency addressed and faults, each with or without its letter. Names with the letter of
 * one of the `others` are meant for that one: they must be known there, and ask nothing here.
 */
export function readScenarioHeader(value: string, agency: Agency, others: readonly Agency[] = []): ScenarioHeader {
  const outcomes = new Set<string>()
  const asked = new Set<FaultName>()
  for (const written of value.split(',').map((one) => one.trim())) {
    if (written === '') continue
    const meant = [agency, ...others].find(({ letter }) => written.startsWith(`${letter}.`))
    const name = meant === undefined ? written : written.slice(meant.letter.length + 1)
    const addressed = meant ?? agency
    if (isFault(name)) {
      if (addressed.id === agency.id) asked.add(name)
    } else if (hasOutcome(addressed, name)) {
      if (addressed.id === agency.id) outcomes.add(name)
    } else return { unknown: unknown(written, name, addressed) }
  }
  return { outcomes: [...outcomes], faults: [...asked] }
}

/** Magic values for the agency's letter in a request that neither an outcome of it nor a fault has, each once. */
export function unknownMagic(text: string, agency: Agency): readonly UnknownName[] {
  if (!text.includes(`-${agency.letter}.`)) return none
  const found = new Map<string, UnknownName>()
  for (const [value, letter, name] of text.matchAll(/-([A-Z])\.([A-Z0-9]+)/g)) {
    if (letter !== agency.letter || name === undefined || found.has(name)) continue
    if (faults.some(({ fault, byReference }) => fault === name && byReference) || hasOutcome(agency, name)) continue
    found.set(name, unknown(value.slice(1), name, agency))
    if (found.size === limits.unknownMagic) break
  }
  return [...found.values()]
}

const none: readonly UnknownName[] = []

const hasOutcome = ({ outcomes }: Agency, name: string): boolean => outcomes.some(({ magic }) => magic === name)

function unknown(value: string, name: string, { outcomes }: Agency): UnknownName {
  const names = [...outcomes.map(({ magic }) => magic), ...faults.map(({ fault }) => fault)]
  return { value: value.slice(0, limits.referenceCharacters), closest: closest(name, names) ?? '' }
}
