import { type Examiner, examinerOf } from '../checks.ts'
import { cargo } from './cargo.ts'
import { departure } from './departure.ts'
import { inland } from './inland.ts'
import { ship } from './ship.ts'

/** One procedure of this office 业务. */
export interface Procedure {
  /** The outcome table's word for it. */
  readonly word: string
  readonly examiner: Examiner
  /** The number that grants it: element and letters. */
  readonly grant: { readonly element: 'ReceiptNumber' | 'ApprovalNumber' | 'PermitNumber'; readonly letters: string }
  /** Answered with the receipt itself, at once. */
  readonly inline: boolean
}

/** The procedures by their path. */
export const procedures = {
  'inland-reports': {
    word: 'inland-report',
    examiner: examinerOf(inland),
    grant: { element: 'ReceiptNumber', letters: 'JB' },
    inline: true,
  },
  'dangerous-cargo': {
    word: 'dangerous-cargo',
    examiner: examinerOf(cargo),
    grant: { element: 'ApprovalNumber', letters: 'HP' },
    inline: false,
  },
  'dangerous-ship': {
    word: 'dangerous-ship',
    examiner: examinerOf(ship),
    grant: { element: 'ApprovalNumber', letters: 'CP' },
    inline: false,
  },
  'departure-permits': {
    word: 'departure',
    examiner: examinerOf(departure),
    grant: { element: 'PermitNumber', letters: 'CK' },
    inline: false,
  },
} as const satisfies { readonly [path: string]: Procedure }

export type ProcedurePath = keyof typeof procedures
