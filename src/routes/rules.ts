import { type Context, Hono } from 'hono'
import { type RuleTable, ruleTables } from '../../schemas/rules/index.ts'
import { ruleVersionRequest } from '../../schemas/rules-answers.ts'
import type { Auth } from '../auth.ts'
import { answerOf } from '../fees/kept-answers.ts'
import { hashOf } from '../filing/accept.ts'
import { once } from '../filing/once.ts'
import { etagOf } from '../filing/present.ts'
import { Problem } from '../problem.ts'
import { ruleCsv, ruleDocument } from '../rules/document.ts'
import {
  presentDifferences,
  presentTable,
  presentTableOn,
  presentVersion,
  presentWouldChange,
} from '../rules/present.ts'
import { issuesOfVersion, publish } from '../rules/publish.ts'
import { dayAt, type KnownVersion, versionId } from '../rules/rules.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { authority } from './fees-drafts.ts'
import { isUnchanged, matching, readQuery } from './parameters.ts'
import { sendPublic, sendPublicJson, todaySeconds } from './public-answers.ts'
import { ruleDayQuery, ruleDifferencesQuery, rulePublishQuery } from './queries-rules.ts'

/** Rule tables 规则表: reading them, publishing versions. @param tables those there are; others for tests */
export function ruleRoutes(
  { database, rules, now }: Services,
  auth: Auth,
  tables: readonly RuleTable[] = ruleTables,
): Hono<Env> {
  const find = (context: Context<Env>): RuleTable => {
    const table = tables.find(({ id }) => id === context.req.param('table'))
    if (table === undefined) throw new Problem('not-found')
    return table
  }
  /** The version that holds on the day that is asked of. */
  const asked = (context: Context<Env>) => {
    const table = find(context)
    const { on = dayAt(now()) } = readQuery(context, ruleDayQuery)
    const version = rules.versions(table).findLast(({ validFrom }) => validFrom <= on)
    return { table, on, version }
  }
  const versionOf = (table: RuleTable, id: string): KnownVersion => {
    const found = rules.versions(table).find((version) => versionId(version) === id)
    if (found === undefined) throw new Problem('not-found')
    return found
  }
  const routes = new Hono<Env>()

  routes.get('/rules', describe('listRuleTables'), (context) =>
    sendPublicJson(
      context,
      { data: tables.map((table) => presentTable(table, rules, now())), hasMore: false },
      todaySeconds(now()),
    ),
  )

  routes.get('/rules.md', describe('readRulesDocument'), (context) =>
    sendPublic(context, answerOf(Buffer.from(ruleDocument(tables, rules, now()))), {
      maxAgeSeconds: todaySeconds(now()),
      mediaType: 'text/markdown; charset=utf-8',
    }),
  )

  routes.get('/rules/:table', describe('readRuleTable'), (context) => {
    const { table, on, version } = asked(context)
    return sendPublicJson(context, presentTableOn(table, version, on), todaySeconds(now()))
  })

  routes.get('/rules/:table/rows.csv', describe('readRuleRowsCsv'), async (context) => {
    const { table, on, version } = asked(context)
    context.header('Content-Disposition', `attachment; filename="${table.id}-${on}.csv"`)
    return sendPublic(context, answerOf(Buffer.from(await ruleCsv(version?.rows ?? []))), {
      maxAgeSeconds: todaySeconds(now()),
      mediaType: 'text/csv; charset=utf-8',
    })
  })

  routes.get('/rules/:table/versions', describe('listRuleVersions'), (context) => {
    const table = find(context)
    const versions = rules.versions(table)
    const etag = etagOf(table.id, versions.length)
    context.header('ETag', etag)
    if (isUnchanged(context, etag)) return context.body(null, 304)
    return context.json({ data: versions.map(presentVersion), hasMore: false })
  })

  routes.get('/rules/:table/versions/:version', describe('readRuleVersion'), (context) => {
    const found = versionOf(find(context), context.req.param('version'))
    return sendPublicJson(context, { ...presentVersion(found), rows: found.rows }, todaySeconds(now()))
  })

  routes.get('/rules/:table/differences', describe('compareRuleVersions'), (context) => {
    const table = find(context)
    const { from, to } = readQuery(context, ruleDifferencesQuery)
    const newest = rules.versions(table).at(-1)
    const other = to === undefined && newest !== undefined ? newest : versionOf(table, to ?? '')
    return sendPublicJson(context, presentDifferences(versionOf(table, from), other), todaySeconds(now()))
  })

  routes.post('/rules/:table/versions', describe('publishRuleVersion'), auth('admin'), async (context) => {
    const table = find(context)
    if (readQuery(context, rulePublishQuery).dryRun === 'true') {
      const { value } = await readJsonBody(context, ruleVersionRequest)
      const errors = issuesOfVersion(table, value, now())
      if (errors.length > 0) throw new Problem('body-invalid', { errors })
      return context.json(presentWouldChange(wouldHold(rules.versions(table), value.validFrom), value))
    }
    const precondition = matching(context, (count) => etagOf(table.id, count))
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, ruleVersionRequest)
    const { name, tenant = authority } = context.get('caller')
    const own = rules.versions(table).filter(({ id }) => id === undefined).length
    const slot = { tenant, key, bodyHash: `${hashOf(bytes)} ${context.req.path}` }
    const given = await once(database, slot, new Date(now()), async (client) => {
      const version = await publish(client, table, value, name, now(), (published) => precondition(own + published))
      return {
        status: 201,
        body: presentVersion(version),
        location: `/v1/rules/${table.id}/versions/${versionId(version)}`,
      }
    })
    await rules.refresh()
    context.header('Location', given.location ?? '')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    return context.json(JSON.parse(given.body) as object, 201)
  })
  return routes
}

/** The version that would hold on a day without another. */
const wouldHold = (versions: readonly KnownVersion[], on: string): KnownVersion | undefined =>
  versions.findLast(({ validFrom }) => validFrom <= on)
