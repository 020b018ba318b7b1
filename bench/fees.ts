import { Big } from 'big.js'
import type { Content, Entry, Fee } from '../schemas/fees/entries.ts'
import type { Text } from '../schemas/text.ts'
import { feeCatalogueSeeds } from '../seeds/fees.ts'
import { columnIds, columns } from '../src/fees/sheet/columns.ts'
import { rowsOf } from '../src/fees/sheet/fee-rows.ts'
import { csvLines } from '../src/fees/sheet/write-csv.ts'

interface Size {
  readonly fees: number
  /** Copies of the four ports: many, and each has few fees; one, and a few ports have them all. */
  readonly regions: number
}

/**
 * A catalogue of any size 大目录, made of copies of the seeds: other payees, at copies of the ports, with market prices a little apart. Bases,
 * rules, baskets and prices of other ports are there once. The same size gives the same entries.
 */
export function manyFees({ fees, regions }: Size): Entry[] {
  const seed = feeCatalogueSeeds().at(-1)?.entries ?? []
  const of = <T extends Entry['type']>(type: T) =>
    seed.filter((entry): entry is Extract<Entry, { type: T }> => entry.type === type)
  const [ports, payees, originals] = [of('port'), of('payee'), of('fee')]
  const shared = seed.filter(({ type }) => !['port', 'payee', 'fee'].includes(type))
  const copies = Math.ceil(fees / originals.length)
  const region = (copy: number) => copy % regions
  return [
    ...shared,
    ...upTo(Math.min(regions, copies)).flatMap((at) =>
      ports.map(({ id, content }): Entry => ({ type: 'port', id: numbered(id, at), content: portAt(content, at) })),
    ),
    ...upTo(copies).flatMap((copy) =>
      payees.map(
        ({ id, content }): Entry => ({
          type: 'payee',
          id: numbered(id, copy),
          content: payeeAt(content, copy, region(copy)),
        }),
      ),
    ),
    ...upTo(fees).map((at): Entry => {
      const copy = Math.floor(at / originals.length)
      const { id, content } = originals[at % originals.length] as (typeof originals)[number]
      return { type: 'fee', id: numbered(id, copy), content: feeAt(content, copy, region(copy)) }
    }),
  ]
}

/**
 * A sheet of fees to be imported 导入文件, one row a rate, of exactly so many rows below its header, and what a catalogue must have before it
 * can be: ports, payees, bases.
 */
export async function manyRows(rows: number): Promise<{ csv: string; before: Entry[]; fees: number }> {
  // A fee has a row at least: so many fees have rows enough.
  const entries = manyFees({ fees: rows, regions: 10 })
  const header = columnIds.map((id) => columns[id].zh)
  const lines: string[][] = []
  let fees = 0
  const payees = new Set<string>()
  for (const { type, id, content } of entries) {
    if (type !== 'fee') continue
    const own = rowsOf(id, content, 'zh')
    // The last ones are those that still fit.
    if (lines.length + own.length > rows) continue
    lines.push(...own)
    payees.add(content.payee)
    fees++
    if (lines.length === rows) break
  }
  const before = entries.filter(({ type, id }) => type !== 'fee' && (type !== 'payee' || payees.has(id)))
  return { csv: await csvLines([header, ...lines]), before, fees }
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at)
/** The first copy is the seeds themselves. */
const numbered = (id: string, copy: number) => (copy === 0 ? id : `${id}-${copy}`)
const named = ({ en, zh }: Text, copy: number) =>
  copy === 0 ? { en, zh } : { en: `${en} ${copy}`, zh: `${zh}${copy}号` }

function portAt(port: Content<'port'>, region: number): Content<'port'> {
  const { locations, terminals, entryExitPorts } = port
  // A place belongs to one port only.
  const places = region === 0 ? { locations, entryExitPorts } : { locations: [], entryExitPorts: [] }
  return {
    ...port,
    ...places,
    name: named(port.name, region),
    terminals: terminals.map((terminal) => numbered(terminal, region)),
  }
}

function payeeAt(payee: Content<'payee'>, copy: number, region: number): Content<'payee'> {
  const { creditCode, ...rest } = payee
  return {
    ...rest,
    // One code, one payee: copies have none.
    ...(copy === 0 && creditCode !== undefined ? { creditCode } : {}),
    name: named(payee.name, copy),
    ports: payee.ports.map((port) => numbered(port, region)),
  }
}

function feeAt(fee: Fee, copy: number, region: number): Fee {
  const { price, payee, port, nature } = fee
  const moved = { ...fee, payee: numbered(payee, copy), port: numbered(port, region) }
  if (nature !== 'market' || price.kind !== 'rates') return moved
  const more = new Big(copy % 100).div(100)
  const rates = price.rates.map((rate) =>
    rate.form === 'fixed' ? { ...rate, amount: more.plus(rate.amount).toFixed() } : rate,
  )
  return { ...moved, price: { ...price, rates } }
}
