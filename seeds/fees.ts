import { readdirSync, readFileSync } from 'node:fs'
import { findCode } from '../schemas/codes/index.ts'
import type { Content, Entry, EntryType, Fee } from '../schemas/fees/entries.ts'
import type { Price } from '../schemas/fees/price.ts'
import type { Text } from '../schemas/text.ts'

/** An edition of the demonstration catalogue 示范目录清单, whole, as it would be published. */
export interface SeedEdition {
  readonly title: string
  readonly reason: string
  /** First day it holds, in Asia/Shanghai. */
  readonly validFrom: string
  readonly announcedAt: Date
  readonly entries: readonly Entry[]
}

/** First day of the first edition, and of whatever names no other day. */
const firstDay = '2026-01-01'
const invented = { kind: 'synthetic', text: '虚构。Invented for this project, no real price' } as const

type Row<T extends EntryType> = { readonly id: string } & Content<T>
/** A fee of a payee's file: what it shares with its payee is not said again. Its id in the catalogue is `<port>-<id>`. */
interface FeeRow extends Partial<Omit<Fee, 'arises' | 'basis' | 'price'>> {
  readonly id: string
  readonly kind: string
  readonly service: Fee['service']
  readonly payers: Fee['payers']
  /** Where not at all ports of the payee. */
  readonly ports?: readonly string[]
  /** `always`, `on-request` or the event. */
  readonly arises: string
  readonly basis?: readonly string[]
  readonly rates?: Extract<Price, { kind: 'rates' }>['rates']
  readonly price?: Price
}
interface PayeeFile {
  readonly payee: Omit<Row<'payee'>, 'evidence'>
  readonly fees: readonly FeeRow[]
}
interface PeerPort {
  readonly id: string
  readonly port: Text
  readonly seenOn: string
  readonly evidence?: Content<'peer'>['evidence']
  readonly prices: readonly (Pick<Content<'peer'>, 'kind' | 'when' | 'per'> & {
    at?: string
    least?: string
    most?: string
  })[]
}
interface Changes {
  readonly put: readonly Entry[]
  /** Fields of entries that are otherwise as before. */
  readonly alter: readonly { type: EntryType; ids: readonly string[]; with: object }[]
  readonly takeOut: readonly { type: EntryType; id: string; because: Text }[]
}
interface EditionHead {
  readonly validFrom: string
  readonly announcedAt: string
  readonly title: string
  readonly reason: string
  /** File of what is other than in the edition before. */
  readonly changes?: string
}

const folder = new URL('fees/', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

/** What the demonstration catalogue's editions are called, without what is in them: read in no time. */
export const feeCatalogueTitles = (): string[] => editionHeads().map(({ title }) => title)
const editionHeads = () => read('editions.json') as readonly EditionHead[]

/**
 * The demonstration catalogue 示范目录清单: Guoyuan, Cuntan, Jiangbei airport and Tuanjiecun, in the editions of 2026. Payees and market
 * prices are invented; national items name their basis, what is unverified says so.
 */
export function feeCatalogueSeeds(): SeedEdition[] {
  const peers = read('peers.json') as readonly PeerPort[]
  let entries = new Map(firstEntries().map((entry) => [keyOf(entry), entry]))
  return editionHeads().map(({ validFrom, announcedAt, title, reason, changes }) => {
    if (changes !== undefined) entries = changed(entries, read(`${changes}.json`) as Changes)
    // What was seen later stands in no earlier edition.
    const seen = peers.filter(({ seenOn }) => seenOn <= validFrom).flatMap(peerEntries)
    return { title, reason, validFrom, announcedAt: new Date(announcedAt), entries: [...entries.values(), ...seen] }
  })
}

const keyOf = ({ type, id }: { type: EntryType; id: string }) => `${type}/${id}`

function firstEntries(): Entry[] {
  const entriesOf = <T extends EntryType>(type: T, rows: readonly Row<T>[]) =>
    rows.map(({ id, ...content }) => ({ type, id, content }) as unknown as Entry)
  const payees = readdirSync(new URL('payees/', folder))
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => read(`payees/${name}`) as PayeeFile)
  return [
    ...entriesOf('port', read('ports.json') as Row<'port'>[]),
    ...entriesOf(
      'payee',
      payees.map(({ payee }) => ({
        ...payee,
        evidence: { kind: 'synthetic', text: '虚构。Invented for this project' },
      })),
    ),
    ...entriesOf('basis', read('bases.json') as Row<'basis'>[]),
    ...payees.flatMap(({ payee, fees }) => fees.flatMap((row) => feesOf(payee, row))),
    ...entriesOf(
      'basket',
      (read('baskets.json') as Omit<Row<'basket'>, 'evidence'>[]).map((row) => ({ ...row, evidence: invented })),
    ),
    ...entriesOf(
      'rule',
      (read('rules.json') as Omit<Row<'rule'>, 'rule' | 'validFrom' | 'evidence'>[]).map((row) => ({
        ...row,
        rule: row.id as Content<'rule'>['rule'],
        validFrom: firstDay,
        evidence: { kind: 'synthetic', text: 'Parameters of this project 本项目参数' } as const,
      })),
    ),
  ]
}

/** The same item at each of its ports. */
function feesOf(payee: PayeeFile['payee'], row: FeeRow): Entry[] {
  const { id, ports = payee.ports, arises, basis, rates, price, kind, ...rest } = row
  const named = findCode('fee-kinds', kind)
  if (named?.en === undefined || named.zh === undefined) throw new Error(`${payee.id}/${id}: no kind of fee ${kind}`)
  const name = { en: named.en, zh: named.zh }
  return ports.map((port) => {
    const content: Fee = {
      name,
      nature: 'market',
      telephone: payee.telephone,
      validFrom: firstDay,
      evidence: invented,
      ...rest,
      kind,
      payee: payee.id,
      port,
      arises: arises === 'always' || arises === 'on-request' ? { when: arises } : eventNamed(arises),
      price: price === undefined ? ratesPrice(rates ?? []) : { ...price, currency: 'CNY' },
      ...(basis === undefined ? {} : { basis: basis.map((one) => ({ id: one })) }),
    }
    return { type: 'fee', id: `${port}-${id}`, content }
  })
}

const eventNamed = (event: string) => ({ when: 'on-event', event }) as Fee['arises']
const ratesPrice = (rates: Extract<Price, { kind: 'rates' }>['rates']): Price => ({
  kind: 'rates',
  currency: 'CNY',
  rates,
})

function peerEntries({ id, port, seenOn, evidence = invented, prices }: PeerPort): Entry[] {
  const count = new Map<string, number>()
  return prices.map(({ at, least, most, ...price }) => {
    const number = (count.get(price.kind) ?? 0) + 1
    count.set(price.kind, number)
    const content = { port, ...price, least: least ?? at ?? '', most: most ?? at ?? '', seenOn, evidence }
    return { type: 'peer', id: `${id}-${price.kind}-${number}`, content }
  })
}

function changed(before: ReadonlyMap<string, Entry>, { put, alter, takeOut }: Changes): Map<string, Entry> {
  const after = new Map(before)
  for (const { type, ids, with: fields } of alter)
    for (const id of ids) {
      const entry = after.get(keyOf({ type, id }))
      if (entry === undefined) throw new Error(`${type} ${id} is not there to be altered`)
      after.set(keyOf(entry), { ...entry, content: { ...entry.content, ...fields } } as Entry)
    }
  for (const one of takeOut) if (!after.delete(keyOf(one))) throw new Error(`${one.type} ${one.id} is not there`)
  for (const entry of put) after.set(keyOf(entry), entry)
  return after
}
