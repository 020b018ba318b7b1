import { isDeepStrictEqual } from 'node:util'
import type { About, Covered, Filed, Submission } from '../../adapters/adapter.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { standInsFor } from '../recognition/stand-ins.ts'
import { type Case, type Filing, isUnsent, referencesOf } from './case.ts'
import { type Adapters, procedureOf } from './plan.ts'
import { particularsOf, readParticulars, submissionOf } from './prepare.ts'

/** The documents a case works with: the versions that still matter, and further declarations that filings cover. */
export interface Documents {
  /** @throws {Error} that version was not loaded */
  version(version: number): Declaration
  covered(declarationId: string): Covered
}

/** The documents with one more version: one that was just handed in. */
export const withVersion = (documents: Documents, number: number, declaration: Declaration): Documents => ({
  ...documents,
  version: (version) => (version === number ? declaration : documents.version(version)),
})

/** What a filing is about: the declaration it speaks of, what it changes, what else it covers. */
export function aboutOf(
  adapters: Adapters,
  at: Case,
  filing: Filing,
  documents: Documents,
): About & { readonly declaration: Declaration } {
  const declaration = documents.version(versionOf(at, filing))
  const changed = at.filings.find(({ id }) => id === filing.changes)
  if (changed !== undefined) {
    const procedure = procedureOf(adapters, changed.agency, changed.procedure)
    const its = procedureOf(adapters, filing.agency, filing.procedure)
    const change = {
      reference: changed.id,
      messageId: `${changed.id}-${changed.attempt}`,
      serial: changed.serial,
      procedure: changed.procedure,
      status: changed.status,
      references: changed.references,
      reason: at.change?.id === filing.changeId ? (at.change?.reason ?? '') : '',
      before: {
        declaration: documents.version(changed.version),
        particulars: readParticulars(procedure, changed.particulars),
      },
    }
    if (its.amends === undefined) return { declaration, change }
    const given = particularsIn(declaration, documents.version(changed.version), changed)
    return {
      declaration,
      change: { ...change, after: { declaration, particulars: readParticulars(procedure, given) } },
    }
  }
  return { declaration, ...coveredBy(filing, documents) }
}

/** What else a filing covers. */
const coveredBy = ({ covers }: Filing, documents: Documents): Pick<About, 'others'> =>
  covers.length === 0 ? {} : { others: covers.map((id) => documents.covered(id)) }

/** Results of other agencies its document carries 互认: none where its procedure has no place for them, nor in a change. */
export function recognisedIn(
  adapters: Adapters,
  at: Case,
  filing: Filing,
  documents: Documents,
  instant: string,
): Pick<About, 'recognitions'> {
  const { recognises = [] } = procedureOf(adapters, filing.agency, filing.procedure)
  if (recognises.length === 0 || at.recognition.results.length === 0) return {}
  const declaration = documents.version(versionOf(at, filing))
  const found = standInsFor(at.recognition, filing, declaration, Date.parse(instant))
  const recognitions = found.flatMap(({ recognised }) => (recognises.includes(recognised.category) ? [recognised] : []))
  return recognitions.length === 0 ? {} : { recognitions }
}

/** The version a filing speaks of: a change and what was sent have their own, what was not sent takes the one that counts. */
const versionOf = (at: Case, filing: Filing) =>
  filing.occasion === 'change' || !isUnsent(filing) ? filing.version : at.version

/**
 * Particulars of a filing in another version of the declaration: those that version says anew, else what the filing has (they
 * may have been brought for it since). What was asked for beyond the plan has its own, whatever a version says of its kind.
 */
export function particularsIn(
  after: Declaration,
  before: Declaration,
  { occasion, agency, procedure, particulars }: Pick<Filing, 'occasion' | 'agency' | 'procedure' | 'particulars'>,
): unknown {
  if (occasion === 'request') return particulars
  const said = particularsOf(after, agency, procedure)
  const isNew = said !== undefined && !isDeepStrictEqual(said, particularsOf(before, agency, procedure))
  return isNew ? said : particulars
}

/** Whether a filing's agency would get the same bytes from either: what differs takes an amendment. What cannot be encoded yet counts as differing. */
export function saysTheSame(
  adapters: Adapters,
  at: Case,
  filing: Filing,
  documents: Documents,
  before: Filed,
  after: Filed,
): boolean {
  const procedure = procedureOf(adapters, filing.agency, filing.procedure)
  const bodyOf = ({ declaration, particulars }: Filed) =>
    procedure.encode(
      submissionOf(
        procedure,
        declaration,
        { ...filing, particulars },
        referencesOf(at),
        '2000-01-01T00:00:00.000Z',
        coveredBy(filing, documents),
      ),
    ).body
  try {
    return bodyOf(before) === bodyOf(after)
  } catch {
    return false
  }
}

/** Everything an encoder may know of a filing as it stands in its case. */
export function submissionIn(
  adapters: Adapters,
  at: Case,
  filing: Filing,
  documents: Documents,
  instant: string,
): Submission {
  const { declaration, ...about } = aboutOf(adapters, at, filing, documents)
  const procedure = procedureOf(adapters, filing.agency, filing.procedure)
  return submissionOf(procedure, declaration, filing, referencesOf(at), instant, about)
}
