import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { makeKey } from '../../src/db/keys.ts'
import { frozenBeef, laptops, type World } from '../support/world.ts'

/** The importer of the sample of frozen beef, who holds its licences; invented. */
export const importer = '91500103MA5U0F207T'

interface Told {
  readonly balance: {
    readonly reserved: string
    readonly committed: string
    readonly remaining: string
    readonly usesTaken: number
  }
  readonly ledger: readonly { readonly kind: string }[]
}
export interface ToldUse {
  readonly id: string
  readonly status: string
  readonly asking?: string
  readonly replaces?: string
  readonly quantity?: { readonly value: string; readonly unitCode: string }
  readonly findings: readonly { readonly code: string; readonly pointer: string; readonly detail: string }[]
}

/** Frozen beef, 24 tons, under a licence. */
export function beefUnder(number: string, magic = ''): Declaration {
  const declaration = frozenBeef(magic)
  for (const document of declaration.goodsShipment.additionalDocuments ?? []) document.id = number
  return declaration
}

/** Another quantity of it, for the same money. */
export function weighing(declaration: Declaration, kilograms: string): Declaration {
  const copy = structuredClone(declaration)
  const quantity = { value: kilograms, unitCode: 'KGM' }
  Object.assign(copy.goodsShipment, { totalNetMassKg: kilograms, totalGrossMassKg: String(Number(kilograms) + 600) })
  for (const item of copy.goodsShipment.items) {
    Object.assign(item, {
      quantity,
      statutoryQuantity1: quantity,
      netMassKg: kilograms,
      grossMassKg: String(Number(kilograms) + 600),
    })
    item.unitPrice = new Big(item.totalPrice).div(kilograms).round(4).toFixed()
    for (const permit of item.permits ?? []) permit.writeOff = { ...permit.writeOff, quantity }
  }
  return copy
}

/** Laptops with a report of an inspection body beside them. */
export function laptopsWithReport(number: string, magic = ''): Declaration {
  const declaration = laptops(magic)
  for (const item of declaration.goodsShipment.items) item.permits = [{ typeCode: '621', id: number }]
  return declaration
}

/** What a story asks about certificates. */
export async function desk(world: World) {
  const holder = await makeKey(world.database, { name: 'importer', role: 'trader', tenant: importer })
  let keys = 0
  return {
    holder,
    async told(number: string, type = '7') {
      const answer = await world.call('GET', `/v1/certificates/${type}/${number}`, { key: holder })
      const { balance, ledger } = (await answer.json()) as Told
      return { ...balance, ledger: ledger.map(({ kind }) => kind).toReversed() }
    },
    async uses(id: string): Promise<readonly ToldUse[]> {
      const answer = await world.call('GET', `/v1/declarations/${id}/certificates`)
      return ((await answer.json()) as { data: ToldUse[] }).data
    },
    /** What the timeline tells of certificates. */
    async events(id: string): Promise<string[]> {
      const answer = await world.call('GET', `/v1/declarations/${id}/events?limit=100`)
      const { data } = (await answer.json()) as { data: { type: string }[] }
      return data.flatMap(({ type }) => (type.startsWith('yuchuang.certificate.') ? [type.slice(21)] : []))
    },
    /** What issuers did because of a declaration. */
    bookings: (declaration: Declaration) =>
      world
        .effects(declaration.functionalReferenceId)
        .filter((effect) => effect.startsWith('commerce: ') || effect.startsWith('inspection: ')),
    /** Corrects a declaration as it stands now. */
    async correct(id: string, body: unknown) {
      const etag = (await world.call('GET', `/v1/declarations/${id}`)).headers.get('etag') ?? ''
      return world.call('PUT', `/v1/declarations/${id}`, { body, headers: { 'if-match': etag } })
    },
    async ask(id: string, what: 'amendments' | 'cancellations', body: unknown) {
      return world.call('POST', `/v1/declarations/${id}/${what}`, {
        body,
        headers: { 'if-match': '*', 'idempotency-key': `certificates-${++keys}` },
      })
    },
  }
}
