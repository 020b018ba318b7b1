import type * as z from 'zod'
import type { entriesAnswer } from '../../../schemas/fees/answers.ts'
import type { EntryType } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../../limits.ts'
import { withQuery } from '../pieces.ts'
import type { Desk } from './desk.ts'

/** Entries of a type that hold today, to choose from. */
export async function namedEntries(
  { api, language }: Desk,
  type: EntryType,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const answered = await api.get<z.infer<typeof entriesAnswer>>(
    withQuery(`/v1/fee-entries/${type}`, { limit: String(limits.pageMost) }),
  )
  return answered.ok
    ? answered.body.data.map(({ id, content }) => ({ id, name: nameIn(content)?.[language] ?? id }))
    : []
}

/** What a person would call an entry. */
export const nameIn = (content: { readonly [key: string]: unknown } | undefined): Text | undefined =>
  (content?.['name'] ?? content?.['title']) as Text | undefined
