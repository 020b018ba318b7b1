/** What stories declare: the samples, each under a number of its own. */
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type SampleName, sampleDeclaration } from '../../seeds/samples.ts'

/** The instant every story starts at: a Saturday morning in Chongqing. */
export const startAt = Date.parse('2026-11-21T01:00:00Z')

let run = 0
/** Numbers begin anew. */
export const numberAnew = (): void => void (run = 0)

/** A sample under a number of its own that carries magic values, e.g. `-C.INSPECT`. @param on the agencies' day, where a story has moved it */
export function declared(name: SampleName, magic = '', on = new Date(startAt)): Declaration {
  run += 1
  return sampleDeclaration(name, {
    lrn: `${name.slice(0, 2).toUpperCase()}${run}${magic}`,
    on,
    today: new Date(startAt),
    run,
  })
}
/** The sample that concerns every agency. */
export const evBatteries = (magic = '', on?: Date): Declaration => declared('ev-batteries', magic, on)
/** Laptops by river and sea: an ordinary export. */
export const laptops = (magic = '', on?: Date): Declaration => declared('laptops', magic, on)
/** Frozen beef by rail: an import that is taxed and needs papers. */
export const frozenBeef = (magic = '', on?: Date): Declaration => declared('frozen-beef', magic, on)
