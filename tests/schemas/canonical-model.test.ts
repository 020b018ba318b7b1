import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { declaration } from '../../schemas/declaration/index.ts'

/** A row of the canonical model: 125 fields, WCO Data Model 3.x beside the DecMessage. */
interface Row {
  readonly n: number
  readonly path: string
  readonly zh: string
  readonly wcoId: string
}

const rows: Row[] = readFileSync(new URL('canonical-model.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [n = '', path = '', zh = '', wcoId = ''] = line.split(',')
    return { n: Number(n), path, zh, wcoId }
  })

/** Rows that are no field of the schema by themselves: where they stand instead (a path below the declaration), or why there is none. */
const elsewhere: { readonly [n: number]: { readonly at: string } | { readonly because: string } } = {
  1: { because: 'the HTTP method says it: POST is the original, PUT a change' },
  2: { because: 'customs alone asks: particulars `entryType` and `type` of customs/declare' },
  5: { because: 'customs gives it: a reference of scheme entry-number' },
  6: { because: 'the window gives it: a reference of scheme unified-number' },
  7: { because: 'the gateway counts it: `version`, and the ETag' },
  9: { because: 'the agency gives it: the time of the receipt that registers' },
  13: { because: 'derived: the number of items' },
  18: { because: 'derived: the sum of the items’ totals' },
  25: { at: 'agent.name' },
  26: { because: 'derived: whether agent and trader are one firm' },
  29: { at: 'goodsShipment.importer.name' },
  31: { at: 'goodsShipment.exporter.name' },
  33: { at: 'goodsShipment.consignor.id' },
  34: { at: 'goodsShipment.consignor.address' },
  36: { at: 'goodsShipment.consignee.id' },
  38: { at: 'goodsShipment.owner.name' },
  62: { because: 'derived: whether there are containers' },
  108: { because: 'customs assesses it: details of the receipt that sets payment-due' },
  109: { because: 'customs assesses it' },
  110: { because: 'customs derives it from the price and the charges' },
  124: { because: 'of a request to amend, which is a filing of its own, not of the declaration' },
  125: { because: 'of a request to amend, which is a filing of its own, not of the declaration' },
}

/** WCO ids the model names without having confirmed them (its column is empty), as the schema carries them. */
const unconfirmed: { readonly [n: number]: string } = {
  48: '149',
  49: 'D023',
  50: '172',
  51: '156',
  54: 'L013',
  64: '152',
  73: '315',
}

interface Node {
  readonly [key: string]: unknown
}
const schema = z.toJSONSchema(declaration, { io: 'input' }) as Node
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** Every field that answers a row of the model. */
function fieldsOf(value: unknown): Node[] {
  if (!isNode(value)) return []
  const below = Object.values(value).flatMap(fieldsOf)
  return value['x-model-row'] === undefined ? below : [value, ...below]
}
const fields = Map.groupBy(fieldsOf(schema), (field) => field['x-model-row'] as number)

/** The field at a path of names; a list is looked into. */
const fieldAt = (path: string): Node | undefined =>
  path.split('.').reduce<Node | undefined>((at, name) => {
    const inside = isNode(at?.['items']) ? at['items'] : at
    const properties = inside?.['properties']
    const found = isNode(properties) ? properties[name] : undefined
    return isNode(found) ? found : undefined
  }, schema)

test('the model has 125 rows', () => {
  expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 125 }, (_, at) => at + 1))
})

test.each(rows)('row $n $path $zh has one place', ({ n }) => {
  const stands = elsewhere[n]
  const isField = fields.has(n)
  const isElsewhere = stands !== undefined && ('because' in stands || fieldAt(stands.at) !== undefined)
  expect({ isField, isElsewhere }).toEqual({ isField: stands === undefined, isElsewhere: stands !== undefined })
})

test.each(rows.filter(({ n }) => elsewhere[n] === undefined))(
  'row $n $path carries the WCO id of the model, and a Chinese name',
  ({ n, wcoId }) => {
    const answering = fields.get(n) ?? []
    // One row may be spread over several fields; an id belongs to the one that is it.
    const ids = answering.flatMap((field) => field['x-wco-id'] ?? [])
    expect(new Set(ids)).toEqual(new Set([wcoId || unconfirmed[n]].filter((id) => id !== undefined)))
    for (const field of answering) expect(field['x-zh']).toMatch(/\p{Script=Han}/u)
  },
)

test('no field answers a row that is not in the model', () => {
  expect([...fields.keys()].filter((n) => !rows.some((row) => row.n === n))).toEqual([])
})
