import { createHmac, randomBytes } from 'node:crypto'

/** Bytes of a new secret: Standard Webhooks asks for 24 to 64. */
const secretBytes = 32

/** A new signing secret 签名密钥. */
export const newSecret = (): string => `whsec_${randomBytes(secretBytes).toString('base64')}`

/** The headers of a notice, signed with each secret that is valid now (Standard Webhooks 1.0.0). */
export function signedHeaders(
  secrets: readonly string[],
  { id, body, at }: { id: string; body: string; at: number },
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
