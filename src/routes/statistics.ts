import { type Context, Hono } from 'hono'
import { type Issue, issue } from '../../schemas/issue.ts'
import {
  type ClearanceAnswer,
  type CostsAnswer,
  type Dimension,
  dimensions,
  type FigureKind,
  figureKinds,
  measureNames,
} from '../../schemas/statistics.ts'
import type { OpenAuth } from '../auth.ts'
import { newId } from '../db/ids.ts'
import { readPublications } from '../db/statistics-publications.ts'
import { makeRecount, readRecount } from '../db/statistics-recounts.ts'
import { drawChart } from '../fees/charts.ts'
import { answerOf } from '../fees/kept-answers.ts'
import { byteOrderMark, csvLines } from '../fees/sheet/write-csv.ts'
import { once } from '../filing/once.ts'
import { prepareQueue } from '../jobs/runner.ts'
import { queueRecount } from '../jobs/statistics.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { aboutStatistics } from '../statistics/about.ts'
import { isChart, partsOf, timesChart } from '../statistics/charts.ts'
import { createPortCosts } from '../statistics/costs.ts'
import { figuresCsv, monthCsv } from '../statistics/csv.ts'
import { createFigures } from '../statistics/figures.ts'
import { monthAfter, monthAt, monthsBetween } from '../statistics/months.ts'
import { figuresFor, groupsOf, type Question, runningFigures, unitOf } from '../statistics/query.ts'
import { presentRecount } from '../statistics/recount.ts'
import { idempotencyKeyOf } from './bodies.ts'
import { describe } from './describe.ts'
import { readQuery } from './parameters.ts'
import { sendPublic, sendPublicJson } from './public-answers.ts'
import { clearanceCsvQuery, clearanceQuery, costsQuery, statisticsChartQuery } from './queries-statistics.ts'

const maxAgeSeconds = limits.statisticsMaxAgeSeconds
const csvType = 'text/csv; charset=utf-8'

/** Statistics of clearance time and compliance cost 通关时间与合规成本统计: for everybody, without a key. */
export function statisticsRoutes(services: Services, auth: OpenAuth): Hono<Env> {
  const { database, rules, now } = services
  const published = createFigures(database)
  const routes = new Hono<Env>()
  routes.get('/', describe('readStatistics'), async (context) =>
    sendPublicJson(
      context,
      aboutStatistics(rules, now(), await readPublications(database.pool, '2000-01', '2099-12')),
      maxAgeSeconds,
    ),
  )

  routes.get('/clearance', describe('readClearance'), async (context) => {
    const { limit, after = '0', ...asked } = readQuery(context, clearanceQuery)
    const question = questionOf(asked, now())
    const { figures, publications } = await published.for(question)
    const first = Number(after)
    const data = figures.slice(first, first + limit)
    const next = first + data.length < figures.length ? String(first + data.length) : undefined
    const { measure, from, to, by } = question
    const answer: ClearanceAnswer = {
      measure,
      name: measureNames[measure],
      unit: unitOf(measure),
      from,
      to,
      by: [...by],
      months: publications.map(({ month }) => month),
      data,
      hasMore: next !== undefined,
      ...(next === undefined ? {} : { nextCursor: next }),
    }
    return sendPublicJson(context, answer, maxAgeSeconds, next)
  })
  routes.get('/clearance.csv', describe('readClearanceCsv'), async (context) => {
    const question = questionOf(readQuery(context, clearanceCsvQuery), now())
    const { measure, by, from, to } = question
    const text = await figuresCsv(measure, by, await figuresFor(database, question))
    return file(context, `clearance-${measure}-${from}-${to}.csv`, text)
  })
  routes.get('/clearance/:file', describe('readClearanceMonth'), async (context) => {
    const [, month] = /^(20\d\d-(?:0[1-9]|1[0-2]))\.csv$/.exec(context.req.param('file')) ?? []
    if (month === undefined || (await readPublications(database.pool, month, month)).length === 0)
      throw new Problem('not-found')
    const text = await monthCsv(month, await groupsOf(database, month, figureKinds))
    return file(context, `clearance-${month}.csv`, text, limits.statisticsMonthMaxAgeSeconds)
  })

  costRoutes(routes, services)
  chartRoutes(routes, services)
  operatorRoutes(routes, services, auth)
  return routes
}

