import type { DifferenceCounts, EditionRecord } from '../db/catalogue-reads.ts'
import { limits } from '../limits.ts'
import { startOfDay } from './days.ts'
import { holdingOn } from './editions.ts'

/** Something that happened to an edition 版次事件. */
export interface EditionEvent {
  readonly what: 'announced' | 'in-force' | 'withdrawn'
  readonly record: EditionRecord
  readonly at: Date
}

/** What happened to editions until now, the newest first, as much of it as the feed tells. @param records the newest first */
export function editionEvents(records: readonly EditionRecord[], now: number): EditionEvent[] {
  const events = records.flatMap((record): EditionEvent[] => {
    const { announcedAt, validFrom, withdrawn } = record
    // One that was announced after its first day (the first edition of a new catalogue) holds from its announcement.
    const heldFrom = new Date(Math.max(startOfDay(validFrom), announcedAt.getTime()))
    const holds = holdingOn(records, validFrom)?.number === record.number
    return [
      { what: 'announced', record, at: announcedAt },
      ...(holds && heldFrom.getTime() <= now ? [{ what: 'in-force' as const, record, at: heldFrom }] : []),
      ...(withdrawn === undefined ? [] : [{ what: 'withdrawn' as const, record, at: withdrawn.at }]),
    ]
  })
  // At one instant: announced, in force, withdrawn.
  const order = ['announced', 'in-force', 'withdrawn']
  return events
    .sort(
      (a, b) =>
        b.at.getTime() - a.at.getTime() ||
        b.record.number - a.record.number ||
        order.indexOf(b.what) - order.indexOf(a.what),
    )
    .slice(0, limits.feedEntries)
}

/**
 * The Atom feed of changes of the catalogue (RFC 4287) 目录变更订阅. Ids are the editions' own: they never change, wherever it is fetched.
 * @param origin scheme and host links lead to
 * @param countsOf how many fees an edition changed
 */
export async function atomFeed(
  origin: string,
  events: readonly EditionEvent[],
  countsOf: (record: EditionRecord) => Promise<DifferenceCounts>,
): Promise<string> {
  const { Feed } = await import('feed')
  const self = `${origin}/v1/fee-editions/feed.atom`
  const feed = new Feed({
    id: 'urn:yuchuang:fee-editions',
    title: '口岸收费目录清单变更 Changes of the port fee catalogue',
    description: '新版次公示、生效与撤回 Editions announced, in force, withdrawn',
    link: `${origin}/v1/fee-editions`,
    feedLinks: { atom: self },
    updated: events[0]?.at ?? new Date(0),
    author: { name: '渝窗 Yuchuang' },
    generator: false,
  })
  for (const { what, record, at } of events) {
    const { number } = record
    feed.addItem({
      id: `urn:yuchuang:fee-edition:${number}:${what}`,
      title: asHtml(titleOf(what, record)),
      link: `${origin}/v1/fee-editions/${number}`,
      date: at,
      published: at,
      description: asHtml(summaryOf(what, record, await countsOf(record))),
      category: [{ name: what, term: what }],
    })
  }
  return feed.atom1()
}

const titles = {
  announced: { zh: '公示', en: 'announced' },
  'in-force': { zh: '生效', en: 'in force' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
} as const

const titleOf = (what: EditionEvent['what'], { number, title }: EditionRecord): string =>
  `第${number}版${titles[what].zh} Edition ${number} ${titles[what].en}: ${title}`

function summaryOf(what: EditionEvent['what'], record: EditionRecord, { added, changed, removed }: DifferenceCounts) {
  const { validFrom, noticeUntil, reason, withdrawn } = record
  if (what === 'withdrawn' && withdrawn !== undefined)
    return `自${withdrawn.from}起撤回 Withdrawn from ${withdrawn.from}: ${withdrawn.because}`
  const counts = `新增${added}项，调整${changed}项，取消${removed}项 Fees: ${added} added, ${changed} changed, ${removed} removed`
  const days = `自${validFrom}起执行，意见征集至${noticeUntil} Valid from ${validFrom}, comments until ${noticeUntil}`
  return `${counts}. ${days}. ${reason}`
}

/** A text where HTML is expected, without what XML 1.0 cannot say. */
const asHtml = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
