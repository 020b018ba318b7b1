import { readdirSync, readFileSync } from 'node:fs'
import { adapters } from '../../adapters/registry.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { sampleDeclaration, samples } from '../../seeds/samples.ts'

const brokers = new URL('samples/', import.meta.url)

/** Declarations as people hand them in: three broker's documents, read through the door that takes them, and every seed sample. */
export function sampleDeclarations(): { name: string; declaration: Declaration }[] {
  const doors = Object.values(adapters).flatMap(({ door }) => (door?.mediaType.endsWith('xml') ? [door] : []))
  const ours = Object.keys(samples) as (keyof typeof samples)[]
  return [
    ...doors.flatMap((door) =>
      readdirSync(brokers).map((file) => ({
        name: file,
        declaration: door.read(readFileSync(new URL(file, brokers), 'utf8')).declaration as Declaration,
      })),
    ),
    ...ours.map((name) => ({
      name,
      declaration: sampleDeclaration(name, { lrn: 'CONTRACT-1', on: new Date('2026-11-21T01:00:00Z'), run: 1 }),
    })),
  ]
}
