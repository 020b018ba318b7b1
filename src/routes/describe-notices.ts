import * as z from 'zod'
import {
  endpointAnswer,
  endpointChange,
  endpointRequest,
  feedAnswer,
  madeEndpointAnswer,
  noticeAnswer,
  pingAnswer,
  redeliveryAnswer,
  redeliveryRequest,
  rotationAnswer,
} from '../../schemas/notices.ts'
import type { Operation } from './describe.ts'
import { keyed, matched, reading, writing } from './describe-problems.ts'
import { feedQuery, noticesQuery } from './queries.ts'

const tag = 'Notices'

/** Operations of webhook endpoints and of the feed. */
export const noticeOperations = {
  makeEndpoint: {
    summary: 'Make a webhook endpoint 接收地址',
    tag,
    description:
      'Events are sent by POST as CloudEvents 1.0 (`application/cloudevents+json`), signed the Standard Webhooks way; `webhook-id` is the event’s id. 2xx is success, a redirection is not followed, 410 disables at once; the rest is tried ten times over some 75 hours. Beside what happens to the firm’s declarations there is what everybody may know of the fee catalogue: `yuchuang.catalogue.announced`, `yuchuang.catalogue.in-force`, `yuchuang.catalogue.withdrawn`, `yuchuang.assessment.published`. An endpoint none of whose tries succeeded for five days is disabled, with an event `yuchuang.endpoint.disabled`. Order is not promised: events carry their own. The secret is shown now and never again.',
    body: endpointRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Made', schema: madeEndpointAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'limit-reached'],
  },
  listEndpoints: {
    summary: 'Webhook endpoints',
    tag,
    answer: {
      status: 200,
      description: 'All of them',
      schema: z.object({ data: z.array(endpointAnswer), hasMore: z.boolean() }),
    },
    problems: reading,
  },
  readEndpoint: {
    summary: 'One webhook endpoint',
    tag,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'As it stands, with an ETag', schema: endpointAnswer },
    problems: reading,
  },
  changeEndpoint: {
    summary: 'Change, disable or enable a webhook endpoint',
    tag,
    description:
      'What waits for an endpoint that is disabled is dropped, and what happens meanwhile is not queued: ask for it again by time range, or read the feed.',
    body: endpointChange,
    headers: ['If-Match'],
    answer: { status: 200, description: 'Changed', schema: endpointAnswer },
    problems: ['body-invalid', ...writing, ...matched],
  },
  deleteEndpoint: {
    summary: 'Take a webhook endpoint away, with its log',
    tag,
    headers: ['If-Match'],
    answer: { status: 204, description: 'Gone' },
    problems: [...reading, ...matched],
  },
  rotateSecret: {
    summary: 'A new secret',
    tag,
    description:
      'Secrets before it go on signing for 24 hours, beside the new one. At most four are valid at once. Asked twice, it makes two: both sign, so nothing breaks.',
    answer: { status: 201, description: 'The new secret', schema: rotationAnswer },
    problems: [...reading, 'limit-reached'],
  },
  ping: {
    summary: 'Send a test event',
    tag,
    description: '`yuchuang.endpoint.ping`, to this endpoint alone, tried once whatever types it wants.',
    answer: { status: 202, description: 'Queued', schema: pingAnswer },
    problems: [...reading, 'endpoint-disabled', 'limit-reached'],
  },
  listNotices: {
    summary: 'The delivery log, newest first',
    tag,
    description: 'Kept for 30 days.',
    query: noticesQuery,
    answer: {
      status: 200,
      description: 'A page',
      schema: z.object({ data: z.array(noticeAnswer), hasMore: z.boolean(), nextCursor: z.string().optional() }),
    },
    problems: ['invalid-parameter', ...reading],
  },
  redeliver: {
    summary: 'Send an event again, or those of a time range',
    tag,
    description:
      'Of a range, those whose types the endpoint wants; at most 1000. An event keeps its `webhook-id`: a receiver that has it knows it. What is on its way already is not doubled.',
    body: redeliveryRequest,
    answer: { status: 202, description: 'Queued', schema: redeliveryAnswer },
    problems: ['body-invalid', ...writing, 'endpoint-disabled', 'limit-reached'],
  },
  readFeed: {
    summary: 'All events, in an order that skips none',
    tag,
    description:
      'For those who cannot receive webhooks: what happened to the firm, and what everybody may know (`yuchuang.catalogue.*`, `yuchuang.assessment.*`). `nextCursor` is always there: ask with it later. `Prefer: wait=N` waits up to N seconds while there is nothing.',
    query: feedQuery,
    headers: ['Prefer'],
    answer: { status: 200, description: 'A page', schema: feedAnswer },
    problems: ['invalid-parameter', 'unavailable', ...reading],
  },
} as const satisfies Record<string, Operation>
