import { type Context, Hono } from 'hono'
import type { Entry, EntryType } from '../../schemas/fees/entries.ts'
import { issue } from '../../schemas/issue.ts'
import type { Text } from '../../schemas/text.ts'
import {
  countDifferences,
  type EditionRecord,
  readDifferences,
  readSigningKeys,
  readSomeEntries,
  readWrittenEntries,
} from '../db/catalogue-reads.ts'
import type { Queryable } from '../db/database.ts'
import { atomFeed, editionEvents } from '../fees/atom.ts'
import { documentLines } from '../fees/canonical.ts'
import { catalogueOf } from '../fees/catalogue.ts'
import { differencesOf } from '../fees/difference.ts'
import { madeFrom } from '../fees/editions.ts'
import { answerOf } from '../fees/kept-answers.ts'
import { historyHref, presentEdition, presentEditionName, presentEntry, presentFee } from '../fees/present.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { typeOf } from './fee-entries.ts'
import { isUnchanged, readQuery } from './parameters.ts'
import { sendPublic, sendPublicJson, todaySeconds } from './public-answers.ts'
import { editionDifferencesQuery } from './queries-fees.ts'

/** Editions of the catalogue 目录版次: what was published when, their documents, what differs between them, the feed of changes. */
export function feeEditionRoutes({ catalogues, database, now }: Services): Hono<Env> {
  const named = async (context: Context<Env>) => {
    const given = context.req.param('number') ?? ''
    const records = await catalogues.records()
    const record = /^[1-9]\d{0,8}$/.test(given) ? records.find(({ number }) => number === Number(given)) : undefined
    if (record === undefined) throw new Problem('not-found')
    return { records, record }
  }
  /** How many fees an edition changed, by its digest: editions never do. */
  const counted = new Map<string, ReturnType<typeof countDifferences>>()
  const countsOf = (records: readonly EditionRecord[], record: EditionRecord) => {
    const known = counted.get(record.digest)
    if (known !== undefined) return known
    const counts = countDifferences(database.pool, madeFrom(records, record)?.number ?? 0, record.number)
    counted.set(record.digest, counts)
    counts.catch(() => counted.delete(record.digest))
    return counts
  }

  const routes = new Hono<Env>()
  routes.get('/', describe('listEditions'), async (context) => {
    const records = await catalogues.records()
    const data = records.map((record) => presentEdition(records, record, catalogues.today()))
    return sendPublicJson(context, { data, hasMore: false }, todaySeconds(now()))
  })

  routes.get('/keys', describe('listSigningKeys'), async (context) => {
    const keys = await readSigningKeys(database.pool)
    const data = keys.map(({ publicKey, createdAt, retiredAt }) => ({
      publicKey,
      algorithm: 'Ed25519',
      createdAt: createdAt.toISOString(),
      ...(retiredAt === undefined ? {} : { retiredAt: retiredAt.toISOString() }),
    }))
    return sendPublicJson(context, { data, hasMore: false }, todaySeconds(now()))
  })

  routes.get('/feed.atom', describe('readEditionFeed'), async (context) => {
    const records = await catalogues.records()
    const xml = await atomFeed(
      new URL(context.req.url).origin,
      editionEvents(records, now()),
      async (record) => (await countsOf(records, record)).fees,
    )
    return sendPublic(context, answerOf(Buffer.from(xml)), {
      maxAgeSeconds: todaySeconds(now()),
      mediaType: 'application/atom+xml; charset=utf-8',
    })
  })

  routes.get('/:number', describe('readEdition'), async (context) => {
    const { records, record } = await named(context)
    return sendPublicJson(context, presentEdition(records, record, catalogues.today()), todaySeconds(now()))
  })

  routes.get('/:number/document', describe('readEditionDocument'), async (context) => {
    const { record } = await named(context)
    const etag = `"${record.digest}"`
    const headers = { ETag: etag, 'Cache-Control': 'public, max-age=31536000, immutable' }
    if (isUnchanged(context, etag)) return context.body(null, 304, headers)
    return context.body(streamOf(documentOf(database.pool, record)), 200, {
      ...headers,
      'Content-Type': 'application/x-ndjson',
      'Content-Disposition': `attachment; filename="fee-edition-${record.number}.ndjson"`,
      // RFC 9530: what a copy is checked by. The digest of the edition is the same in hexadecimal.
      'Repr-Digest': `sha-256=:${Buffer.from(record.digest, 'hex').toString('base64')}:`,
    })
  })

  routes.get('/:number/differences', describe('readEditionDifferences'), async (context) => {
    const { from: asked, type, after, limit } = readQuery(context, editionDifferencesQuery)
    const { records, record } = await named(context)
    const from = asked ?? madeFrom(records, record)?.number ?? 0
    if (from !== 0 && !records.some(({ number }) => number === from))
      throw new Problem('invalid-parameter', {
        errors: [issue('/from', 'unknown-value', { en: `There is no edition ${from}`, zh: `没有第${from}版` })],
      })
    const [counts, rows] = await Promise.all([
      asked === undefined ? countsOf(records, record) : countDifferences(database.pool, from, record.number),
      readDifferences(database.pool, from, record.number, { after, type, limit: limit + 1 }),
    ])
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    const next = last === undefined ? undefined : `${last.type}.${last.id}`
    const data = shown.map(({ type: of, id, before, after: became, reason }) => {
      const [was, is] = [entryOf(of, id, before), entryOf(of, id, became)]
      return {
        type: of,
        id,
        name: nameOf(is ?? was),
        what: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed',
        ...(reason === null ? {} : { reason }),
        differences: differencesOf(was, is),
      }
    })
    const answer = { edition: record.number, from, counts, data, hasMore: next !== undefined, nextCursor: next }
    return sendPublicJson(context, answer, todaySeconds(now()), next)
  })

  /** An entry of an edition with what it names, and nothing else of the edition: somebody may look at many editions. */
  const partOf = async (record: EditionRecord, type: EntryType, id: string) => {
    const [entry] = await readSomeEntries(database.pool, record.number, [{ type, id }])
    if (entry === undefined) throw new Problem('not-found')
    if (entry.type !== 'fee') return { entry, catalogue: catalogueOf(record, [entry]) }
    const { payee, port, basis = [] } = entry.content
    const others = await readSomeEntries(database.pool, record.number, [
      { type: 'payee', id: payee },
      { type: 'port', id: port },
      ...basis.map((one) => ({ type: 'basis' as const, id: one.id })),
    ])
    return { entry, catalogue: catalogueOf(record, [entry, ...others]) }
  }
  routes.get('/:number/fees/:id', describe('readEditionFee'), async (context) => {
    const { record } = await named(context)
    const id = context.req.param('id')
    const { entry, catalogue } = await partOf(record, 'fee', id)
    if (entry.type !== 'fee') throw new Problem('not-found')
    const fee = presentFee(catalogue, id, entry.content)
    const links = { self: fee.href, history: historyHref('fee', id) }
    return sendPublicJson(context, { edition: presentEditionName(record), fee, links }, limits.editionMaxAgeSeconds)
  })
  routes.get('/:number/entries/:type/:id', describe('readEditionEntry'), async (context) => {
    const type = typeOf(context)
    const { record } = await named(context)
    const { entry } = await partOf(record, type, context.req.param('id'))
    const shown = presentEntry(record.number, entry)
    const links = { self: shown.href, history: historyHref(type, entry.id) }
    const read = { edition: presentEditionName(record), entry: shown, links }
    return sendPublicJson(context, read, limits.editionMaxAgeSeconds)
  })
  return routes
}

const entryOf = (type: EntryType, id: string, content: string | null): Entry | undefined =>
  content === null ? undefined : ({ type, id, content: JSON.parse(content) as unknown } as Entry)

/** What a person would call an entry. */
function nameOf(entry: Entry | undefined): Text | undefined {
  if (entry === undefined) return undefined
  if (entry.type === 'basis') return entry.content.title
  return entry.type === 'peer' ? entry.content.port : entry.content.name
}

/** The document of an edition, some lines at a time: exactly the bytes its digest is of. */
async function* documentOf(pool: Queryable, record: EditionRecord): AsyncGenerator<string> {
  yield [...documentLines(record, [])].join('')
  for await (const entries of readWrittenEntries(pool, record.number, limits.documentPage)) {
    const [, ...lines] = documentLines(record, entries)
    yield lines.join('')
  }
}

/** Text as it is asked for. What breaks off is shorter than its digest says. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}
