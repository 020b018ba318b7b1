import { declaration } from '../../schemas/declaration/index.ts'
import { segmentsOf } from './guesses.ts'

interface Node {
  readonly properties?: { readonly [name: string]: Node }
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly 'x-agencies'?: readonly string[]
}
let root: Node | undefined

/** The agencies that use a field, as its schema knows them: those of the field itself, else of what it is part of. */
export function askedBy(pointer: string): readonly string[] {
  root ??= declaration.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Node
  const segments = segmentsOf(pointer)
  if (segments[0] === 'particulars') return segments[1] === undefined ? [] : [segments[1]]
  let node: Node | undefined = root
  let agencies: readonly string[] = []
  for (const segment of segments) {
    const properties: Node['properties'] = node?.properties
    node = properties !== undefined && Object.hasOwn(properties, segment) ? properties[segment] : node?.items
    agencies = node?.['x-agencies'] ?? agencies
  }
  return agencies
}
