import { pino } from 'pino'
import type { Database } from '../../src/db/database.ts'
import { transaction } from '../../src/db/database.ts'
import { makeEndpoint } from '../../src/db/endpoints.ts'
import { placeEvents } from '../../src/db/feed.ts'
import { newId } from '../../src/db/ids.ts'
import type { NoticeRow } from '../../src/db/notice-log.ts'
import { readNotices } from '../../src/db/notice-log.ts'
import { limits } from '../../src/limits.ts'
import type { Answer, Carrier } from '../../src/notices/carrier.ts'
import { storedType } from '../../src/notices/present.ts'
import { createSender, type PostRoom, type Sender } from '../../src/notices/sender.ts'
import { newSecret } from '../../src/notices/signature.ts'
import { createVault, type Vault } from '../../src/notices/vault.ts'
import { ownDatabase } from '../support/database.ts'

/** A firm, invented. */
export const firm = '91500112MA5U0B0037'
/** Another one. */
export const stranger = '91500106MA5U0C102B'

/** A notice as it left. */
export interface Posted {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly id: string
  readonly at: number
}

export interface Post {
  readonly database: Database
  readonly url: string
  readonly vault: Vault
  readonly posts: Posted[]
  readonly clock: { at: number }
  readonly room: PostRoom
  /** What endpoints answer; by address. */
  answer: (posted: Posted) => Answer | Promise<Answer>
  /** Something happens to a declaration of a firm; gives the event's id. */
  happen(options?: { tenant?: string; type?: string; data?: object }): Promise<string>
  endpoint(options?: {
    tenant?: string
    url?: string
    types?: string[]
  }): Promise<{ id: string; url: string; secret: string }>
  /** Puts what happened into the feed, and sends everything that is due now. */
  deliver(): Promise<void>
  /** Another worker on the same database. */
  sender(room?: Partial<PostRoom>): Sender
  log(endpointId: string): Promise<NoticeRow[]>
  /** Tries so far, by address. */
  triesAt(url: string): string[]
}

/** Longest the feed may be held back. */
const patienceMs = 5_000

/** Puts everything that happened into the feed. Transactions of other databases of the same server hold it back too, for as long as they last. */
export async function placeAll(database: Database, at: Date): Promise<void> {
  for (const end = Date.now() + patienceMs; ; ) {
    const { placed, more, held } = await placeEvents(database, at)
    if (placed === 0 && !more && (!held || Date.now() > end)) return
  }
}

/** The instant everything starts at, in the past for the database. */
export const startAt = Date.parse('2026-11-20T01:00:00Z')
export const ok: Answer = { status: 204, excerpt: '', latencyMs: 1 }
export const down: Answer = { error: 'connect ECONNREFUSED', latencyMs: 1 }

/** A database, a clock that stands still, and a carrier that answers as a test says: sending without a network. */
export async function openPost(options: { keys?: Buffer[] } = {}): Promise<Post> {
  const { database, url } = await ownDatabase()
  const clock = { at: startAt }
  const vault = createVault(options.keys ?? [])
  const posts: Posted[] = []
  const carrier: Carrier = {
    async post(url, headers, body) {
      const posted = { url, headers, body, id: headers['webhook-id'] ?? '', at: clock.at }
      posts.push(posted)
      return post.answer(posted)
    },
    close: async () => undefined,
  }
  const room: PostRoom = {
    database,
    carrier,
    vault,
    log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
    now: () => clock.at,
    random: () => 0,
  }
  const main = createSender(room)
  let made = 0
  const post: Post = {
    database,
    url,
    vault,
    posts,
    clock,
    room,
    answer: () => ok,
    async happen({ tenant = firm, type = 'filing.status', data = {} } = {}) {
      const id = newId(clock.at)
      await transaction(database.pool, async (client) => {
        await client.query(declarationSql, [id, tenant, new Date(clock.at)])
        await client.query(eventSql, [id, type, JSON.stringify(data), new Date(clock.at)])
      })
      return `${id}.1`
    },
    async endpoint({ tenant = firm, url = `https://hooks.firm.com/${made++}`, types = [] } = {}) {
      const [id, secret] = [newId(clock.at), newSecret()]
      const sealed = vault.seal(secret, id)
      const about = { id, tenant, url, description: undefined, types: types.map(storedType), enabled: true, sealed }
      const made = await transaction(database.pool, (client) => makeEndpoint(client, about, new Date(clock.at)))
      if (!made) throw new Error(`${tenant} has as many endpoints as it may`)
      return { id, url, secret }
    },
    async deliver() {
      await placeAll(database, new Date(clock.at))
      await main.idle()
    },
    sender: (other = {}) => createSender({ ...room, ...other }),
    log: (endpointId) =>
      readNotices(database, endpointId, {
        before: undefined,
        status: undefined,
        event: undefined,
        limit: limits.pageMost,
      }),
    triesAt: (url) => posts.filter((posted) => posted.url === url).map(({ id }) => id),
  }
  return post
}

export const declarationSql = `INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
  VALUES ($1, $2, $1, 'export', '{}', 1, '', $3, $3)`
export const eventSql = `INSERT INTO event (declaration_id, number, type, data, at, hash) VALUES ($1, 1, $2, $3, $4, '')`
