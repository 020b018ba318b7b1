import { randomInt } from 'node:crypto'
import { creditCheckOf, creditCodeAlphabet } from '../schemas/formats.ts'

/** What the codes of invented firms of demonstrations begin with: a district that is none (500199), and a name of our own. */
const head = '91500199MAYD'
/** Characters of a unified social credit code before its check character. */
const bodyLength = 17

/** A firm of a demonstration's own 体验企业: nobody sees what another's did, and nobody can do anything to it. */
export function inventFirm(): string {
  let body = head
  while (body.length < bodyLength) body += creditCodeAlphabet.charAt(randomInt(creditCodeAlphabet.length))
  return body + creditCheckOf(body)
}

/** Whether a firm was invented for a demonstration. */
export const isDemonstrationFirm = (tenant: string | undefined): boolean => tenant?.startsWith(head) ?? false
