/**
 * Masking a recorded exchange 脱敏: keys and signatures in headers, fields by name, and whatever of them is said again somewhere
 * else in the same exchange. A mask tells nothing of what it hides.
 */
import { isUtf8 } from 'node:buffer'
import type { Answered, Asked } from './exchange.ts'
import { limits } from './limits.ts'
import { type Fields, mask, maskForm, maskText } from './recorder-text.ts'

export interface MaskOrder {
  readonly headers: readonly string[]
  readonly fields: readonly string[]
}

export interface Exchange {
  readonly asked: Asked
  readonly answer: Answered
}

const maskedHeaders = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'webhook-signature']
/** Others that carry a key by what they are called. */
const secretName = /token|secret|passw|api-?key|signature|credential/i

/** A function that masks exchanges; it keeps nothing of them. */
export function createMask(order: MaskOrder): (exchange: Exchange) => Exchange {
  const headers = new Set([...maskedHeaders, ...order.headers.map((name) => name.toLowerCase())])
  const names = new Set(order.fields.map((name) => name.toLowerCase()))
  const escaped = [...names].map((name) => name.replaceAll(/[.-]/g, String.raw`\$&`))
  const hint = names.size === 0 ? undefined : new RegExp(String.raw`(?:${escaped.join('|')})["'\\\s]*[:=>&%]`, 'iu')
  return ({ asked, answer }) => {
    const secrets = new Set<string>()
    const fields: Fields = {
      has: (name) => names.has(name.toLowerCase()),
      hints: (text) => hint?.test(text) === true,
      hide: (value) => secrets.add(value),
    }
    const headersOf = (all: Asked['headers']) =>
      all.map(([name, value]): [string, string] => {
        const lower = name.toLowerCase()
        if (!headers.has(lower) && !secretName.test(lower)) {
          const masked = maskQuery(value, fields)
          return [name, masked === value && fields.hints(value) ? mask : masked]
        }
        for (const secret of secretsIn(lower, value)) secrets.add(secret)
        return [name, mask]
      })
    const first = {
      path: maskQuery(asked.path, fields),
      askedHeaders: headersOf(asked.headers),
      askedBody: maskBody(asked, fields),
      answerHeaders: headersOf(answer.headers),
      answerBody: maskBody(answer, fields),
    }
    const clean = cleaner(secrets)
    const cleanHeaders = (all: [string, string][]) => all.map(([name, value]): [string, string] => [name, clean(value)])
    return {
      asked: {
        method: asked.method,
        path: clean(first.path),
        headers: cleanHeaders(first.askedHeaders),
        body: bytesOf(clean(first.askedBody)),
      },
      answer: {
        status: answer.status,
        headers: cleanHeaders(first.answerHeaders),
        body: bytesOf(clean(first.answerBody)),
      },
    }
  }
}

/** Why a body is not kept; undefined when it is. */
export function missing(body: Uint8Array): string | undefined {
  if (body.length > limits.recordingBodyBytes) return `not kept: ${body.length} bytes`
  return isUtf8(body) ? undefined : `not kept: ${body.length} bytes that are no UTF-8 text`
}

function maskBody({ headers, body }: Pick<Asked, 'headers' | 'body'>, fields: Fields): string {
  const gap = missing(body)
  if (gap !== undefined) return `[${gap}]`
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return maskText(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'), contentType, fields)
}

/** A path or an address with its query masked. */
function maskQuery(address: string, fields: Fields): string {
  const query = address.indexOf('?')
  return query < 0 ? address : `${address.slice(0, query + 1)}${maskForm(address.slice(query + 1), fields)}`
}

/** What of a header is the secret, in the parts in which it may be said again. */
function secretsIn(name: string, value: string): string[] {
  if (name === 'cookie' || name === 'set-cookie') {
    const pairs = value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
    // What follows the value of a cookie that is set is how long and where it holds.
    return name === 'cookie' ? pairs : pairs.slice(0, 1)
  }
  const credentials = value.slice(value.indexOf(' ') + 1)
  const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? []
  return [value, credentials, ...(/^basic /i.test(value) ? [password] : [])]
}

/** Takes the secrets out of a text, in every notation it may say them in. */
function cleaner(secrets: ReadonlySet<string>): (text: string) => string {
  const said = [...secrets].filter((secret) => secret.length >= limits.recordingEchoCharacters)
  // So many secrets that looking for each would take too long: then nothing of the text is kept.
  if (said.length > limits.recordingSecrets) return (text) => (text === '' ? '' : mask)
  const notations = said.flatMap((secret) => {
    const json = JSON.stringify(secret).slice(1, -1)
    const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    return [secret, json, xml, xml.replaceAll('"', '&quot;'), encodeURIComponent(secret.toWellFormed())]
  })
  const longestFirst = [...new Set(notations)].sort((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((clean, notation) => clean.replaceAll(notation, mask), text)
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'utf8'))
