import { type Context, Hono } from 'hono'
import { type Entry, type EntryType, entryTypes } from '../../schemas/fees/entries.ts'
import { readHistory } from '../db/catalogue-reads.ts'
import type { Catalogue } from '../fees/catalogue.ts'
import { presentHistory } from '../fees/history.ts'
import { historyHref, presentEditionName, presentEntry } from '../fees/present.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { readQuery } from './parameters.ts'
import { sendPublicJson, todaySeconds } from './public-answers.ts'
import { asOfQuery, badCursor, cursorOf, entriesQuery } from './queries-fees.ts'

/** What the catalogue rests on 目录条目: ports, payees, legal bases, rules of assessment, and what else an edition consists of. */
export function feeEntryRoutes({ catalogues, database, now }: Services): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/:type', describe('listEntries'), async (context) => {
    const type = typeOf(context)
    const { limit, after, day: asked } = readQuery(context, entriesQuery)
    const day = after?.day ?? asked ?? catalogues.today()
    const catalogue = after === undefined ? await catalogues.on(day) : await catalogues.edition(after.edition)
    const badPlace = after !== undefined && (catalogue === undefined || catalogue.edition.validFrom > day)
    if (badPlace || (asked !== undefined && asked !== day)) throw badCursor()
    if (catalogue === undefined) return sendPublicJson(context, { day, data: [], hasMore: false }, todaySeconds(now()))
    const entries = [...catalogue.of(type)].filter(([id]) => after === undefined || id > after.id)
    const shown = entries.slice(0, limit)
    const last = entries.length > limit ? shown.at(-1)?.[0] : undefined
    const next = last === undefined ? undefined : cursorOf({ edition: catalogue.edition.number, day, id: last })
    const list = {
      edition: presentEditionName(catalogue.edition),
      day,
      data: shown.map(([id, content]) => presentEntry(catalogue.edition.number, { type, id, content } as Entry)),
      hasMore: next !== undefined,
      nextCursor: next,
    }
    return sendPublicJson(context, list, todaySeconds(now()), next)
  })

  routes.get('/:type/:id', describe('readEntry'), async (context) => {
    const type = typeOf(context)
    const id = context.req.param('id')
    const { day: asked } = readQuery(context, asOfQuery)
    const day = asked ?? catalogues.today()
    const catalogue: Catalogue | undefined = await catalogues.on(day)
    const content = catalogue?.of(type).get(id)
    if (catalogue === undefined || content === undefined) throw new Problem('not-found')
    const self = `/v1/fee-entries/${type}/${id}`
    const read = {
      edition: presentEditionName(catalogue.edition),
      day,
      entry: presentEntry(catalogue.edition.number, { type, id, content } as Entry),
      links: { self: asked === undefined ? self : `${self}?day=${day}`, history: historyHref(type, id) },
    }
    return sendPublicJson(context, read, todaySeconds(now()))
  })

  routes.get('/:type/:id/history', describe('readEntryHistory'), async (context) => {
    const type = typeOf(context)
    const id = context.req.param('id')
    const [records, found] = await Promise.all([catalogues.records(), readHistory(database.pool, type, id)])
    if (found.revisionIn.size === 0) throw new Problem('not-found')
    const history = presentHistory(type, id, records, found, catalogues.today())
    return sendPublicJson(context, history, todaySeconds(now()))
  })
  return routes
}

/** The type a path names. @throws {Problem} not-found */
export function typeOf(context: Context<Env>): EntryType {
  const given = context.req.param('type')
  const type = entryTypes.find((one) => one === given)
  if (type === undefined) throw new Problem('not-found')
  return type
}
