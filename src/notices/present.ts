import type { EndpointRow } from '../db/endpoints.ts'
import type { FeedRow } from '../db/feed.ts'
import type { NoticeRow } from '../db/notice-log.ts'
import { presentEvent } from '../filing/present.ts'

/** Every type name as callers see it begins with this. */
export const typePrefix = 'yuchuang.'
/** A filter on types as the database compares it: an exact name or `prefix.*`. */
export const storedType = (type: string): string => (type === `${typePrefix}*` ? '*' : type.slice(typePrefix.length))
export const shownType = (stored: string): string => `${typePrefix}${stored}`

/** Changes with everything an endpoint shows: also when it begins or ceases to fail, and when a secret's overlap is over. */
export const etagOf = ({ id, revision, failingSince, secrets }: EndpointRow): string =>
  `"${id}.${revision}.${failingSince?.getTime() ?? 0}.${secrets.length}"`

/** An event of the feed as a CloudEvent 1.0: the very one a declaration's own list shows. */
export function presentFeedEvent(row: Omit<FeedRow, 'position'>) {
  const { sourceId, number, type, filingId, at, data } = row
  const event = presentEvent(sourceId, { number, type, filing_id: filingId, at, data })
  return row.own ? { ...event, source: sourceOf(sourceId) } : event
}

/** Where an event that is no declaration's came from: a complaint, an edition of the fee catalogue, a round of assessment, or an endpoint. */
function sourceOf(sourceId: string): string {
  if (/^CQJG\d+$/.test(sourceId)) return `/v1/fee-complaints/${sourceId}`
  const [, round] = /^assessment-(\w+)$/.exec(sourceId) ?? []
  if (round !== undefined) return `/v1/fee-assessments/${round}`
  const [, edition] = /^edition-(\d+)$/.exec(sourceId) ?? []
  return edition === undefined ? `/v1/webhook-endpoints/${sourceId}` : `/v1/fee-editions/${edition}`
}

/** An endpoint as its owner sees it: everything but its secrets. */
export const presentEndpoint = (row: EndpointRow) => ({
  id: row.id,
  url: row.url,
  ...(row.description === null ? {} : { description: row.description }),
  types: row.types.map(shownType),
  enabled: row.enabled,
  ...(row.disabledBecause === null || row.disabledAt === null
    ? {}
    : { disabled: { because: row.disabledBecause, at: row.disabledAt.toISOString() } }),
  ...(row.failingSince === null ? {} : { failingSince: row.failingSince.toISOString() }),
  secrets: row.secrets.map(({ createdAt, validUntil }) => ({
    createdAt: new Date(createdAt).toISOString(),
    ...(validUntil === null ? {} : { validUntil: new Date(validUntil).toISOString() }),
  })),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

/** A line of the delivery log, with its newest tries. */
export const presentNotice = (row: NoticeRow) => ({
  eventId: `${row.sourceId}.${row.number}`,
  type: shownType(row.type),
  status: row.status,
  attempts: row.tries,
  ...(row.status === 'waiting' ? { nextAttemptAt: row.dueAt.toISOString() } : {}),
  tries: row.log.map(({ number, at, status, latencyMs, excerpt, error }) => ({
    number,
    at: new Date(at).toISOString(),
    ...(status === null ? {} : { status }),
    latencyMs,
    ...(excerpt === null ? {} : { excerpt }),
    ...(error === null ? {} : { error }),
  })),
  createdAt: row.createdAt.toISOString(),
  ...(row.settledAt === null ? {} : { settledAt: row.settledAt.toISOString() }),
})
