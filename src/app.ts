import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { routePath } from 'hono/route'
import { createAuth } from './auth.ts'
import { contentLanguage, languageOf, Problem, problemDocument } from './problem.ts'
import { agencyRoutes } from './routes/agencies.ts'
import { assistanceRoutes } from './routes/assistance.ts'
import { auditRoutes } from './routes/audit.ts'
import { boardRoutes } from './routes/board.ts'
import { certificateRoutes, declarationCertificateRoutes } from './routes/certificates.ts'
import { changeRoutes } from './routes/changes.ts'
import { codeRoutes } from './routes/codes.ts'
import { conformanceRoutes } from './routes/conformance-runs.ts'
import { creditRoutes } from './routes/credit.ts'
import { declarationDraftRoutes } from './routes/declaration-drafts.ts'
import { declarationRoutes } from './routes/declarations.ts'
import { demonstrationRoutes, keepingInside } from './routes/demonstrations.ts'
import { descriptionRoutes } from './routes/description.ts'
import { drawRoutes } from './routes/draws.ts'
import { eventRoutes } from './routes/events.ts'
import { exportRoutes } from './routes/export.ts'
import { feeEntryRoutes } from './routes/fee-entries.ts'
import { feedRoutes } from './routes/feed.ts'
import { feeRoutes } from './routes/fees.ts'
import { feeAssessmentRoutes } from './routes/fees-assessments.ts'
import { billRoutes } from './routes/fees-bills.ts'
import { complaintRoutes } from './routes/fees-complaints.ts'
import { feeDraftRoutes } from './routes/fees-drafts.ts'
import { feeEditionRoutes } from './routes/fees-editions.ts'
import { feeEditionWriteRoutes } from './routes/fees-editions-write.ts'
import { feeExportRoutes } from './routes/fees-exports.ts'
import { feeImportRoutes } from './routes/fees-imports.ts'
import { portFeeRoutes, quoteRoutes } from './routes/fees-quotes.ts'
import { filingRoutes } from './routes/filings.ts'
import { healthRoutes } from './routes/health.ts'
import { keyRoutes } from './routes/keys.ts'
import { movementRoutes, whereaboutsRoutes } from './routes/movements.ts'
import { noticeRoutes } from './routes/notices.ts'
import { operationRoutes } from './routes/operations.ts'
import { proposalRoutes } from './routes/proposals.ts'
import { readRoutes } from './routes/reads.ts'
import { recognitionRoutes } from './routes/recognitions.ts'
import { replayRoutes } from './routes/replays.ts'
import { riskRoutes } from './routes/risk.ts'
import { ruleRoutes } from './routes/rules.ts'
import { sharedRoutes } from './routes/shared.ts'
import { simulatorRoutes } from './routes/simulator.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { waybillRoutes } from './routes/waybills.ts'
import type { Env, Services } from './services.ts'
import { errorPage, wantsPage } from './web/errors.ts'
import { webRoutes } from './web/index.ts'

