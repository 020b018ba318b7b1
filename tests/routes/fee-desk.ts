import { expect } from 'vitest'
import { type DraftAnswer, draftAnswer } from '../../schemas/fees/drafts.ts'
import type { Entry } from '../../schemas/fees/entries.ts'
import { makeKey } from '../../src/db/keys.ts'
import { publishSeed } from '../../src/fees/publish.ts'
import { createVault } from '../../src/notices/vault.ts'
import { orderlyEntries } from '../fees/drafting.ts'
import { tallyFirm, terminalFirm } from '../fees/support.ts'
import type { World } from '../support/world.ts'
import { freshKey, smallWorld } from './support.ts'

export interface Asked {
  /** The officer’s when absent. */
  readonly key?: string | undefined
  /** `If-Match` */
  readonly match?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** What a draft is begun with. */
export const wanted = { title: 'Prices of 2027', reason: 'A new year', validFrom: '2026-12-15' }

/** A gateway with a published list, two officers and the clerks of two payees, who work with drafts over HTTP. */
export interface FeeDesk {
  readonly world: World
  readonly officer: string
  readonly second: string
  readonly terminal: string
  readonly tally: string
  call(method: string, path: string, asked?: Asked): Promise<Response>
  /** Begins a draft; its address. */
  begin(key?: string, more?: object): Promise<string>
  /** The tag of a draft as it is now. */
  tagOf(path: string): Promise<string>
  read(path: string): Promise<DraftAnswer>
  put(path: string, entry: Entry, key?: string): Promise<Response>
  /** Submits, returns, rebases. */
  move(path: string, what: string, body?: object, key?: string): Promise<Response>
  approve(path: string, key?: string): Promise<Response>
}

export async function openFeeDesk(): Promise<FeeDesk> {
  const world = await smallWorld()
  const { database, keys } = world
  await publishSeed(database, createVault([]), {
    title: 'The list of 2026',
    reason: 'To begin with',
    validFrom: '2026-01-01',
    announcedAt: new Date('2025-12-20T01:00:00Z'),
    entries: orderlyEntries(),
  })
  world.catalogues.refresh()
  const second = await makeKey(database, { name: 'second officer', role: 'admin' })
  const desk: FeeDesk = {
    world,
    officer: keys.admin,
    second,
    terminal: await makeKey(database, { name: 'terminal', role: 'payee', tenant: terminalFirm }),
    tally: await makeKey(database, { name: 'tally', role: 'payee', tenant: tallyFirm }),
    call: (method, path, { key = keys.admin, match, body, headers = {} } = {}) =>
      world.call(method, path, {
        key,
        ...(body === undefined ? {} : { body }),
        headers: { ...(match === undefined ? {} : { 'if-match': match }), ...headers },
      }),
    async begin(key, more = {}) {
      const asked = { key, body: { ...wanted, ...more }, headers: freshKey() }
      const response = await desk.call('POST', '/v1/fee-drafts', asked)
      expect(response.status).toBe(201)
      return response.headers.get('location') ?? ''
    },
    tagOf: async (path) => (await desk.call('GET', path)).headers.get('etag') ?? '',
    read: async (path) => draftAnswer.strict().parse(await (await desk.call('GET', path)).json()),
    put: async (path, { type, id, content }, key) =>
      desk.call('PUT', `${path}/entries/${type}/${id}`, { key, match: await desk.tagOf(path), body: content }),
    move: async (path, what, body, key) =>
      desk.call('POST', `${path}/${what}`, { key, match: await desk.tagOf(path), body }),
    approve: async (path, key = second) =>
      desk.move(path, 'approvals', { digest: (await desk.read(path)).digest }, key),
  }
  return desk
}
