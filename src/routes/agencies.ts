import { isUtf8 } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { type Procedure, Unintelligible } from '../../adapters/adapter.ts'
import { readBody } from '../body.ts'
import { findAdapter, findProcedure } from '../filing/plan.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'

/** The agencies: what each does, and the door its receipts are pushed through. */
export function agencyRoutes(services: Services): Hono<Env> {
  const { adapters, recorder, metrics } = services
  const routes = new Hono<Env>()

  routes.get('/', describe('listAgencies'), (context) =>
    context.json({
      data: Object.entries(adapters).map(([id, adapter]) => ({
        id,
        name: adapter.name,
        references: adapter.references,
        procedures: Object.entries(adapter.procedures).map(
          ([procedure, { name, replies, statuses, after, releases }]) => ({
            id: procedure,
            name,
            replies,
            statuses,
            after: after ?? [],
            releases: releases ?? false,
            particulars: `/v1/agencies/${id}/procedures/${procedure}/particulars`,
          }),
        ),
      })),
    }),
  )

  routes.get('/:agency/procedures/:procedure/particulars', describe('readParticularsSchema'), (context) => {
    const procedure = findProcedure(adapters, context.req.param('agency'), context.req.param('procedure'))
    if (procedure === undefined) throw new Problem('not-found')
    context.header('Content-Type', 'application/schema+json')
    return context.body(schemaOf(procedure))
  })

  routes.post('/:agency/receipts', describe('takeReceipt'), async (context) => {
    const agency = context.req.param('agency')
    const adapter = findAdapter(adapters, agency)
    if (adapter === undefined) throw new Problem('not-found')
    const bytes = await readBody(context)
    const header = (name: string) => context.req.header(name)
    const valid = isSigned(
      services.callbackSecretOf(agency),
      bytes,
      { id: header('webhook-id'), timestamp: header('webhook-timestamp'), signature: header('webhook-signature') },
      services.now(),
    )
    if (!valid) {
      metrics.callbacks.inc({ agency, outcome: 'unsigned' })
      throw new Problem('signature-invalid')
    }
    const contentType = context.req.header('content-type') ?? ''
    // Bytes that are no text are nonsense like any other: kept as far as text can, and refused.
    const body = Buffer.from(bytes).toString('utf8')
    const message = { kind: 'push' as const, method: 'POST', path: context.req.path, contentType, body }
    try {
      if (!isUtf8(bytes)) throw new Unintelligible('Not UTF-8 text')
      // What a duplicate says is known already: it changes nothing and gets the same answer.
      const receipts = adapter.decode({ status: 200, contentType, body })
      await recorder.record({ agency, message, receipts })
      metrics.callbacks.inc({ agency, outcome: 'kept' })
      return context.json({ receipts: receipts.length }, 202)
    } catch (error) {
      if (!(error instanceof Unintelligible)) throw error
      await recorder.record({ agency, message: { ...message, error: error.message }, receipts: [] })
      metrics.callbacks.inc({ agency, outcome: 'unintelligible' })
      throw new Problem('unintelligible', {
        detail: { en: error.message, zh: `报文已保存但无法解析：${error.message}` },
      })
    }
  })
  return routes
}

const written = new WeakMap<Procedure, string>()
/** The JSON Schema of a procedure's particulars: it never changes, so it is written once. */
function schemaOf(procedure: Procedure): string {
  let text = written.get(procedure)
  if (text === undefined) {
    text = JSON.stringify(procedure.particulars.toJSONSchema({ io: 'input', unrepresentable: 'any' }))
    written.set(procedure, text)
  }
  return text
}

interface SignedHeaders {
  readonly id: string | undefined
  readonly timestamp: string | undefined
  readonly signature: string | undefined
}

/** Whether a document carries a valid Standard Webhooks signature that is not older (or newer) than the tolerance. */
function isSigned(
  secret: string | undefined,
  body: Uint8Array,
  { id, timestamp, signature }: SignedHeaders,
  nowMs: number,
): boolean {
  if (secret === undefined || id === undefined || timestamp === undefined || signature === undefined) return false
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowMs - Number(timestamp) * 1_000) > limits.callbackToleranceMs)
    return false
  const due = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest()
  return signature.split(' ').some((one) => {
    const [version, encoded = ''] = one.split(',')
    const given = Buffer.from(encoded, 'base64')
    return version === 'v1' && given.length === due.length && timingSafeEqual(given, due)
  })
}