/** The gateway's HTTP face. @param ratePerWindow requests a key may make per window, and an address of what needs no key and is computed */
export function createApp(services: Services, ratePerWindow?: number): Hono<Env> {
  const { log, metrics, now } = services
  const auth = createAuth(services.database, now, ratePerWindow)
  const app = new Hono<Env>()

  app.use(async (context, next) => {
    const given = context.req.header('request-id')
    const requestId = given !== undefined && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID()
    context.set('requestId', requestId)
    context.set('language', languageOf(context.req.header('accept-language')))
    context.header('Request-Id', requestId)
    // No name of anything holds it, and PostgreSQL's text cannot.
    if (/%00/.test(context.req.url))
      throw new Problem('invalid-parameter', { detail: { en: 'U+0000 in the address', zh: '地址中含有 U+0000' } })
    const started = performance.now()
    await next()
    const seconds = (performance.now() - started) / 1_000
    const route = routePath(context, -1)
    metrics.requests.observe({ method: context.req.method, route, status: context.res.status }, seconds)
    log.debug(
      { requestId, method: context.req.method, route, status: context.res.status, ms: Math.round(seconds * 1_000) },
      'answered',
    )
  })

  app.onError((error, context) => {
    const problem = problemOf(error)
    const requestId = context.get('requestId')
    // A caller's mistake may have a cause too (an exception of a decoder): no trouble of ours.
    if (problem.code === 'defect' || problem.code === 'unavailable')
      log.error({ err: error, requestId, path: context.req.path }, problem.code)
    for (const [name, value] of Object.entries(problem.headers)) context.header(name, value)
    if (wantsPage(context)) return errorPage(context, problem)
    const document = problemDocument(problem, {
      instance: context.req.path,
      requestId,
      language: context.get('language'),
    })
    context.header('Content-Type', 'application/problem+json')
    context.header('Content-Language', contentLanguage[context.get('language')])
    return context.body(JSON.stringify(document), document.status as 400)
  })
  app.notFound((context) => {
    const allowed = methodsOf(app, context.req.path)
    if (allowed.length === 0) throw new Problem('not-found')
    throw new Problem('method-not-allowed', { headers: { Allow: allowed.join(', ') } })
  })

  for (const path of ['/v1/keys', '/v1/webhook-endpoints']) app.use(`${path}/*`, keepingInside(auth))
  app.route('/', healthRoutes(services))
  app.route('/v1/declarations', declarationRoutes(services, auth))
  app.route('/v1/board', boardRoutes(services, auth))
  app.route('/v1/declarations', filingRoutes(services, auth))
  app.route('/v1/declarations', changeRoutes(services, auth))
  app.route('/v1/declarations', declarationCertificateRoutes(services, auth))
  app.route('/v1/declaration-drafts', declarationDraftRoutes(services, auth))
  app.route('/v1/declaration-drafts', proposalRoutes(services, auth))
  app.route('/v1/certificates', certificateRoutes(services, auth))
  app.route('/v1/declarations', eventRoutes(services, auth))
  app.route('/v1/declarations', exportRoutes(services, auth))
  app.route('/v1/declarations', portFeeRoutes(services, auth))
  app.route('/v1/declarations', whereaboutsRoutes(services, auth))
  app.route('/v1/movements', movementRoutes(services, auth))
  app.route('/v1/waybills', waybillRoutes(services, auth))
  app.route('/v1/fee-quotes', quoteRoutes(services, auth, ratePerWindow))
  app.route('/v1/events', feedRoutes(services, auth))
  app.route('/v1/webhook-endpoints', noticeRoutes(services, auth))
  app.route('/v1/keys', keyRoutes(services, auth))
  app.route('/v1/conformance-runs', conformanceRoutes(services, auth))
  app.route('/v1/recognitions', recognitionRoutes(services, auth))
  app.route('/v1/assistance', assistanceRoutes(services, auth))
  app.route('/v1/agencies', agencyRoutes(services))
  app.route('/v1/codes', codeRoutes())
  app.route('/v1/fees', feeRoutes(services))
  app.route('/v1', feeExportRoutes(services))
  app.route('/v1/fee-imports', feeImportRoutes(services, auth))
  app.route('/v1/fee-entries', feeEntryRoutes(services))
  app.route('/v1/fee-editions', feeEditionRoutes(services))
  app.route('/v1/fee-assessments', feeAssessmentRoutes(services, auth))
  app.route('/v1/fee-editions', feeEditionWriteRoutes(services, auth))
  app.route('/v1/fee-drafts', feeDraftRoutes(services, auth))
  app.route('/v1/fee-bill-checks', billRoutes(services, auth, ratePerWindow))
  app.route('/v1/fee-complaints', complaintRoutes(services, auth))
  app.route('/v1', ruleRoutes(services, auth))
  app.route('/v1/shared', sharedRoutes(services, auth))
  app.route('/v1/declarations', readRoutes(services, auth))
  app.route('/v1/statistics', statisticsRoutes(services, auth))
  app.route('/v1/credit', creditRoutes(services, auth))
  app.route('/v1/declarations', riskRoutes(services, auth))
  app.route('/v1/draws', drawRoutes(services, auth))
  app.route('/v1/demonstrations', demonstrationRoutes(services, auth))
  app.route('/v1/simulator', simulatorRoutes(services, auth))
  app.route('/v1/operations', operationRoutes(services, auth))
  app.route('/v1/operations/replays', replayRoutes(services, auth))
  app.route('/v1/operations/audit', auditRoutes(services, auth))
  app.route('/', webRoutes(services, app))
  app.route('/', descriptionRoutes(app))
  return app
}

/** What can be done at a path (RFC 9110 `Allow`). */
const methodsOf = (app: Hono<Env>, path: string): string[] =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )

/** What an error is to the caller: a problem it can act on, a database that is away for a while, or our own mistake. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isDatabaseAway(error)) return new Problem('unavailable', { headers: { 'Retry-After': '5' }, cause: error })
  return new Problem('defect', { cause: error })
}

/** Connection refused or lost, the server shutting down or starting up (SQLSTATE classes 08 and 57P), too many connections. */
function isDatabaseAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return (
    /^(08...|57P0.|53300|ECONNREFUSED|ECONNRESET|EPIPE)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not currently accepting connections/.test(message)
  )
}
