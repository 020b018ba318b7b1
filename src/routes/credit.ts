import { type Context, Hono } from 'hono'
import { creditRequest } from '../../schemas/credit.ts'
import { isCreditCode } from '../../schemas/formats.ts'
import type { Auth } from '../auth.ts'
import { giveLevel } from '../credit/give.ts'
import { creditEtag, presentConsequence, presentCredit, presentSchemes } from '../credit/present.ts'
import { findLevel, findScheme, type OwnedScheme, publishedLevels, schemesOf } from '../credit/schemes.ts'
import { readConsequences, readPublishedCredit } from '../db/credit.ts'
import { answerOf } from '../fees/kept-answers.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { dayAt } from '../rules/rules.ts'
import type { Env, Services } from '../services.ts'
import { readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { agencyOf } from './owner.ts'
import { matching, readQuery } from './parameters.ts'
import { sendPublic, sendPublicJson } from './public-answers.ts'
import { publishedCreditQuery } from './queries-credit.ts'

/** Credit levels of firms 企业信用: given by agencies, read by the firms themselves, public where the law publishes them. */
export function creditRoutes({ database, adapters, rules, now }: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const reader = auth('trader', 'agency', 'admin')

  routes.get('/schemes', describe('listCreditSchemes'), (context) =>
    sendPublicJson(context, presentSchemes(adapters), limits.creditMaxAgeSeconds),
  )

  routes.get('/published', describe('listPublishedCredit'), async (context) => {
    const { data, next } = await published(context)
    const body = { data, hasMore: next !== undefined, ...(next === undefined ? {} : { nextCursor: next }) }
    return sendPublicJson(context, body, limits.creditMaxAgeSeconds, next)
  })

  routes.get('/published.csv', describe('exportPublishedCredit'), async (context) => {
    const { data, next } = await published(context)
    const { stringify } = await import('csv-stringify/sync')
    const rows = data.map(({ name, ...row }) => ({ ...row, name: name.en, nameZh: name.zh }))
    const columns = ['firm', 'scheme', 'agency', 'level', 'name', 'nameZh', 'since']
    const body = Buffer.from(stringify(rows, { header: true, columns }))
    return sendPublic(context, answerOf(body, next), {
      maxAgeSeconds: limits.creditMaxAgeSeconds,
      mediaType: 'text/csv; charset=utf-8; header=present',
    })
  })

  routes.get('/:firm', describe('readFirmCredit'), reader, async (context) => {
    const firm = firmOf(context)
    const { agency } = context.get('caller')
    const seen = seenBy(context, schemesOf(adapters))
    const consequences = await readConsequences(database.pool, [firm])
    return context.json({
      firm,
      schemes: await presentCredit(database.pool, seen, firm, new Date(now())),
      consequences: consequences.filter((row) => agency === undefined || row.agency === agency).map(presentConsequence),
    })
  })

  routes.get('/:firm/:scheme', describe('readFirmCreditScheme'), reader, async (context) => {
    const firm = firmOf(context)
    const scheme = seenBy(context, schemesOf(adapters)).find((one) => one.scheme === context.req.param('scheme'))
    if (scheme === undefined) throw new Problem('not-found')
    return give(context, scheme, firm)
  })

  routes.put('/:firm/:scheme', describe('giveCreditLevel'), auth('agency'), async (context) => {
    const firm = firmOf(context)
    const scheme = findScheme(adapters, context.req.param('scheme'))
    if (scheme?.agency !== agencyOf(context) || scheme === undefined) throw new Problem('not-found')
    const check = matching(context, creditEtag(firm, scheme.scheme))
    const { value } = await readJsonBody(context, creditRequest)
    const giving = { scheme, firm, by: context.get('caller').name, check }
    await giveLevel(database, { adapters, rules }, giving, value, new Date(now()))
    return give(context, scheme, firm)
  })

  const give = async (context: Context<Env>, scheme: OwnedScheme, firm: string) => {
    const [answer] = await presentCredit(database.pool, [scheme], firm, new Date(now()))
    // What follows from elsewhere changes it too, but not what an agency changes it by: its own history.
    const etag = creditEtag(firm, scheme.scheme)(answer?.revision ?? 0)
    context.header('ETag', etag)
    context.header('Cache-Control', 'no-cache')
    return context.json(answer)
  }

  /** A page of the firms everybody may know. */
  const published = async (context: Context<Env>) => {
    const { limit, after = '.', scheme, level } = readQuery(context, publishedCreditQuery)
    const shown = publishedLevels(adapters).filter(
      (one) => (scheme ?? one.scheme) === one.scheme && (level ?? one.level) === one.level,
    )
    const [afterScheme = '', firm = ''] = after.split('.')
    const from = { scheme: afterScheme, firm }
    const rows = await readPublishedCredit(database.pool, shown, dayAt(now()), from, limit + 1)
    const data = rows.slice(0, limit).map((row) => {
      const own = findScheme(adapters, row.scheme)
      const name = (own && findLevel(own, row.level)?.name) ?? { en: row.level, zh: row.level }
      return { firm: row.firm, scheme: row.scheme, agency: row.agency, level: row.level, name, since: row.since }
    })
    const last = data.at(-1)
    return { data, next: rows.length > limit && last !== undefined ? `${last.scheme}.${last.firm}` : undefined }
  }
  return routes
}

/** The firm a path names. A trader has its own alone. @throws {Problem} not-found */
function firmOf(context: Context<Env>): string {
  const firm = context.req.param('firm') ?? ''
  const { role, tenant } = context.get('caller')
  if (!isCreditCode(firm) || (role === 'trader' && tenant !== firm)) throw new Problem('not-found')
  return firm
}

/** A firm and an operator see every scheme, an agency its own. @throws {Problem} forbidden, for an agency's key that names none */
function seenBy(context: Context<Env>, schemes: readonly OwnedScheme[]): OwnedScheme[] {
  if (context.get('caller').role !== 'agency') return [...schemes]
  const agency = agencyOf(context)
  return schemes.filter((scheme) => scheme.agency === agency)
}
