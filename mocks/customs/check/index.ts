import type { Finding, Message } from '../message.ts'
import { isDraft } from '../message.ts'
import { checkArithmetic } from './arithmetic.ts'
import { checkCertificates } from './certificates.ts'
import { checkCodes } from './codes.ts'
import { checkConditions } from './conditional.ts'
import { checkDeclarationElements } from './declaration-elements.ts'
import { checkStructure } from './structure.ts'

type Phase = (message: Message) => Finding[]

/** The order of examination 审核顺序 after the structure; risk, the last, refuses nothing: it decides who is inspected. */
const declarePhases: readonly Phase[] = [
  checkCodes,
  checkConditions,
  checkDeclarationElements,
  checkArithmetic,
  checkCertificates,
]
const draftPhases: readonly Phase[] = [checkCodes, checkDeclarationElements]

export { checkStructure }

/** All findings of the first phase that finds anything; none when the declaration may be taken in. */
export function checkContent(message: Message): Finding[] {
  for (const phase of isDraft(message) ? draftPhases : declarePhases) {
    const findings = phase(message)
    if (findings.length > 0) return findings
  }
  return []
}
