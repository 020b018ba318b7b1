import type { Naming } from './naming.ts'
import { below } from './read.ts'
import { type JsonSchema, type Kind, kindOf } from './schema.ts'

/** What a place in a value is called: the labels on the way there; a number, or a name of its own, where there are several. */
export function placeName(schema: JsonSchema, naming: Naming, pointer: string): string {
  const keys = pointer.split('/').slice(1)
  const names: string[] = []
  let at = ''
  let one: JsonSchema | undefined = schema
  for (const key of keys) {
    const kind: Kind | undefined = one === undefined ? undefined : kindOf(one, schema)
    const plain = key.replaceAll('~1', '/').replaceAll('~0', '~')
    at = below(at, plain)
    if (kind?.is === 'list' || kind?.is === 'named') {
      one = kind.row
      names.push(kind.is === 'list' && /^\d+$/.test(plain) ? String(Number(plain) + 1) : plain)
    } else {
      one = kind?.is === 'group' ? kind.fields.find(([name]) => name === plain)?.[1] : undefined
      names.push(one === undefined ? plain : (naming(at, one)?.label ?? plain))
    }
  }
  return names.join(' › ')
}
