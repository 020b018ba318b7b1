import { expect } from 'vitest'
import type * as z from 'zod'
import { type ActionRequest, type Waybill, waybillAnswer } from '../../schemas/waybill.ts'
import { makeKey } from '../../src/db/keys.ts'
import { freshKey } from '../routes/support.ts'
import { broker, openWorld } from '../support/world.ts'
import { parties, trainBill } from './document.ts'

type Shown = z.infer<typeof waybillAnswer>
export type Who = keyof typeof parties

/** The world of the tests of single documents: a carrier, a shipper, a bank, a buyer and a stranger. */
export async function openDesk() {
  const world = await openWorld({ adapters: {} })
  const made = (who: Who, role: 'carrier' | 'bank' | 'trader') =>
    makeKey(world.database, { name: who, role, tenant: parties[who] })
  const keys: Readonly<Record<Who, string>> = {
    carrier: await made('carrier', 'carrier'),
    bank: await made('bank', 'bank'),
    buyer: await made('buyer', 'trader'),
    stranger: await made('stranger', 'trader'),
    shipper: world.keys.trader,
  }
  /** A request of one of the parties. */
  const call = (who: Who, method: string, path: string, options: Parameters<typeof world.call>[2] = {}) =>
    world.call(method, path, { key: keys[who], ...options })

  /** A document as its carrier draws it up. */
  async function draw(document: Waybill = trainBill()): Promise<Shown> {
    const response = await call('carrier', 'POST', '/v1/waybills', { body: document, headers: freshKey() })
    expect(response.status).toBe(201)
    return waybillAnswer.parse(await response.json())
  }
  async function read(who: Who, number: string): Promise<{ etag: string; shown: Shown }> {
    const response = await call(who, 'GET', `/v1/waybills/${number}`)
    expect(response.status).toBe(200)
    return { etag: response.headers.get('etag') ?? '', shown: waybillAnswer.parse(await response.json()) }
  }
  /** Does something on what its actor sees now, unless an older tag is given. */
  async function send(who: Who, number: string, body: ActionRequest, beside: { etag?: string; key?: string } = {}) {
    const etag = beside.etag ?? (await call(who, 'GET', `/v1/waybills/${number}`)).headers.get('etag') ?? '"none"'
    const headers = { 'if-match': etag, ...(beside.key === undefined ? freshKey() : { 'idempotency-key': beside.key }) }
    return call(who, 'POST', `/v1/waybills/${number}/actions`, { body, headers })
  }
  async function done(who: Who, number: string, body: ActionRequest): Promise<Shown> {
    const response = await send(who, number, body)
    expect([response.status, response.status === 201 ? '' : await response.text()]).toEqual([201, ''])
    return waybillAnswer.parse(await response.json())
  }
  /** A document that is out, to its shipper's order. @returns its number */
  async function issued(document?: Waybill): Promise<string> {
    const { number } = await draw(document)
    await done('shipper', number, { action: 'APPROVE' })
    await done('carrier', number, { action: 'ISSUE', ...(document?.negotiable === false ? {} : { recipient: broker }) })
    return number
  }
  return { world, call, draw, read, send, done, issued }
}
