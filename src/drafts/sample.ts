import { randomInt } from 'node:crypto'
import { type SampleName, sampleDeclaration, samples } from '../../seeds/samples.ts'
import { demoTenant } from '../demo-keys.ts'

/** The samples a draft may be begun with 示例. */
export { samples }

/** A sample as a firm would draw it up today; its agent is that firm. */
export function sampleFor(name: SampleName, firm: string, at: Date): { readonly [key: string]: unknown } {
  const run = randomInt(1_000_000)
  const lrn = `TRY-${at.toISOString().slice(2, 10).replaceAll('-', '')}-${String(run).padStart(6, '0')}`
  const declaration = sampleDeclaration(name, { lrn, on: at, run })
  return JSON.parse(JSON.stringify(declaration).replaceAll(demoTenant, firm)) as { readonly [key: string]: unknown }
}
