import type { EntryType } from '../../../schemas/fees/entries.ts'
import { type Issue, issue, pointer } from '../../../schemas/issue.ts'
import type { Text } from '../../../schemas/text.ts'

/** What a check found 校验意见: an error keeps a draft from being published, a warning is for people to look at. */
export interface CheckIssue extends Issue {
  readonly severity: 'error' | 'warning'
}

/** Where in the catalogue: the type and id of an entry, and the way into its content. */
export type Place = readonly [type: EntryType, id: string, ...path: PropertyKey[]]

/** An issue of the draft itself, not of an entry. */
export const draftError = (at: string, code: string, text: Text): CheckIssue => ({
  ...issue(at, code, text),
  severity: 'error',
})
export const error = (at: Place, code: string, text: Text): CheckIssue => draftError(pointer(...at), code, text)
export const warning = (at: Place, code: string, text: Text): CheckIssue => ({
  ...error(at, code, text),
  severity: 'warning',
})
