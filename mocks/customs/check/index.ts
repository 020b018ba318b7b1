import type { Finding, Message } from '../message.ts'
import { isDraft, stepOf } from '../message.ts'
import { checkArithmetic } from './arithmetic.ts'
import { checkCertificates } from './certificates.ts'
import { checkCodes } from './codes.ts'
import { checkConditions } from './conditional.ts'
import { checkDeclarationElements } from './declaration-elements.ts'
import { checkStructure } from './structure.ts'
import { checkSummary } from './summary.ts'

type Phase = (message: Message) => Finding[]

/** The order of examination 审核顺序 after the structure; risk, the last, refuses nothing: it decides who is inspected. */
const declarePhases: readonly Phase[] = [
  checkCodes,
  checkConditions,
  checkDeclarationElements,
  checkArithmetic,
  checkCertificates,
]
/** What is known of a summary 概要申报: units, elements, fees and amounts belong to the complete declaration. */
const summaryPhases: readonly Phase[] = [checkCodes, checkSummary, checkCertificates]
const draftPhases: readonly Phase[] = [checkCodes, checkDeclarationElements]

export { checkStructure }

/** All findings of the first phase that finds anything; none when the declaration may be taken in. */
export function checkContent(message: Message): Finding[] {
  const phases = isDraft(message) ? draftPhases : stepOf(message) === '5' ? summaryPhases : declarePhases
  for (const phase of phases) {
    const findings = phase(message)
    if (findings.length > 0) return findings
  }
  return []
}
