import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { resultRequest, rosterRequest } from '../../schemas/draw.ts'
import type { Auth } from '../auth.ts'
import { readLotsAfter, readResults } from '../db/draw-lots.ts'
import { type DrawState, listDraws, readDraw, readRoster } from '../db/draws.ts'
import { drawFile } from '../draw/file.ts'
import { manual } from '../draw/manual.ts'
import { presentDraw, presentPublicLot, presentSelection } from '../draw/present.ts'
import { giveResult } from '../draw/results.ts'
import { changeRoster, presentRoster, rosterEtag } from '../draw/roster.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { findAdapter } from '../filing/plan.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { agencyOf } from './owner.ts'
import { matching, page, readQuery } from './parameters.ts'
import { sendPublicJson } from './public-answers.ts'
import { drawsQuery, lotsQuery, selectionsQuery } from './queries-draws.ts'

/** The open draw 双随机、一公开: public but for what its agency alone may know before the day is over. */
export function drawRoutes({ database, adapters, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()

  routes.get('/', describe('listDraws'), async (context) => {
    const { limit, after, agency } = readQuery(context, drawsQuery)
    const [day = '', of = ''] = (after ?? '').split('.')
    const rows = await listDraws(
      database.pool,
      agency,
      after === undefined ? undefined : { day, agency: of },
      limit + 1,
    )
    const data = rows.slice(0, limit).map((draw) => presentDraw(draw, new Date(now())))
    const last = data.at(-1)
    const next = rows.length > limit && last !== undefined ? `${last.day}.${last.agency}` : undefined
    const body = { data, hasMore: next !== undefined, ...(next === undefined ? {} : { nextCursor: next }) }
    return sendPublicJson(context, body, limits.drawMaxAgeSeconds, next)
  })

  routes.get('/verify', describe('readDrawManual'), (context) => {
    context.header('Content-Type', 'text/markdown; charset=utf-8')
    return context.body(manual)
  })

  routes.get('/:agency/officers', describe('readOfficers'), auth('agency'), async (context) => {
    const agency = ownAgency(context)
    return giveRoster(context, agency)
  })

  routes.put('/:agency/officers', describe('changeOfficers'), auth('agency'), async (context) => {
    const agency = ownAgency(context)
    const check = matching(context, rosterEtag(agency))
    const { value } = await readJsonBody(context, rosterRequest)
    await changeRoster(database, agency, value, context.get('caller').name, check, new Date(now()))
    return giveRoster(context, agency)
  })

  routes.get('/:agency/:day', describe('readDraw'), async (context) => {
    const draw = presentDraw(await drawOf(context), new Date(now()))
    return sendPublicJson(context, draw, limits.drawMaxAgeSeconds)
  })

  routes.get('/:agency/:day/file', describe('readDrawFile'), async (context) => {
    const draw = await revealedDrawOf(context)
    const headers = {
      'Content-Type': 'application/x-ndjson',
      'Content-Disposition': `attachment; filename="draw-${draw.agency}-${draw.day}.ndjson"`,
    }
    if (context.req.method === 'HEAD') return context.body(null, 200, headers)
    return context.body(streamOf(drawFile(database.pool, draw)), 200, headers)
  })

  routes.get('/:agency/:day/lots', describe('listLots'), async (context) => {
    const { limit, after, only } = readQuery(context, lotsQuery)
    const draw = await revealedDrawOf(context)
    const rows = await readLotsAfter(database.pool, draw, { after, limit: limit + 1, only })
    const shown = rows.slice(0, limit)
    const numbers = shown.map(({ number }) => number)
    const results = await readResults(database.pool, draw.agency, draw.day, numbers)
    const data = shown.map((row) =>
      presentPublicLot(
        row,
        results.findLast(({ lotNumber }) => lotNumber === row.number),
      ),
    )
    const next = rows.length > limit ? String(shown.at(-1)?.number) : undefined
    const body = { data, hasMore: next !== undefined, ...(next === undefined ? {} : { nextCursor: next }) }
    return sendPublicJson(context, body, limits.drawMaxAgeSeconds, next)
  })

  routes.get('/:agency/:day/selections', describe('listSelections'), auth('agency'), async (context) => {
    const agency = ownAgency(context)
    const { limit, after } = readQuery(context, selectionsQuery)
    const { day } = await drawOf(context)
    const rows = await readLotsAfter(database.pool, { agency, day }, { after, limit: limit + 1, only: 'selected' })
    const shown = rows.slice(0, limit)
    const results = await readResults(
      database.pool,
      agency,
      day,
      shown.map(({ number }) => number),
    )
    context.header('Cache-Control', 'no-store')
    return page(
      context,
      shown.map((row) =>
        presentSelection(
          row,
          results.findLast(({ lotNumber }) => lotNumber === row.number),
        ),
      ),
      rows.length > limit ? String(shown.at(-1)?.number) : undefined,
    )
  })

  routes.post('/:agency/:day/results', describe('giveDrawResult'), auth('agency'), async (context) => {
    const agency = ownAgency(context)
    const { day } = await drawOf(context)
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, resultRequest)
    const at = new Date(now())
    const { name: by, keyHash } = context.get('caller')
    const slot = { tenant: keyHash, key, bodyHash: `${hashOf(bytes)} draw result ${agency} ${day}` }
    const given = await once(database, slot, at, async (client) => ({
      status: 201,
      body: await giveResult(client, { agency, day, by }, value, at),
      location: `/v1/draws/${agency}/${day}/selections`,
    }))
    if (given.location !== undefined) context.header('Location', given.location)
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', 'application/json')
    return context.body(given.body, given.status as 201)
  })

  /** The agency a path names, when the caller's key is that agency's. @throws {Problem} not-found, forbidden */
  const ownAgency = (context: Context<Env>): string => {
    const agency = context.req.param('agency') ?? ''
    if (agencyOf(context) !== agency || findAdapter(adapters, agency)?.draw === undefined)
      throw new Problem('not-found')
    return agency
  }
  const drawOf = async (context: Context<Env>): Promise<DrawState> => {
    const day = context.req.param('day') ?? ''
    const draw = z.iso.date().safeParse(day).success
      ? await readDraw(database.pool, context.req.param('agency') ?? '', day)
      : undefined
    if (draw === undefined) throw new Problem('not-found')
    return draw
  }
  /** @throws {Problem} not-found, also while the seed is not told */
  const revealedDrawOf = async (context: Context<Env>): Promise<DrawState> => {
    const draw = await drawOf(context)
    if (draw.reveal !== undefined) return draw
    throw new Problem('not-found', {
      detail: { en: 'Published once the day is over and closed', zh: '抽查日结束并封存后公布' },
    })
  }
  const giveRoster = async (context: Context<Env>, agency: string) => {
    const row = await readRoster(database.pool, agency)
    context.header('ETag', rosterEtag(agency)(row?.revision ?? 0))
    context.header('Cache-Control', 'no-store')
    return context.json(presentRoster(agency, row))
  }
  return routes
}

/** Lines as they are asked for: a page is read when there is room for it, and nothing is held between two. */
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
