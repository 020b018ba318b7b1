import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Somebody signed in with a key in a browser 登录会话. The cookie's token is kept as its hash only. */
export const webSession = pgTable(
  'web_session',
  {
    tokenHash: text('token_hash').primaryKey(),
    keyHash: text('key_hash').notNull(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('web_session_expires').on(table.expiresAt)],
)
