import { Webhook } from 'standardwebhooks'
import type { GatewayEvent } from './events.ts'
import { limits } from './limits.ts'

/** A call that is not the gateway's 验签失败, or comes too late to be believed: answer 401 and do nothing. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
  readonly why: 'headers-missing' | 'too-old' | 'too-new' | 'signature-wrong' | 'not-an-event'

  constructor(why: WebhookError['why'], message: string) {
    super(message)
    this.why = why
  }
}

/** Headers as frameworks give them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** A genuine call of a webhook. */
export interface ReceivedEvent {
  /** Name of the event, the same however often it is sent: what was done once for it need not be done again. */
  readonly id: string
  readonly event: GatewayEvent
}

/**
 * Believes a webhook, or does not: the Standard Webhooks way, within five minutes of our own time.
 * @param secrets the endpoint's `whsec_…`; during a rotation the old and the new
 * @param rawBody the body as it came, before anything parsed it
 * @throws {WebhookError}
 */
export function verifyWebhook(
  secrets: string | readonly string[],
  headers: WebhookHeaders,
  rawBody: string | Uint8Array,
  { now = Date.now() }: { readonly now?: number } = {},
): ReceivedEvent {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  )
  if (id === undefined || timestamp === undefined || signatures === undefined)
    throw new WebhookError('headers-missing', 'A webhook carries webhook-id, webhook-timestamp and webhook-signature')
  if (!/^\d{1,12}$/.test(timestamp))
    throw new WebhookError('headers-missing', 'webhook-timestamp is no number of seconds')
  const sentMs = Number(timestamp) * 1_000
  if (sentMs < now - limits.webhookToleranceMs) throw new WebhookError('too-old', 'The webhook was signed too long ago')
  if (sentMs > now + limits.webhookToleranceMs)
    throw new WebhookError('too-new', 'The webhook was signed in the future')
  const body = typeof rawBody === 'string' ? rawBody : new TextDecoder().decode(rawBody)
  const given = signatures.split(' ')
  const isOurs = [secrets].flat().some((secret) => {
    const own = new Webhook(secret).sign(id, new Date(sentMs), body)
    // Every one is compared: the time it takes tells nothing.
    return given.map((one) => areSame(one, own)).includes(true)
  })
  if (!isOurs) throw new WebhookError('signature-wrong', 'No signature of the webhook is by a secret of ours')
  return { id, event: eventOf(body) }
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? []
  return typeof value === 'string' ? value : undefined
}

function areSame(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let different = 0
  for (let at = 0; at < one.length; at++) different |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return different === 0
}

function eventOf(body: string): GatewayEvent {
  try {
    const event = JSON.parse(body) as Partial<GatewayEvent> | null
    if (event?.specversion === '1.0' && typeof event.type === 'string') return event as GatewayEvent
  } catch {
    // Signed, and yet no JSON: not what the gateway sends.
  }
  throw new WebhookError('not-an-event', 'The webhook is signed, but holds no CloudEvent')
}
