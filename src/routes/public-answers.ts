import type { Context } from 'hono'
import { secondsLeft } from '../fees/days.ts'
import { answerOf, type KeptAnswer } from '../fees/kept-answers.ts'
import { limits } from '../limits.ts'
import { isUnchanged } from './parameters.ts'

/** How an answer goes out to anybody. */
export interface Sending {
  readonly maxAgeSeconds: number
  readonly mediaType?: string
  /** The same bytes compressed, where they are kept. */
  readonly compressed?: () => Promise<Buffer>
}

/** How long caches may keep what is said of today: no longer than today lasts. */
export const todaySeconds = (now: number): number => Math.min(limits.feesMaxAgeSeconds, secondsLeft(now))

/** Answers smaller than this are not worth compressing. */
const compressedFromBytes = 1_024

/** Sends bytes that everybody may keep for a while 公开应答: 304 to who has them, compressed to who can read that. */
export async function sendPublic(context: Context, answer: KeptAnswer, sending: Sending): Promise<Response> {
  const { maxAgeSeconds, mediaType = 'application/json', compressed } = sending
  const packs =
    compressed !== undefined &&
    answer.body.byteLength >= compressedFromBytes &&
    readsGzip(context.req.header('accept-encoding'))
  // A strong validator is one of the very bytes: compressed ones have their own.
  const etag = packs ? `"${answer.digest}-gzip"` : `"${answer.digest}"`
  context.header('ETag', etag)
  context.header('Cache-Control', `public, max-age=${maxAgeSeconds}`)
  if (compressed !== undefined) context.header('Vary', 'Accept-Encoding')
  if (answer.next !== undefined) context.header('Link', linkTo(context.req.url, answer, answer.next))
  if (context.req.header('if-none-match') !== undefined && isUnchanged(context, etag)) return context.body(null, 304)
  context.header('Content-Type', mediaType)
  if (!packs) return context.body(answer.body as Uint8Array<ArrayBuffer>)
  context.header('Content-Encoding', 'gzip')
  return context.body((await compressed()) as Uint8Array<ArrayBuffer>)
}

/** The link to the next page each answer was last sent with: it is asked for at one address over and over. */
const links = new WeakMap<KeptAnswer, { readonly address: string; readonly link: string }>()

function linkTo(address: string, answer: KeptAnswer, next: string): string {
  const known = links.get(answer)
  if (known?.address === address) return known.link
  const url = new URL(address)
  url.searchParams.set('after', next)
  const link = `<${url.pathname}${url.search}>; rel="next"`
  links.set(answer, { address, link })
  return link
}

/** Whether gzip is asked for, and not at weight 0 (RFC 9110 §12.5.3). */
const readsGzip = (accepted: string | undefined): boolean =>
  accepted !== undefined && /(^|[\s,])gzip(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted)

/** Sends JSON that everybody may keep for a while. */
export const sendPublicJson = (context: Context, value: unknown, maxAgeSeconds: number, next?: string) =>
  sendPublic(context, answerOf(Buffer.from(JSON.stringify(value)), next), { maxAgeSeconds })
