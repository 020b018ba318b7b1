import type { Submission } from './adapter.ts'

type Known = Pick<Submission, 'references'>

/** The newest name of a scheme that an agency gave a filing 编号; undefined when it gave none. */
export const referenceOf = ({ references }: Known, agency: string, scheme: string): string | undefined =>
  references[agency]?.findLast((reference) => reference.scheme === scheme)?.value

/**
 * A name without which a document cannot be written. The procedure waits (`after`) for the filing that brings it.
 * @throws {Error} it is not there: the filing was encoded too early
 */
export function requiredReference(submission: Known, agency: string, scheme: string): string {
  const value = referenceOf(submission, agency, scheme)
  if (value === undefined) throw new Error(`${agency} has given no ${scheme} yet`)
  return value
}
