import type * as z from 'zod'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import type { subscriptionRequest } from '../../schemas/sharing/answers.ts'
import { searchFields, searchKinds } from '../../schemas/sharing/view.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { keepSubscription, type SubscriptionRow } from '../db/sharing-subscriptions.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { maySearch, type Permission } from './permission.ts'

type Request = z.infer<typeof subscriptionRequest>

/** By what a subscription finds declarations: its one filter. */
function filterOf({ filter }: Request): { readonly filter: string; readonly value: string } {
  const [[kind, value] = ['', '']] = Object.entries(filter)
  return { filter: kind, value: value ?? '' }
}

function issuesOfSubscription(request: Request, permission: Permission): Issue[] {
  const { filter } = filterOf(request)
  const kind = searchKinds.find((one) => one === filter)
  const patterns: readonly string[] | undefined = kind && searchFields[kind]
  const unseen =
    patterns === undefined || maySearch(permission, patterns)
      ? []
      : [
          issue(pointer('filter', filter), 'not-shared', {
            en: 'This purpose may not see what is searched by',
            zh: '该用途无权查看所用查询条件的字段',
          }),
        ]
  const beyond = (request.fields ?? []).flatMap((field, at) =>
    permission.fields.includes(field)
      ? []
      : [
          issue(pointer('fields', at), 'not-shared', {
            en: `${field} is not shown for this purpose`,
            zh: `该用途不共享字段 ${field}`,
          }),
        ],
  )
  return [...unseen, ...beyond]
}

/**
 * Subscribes an agency to what it may see 订阅. What it is told of later is what its purpose allows then.
 * @throws {Problem} body-invalid, limit-reached
 */
export async function subscribe(
  client: Client,
  request: Request,
  permission: Permission,
  by: string,
  at: Date,
): Promise<SubscriptionRow> {
  const errors = issuesOfSubscription(request, permission)
  if (errors.length > 0) throw new Problem('body-invalid', { errors })
  const row: SubscriptionRow = {
    id: newId(at.getTime()),
    agency: permission.agency,
    by,
    purpose: permission.purpose,
    caseNumber: request.case,
    ...filterOf(request),
    fields: request.fields,
    at,
    endedAt: undefined,
  }
  if (!(await keepSubscription(client, row, limits.sharedSubscriptions))) throw new Problem('limit-reached')
  return row
}
