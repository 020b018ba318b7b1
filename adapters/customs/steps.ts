import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Submission } from '../adapter.ts'
import { referenceOf, requiredReference } from '../references.ts'
import type { Particulars } from './particulars.ts'

/** Position 3 of Type 单据类型: which step of a two-step declaration 两步申报 a document is. Source: DecMessage 4.9.7, DecHead/Type. */
const stepDigits = { summary: '5', complete: '6' } as const

/** Type 单据类型: the kind of document, and at position 3 its step; undefined for the general declaration made at once. */
export function documentType(step: Declaration['declarationStep'], { type }: Particulars): string | undefined {
  if (step === undefined) return type
  const given = (type ?? '').padEnd(3)
  return `${given.slice(0, 2)}${stepDigits[step]}${given.slice(3)}`.trimEnd()
}

/** What a Type says, the other way round. Blanks in front may have been trimmed: `5` alone is two blanks and `5`. */
export function readDocumentType(text: string): {
  readonly step: Declaration['declarationStep']
  readonly type: string
} {
  const whole = /^\d/.test(text) ? `  ${text}` : text
  const digit = whole.charAt(2)
  const step = digit === stepDigits.summary ? 'summary' : digit === stepDigits.complete ? 'complete' : undefined
  if (step === undefined) return { step, type: text }
  const others = `${whole.slice(0, 2)} ${whole.slice(3)}`.trimEnd()
  return { step, type: others }
}

/**
 * Names of a summary are kept apart from those of the complete declaration, although customs gives one 统一编号 and one 报关单号 for both:
 * a receipt finds the filing of its own step by them.
 */
export const summaryNames = { seqNo: 'summary-number', entryId: 'summary-entry-number' } as const

/** The numbers a document carries in its head. */
export interface Numbers {
  readonly SeqNo?: string
  readonly EntryId?: string
}

/**
 * Numbers of a declaration 统一编号, 报关单号: a later attempt carries the one customs gave it; a complete declaration those of its summary,
 * or those its particulars name where the summary was filed elsewhere.
 * @throws {Error} it completes a summary that customs has given no number
 */
export function numbersOf(submission: Submission<Particulars>): Numbers {
  const { attempt, declaration, particulars } = submission
  const own = attempt > 1 ? referenceOf(submission, 'customs', 'unified-number') : undefined
  if (declaration.declarationStep !== 'complete') return own === undefined ? {} : { SeqNo: own }
  return {
    SeqNo: own ?? particulars.seqNo ?? requiredReference(submission, 'customs', summaryNames.seqNo),
    EntryId: particulars.entryId ?? requiredReference(submission, 'customs', summaryNames.entryId),
  }
}

/** Numbers of a summary: a later attempt carries the one customs gave. */
export function summaryNumbersOf(submission: Submission<Particulars>): Numbers {
  const own = submission.attempt > 1 ? referenceOf(submission, 'customs', summaryNames.seqNo) : undefined
  return own === undefined ? {} : { SeqNo: own }
}
