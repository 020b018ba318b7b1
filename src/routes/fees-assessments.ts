import { type Context, Hono } from 'hono'
import { decisionRequest, type RoundStatus, replyRequest, roundRequest } from '../../schemas/fees/assessment-answers.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import type { OpenAuth } from '../auth.ts'
import { askAgain, makeRound, readCosts, readRound, readRounds } from '../db/assessments.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { costsChart, kindChart, levelsChart, pricesChart } from '../fees/assessment/charts.ts'
import { decide, publish, reply } from '../fees/assessment/decide.ts'
import { findingEtag, findingRows, presentRound, roundEtag, roundHref } from '../fees/assessment/present.ts'
import { levelsIn, presentFindings, presentView, type RoundView, readView } from '../fees/assessment/view.ts'
import { canonicalJson } from '../fees/canonical.ts'
import { drawChart } from '../fees/charts.ts'
import { addDays } from '../fees/checks/stretch.ts'
import { answerOf } from '../fees/kept-answers.ts'
import { byteOrderMark, csvLines } from '../fees/sheet/write-csv.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { queueRound } from '../jobs/assess-fees.ts'
import { prepareQueue } from '../jobs/runner.ts'
import { limits } from '../limits.ts'
import { type Language, Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { isUnchanged, matching, page, readQuery } from './parameters.ts'
import { sendPublic, sendPublicJson } from './public-answers.ts'
import { assessmentsQuery, chartQuery } from './queries-assessments.ts'

/** Rounds of assessment 定期评估: published ones for everybody; before that asked for, replied to, decided and published. */
export function feeAssessmentRoutes({ database, catalogues, log, now }: Services, auth: OpenAuth): Hono<Env> {
  const admin = auth('admin')
  /** A key is not needed, but one that is sent must be good. */
  const ifKnown = auth.ifKnown('trader', 'agency', 'admin', 'integrator', 'payee')
  const callerOf = (context: Context<Env>) => context.get('caller') as Env['Variables']['caller'] | undefined
  const view = async (context: Context<Env>): Promise<RoundView> =>
    found(await readView(database, context.req.param('id') ?? '', callerOf(context)))
  /** Published rounds may be kept by anybody; the rest by nobody but who asked. */
  const send = async (context: Context<Env>, seen: RoundView, body: string, mediaType: string) => {
    if (seen.as === 'anybody')
      return sendPublic(context, answerOf(Buffer.from(body)), {
        maxAgeSeconds: limits.assessmentMaxAgeSeconds,
        mediaType,
      })
    context.header('Cache-Control', 'private, no-store')
    context.header('Content-Type', mediaType)
    return context.body(body)
  }

  /** Does what a key asks for once, and shows the round it is about. */
  const doOnce = async (
    context: Context<Env>,
    bodyHash: string,
    act: (client: Client, at: Date) => Promise<{ readonly status: 200 | 202; readonly id: string }>,
  ) => {
    const key = idempotencyKeyOf(context)
    const at = new Date(now())
    await prepareQueue(database, log)
    // Operators belong to no firm: their keys are told apart by whose they are.
    const slot = { tenant: context.get('caller').keyHash, key, bodyHash }
    const given = await once(database, slot, at, async (client) => {
      const { status, id } = await act(client, at)
      return { status, body: presentRound(found(await readRound(client, id)), true), location: roundHref(id) }
    })
    if (given.location !== undefined) context.header('Location', given.location)
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', 'application/json')
    return context.body(given.body, given.status as 200)
  }

  const routes = new Hono<Env>()
  routes.post('/', describe('askForAssessment'), admin, async (context) => {
    const { value, bytes } = await readJsonBody(context, roundRequest)
    const { title, from, to } = value
    const wrong = wrongPeriod(from, to, catalogues.today())
    if (wrong !== undefined) throw new Problem('body-invalid', { errors: [wrong] })
    return doOnce(context, `${hashOf(bytes)} assessment`, async (client, at) => {
      const id = newId(at.getTime())
      await makeRound(client, { id, quarter: null, title, from, to, requestedBy: context.get('caller').name }, at)
      await queueRound(client, id)
      return { status: 202, id }
    })
  })

  routes.get('/', describe('listAssessments'), ifKnown, async (context) => {
    const { limit, after, status } = readQuery(context, assessmentsQuery)
    const role = callerOf(context)?.role
    const visible: readonly RoundStatus[] =
      role === 'admin'
        ? ['requested', 'computed', 'published', 'failed']
        : role === 'payee'
          ? ['computed', 'published']
          : ['published']
    const statuses = visible.filter((one) => status === undefined || one === status)
    const rows = await readRounds(database.pool, { statuses, before: after, limit: limit + 1 })
    const data = rows.slice(0, limit).map((row) => presentRound(row, role === 'admin'))
    const next = rows.length > limit ? data.at(-1)?.id : undefined
    if (role === 'admin' || role === 'payee') {
      context.header('Cache-Control', 'private, no-store')
      return page(context, data, next)
    }
    const body = { data, hasMore: next !== undefined, ...(next === undefined ? {} : { nextCursor: next }) }
    return sendPublicJson(context, body, limits.feesMaxAgeSeconds, next)
  })

  routes.get('/:id', describe('readAssessment'), ifKnown, async (context) => {
    const seen = await view(context)
    if (seen.as === 'anybody') return sendPublicJson(context, presentView(seen), limits.assessmentMaxAgeSeconds)
    const etag = roundEtag(seen.round)
    context.header('ETag', etag)
    context.header('Cache-Control', 'private, no-cache')
    return isUnchanged(context, etag) ? context.body(null, 304) : context.json(presentView(seen))
  })

  routes.get('/:id/report', describe('readAssessmentReport'), ifKnown, async (context) => {
    const seen = await view(context)
    if (seen.as === 'payee' || seen.report === undefined || seen.round.reportDigest === null)
      throw new Problem('not-found')
    // RFC 9530: what a copy, or a second computation, is checked by.
    context.header('Repr-Digest', `sha-256=:${Buffer.from(seen.round.reportDigest, 'hex').toString('base64')}:`)
    return send(context, seen, canonicalJson(seen.report), 'application/json')
  })

  routes.get('/:id/findings.csv', describe('exportFindings'), ifKnown, async (context) => {
    const seen = await view(context)
    const csv = byteOrderMark + (await csvLines(findingRows(presentFindings(seen))))
    context.header('Content-Disposition', `attachment; filename="fee-assessment-${seen.round.id}.csv"`)
    return send(context, seen, csv, 'text/csv; charset=utf-8')
  })

  const charts = shelf(limits.assessmentAnswersKept)
  routes.get('/:id/charts/:file', describe('drawAssessment'), ifKnown, async (context) => {
    const { language = context.get('language') } = readQuery(context, chartQuery)
    const [, name] = /^([a-z0-9-]{1,80})\.svg$/.exec(context.req.param('file')) ?? []
    const seen = await view(context)
    const chart = name === undefined || seen.as === 'payee' ? undefined : await chartOf(seen, name, language)
    if (chart === undefined) throw new Problem('not-found')
    const svg = await charts(
      JSON.stringify([seen.round.id, seen.round.revision, name, chart.description, language]),
      () => drawChart(chart),
    )
    context.header('Vary', 'Accept-Language')
    context.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
    return send(context, seen, svg, 'image/svg+xml; charset=utf-8')
  })
  const chartOf = async ({ round, report, ...rest }: RoundView, name: string, language: Language) => {
    if (report === undefined) return undefined
    if (name === 'levels') return levelsChart(report, levelsIn({ round, report, ...rest }), language)
    if (name === 'prices') return pricesChart(report, language)
    if (name === 'compliance-cost')
      return costsChart(await readCosts(database.pool, round, limits.assessmentRoundsCharted), language)
    return name.startsWith('prices-') ? kindChart(report, name.slice('prices-'.length), language) : undefined
  }

  const oneFinding = async (context: Context<Env>) => {
    const seen = await view(context)
    const row = found(seen.findings.find(({ number }) => number === numberIn(context)))
    return { seen, row }
  }
  const showFinding = async (context: Context<Env>) => {
    const { seen, row } = await oneFinding(context)
    const etag = findingEtag(seen.round, row)
    context.header('ETag', etag)
    context.header('Cache-Control', 'private, no-cache')
    if (context.req.method === 'GET' && isUnchanged(context, etag)) return context.body(null, 304)
    return context.json(found(presentFindings({ ...seen, findings: [row] })[0]))
  }
  routes.get('/:id/findings/:number', describe('readFinding'), ifKnown, showFinding)
  routes.put('/:id/findings/:number/reply', describe('replyToFinding'), auth('payee'), async (context) => {
    const check = precondition(context)
    // What is not about the payee is not there for it.
    const { seen, row } = await oneFinding(context)
    const { value } = await readJsonBody(context, replyRequest)
    const where = { id: seen.round.id, number: row.number }
    const by = context.get('caller').name
    await reply(
      database,
      where,
      { text: value.text, by, check: (now) => check(findingEtag(where, now)) },
      new Date(now()),
    )
    return showFinding(context)
  })
  routes.put('/:id/findings/:number/decision', describe('decideFinding'), admin, async (context) => {
    const check = precondition(context)
    const { value } = await readJsonBody(context, decisionRequest)
    const where = { id: context.req.param('id'), number: numberIn(context) }
    const by = context.get('caller').name
    await decide(
      database,
      where,
      { ...value, remark: value.remark, by, check: (now) => check(findingEtag(where, now)) },
      new Date(now()),
    )
    return showFinding(context)
  })

  routes.post('/:id/publication', describe('publishAssessment'), admin, async (context) => {
    const check = precondition(context)
    const id = context.req.param('id')
    return doOnce(context, `${id} publication`, async (client, at) => {
      const by = context.get('caller').name
      await publish(client, id, { by, check: (round) => check(roundEtag(round)) }, at)
      return { status: 200, id }
    })
  })
  routes.post('/:id/computations', describe('computeAssessmentAgain'), admin, async (context) => {
    const id = context.req.param('id')
    return doOnce(context, `${id} computation`, async (client) => {
      if (!(await askAgain(client, id)))
        throw new Problem((await readRound(client, id)) === undefined ? 'not-found' : 'not-changeable')
      await queueRound(client, id)
      return { status: 202, id }
    })
  })
  return routes
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Problem('not-found')
  return value
}

/** The number of a finding; none has the one of a path that names none. */
function numberIn(context: Context<Env>): number {
  const number = context.req.param('number') ?? ''
  return /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0
}

/** Demands `If-Match` now, and compares it once what it is about is held. */
function precondition(context: Context<Env>): (etag: string) => void {
  matching(context, () => '')
  return (etag) => matching(context, () => etag)(0)
}

/** A round is of days that are over, and not of too many. */
function wrongPeriod(from: string, to: string, today: string): Issue | undefined {
  if (to >= today)
    return issue('/to', 'period-not-over', { en: 'The last day is not over yet', zh: '评估期间尚未结束' })
  if (addDays(from, limits.assessmentDays) <= to)
    return issue('/from', 'period-too-long', {
      en: `At most ${limits.assessmentDays} days`,
      zh: `评估期间不得超过${limits.assessmentDays}天`,
    })
  return undefined
}

/** Texts by name, the last used of them: each is made once. */
function shelf(most: number): (name: string, make: () => Promise<string>) => Promise<string> {
  const kept = new Map<string, Promise<string>>()
  return (name, make) => {
    const text = kept.get(name) ?? make()
    kept.delete(name)
    kept.set(name, text)
    // A failure is not kept.
    text.catch(() => kept.get(name) === text && kept.delete(name))
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
    return text
  }
}
