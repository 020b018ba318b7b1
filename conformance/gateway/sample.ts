/** Samples under fresh numbers 样例换号: a firm uses a number of its own for one declaration only. */
import { randomBytes, randomInt } from 'node:crypto'
import { Unintelligible } from '../../adapters/adapter.ts'
import { adapters } from '../../adapters/registry.ts'

/** A declaration under a number nobody used before. */
export const renumbered = (sample: object): Record<string, unknown> => ({
  ...sample,
  functionalReferenceId: `CONFORM-${randomBytes(8).toString('hex').toUpperCase()}`,
})

/**
 * A broker's document under a number nobody used before: other digits in the places of its own, so that it keeps its shape. As it
 * is, where no door reads it.
 */
export function renumberedXml(xml: string): string {
  const lrn = numberIn(xml)
  if (lrn === undefined) return xml
  const fresh = lrn.replace(/\d/g, () => String(randomInt(10)))
  return xml.replaceAll(`>${lrn}<`, `>${fresh}<`)
}

function numberIn(xml: string): string | undefined {
  for (const { door } of Object.values(adapters)) {
    if (door === undefined) continue
    try {
      const { functionalReferenceId: lrn } = door.read(xml).declaration as { functionalReferenceId?: unknown }
      if (typeof lrn === 'string' && lrn !== '') return lrn
    } catch (error) {
      if (!(error instanceof Unintelligible)) throw error
    }
  }
  return undefined
}
