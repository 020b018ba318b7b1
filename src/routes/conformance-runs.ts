import { type Context, Hono } from 'hono'
import { type RunRequest, runRequest } from '../../schemas/conformance.ts'
import { issue } from '../../schemas/issue.ts'
import type { Text } from '../../schemas/text.ts'
import type { Auth } from '../auth.ts'
import { queueRun } from '../conformance-runs/job.ts'
import { presentReport, presentRun } from '../conformance-runs/present.ts'
import {
  listRuns,
  makeRun,
  type RunDocument,
  type RunRow,
  readRun,
  readRunDocument,
  readRunReports,
} from '../db/conformance-runs.ts'
import { newId } from '../db/ids.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { findAdapter } from '../filing/plan.ts'
import { prepareQueue } from '../jobs/runner.ts'
import { limits } from '../limits.ts'
import { whatIsWrongWith } from '../notices/address.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { tenantOf } from './owner.ts'
import { isUnchanged, page, readQuery } from './parameters.ts'
import { documentQuery, runsQuery } from './queries-conformance.ts'

/** Runs of the conformance kit 符合性测试: asked for, followed, and what came of them. */
export function conformanceRoutes(services: Services, auth: Auth): Hono<Env> {
  const { database, adapters, simulatorUrl, notices, log, now } = services
  const integrator = auth('integrator', 'admin')
  const seen = async (context: Context<Env>): Promise<RunRow> => {
    const row = await readRun(database.pool, scopeOf(context), context.req.param('id') ?? '')
    if (row === undefined) throw new Problem('not-found')
    return row
  }
  const checked = ({ what, ids = Object.keys(adapters), url }: RunRequest) => {
    const unknown = ids.findIndex((id) => findAdapter(adapters, id) === undefined)
    if (unknown >= 0)
      throw wrong(`/ids/${unknown}`, 'unknown-agency', { en: 'There is no such agency', zh: '没有该机构' })
    const bad = url === undefined ? undefined : whatIsWrongWith(url, notices.allowPrivate)
    if (bad !== undefined) throw wrong('/url', bad.code, bad.text)
    if (what === 'agency' && url === undefined && simulatorUrl === undefined)
      throw new Problem('unavailable', {
        detail: { en: 'No simulator runs behind this gateway', zh: '本网关未连接模拟器' },
      })
    return { what, targets: ids, url: url === undefined ? undefined : new URL(url).href }
  }

  const routes = new Hono<Env>()
  routes.post('/', describe('startConformanceRun'), integrator, async (context) => {
    const tenant = scopeOf(context)
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, runRequest)
    const wanted = checked(value)
    const at = new Date(now())
    const id = newId(at.getTime())
    await prepareQueue(database, log)
    const slot = { tenant: tenant ?? 'conformance', key, bodyHash: `${hashOf(bytes)} conformance` }
    const given = await once(database, slot, at, async (client) => {
      const run = { ...wanted, id, tenant, by: context.get('caller').name }
      if (!(await makeRun(client, run, limits.conformanceRuns, at)))
        throw new Problem('limit-reached', {
          detail: { en: 'A run is under way: wait for its end', zh: '已有检验正在进行，请等待其结束' },
        })
      await queueRun(client, id)
      const row = await readRun(client, tenant, id)
      if (row === undefined) throw new Error(`run ${id} is not there`)
      return { status: 202, body: presentRun(row, adapters), location: `/v1/conformance-runs/${id}` }
    })
    context.header('Location', given.location ?? '')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    return context.json(JSON.parse(given.body) as object, 202)
  })

  routes.get('/', describe('listConformanceRuns'), integrator, async (context) => {
    const { limit, after } = readQuery(context, runsQuery)
    const rows = await listRuns(database, { tenant: scopeOf(context), before: after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return page(
      context,
      shown.map((row) => presentRun(row, adapters)),
      rows.length > limit ? shown.at(-1)?.id : undefined,
    )
  })

  routes.get('/:id', describe('readConformanceRun'), integrator, async (context) => {
    const row = await seen(context)
    const etag = etagOf(row)
    context.header('ETag', etag)
    if (isUnchanged(context, etag)) return context.body(null, 304)
    const reports = await readRunReports(database.pool, row.id)
    return context.json({ ...presentRun(row, adapters), reports: reports.map(presentReport) })
  })

  const send = (format: RunDocument['format'], ending: string, type: string) => async (context: Context<Env>) => {
    const { language = context.get('language') } = readQuery(context, documentQuery)
    const { id } = await seen(context)
    const content = await readRunDocument(database, id, format, language)
    if (content === undefined) throw new Problem('not-found')
    context.header('Content-Type', type)
    context.header('X-Content-Type-Options', 'nosniff')
    context.header('Content-Disposition', `attachment; filename="conformance-${id}.${ending}"`)
    return context.body(content)
  }
  routes.get(
    '/:id/report.json',
    describe('readConformanceJson'),
    integrator,
    send('json', 'json', 'application/json; charset=utf-8'),
  )
  routes.get(
    '/:id/report.xml',
    describe('readConformanceJunit'),
    integrator,
    send('junit', 'xml', 'application/xml; charset=utf-8'),
  )
  routes.get(
    '/:id/report.md',
    describe('readConformanceMarkdown'),
    integrator,
    send('markdown', 'md', 'text/markdown; charset=utf-8'),
  )
  return routes
}

/** Whose runs a caller sees: an integrator those of its firm, an administrator all. */
const scopeOf = (context: Context<Env>): string | undefined =>
  context.get('caller').role === 'admin' ? undefined : tenantOf(context)

/** Changes with every verdict. */
const etagOf = ({ id, status, reports }: RunRow): string =>
  `"${id}.${status}.${reports.reduce((sum, one) => sum + one.conformant + one.notConformant + one.notApplicable, 0)}.${reports.filter(({ complete }) => complete).length}"`

const wrong = (pointer: string, code: string, text: Text) =>
  new Problem('body-invalid', { errors: [issue(pointer, code, text)] })
