import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { limits } from './limits.ts'

/** What the environment says. Everything has a default that runs on a fresh machine. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Absent: an embedded PostgreSQL below `folder`. */
  readonly databaseUrl: string | undefined
  /** Where the embedded database, the simulator's memory and the demo keys live. */
  readonly folder: string
  readonly simulatorUrl: string | undefined
  /** What the simulator's control asks of whoever calls from another machine. */
  readonly simulatorKey: string | undefined
  readonly mailboxBusyMs: number | undefined
  readonly ratePerWindow: number | undefined
  readonly logLevel: string
  /** Webhook endpoints at private addresses, and over http, may be called. */
  readonly allowPrivateWebhooks: boolean
  /** Seal webhook secrets at rest; the first seals, all open. None: they are kept as they are. */
  readonly webhookKeys: readonly Buffer[]
  /** Threads that compose acceptances; 0: the gateway's own. */
  readonly composers: number
  /** Ed25519 key the seals of the days are signed with; absent: they are not signed. */
  readonly auditKey: string | undefined
  /** Anybody may hand in samples without a key; absent: on the embedded database beside a simulator of its own only. */
  readonly demonstrations: boolean | undefined
  addressOf(agency: string): string
  callbackSecretOf(agency: string): string | undefined
}

const defaultFolder = fileURLToPath(new URL('../.yuchuang', import.meta.url))

/**
 * Reads the environment: `HOST`, `PORT`, `DATABASE_URL`, `YUCHUANG_FOLDER`, `SIMULATOR_URL`, `SIMULATOR_KEY`, `AGENCY_URL_<ID>`,
 * `ISSUER_URL_<ID>`, `AGENCY_SECRET_<ID>`, `MAILBOX_BUSY_MS`, `RATE_PER_MINUTE`, `LOG_LEVEL`, `COMPOSERS`, `AUDIT_KEY`,
 * `ALLOW_PRIVATE_WEBHOOKS` and `DEMONSTRATIONS` (true or false), `WEBHOOK_KEYS` (32 bytes each in base64, commas between).
 * @throws {Error} a value that cannot be meant
 */
export function configFrom(env: NodeJS.ProcessEnv): Config {
  const number = (name: string, fallback: number | undefined, most = Number.MAX_SAFE_INTEGER) => {
    const text = env[name]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (!Number.isInteger(value) || value < 0 || value > most)
      throw new Error(`${name}: a whole number from 0 to ${most}, not ${text}`)
    return value
  }
  const simulatorUrl = env['SIMULATOR_URL'] || undefined
  return {
    host: env['HOST'] || '127.0.0.1',
    port: number('PORT', 8080, 65_535) ?? 8080,
    databaseUrl: env['DATABASE_URL'] || undefined,
    folder: env['YUCHUANG_FOLDER'] || defaultFolder,
    simulatorUrl,
    simulatorKey: env['SIMULATOR_KEY'] || undefined,
    mailboxBusyMs: number('MAILBOX_BUSY_MS', undefined),
    ratePerWindow: number('RATE_PER_MINUTE', undefined),
    logLevel: env['LOG_LEVEL'] || 'info',
    allowPrivateWebhooks: isTrue('ALLOW_PRIVATE_WEBHOOKS', env['ALLOW_PRIVATE_WEBHOOKS']),
    webhookKeys: keysFrom(env['WEBHOOK_KEYS']),
    auditKey: env['AUDIT_KEY'] || undefined,
    demonstrations: env['DEMONSTRATIONS'] ? isTrue('DEMONSTRATIONS', env['DEMONSTRATIONS']) : undefined,
    composers: number('COMPOSERS', undefined, 64) ?? Math.min(availableParallelism() - 1, limits.composers),
    addressOf(agency) {
      // The issuers of certificates lie below a name of their own: `issuers/<id>`.
      const [issuer] = agency.split('/').slice(1)
      const own =
        env[issuer === undefined ? `AGENCY_URL_${agency.toUpperCase()}` : `ISSUER_URL_${issuer.toUpperCase()}`]
      if (own) return own.replace(/\/$/, '')
      if (simulatorUrl !== undefined) return `${simulatorUrl.replace(/\/$/, '')}/${agency}`
      return `http://127.0.0.1:8090/${agency}`
    },
    callbackSecretOf(agency) {
      const own = env[`AGENCY_SECRET_${agency.toUpperCase()}`]
      if (own) return own
      // Only an agency that is the simulator's may use the secret everybody can work out.
      return env[`AGENCY_URL_${agency.toUpperCase()}`] ? undefined : developmentSecret(agency)
    },
  }
}

function isTrue(name: string, text: string | undefined): boolean {
  if (text !== undefined && !['', 'true', 'false'].includes(text))
    throw new Error(`${name}: true or false, not ${text}`)
  return text === 'true'
}

/** Bytes of a key that seals (AES-256). */
const keyBytes = 32

const keysFrom = (text: string | undefined): Buffer[] =>
  (text ?? '')
    .split(',')
    .filter((one) => one.trim() !== '')
    .map((one) => {
      const key = Buffer.from(one.trim(), 'base64')
      if (key.length !== keyBytes) throw new Error(`WEBHOOK_KEYS: ${keyBytes} bytes in base64 each, not ${key.length}`)
      return key
    })

/** The secret a simulated agency signs with when none was set: no secret at all, and only for the simulator. */
export const developmentSecret = (agency: string): string =>
  `whsec_${createHash('sha256').update(`yuchuang development secret ${agency}`).digest('base64')}`
