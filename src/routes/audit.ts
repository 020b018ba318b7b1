import { Hono } from 'hono'
import { verificationRequest } from '../../schemas/audit.ts'
import type { SealLine } from '../../schemas/export.ts'
import { askForAll, presentVerification, verifyOne } from '../audit/verifications.ts'
import type { Auth } from '../auth.ts'
import { listSeals, readHead, readProofs, readTrail } from '../db/audit-reads.ts'
import { listVerifications, readVerification } from '../db/audit-verifications.ts'
import { prepareQueue } from '../jobs/runner.ts'
import { queueVerification } from '../jobs/verify-audit.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { page, readQuery } from './parameters.ts'
import { eventsQuery, newestQuery, sealsQuery } from './queries.ts'

/** What vouches for what was kept 审计: seals, the trail of a declaration, and checks of both. */
export function auditRoutes({ database, now, log }: Services, auth: Auth): Hono<Env> {
  const { pool } = database
  const routes = new Hono<Env>()
  const admin = auth('admin')

  /** @throws {Problem} not-found */
  const verificationOf = async (id: string) => {
    const row = await readVerification(pool, id)
    if (row === undefined) throw new Problem('not-found')
    return presentVerification(row)
  }

  routes.get('/seals', describe('listSeals'), admin, async (context) => {
    const { limit, after } = readQuery(context, sealsQuery)
    const rows = await listSeals(pool, after, limit + 1)
    const shown = rows.slice(0, limit).map(presentSeal)
    return page(context, shown, rows.length > limit ? shown.at(-1)?.day : undefined)
  })

  routes.get('/declarations/:id', describe('readTrail'), admin, async (context) => {
    const { limit, after } = readQuery(context, eventsQuery)
    const id = context.req.param('id')
    const [head, events, proofs] = await Promise.all([
      readHead(pool, id),
      readTrail(pool, id, after, limit + 1),
      readProofs(pool, [id]),
    ])
    if (head === undefined) throw new Problem('not-found')
    const its = proofs.get(id) ?? []
    const dayOf = new Map(its.map((proof) => [proof.head, proof.day]))
    const shown = events.slice(0, limit)
    const next = events.length > limit ? String(shown.at(-1)?.number) : undefined
    return context.json({
      declarationId: id,
      ...head,
      proofs: its.map(({ day, position, head: end }) => ({ day, position, head: end })),
      data: shown.map(({ filingId, ...event }) => {
        const sealedOn = dayOf.get(event.hash)
        return {
          ...event,
          ...(filingId === null ? {} : { filingId }),
          ...(sealedOn === undefined ? {} : { sealedOn }),
        }
      }),
      hasMore: next !== undefined,
      ...(next === undefined ? {} : { nextCursor: next }),
    })
  })

  routes.post('/verifications', describe('askForVerification'), admin, async (context) => {
    const { value } = await readJsonBody(context, verificationRequest)
    const { declarationId, key, seal } = value
    const wanted = { declarationId, key, seal, by: context.get('caller').name }
    if (declarationId !== undefined) {
      if ((await readHead(pool, declarationId)) === undefined) throw new Problem('not-found')
      const done = await verificationOf(await verifyOne(database, wanted, declarationId, now))
      context.header('Location', done.links.self)
      return context.json(done, 201)
    }
    await prepareQueue(database, log)
    const asked = await verificationOf(await askForAll(database, wanted, queueVerification, new Date(now())))
    context.header('Location', asked.links.self)
    return context.json(asked, 202)
  })

  routes.get('/verifications', describe('listVerifications'), admin, async (context) => {
    const { limit, after } = readQuery(context, newestQuery)
    const rows = await listVerifications(database, after, limit + 1)
    const shown = rows.slice(0, limit).map(presentVerification)
    return page(context, shown, rows.length > limit ? shown.at(-1)?.id : undefined)
  })

  routes.get('/verifications/:verificationId', describe('readVerification'), admin, async (context) =>
    context.json(await verificationOf(context.req.param('verificationId'))),
  )
  return routes
}

const presentSeal = ({ day, count, root, previous, hash, at, signature, key }: SealLine) => ({
  day,
  count,
  root,
  previous,
  hash,
  at,
  ...(signature === null ? {} : { signature }),
  ...(key === null ? {} : { key }),
})
