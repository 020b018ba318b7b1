import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import type { EditionRecord } from '../../src/db/catalogue-reads.ts'
import { atomFeed, editionEvents } from '../../src/fees/atom.ts'
import { limits } from '../../src/limits.ts'

const record = (number: number, more: Partial<EditionRecord> = {}): EditionRecord => ({
  number,
  title: `Edition ${number}`,
  validFrom: '2026-03-01',
  digest: String(number),
  reason: 'Spring revision',
  announcedAt: new Date('2026-02-01T01:00:00Z'),
  noticeUntil: '2026-02-08',
  draftedBy: 'one',
  approvedBy: 'another',
  entries: 0,
  previousDigest: undefined,
  signature: '',
  signingKey: '',
  withdrawn: undefined,
  ...more,
})
const at = (instant: string) => Date.parse(instant)
const counts = async () => ({ added: 2, changed: 3, removed: 1 })

interface AtomEntry {
  id: string
  title: { '@type': string; '#text': string }
  updated: string
  summary: { '#text': string }
  link: { '@href': string; '@rel'?: string }[]
  author?: object
}
interface AtomDocument {
  feed: {
    '@xmlns': string
    id: string
    title: string
    updated: string
    author: { name: string }
    link: { '@href': string; '@rel'?: string }[]
    entry?: AtomEntry[]
  }
}
/** Reads a feed, and demands what RFC 4287 demands of it. */
function read(xml: string): AtomDocument['feed'] {
  expect(XMLValidator.validate(xml)).toBe(true)
  const { feed } = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    isArray: (name) => ['entry', 'link'].includes(name),
  }).parse(xml) as AtomDocument
  expect(feed['@xmlns']).toBe('http://www.w3.org/2005/Atom')
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
  // §4.1.1: exactly one id, title, updated; §4.2.7: a link to itself; §4.1.2: an author of the feed or of every entry.
  for (const part of [feed, ...(feed.entry ?? [])]) {
    expect(part.id).toMatch(/^[a-z][a-z0-9+.-]*:\S+$/)
    expect(part.updated).toMatch(rfc3339)
    expect(part.title).toBeTruthy()
    expect(part.link.length).toBeGreaterThan(0)
    for (const link of part.link) expect(URL.canParse(link['@href'])).toBe(true)
  }
  expect(feed.author.name).not.toBe('')
  expect(feed.link.filter((link) => link['@rel'] === 'self')).toHaveLength(1)
  // §4.1.1: no two entries of the same id and the same time; ours have no id twice at all.
  const ids = (feed.entry ?? []).map(({ id }) => id)
  expect(new Set([feed.id, ...ids]).size).toBe(ids.length + 1)
  return feed
}
const feedOf = async (records: readonly EditionRecord[], now: string) =>
  read(await atomFeed('https://window.example', editionEvents(records, at(now)), counts))

test('tells what was announced, came into force, was withdrawn, the newest first', async () => {
  const withdrawn = { at: new Date('2026-03-10T02:00:00Z'), from: '2026-03-11', by: 'another', because: 'A slip' }
  const feed = await feedOf([record(2, { withdrawn }), record(1, { validFrom: '2026-01-01' })], '2026-03-15T00:00:00Z')
  expect(feed.entry?.map(({ id, updated }) => `${id} ${updated}`)).toEqual([
    'urn:yuchuang:fee-edition:2:withdrawn 2026-03-10T02:00:00.000Z',
    'urn:yuchuang:fee-edition:2:in-force 2026-02-28T16:00:00.000Z',
    'urn:yuchuang:fee-edition:2:announced 2026-02-01T01:00:00.000Z',
    'urn:yuchuang:fee-edition:1:in-force 2026-02-01T01:00:00.000Z',
    'urn:yuchuang:fee-edition:1:announced 2026-02-01T01:00:00.000Z',
  ])
  expect(feed.updated).toBe('2026-03-10T02:00:00.000Z')
  expect(feed.link.find((link) => link['@rel'] === 'self')?.['@href']).toBe(
    'https://window.example/v1/fee-editions/feed.atom',
  )
  expect(feed.entry?.[0]?.summary['#text']).toContain('A slip')
  expect(feed.entry?.[1]?.summary['#text']).toContain('Fees: 2 added, 3 changed, 1 removed')
})

test('tells that an edition is in force from the first instant of its day in Shanghai', async () => {
  const ids = async (now: string) => (await feedOf([record(1)], now)).entry?.map(({ id }) => id.split(':').at(-1))
  expect(await ids('2026-02-28T15:59:59.999Z')).toEqual(['announced'])
  expect(await ids('2026-02-28T16:00:00Z')).toEqual(['in-force', 'announced'])
})

test('does not tell that one came into force which was withdrawn before', async () => {
  const withdrawn = { at: new Date('2026-02-10T02:00:00Z'), from: '2026-02-11', by: 'another', because: 'A slip' }
  const feed = await feedOf([record(1, { withdrawn })], '2026-04-01T00:00:00Z')
  expect(feed.entry?.map(({ id }) => id.split(':').at(-1))).toEqual(['withdrawn', 'announced'])
})

test('is a feed where nothing was published yet', async () => {
  expect((await feedOf([], '2026-04-01T00:00:00Z')).entry).toBeUndefined()
})

test('tells the newest of many', async () => {
  const many = Array.from({ length: 80 }, (_, place) =>
    record(80 - place, { announcedAt: new Date(at('2026-02-01T00:00:00Z') + (80 - place) * 60_000) }),
  )
  const feed = await feedOf(many, '2026-02-20T00:00:00Z')
  expect(feed.entry).toHaveLength(80)
  expect(editionEvents([...many, ...many], at('2026-02-20T00:00:00Z'))).toHaveLength(limits.feedEntries)
  expect(feed.entry?.[0]?.id).toBe('urn:yuchuang:fee-edition:80:announced')
})

test.each([
  '<script>alert(1)</script>',
  'Fees & dues <b>bold</b>',
  'a ]]> b <![CDATA[ c',
  '&lt;script&gt;',
  'bell \u0007 null \u0000 \u001B[31m end',
  'half \uD800 a pair, \uFFFE and \uFFFF',
  '"quoted" \'twice\'',
  '目录🚢',
])('a hostile title is text: %j', async (title) => {
  const hostile = record(1, { title, reason: title })
  const xml = await atomFeed('https://window.example', editionEvents([hostile], at('2026-02-02T00:00:00Z')), counts)
  expect(xml).not.toMatch(/<script|<b>/)
  expect(xml.isWellFormed()).toBe(true)
  // oxlint-disable-next-line no-control-regex -- exactly these cannot stand in XML 1.0
  expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/)
  const shown = read(xml).entry?.[0]?.title
  expect(shown?.['@type']).toBe('html')
  const seen = (shown?.['#text'] ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  // What XML cannot say is shown as such; all else is what was written.
  const expected = title.toWellFormed().replaceAll(/[\u0000-\u0008\u001B\uFFFE\uFFFF]/g, '\uFFFD') // oxlint-disable-line no-control-regex
  expect(seen.endsWith(expected)).toBe(true)
})
