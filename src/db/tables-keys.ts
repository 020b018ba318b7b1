import { sql } from 'drizzle-orm'
import { date, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * API keys 接口密钥, as SHA-256 hashes. `tenant` is the firm's code, `agency` set for keys of an agency. Its id says nothing of the key; of
 * the key itself the last characters are kept, so that whoever has it can tell which one it is.
 */
export const apiKey = pgTable(
  'api_key',
  {
    hash: text('hash').primaryKey(),
    id: text('id').notNull().default(sql`'00' || upper(substr(md5(gen_random_uuid()::text), 1, 18))`),
    hint: text('hint'),
    name: text('name').notNull(),
    role: text('role').notNull(),
    tenant: text('tenant'),
    agency: text('agency'),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: text('created_by'),
    /** The last day (Asia/Shanghai) it was shown: written once a day at most. */
    lastUsedOn: date('last_used_on', { mode: 'string' }),
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at'),
    /** The key it was made in the place of. */
    replaces: text('replaces'),
  },
  (table) => [
    uniqueIndex('api_key_id').on(table.id),
    index('api_key_holder').on(table.role, table.tenant),
    uniqueIndex('api_key_replaces').on(table.replaces),
  ],
)

/** What was done with a key 密钥留痕: made, replaced, revoked, by whom; append-only. */
export const apiKeyStep = pgTable(
  'api_key_step',
  {
    keyId: text('key_id').notNull(),
    number: integer('number').notNull(),
    /** made, replaced, revoked */
    what: text('what').notNull(),
    /** Name of whose key did it; absent: the operator, by the command line. */
    by: text('by'),
    byKey: text('by_key'),
    /** Of a replacement: the new key, and when the old one ends. JSON. */
    data: text('data').notNull().default('{}'),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.number] })],
)
