import * as z from 'zod'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import { type Reply, Unintelligible } from '../adapter.ts'
import { readJson } from '../json.ts'
import { rowOf } from '../tables.ts'
import { moneyNotices, notices, receiptCodes, unknownFiling } from './codes.ts'

const text = z.string().default('')

const head = z.object({ ourReference: text, messageId: text, answeredAt: text, issuedAt: text })

const doubt = z.object({ list: text, sbxh: text, field: text, code: text, text, level: text, waivable: text })

const filingReceipt = z.object({
  document: z.literal('filing-receipt').default('filing-receipt'),
  head,
  accepted: z.enum(['Y', 'N']),
  code: z.string().min(1),
  text,
  slbh: text,
  bgbh: text,
  doubts: z.array(doubt).default([]),
})

const notice = z.object({
  document: z.literal('notice').default('notice'),
  noticeId: text,
  head,
  procedure: text,
  slbh: text,
  bgbh: text,
  status: z.string().min(1),
  title: text,
  text,
  fields: z.record(z.string(), z.string()).default({}),
})

const state = z.object({
  document: z.literal('state'),
  head,
  receipt: filingReceipt,
  notices: z.array(notice).default([]),
})

const failure = z.object({ document: z.literal('error'), code: z.string().min(1), text })

/** The four documents of the tax office, told apart by `document`. */
const shapes: { readonly [document: string]: z.ZodType<Said> } = {
  'filing-receipt': filingReceipt,
  notice,
  state,
  error: failure,
}
type Said = z.infer<typeof filingReceipt> | z.infer<typeof notice> | z.infer<typeof state> | z.infer<typeof failure>

/**
 * The receipts in an answer or a pushed notice of the tax office.
 * @throws {Unintelligible} not one of its documents, or one that names no filing
 */
export function decode(reply: Reply): Receipt[] {
  const { document } = readJson(reply.body, z.object({ document: z.string() }))
  const shape = rowOf(shapes, document)
  if (shape === undefined) throw new Unintelligible(`No document of the tax office: "${document}"`)
  const said = readJson(reply.body, shape)
  switch (said.document) {
    case 'filing-receipt':
      return [receiptOf(said)]
    case 'notice':
      return [noticeOf(said)]
    case 'state':
      return [receiptOf(said.receipt), ...said.notices.map(noticeOf)]
    default:
      if (said.code === unknownFiling) return []
      throw new Unintelligible(`${said.code} ${said.text}`)
  }
}

/** Filing receipt 申报受理回执: taken or not, with the doubts 疑点 found. */
function receiptOf(said: z.infer<typeof filingReceipt>): Receipt {
  const known = rowOf(receiptCodes, said.code)
  // Only an explicit yes is yes: a known code and the flag must say the same, or nothing moves.
  const agrees = known?.status === undefined || (known.status === 'acknowledged') === (said.accepted === 'Y')
  const errors = said.doubts.filter(({ level }) => level === 'E').map((found) => `${found.code} ${found.text}`)
  return {
    references: referencesOf(said.head, numbersOf(said)),
    ...(agrees && known?.status !== undefined ? { status: known.status } : {}),
    code: said.code,
    text: [said.text, ...errors].join('；'),
    ...timeOf(said.head.answeredAt),
    ...(said.doubts.length > 0 ? { details: { doubts: said.doubts } } : {}),
  }
}

/** Notice 通知书: what became of a filing later. */
function noticeOf(said: z.infer<typeof notice>): Receipt {
  const { status, sets, lifts } = rowOf(notices, said.status) ?? {}
  return {
    references: referencesOf(said.head, [
      ...numbersOf(said),
      { scheme: 'refund-note', value: said.fields['srthsuuid'] ?? '' },
    ]),
    ...(status === undefined ? {} : { status }),
    code: said.status,
    text: said.text === '' ? said.title : said.text,
    ...timeOf(said.head.issuedAt),
    ...(sets === undefined ? {} : { sets: [...sets] }),
    ...(lifts === undefined ? {} : { lifts: [...lifts] }),
    details: { title: said.title, notice: said.noticeId, ...said.fields },
    ...moneyOf(said),
  }
}

/** What the treasury paid back, asks for again, and had: by the notice that says so. */
function moneyOf({ status, fields }: z.infer<typeof notice>): Pick<Receipt, 'money'> {
  const { kind, field, of } = rowOf(moneyNotices, status) ?? {}
  const amount = field === undefined ? undefined : fields[field]
  if (kind === undefined || of === undefined || amount === undefined) return {}
  return { money: [{ kind, of, amount, currency: 'CNY' }] }
}

/** The office's number: of a filing 受理编号, or of a change 变更编号. */
const numbersOf = ({ slbh, bgbh }: { readonly slbh: string; readonly bgbh: string }): Reference[] => [
  { scheme: 'acceptance-number', value: slbh },
  { scheme: 'change-number', value: bgbh },
]

function referencesOf(from: z.infer<typeof head>, others: readonly Reference[]): Reference[] {
  const references = [
    { scheme: 'filing', value: from.ourReference },
    { scheme: 'message', value: from.messageId },
    ...others,
  ].filter(({ value }) => value !== '')
  if (references.length === 0) throw new Unintelligible('The document names no filing')
  return references
}

const withOffset = z.iso.datetime({ offset: true })
const timeOf = (at: string) => (withOffset.safeParse(at).success ? { at } : {})
