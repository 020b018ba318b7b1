import type { Adapter, Procedure } from '../adapter.ts'
import { certificatesOf } from './certificates.ts'
import { check, missingOf } from './check.ts'
import { checkAmendment, checkCancellation, missingOfChange } from './check-change.ts'
import { checkSummary } from './check-summary.ts'
import { credit } from './credit.ts'
import { deadlinesOfDeclaration, deadlinesOfSummary } from './deadlines.ts'
import { decode, mailbox } from './decode.ts'
import { door } from './door.ts'
import { duties } from './duty/duties.ts'
import { encodeDeclare, encodeInquiry } from './encode.ts'
import { encodeModification, encodeModificationInquiry } from './encode-modification.ts'
import { encodeSummary, encodeSummaryInquiry } from './encode-summary.ts'
import { type Particulars, particulars } from './particulars.ts'
import { type ChangeParticulars, changeParticulars } from './particulars-change.ts'
import { payment } from './payment.ts'
import { resultsOfDeclaration } from './results.ts'

/** Declaring to customs 报关单申报: the window answers at once whether it took the declaration in, receipts come by mailbox. */
const declare: Procedure<Particulars> = {
  name: { en: 'Customs declaration', zh: '报关单申报' },
  replies: 'polled',
  releases: true,
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'closed', 'refused', 'withdrawn'],
  particulars,
  applies: ({ declarationStep, direction }) =>
    declarationStep === 'summary'
      ? { files: false, because: { en: 'Only the summary is declared yet', zh: '目前仅作概要申报' } }
      : {
          files: true,
          because:
            direction === 'export'
              ? { en: 'Goods that leave China are declared to customs', zh: '货物出境须向海关申报' }
              : { en: 'Goods that enter China are declared to customs', zh: '货物进境须向海关申报' },
        },
  // Of a two-step declaration: the summary gives it its numbers.
  after: [{ agency: 'customs', procedure: 'summary', status: 'registered' }],
  missing: missingOf('declare'),
  check,
  encode: encodeDeclare,
  encodeInquiry,
  // The summary has reserved them already.
  certificates: (declaration) => (declaration.declarationStep === 'complete' ? [] : certificatesOf(declaration)),
  deadlines: deadlinesOfDeclaration,
  duties,
  results: resultsOfDeclaration,
}

/** The first step of a two-step declaration 概要申报: with it the goods may be picked up, the complete declaration follows within days. */
const summary: Procedure<Particulars> = {
  name: { en: 'Summary declaration', zh: '概要申报' },
  summary: true,
  replies: 'polled',
  releases: true,
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'refused', 'withdrawn'],
  particulars,
  // Of the complete declaration too: the summary goes on standing beside it.
  applies: ({ declarationStep }) =>
    declarationStep === undefined
      ? { files: false, because: { en: 'The goods are declared at once', zh: '一次申报，不作概要申报' } }
      : { files: true, because: { en: 'The import is declared in two steps', zh: '进口货物两步申报' } },
  missing: missingOf('summary'),
  check: checkSummary,
  encode: encodeSummary,
  encodeInquiry: encodeSummaryInquiry,
  certificates: certificatesOf,
  deadlines: deadlinesOfSummary,
}

const changed = { en: 'Customs changes what it holds on application', zh: '已申报内容经申请由海关修改或撤销' }

/** An application to customs 修撤单申请: answered at once whether it was taken, decided later. */
const application = {
  replies: 'polled',
  // It goes by the declaration's number, which comes when customs has stored it.
  changeableFrom: 'registered',
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'refused'],
  particulars: changeParticulars,
  applies: () => ({ files: true, because: changed }),
  encode: encodeModification,
  encodeInquiry: encodeModificationInquiry,
} as const

/** Amending what customs holds 报关单修改: field by field, reviewed by customs; after release it takes longer and may be refused. */
const amendment: Procedure<ChangeParticulars> = {
  ...application,
  name: { en: 'Amendment of a declaration', zh: '报关单修改' },
  amends: ['declare', 'summary'],
  missing: missingOfChange('amendment'),
  check: checkAmendment,
}

/** Taking a declaration back 报关单撤销: once granted customs deletes it. */
const cancellation: Procedure<ChangeParticulars> = {
  ...application,
  name: { en: 'Cancellation of a declaration', zh: '报关单撤销' },
  cancels: ['declare', 'summary'],
  missing: missingOfChange('cancellation'),
  check: checkCancellation,
}

/** China Customs 海关 through the Single Window's goods declaration 货物申报. */
export const customs: Adapter = {
  name: { en: 'Customs', zh: '海关' },
  procedures: { declare, summary, amendment, cancellation, payment } as unknown as Adapter['procedures'],
  references: {
    'entry-number': { en: 'Customs declaration number', zh: '报关单号' },
    'unified-number': { en: 'Unified number', zh: '统一编号' },
    'summary-entry-number': { en: 'Declaration number of the summary', zh: '概要申报报关单号' },
    'summary-number': { en: 'Unified number of the summary', zh: '概要申报统一编号' },
    'modification-number': { en: 'Number of the application to amend or cancel', zh: '修撤单编号' },
    'tax-bill': { en: 'Tax bill number', zh: '税费单号' },
    'payment-number': { en: 'Payment number', zh: '支付流水号' },
    'client-number': { en: 'Client number', zh: '客户端编号' },
  },
  mailbox,
  decode,
  door,
  credit,
  // Two-step declarations are selected at the summary alone: whichever is registered first.
  draw: { procedures: ['declare', 'summary'], officers: 2 },
}