/** Sends a CSV file everybody may keep. */
const file = (context: Context<Env>, name: string, text: string, seconds: number = maxAgeSeconds) => {
  context.header('Content-Disposition', `attachment; filename="${name}"`)
  return sendPublic(context, answerOf(Buffer.from(text)), { maxAgeSeconds: seconds, mediaType: csvType })
}

/** Compliance cost of a container. */
function costRoutes(routes: Hono<Env>, { database, catalogues, now }: Services): void {
  const portCosts = createPortCosts(catalogues)
  const costsIn = async (context: Context<Env>) => {
    const { from, to } = periodOf(readQuery(context, costsQuery), now())
    return { from, to, fees: await portCosts.between(from, to) }
  }
  routes.get('/costs', describe('readCosts'), async (context) => {
    const { from, to, fees } = await costsIn(context)
    const dutiesOf = async (measure: FigureKind, size: string) =>
      (await figuresFor(database, { measure, from, to, by: ['month', 'direction'], only: {} })).map((one) => ({
        ...one,
        size,
      }))
    const duties = [...(await dutiesOf('duties-20', '20')), ...(await dutiesOf('duties-40', '40'))]
    const answer: CostsAnswer = { from, to, currency: 'CNY', notes: costNotes, fees, duties }
    return sendPublicJson(context, answer, maxAgeSeconds)
  })
  routes.get('/costs.csv', describe('readCostsCsv'), async (context) => {
    const { from, to, fees } = await costsIn(context)
    const rows = fees.map((one) => [
      one.month,
      one.basket,
      one.name.en,
      one.name.zh,
      one.port,
      one.direction,
      one.size,
      String(one.edition),
      ...[one.total, one.government, one.market].flatMap(({ least, most }) => [least, most ?? '']),
    ])
    return file(context, `port-costs-${from}-${to}.csv`, byteOrderMark + (await csvLines([costColumns, ...rows])))
  })
}

/** Charts of times by month. */
function chartRoutes(routes: Hono<Env>, { database, now }: Services): void {
  const charts = new Map<string, Promise<string>>()
  routes.get('/charts/:file', describe('drawStatistics'), async (context) => {
    const { language = context.get('language'), ...period } = readQuery(context, statisticsChartQuery)
    const [, name = ''] = /^([a-z-]{1,40})\.svg$/.exec(context.req.param('file')) ?? []
    if (!isChart(name)) throw new Problem('not-found')
    const { measure, direction } = partsOf(name)
    const figures = await figuresFor(database, {
      measure,
      ...periodOf(period, now()),
      by: ['month'],
      only: { direction },
    })
    const chart = timesChart(name, figures, language)
    const key = JSON.stringify([name, language, chart.description])
    const drawing = charts.get(key) ?? drawChart(chart)
    charts.delete(key)
    charts.set(key, drawing)
    drawing.catch(() => charts.delete(key))
    for (const oldest of charts.keys()) {
      if (charts.size <= limits.statisticsChartsKept) break
      charts.delete(oldest)
    }
    context.header('Vary', 'Accept-Language')
    context.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
    const svg = answerOf(Buffer.from(await drawing))
    return sendPublic(context, svg, { maxAgeSeconds, mediaType: 'image/svg+xml; charset=utf-8' })
  })
}

