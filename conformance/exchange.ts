/** Exchanges as a report shows them 交互记录: bodies cut where they are long, secrets masked. */
import { limits } from './limits.ts'
import type { Exchange } from './verdict.ts'

/** Headers whose value nobody but the two sides may know. */
const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie|.*(api[-_]?key|token|secret|signature))$/i
/** Members of a query, of a JSON or of an XML body that are secrets by their name. */
const secretNames = 'api[-_]?key|token|access[-_]?token|password|secret|signature'
const inQuery = new RegExp(`([?&](?:${secretNames})=)[^&#\\s"'<]*`, 'gi')
const inJson = new RegExp(`("(?:${secretNames})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi')
const inXml = new RegExp(`(<(?:[\\w.-]+:)?(?:${secretNames})>)[^<]*`, 'gi')
/** Secrets that tell what they are: Standard Webhooks' own. */
const inText = /whsec_[A-Za-z0-9+/=]+/g
const mask = '***'

/** An exchange fit to be shown: to be made of every exchange before it goes into a finding. */
export function shown({ request, response, error }: Exchange): Exchange {
  return {
    request: {
      method: request.method,
      url: masked(request.url.replace(/\/\/[^/@]*@/, `//${mask}@`)),
      headers: headersOf(request.headers),
      ...(request.body === undefined ? {} : { body: bodyOf(request.body) }),
    },
    ...(response === undefined
      ? {}
      : {
          response: { status: response.status, headers: headersOf(response.headers), body: bodyOf(response.body) },
        }),
    ...(error === undefined ? {} : { error: masked(error) }),
  }
}

const masked = (text: string): string =>
  text
    .replaceAll(inQuery, `$1${mask}`)
    .replaceAll(inJson, `$1${mask}`)
    .replaceAll(inXml, `$1${mask}`)
    .replaceAll(inText, mask)

const headersOf = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeaders.test(name) ? mask : masked(value)]),
  )

/** Cut first: what is masked is no longer than what is shown, and a secret cut in two is masked as far as it goes. */
function bodyOf(body: string): string {
  const kept = body.slice(0, limits.bodyCharacters)
  const more = body.length - kept.length
  return more === 0 ? masked(kept) : `${masked(kept)}\n… ${more} more characters`
}
