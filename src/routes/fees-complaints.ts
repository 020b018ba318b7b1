import { type Context, Hono } from 'hono'
import {
  acceptRequest,
  answerRequest,
  type ComplaintMove,
  complaintRequest,
  decisionRequest,
  disputeRequest,
  type Party,
  withdrawalRequest,
} from '../../schemas/fees/complaints.ts'
import type { Auth } from '../auth.ts'
import { type ComplaintRow, type ComplaintScope, listComplaints, readComplaint } from '../db/complaints.ts'
import { type Actor, fileComplaint, takeStep } from '../fees/complaint-steps.ts'
import {
  complaintTable,
  etagsOf,
  isCaseNumber,
  isOverdue,
  presentComplaint,
  presentSummary,
} from '../fees/complaints.ts'
import { hashOf } from '../filing/accept.ts'
import { type Given, once } from '../filing/once.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf, readJsonBody } from './bodies.ts'
import { describe } from './describe.ts'
import { tenantOf } from './owner.ts'
import { isUnchanged, matching, page, readQuery } from './parameters.ts'
import { complaintsQuery } from './queries-bills.ts'

/** The ways to a step: where it is asked for, and what with. */
const steps = [
  { path: '/:number/answers', id: 'answerComplaint', move: 'answer', shape: answerRequest },
  { path: '/:number/acceptances', id: 'acceptComplaintAnswer', move: 'accept', shape: acceptRequest },
  { path: '/:number/disputes', id: 'disputeComplaintAnswer', move: 'dispute', shape: disputeRequest },
  {
    path: '/:number/decisions',
    id: 'decideComplaint',
    move: 'decide',
    shape: decisionRequest.transform(({ amount, text }) => ({ refund: amount, text })),
  },
  { path: '/:number/withdrawals', id: 'withdrawComplaint', move: 'withdraw', shape: withdrawalRequest },
] as const

/** What a step may say, of whichever kind it is. */
interface Said {
  readonly text?: string | undefined
  readonly accepted?: boolean | undefined
  readonly refund?: string | undefined
}

/** Complaints 价格投诉: filed by a trader, answered by the payee, decided by an officer where the two do not agree. */
export function complaintRoutes({ database, catalogues, now }: Services, auth: Auth): Hono<Env> {
  const reader = auth('trader', 'payee', 'admin')
  const routes = new Hono<Env>()

  routes.post('/', describe('fileComplaint'), auth('trader'), async (context) => {
    const tenant = tenantOf(context)
    const key = idempotencyKeyOf(context)
    const { value, bytes } = await readJsonBody(context, complaintRequest)
    const at = new Date(now())
    const payees = (await catalogues.on(catalogues.today()))?.of('payee')
    const slot = { tenant, key, bodyHash: `${hashOf(bytes)} complaint` }
    const given = await once(database, slot, at, async (client) => {
      const firmOf = (payee: string) => payees?.get(payee)?.creditCode
      const view = await fileComplaint(client, tenant, actorOf(context), value, firmOf, at)
      const body = presentComplaint(view, 'trader', catalogues.today())
      return { status: 201, body, location: body.links.self }
    })
    return give(context, given)
  })

  routes.get('/', describe('listComplaints'), reader, async (context) => {
    const { limit, status, payee, overdue, after } = readQuery(context, complaintsQuery)
    const today = catalogues.today()
    const filter = { status, payee, overdue, after, today, limit: limit + 1 }
    const rows = await listComplaints(database, scopeOf(context), filter)
    const shown = rows.slice(0, limit)
    return page(
      context,
      shown.map((row) => presentSummary(row, today)),
      rows.length > limit ? shown.at(-1)?.number : undefined,
    )
  })

  routes.get('/:number', describe('readComplaint'), reader, async (context) => {
    const number = numberOf(context)
    const view = await readComplaint(database.pool, number, scopeOf(context))
    if (view === undefined) throw new Problem('not-found')
    const today = catalogues.today()
    const etag = etagOf(view, today)
    context.header('ETag', etag)
    if (isUnchanged(context, etag)) return context.body(null, 304)
    return context.json(presentComplaint(view, partyOf(context), today))
  })

  for (const { path, id, move, shape } of steps)
    routes.post(path, describe(id), auth(complaintTable[move].by), async (context) => {
      const number = numberOf(context)
      const check = precondition(context)
      const key = idempotencyKeyOf(context)
      const { value, bytes } = await readJsonBody<Said>(context, shape)
      const at = new Date(now())
      const slot = { tenant: holderOf(context), key, bodyHash: `${hashOf(bytes)} complaint ${number} ${move}` }
      const given = await once(database, slot, at, async (client) => {
        const said = { text: '', ...present(value) }
        const view = await takeStep(
          client,
          number,
          scopeOf(context),
          actorOf(context),
          move satisfies ComplaintMove,
          said,
          check,
          at,
        )
        const body = presentComplaint(view, partyOf(context), catalogues.today())
        return { status: 201, body, location: body.links.self }
      })
      return give(context, given)
    })
  return routes
}

/** What was said, without what was not. */
const present = ({ text, accepted, refund }: Said) => ({
  ...(text === undefined ? {} : { text }),
  ...(accepted === undefined ? {} : { accepted }),
  ...(refund === undefined ? {} : { refund }),
})

function give(context: Context<Env>, { body, status, location, replayed }: Given): Response {
  if (location !== undefined) context.header('Location', location)
  if (replayed) context.header('Idempotent-Replayed', 'true')
  else {
    const { number, steps: taken } = JSON.parse(body) as { number: string; steps: readonly unknown[] }
    context.header('ETag', etagsOf({ number, revision: taken.length }).timely)
  }
  context.header('Content-Type', 'application/json')
  return context.body(body, status as 201)
}

/** The case a path names. @throws {Problem} not-found, also for a number that was copied wrongly */
function numberOf(context: Context<Env>): string {
  const number = context.req.param('number') ?? ''
  if (isCaseNumber(number)) return number
  throw new Problem('not-found', {
    detail: { en: 'This is no case number: its check digit is wrong', zh: '受理编号有误：校验位不符' },
  })
}

const partyOf = (context: Context<Env>): Party => {
  const { role } = context.get('caller')
  return role === 'payee' || role === 'admin' ? role : 'trader'
}
const actorOf = (context: Context<Env>): Actor => ({ party: partyOf(context), name: context.get('caller').name })

/** A trader sees its own complaints, a payee those against it, an officer all. */
function scopeOf(context: Context<Env>): ComplaintScope {
  const party = partyOf(context)
  if (party === 'admin') return {}
  return party === 'payee' ? { payeeTenant: tenantOf(context) } : { tenant: tenantOf(context) }
}

/** Under whose name an `Idempotency-Key` is kept: the firm's, or that of this officer's key. */
function holderOf(context: Context<Env>): string {
  const { tenant, keyHash } = context.get('caller')
  return tenant ?? keyHash
}

function etagOf(row: ComplaintRow, today: string): string {
  const { timely, late } = etagsOf(row)
  return isOverdue(row, today) ? late : timely
}

/** Demands `If-Match` now, and compares it once the complaint is held. That a day passed meanwhile is no change. */
function precondition(context: Context<Env>): (before: ComplaintRow) => void {
  matching(context, () => '')
  const given = context.req.header('if-match') ?? ''
  return (before) => {
    const { timely, late } = etagsOf(before)
    matching(context, () => (given.includes(late) ? late : timely))(before.revision)
  }
}
