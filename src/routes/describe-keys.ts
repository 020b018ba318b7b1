import { pageOf } from '../../schemas/answers.ts'
import { keyAnswer, keyReadAnswer, keyRequest, madeKeyAnswer, replacementRequest } from '../../schemas/keys.ts'
import { limits } from '../limits.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, reading, writing } from './describe-problems.ts'
import { keysQuery } from './queries-keys.ts'

const tag = 'Keys'
const shownOnce =
  'The key stands in this answer and nowhere else: only its hash is kept. A replay of the same `Idempotency-Key` makes no second key and answers without it: whoever never saw the answer revokes that key and makes another.'

/** Operations of keys: who may use the interface, and as whom. */
export const keyOperations = {
  listKeys: {
    summary: 'Keys 接口密钥, newest first',
    tag,
    description:
      'An administrator sees all, everybody else those of the same role and firm (or agency). What is never shown is a key itself.',
    query: keysQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(keyAnswer) },
    problems: ['invalid-parameter', ...calling],
  },
  makeKey: {
    summary: 'Make a key',
    tag,
    description: `An administrator makes one for any holder, everybody else for the same role and firm (or agency). A key that ends by itself makes, replaces and revokes none that lasts longer. At most ${limits.keysOfHolder} of one holder open something at once. ${shownOnce}`,
    body: keyRequest,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Made', schema: madeKeyAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'invalid-parameter', 'limit-reached'],
  },
  readKey: {
    summary: 'One key, and what was done with it',
    tag,
    answer: { status: 200, description: 'As it stands', schema: keyReadAnswer },
    problems: reading,
  },
  revokeKey: {
    summary: 'Revoke a key 吊销',
    tag,
    description:
      'Sessions begun with it end with it. A gateway that has just seen the key remembers its holder for ten seconds: so long it may still work. Not the last key of an administrator that does not end sooner.',
    answer: { status: 204, description: 'It opens nothing any more' },
    problems: [...reading, 'limit-reached'],
  },
  replaceKey: {
    summary: 'Put a new key in the place of another 轮换',
    tag,
    description: `The same holder and the same end; the old key goes on for the overlap (${limits.keyOverlapHours} hours as a rule, at most ${limits.keyOverlapHoursMost}). ${shownOnce}`,
    body: replacementRequest(limits.keyOverlapHours, limits.keyOverlapHoursMost),
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'Made', schema: madeKeyAnswer },
    problems: ['body-invalid', ...writing, ...keyed, 'invalid-parameter', 'not-changeable', 'limit-reached'],
  },
} as const satisfies Record<string, Operation>
