import {
  readsAnswer,
  sharedDeclarationAnswer,
  sharedDeclarationsAnswer,
  sharedPurposesAnswer,
  subscriptionAnswer,
  subscriptionRequest,
  subscriptionsAnswer,
} from '../../schemas/sharing/answers.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, reading, sending } from './describe-problems.ts'
import { readsQuery, sharedQuery, sharedSearchQuery } from './queries-sharing.ts'

const tag = 'Shared information'

/** Shared information 信息共享: what agencies read of declarations for their purposes, and what traders see of that. */
export const sharingOperations = {
  listSharedPurposes: {
    summary: 'The purposes an agency may read for, each with what it may see',
    tag,
    description: 'With an agency’s key.',
    answer: { status: 200, description: 'All of them', schema: sharedPurposesAnswer },
    problems: calling,
  },
  searchShared: {
    summary: 'Search declarations as an agency, for a purpose',
    tag,
    description:
      'With an agency’s key. Only by what the purpose may see, and only where it sees it. Every declaration found counts as read. A page may hold fewer than asked for and yet not be the last.',
    query: sharedSearchQuery,
    answer: {
      status: 200,
      description: 'A page, with what was withheld by its names',
      schema: sharedDeclarationsAnswer,
    },
    problems: ['invalid-parameter', ...calling, 'purpose-missing', 'purpose-refused', 'unavailable'],
  },
  readShared: {
    summary: 'Read a declaration as an agency, for a purpose',
    tag,
    description:
      'With an agency’s key. Only fields the rule table `sharing-policy` allows it for that purpose; each reading is kept before it is answered, and its trader sees it.',
    query: sharedQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'What it may see, with an ETag', schema: sharedDeclarationAnswer },
    problems: ['invalid-parameter', ...reading, 'purpose-missing', 'purpose-refused'],
  },
  subscribeShared: {
    summary: 'Subscribe to changes of what an agency may see 订阅',
    tag,
    description:
      'Told over the agency’s own address, as pointers to what changed; it then reads again. Whoever read a declaration is told of its corrections without subscribing.',
    body: subscriptionRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Subscribed', schema: subscriptionAnswer },
    problems: ['body-invalid', ...calling, ...sending, ...keyed, 'purpose-refused', 'limit-reached'],
  },
  listSharedSubscriptions: {
    summary: 'The agency’s subscriptions, the newest first',
    tag,
    query: readsQuery,
    answer: { status: 200, description: 'A page', schema: subscriptionsAnswer },
    problems: ['invalid-parameter', ...calling],
  },
  readSharedSubscription: {
    summary: 'One subscription',
    tag,
    answer: { status: 200, description: 'As it stands', schema: subscriptionAnswer },
    problems: reading,
  },
  endSharedSubscription: {
    summary: 'End a subscription',
    tag,
    answer: { status: 204, description: 'Ended: it can still be read' },
    problems: reading,
  },
  listReads: {
    summary: 'Who read of a declaration, what, when and why, the newest first',
    tag,
    description:
      'What agencies read for purposes of their own; not what the trader filed with them. A policy may let a reading be told later: then it appears in its place when its time has come.',
    query: readsQuery,
    answer: { status: 200, description: 'A page', schema: readsAnswer },
    problems: ['invalid-parameter', ...reading],
  },
} as const satisfies Record<string, Operation>
