/** What is answered in the place of an agency that does not process a request 拒绝受理的应答. */
import type { Agency } from '../../agency.ts'

export interface Unavailable {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array<ArrayBuffer>
}

const titles: Readonly<Record<number, string>> = {
  429: '429 Too Many Requests',
  500: '500 Internal Server Error',
  502: '502 Bad Gateway',
  503: '503 Service Unavailable',
  504: '504 Gateway Timeout',
}

/** The page of whatever stands before the agency. */
export function page(status: number, retryAfterS?: number): Unavailable {
  const body = `<html><body><h1>${titles[status] ?? status}</h1></body></html>\n`
  return answer(status, 'text/html; charset=utf-8', body, retryAfterS)
}

/** The agency's own notice of maintenance, or where it has none, a page; times are simulated epoch milliseconds. */
export function maintenanceNotice({ variants }: Agency, until: number, now: number): Unavailable {
  const retryAfterS = Math.max(1, Math.ceil((until - now) / 1_000))
  const notice = variants?.maintenance(until)
  return notice === undefined ? page(503, retryAfterS) : answer(503, notice.contentType, notice.body, retryAfterS)
}

function answer(status: number, contentType: string, body: string, retryAfterS: number | undefined): Unavailable {
  const headers: [string, string][] = [['content-type', contentType]]
  if (retryAfterS !== undefined) headers.push(['retry-after', String(retryAfterS)])
  return { status, headers, body: Uint8Array.from(Buffer.from(body)) }
}
