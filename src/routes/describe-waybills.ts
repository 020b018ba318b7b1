import { pageOf } from '../../schemas/answers.ts'
import { actionRequest, waybill, waybillAnswer, waybillExport, waybillSummary } from '../../schemas/waybill.ts'
import type { Operation } from './describe.ts'
import { calling, keyed, matched, reading, sending, writing } from './describe-problems.ts'
import { waybillsQuery } from './queries-movements.ts'

const tag = 'Movements and waybills'

/** Operations on single documents 一单制单证. */
export const waybillOperations = {
  drawUpWaybill: {
    summary: 'Draw up a single document for a carriage by several modes 一单制制单',
    tag,
    description:
      'Its carrier draws it up, its shipper approves it, its carrier issues it. Which forms may be documents of title the rule table `waybill-forms` says.',
    body: waybill,
    headers: ['Idempotency-Key'],
    answer: { status: 201, description: 'A draft, under the number it keeps', schema: waybillAnswer },
    problems: ['body-invalid', ...calling, ...sending, ...keyed],
  },
  listWaybills: {
    summary: 'Documents the caller is, or was, party to, the newest first',
    tag,
    query: waybillsQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(waybillSummary) },
    problems: ['invalid-parameter', ...calling],
  },
  readWaybill: {
    summary: 'A document with its chain 流转记录, as far as the caller was party to it',
    tag,
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'As it stands, with an ETag', schema: waybillAnswer },
    problems: reading,
  },
  exportWaybill: {
    summary: 'The chain as a file anybody can check 离线验证',
    tag,
    description:
      'Check it with `node src/waybill/main.ts <file>`, or by the formula at `hash`: nothing but the file is needed.',
    answer: { status: 200, description: 'Documents, entries and hashes', schema: waybillExport },
    problems: reading,
  },
  actOnWaybill: {
    summary: 'Approve, issue, endorse, hand over, give back, deliver, void 背书、交付、交还、放货',
    tag,
    description:
      'Exactly one firm holds a document of title at any time, and only it passes it on. `If-Match` names the chain as its actor saw it: of two at once one gets 412. What may be done now stands in `may`.',
    body: actionRequest,
    headers: ['If-Match', 'Idempotency-Key'],
    answer: { status: 201, description: 'As it stands now, with an ETag', schema: waybillAnswer },
    problems: ['waybill-action-refused', 'limit-reached', 'body-invalid', ...writing, ...keyed, ...matched],
  },
} as const satisfies Record<string, Operation>
