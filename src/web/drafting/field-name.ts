import type { Language } from '../../problem.ts'
import { type JsonSchema, ownNaming } from '../schema-form/index.ts'
import { declarationSchema } from './steps.ts'

/** What a field of a declaration is called, from its JSON pointer: `goods 2 · HS code`. */
export function fieldName(language: Language, pointer: string): string {
  const naming = ownNaming(language)
  const names: string[] = []
  let schema: JsonSchema | undefined = declarationSchema()
  for (const key of pointer.split('/').slice(1)) {
    if (schema?.items !== undefined && /^\d+$/.test(key)) {
      names.push(`${names.pop() ?? ''} ${Number(key) + 1}`.trim())
      schema = schema.items
      continue
    }
    const known: JsonSchema | undefined =
      schema?.properties !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined
    // The parts of the whole are no names anybody would look for.
    if (key !== 'goodsShipment' && key !== 'consignment')
      names.push((known && naming(pointer, known)?.label) ?? known?.title ?? key)
    schema = known
  }
  return names.join(' · ')
}
