/** Signing what is pushed 消息签名, the Standard Webhooks way. */
import { createHash, createHmac } from 'node:crypto'

/** The signature of a message, as https://www.standardwebhooks.com lays down. */
export function sign(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/**
 * The secret of an agency when none is set, for development: `whsec_` and the base64 of
 * SHA-256("yuchuang development secret " + agency id). Anybody can work it out.
 */
export function developmentSecret(agency: string): string {
  return `whsec_${createHash('sha256').update(`yuchuang development secret ${agency}`).digest('base64')}`
}