/** What is counted by now, and counting anew: for operators. */
function operatorRoutes(routes: Hono<Env>, { database, log, now }: Services, auth: OpenAuth): void {
  const admin = auth('admin')
  routes.get('/running', describe('readRunning'), admin, async (context) => {
    context.header('Cache-Control', 'private, no-store')
    return context.json(await runningFigures(database))
  })
  routes.post('/recounts', describe('recountStatistics'), admin, async (context) => {
    const key = idempotencyKeyOf(context)
    const at = new Date(now())
    await prepareQueue(database, log)
    const { keyHash: tenant, name } = context.get('caller')
    const given = await once(database, { tenant, key, bodyHash: 'recount' }, at, async (client) => {
      const id = newId(at.getTime())
      await makeRecount(client, id, name, at)
      await queueRecount(client)
      const body = { id, status: 'requested', requestedAt: at.toISOString() }
      return { status: 202, body, location: `/v1/statistics/recounts/${id}` }
    })
    if (given.location !== undefined) context.header('Location', given.location)
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', 'application/json')
    return context.body(given.body, given.status as 202)
  })
  routes.get('/recounts/:id', describe('readRecount'), admin, async (context) => {
    const row = await readRecount(database.pool, context.req.param('id'))
    if (row === undefined) throw new Problem('not-found')
    return context.json(presentRecount(row))
  })
}

const wrong = (pointer: string, code: string, en: string, zh: string): Issue => issue(pointer, code, { en, zh })

/** The months asked about: the last twelve where nothing is said. @throws {Problem} invalid-parameter */
function periodOf(asked: { from?: string | undefined; to?: string | undefined }, at: number) {
  const to = asked.to ?? (asked.from === undefined ? monthAt(at) : monthAfter(asked.from, 11))
  const from = asked.from ?? monthAfter(to, -11)
  if (from > to)
    throw new Problem('invalid-parameter', {
      errors: [wrong('/to', 'period-reversed', 'The last month lies before the first', '止月早于起月')],
    })
  if (monthsBetween(from, to).length > limits.statisticsMonths)
    throw new Problem('invalid-parameter', {
      errors: [
        wrong(
          '/to',
          'period-too-long',
          `At most ${limits.statisticsMonths} months`,
          `最多${limits.statisticsMonths}个月`,
        ),
      ],
    })
  return { from, to }
}

type Asked = Omit<Question, 'by' | 'from' | 'to' | 'only'> & {
  readonly by: string
  readonly from?: string | undefined
  readonly to?: string | undefined
} & Question['only']

/** @throws {Problem} invalid-parameter */
function questionOf({ measure, by: text, from, to, ...only }: Asked, at: number): Question {
  const named = text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
  const strange = named.filter((one) => !(dimensions as readonly string[]).includes(one))
  const errors = strange.map((one) =>
    wrong(
      '/by',
      'unknown-code',
      `"${one}" is none of ${dimensions.join(', ')}`,
      `“${one}”不在 ${dimensions.join('、')} 之中`,
    ),
  )
  // Times of several agencies are not added up.
  const by = dimensions.filter(
    (one) => named.includes(one) || (one === 'agency' && measure === 'agency'),
  ) as Dimension[]
  if (measure !== 'agency' && (named.includes('agency') || only.agency !== undefined))
    errors.push(
      wrong(
        '/by',
        'agency-without-measure',
        'Agencies are told apart with measure=agency',
        '按机构统计须指定 measure=agency',
      ),
    )
  if (errors.length > 0) throw new Problem('invalid-parameter', { errors })
  return { measure, by, only, ...periodOf({ from, to }, at) }
}

const costColumns = [
  'month',
  'basket',
  'nameEn',
  'nameZh',
  'port',
  'direction',
  'size',
  'edition',
  'totalLeast',
  'totalMost',
  'governmentLeast',
  'governmentMost',
  'marketLeast',
  'marketMost',
] as const

const costNotes = [
  {
    en: 'Port fees: what a standard consignment costs by the published fee list, a container, in yuan; at least and, where the list says, at most. Government part: administrative, set and guided prices; the rest is the market’s.',
    zh: '口岸收费：标准货样按公布的收费目录测算的每箱费用（元），列最低值及目录载明的最高值。政府性收费含行政事业性收费、政府定价和政府指导价，其余为经营性收费。',
  },
  {
    en: 'Duties and taxes: what agencies billed on released declarations, a container; apart, since they are no cost of the procedure itself.',
    zh: '税费：各机构对已放行申报应征的税费（每箱）；单列，不属于办理手续本身的成本。',
  },
]
