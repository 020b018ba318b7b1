import * as z from 'zod'
import { findCode } from '../../schemas/codes/index.ts'
import { entryId, entryTypes, natures } from '../../schemas/fees/entries.ts'
import { day } from '../../schemas/formats.ts'
import { fails, issue } from '../../schemas/issue.ts'
import { wordsOf } from '../fees/list.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { paging } from './parameters.ts'

/** Where a page of a list of the catalogue ended: its edition, its day, the last id. Later pages are of the same edition and day. */
const place = z
  .string()
  .max(200)
  .regex(/^\d{1,9}\.\d{4}-\d{2}-\d{2}\.[a-z0-9-]{2,160}$/)
  .transform((text) => {
    const [edition, on = '', id = ''] = text.split('.')
    return { edition: Number(edition), day: on, id }
  })
  .refine(({ day: on }) => day.safeParse(on).success)
export type Place = z.infer<typeof place>
export const cursorOf = ({ edition, day: on, id }: Place): string => `${edition}.${on}.${id}`

/** The problem of a cursor that is none of the list it is sent to. */
export const badCursor = (): Problem =>
  new Problem('invalid-parameter', {
    errors: [issue('/after', 'cursor-unknown', { en: 'No cursor of this list', zh: '游标无效' })],
  })

const unknown = (value: string) => fails('unknown-value', { en: `There is no "${value}"`, zh: `没有“${value}”` })

/** Words of a search, each of which must occur. */
const search = z
  .string()
  .max(limits.feeSearchLength)
  .transform((text, context) => {
    const words = wordsOf(text)
    if (words.length <= limits.feeSearchWords) return words
    context.issues.push({
      ...fails('too-many-words', {
        en: `At most ${limits.feeSearchWords} words`,
        zh: `最多 ${limits.feeSearchWords} 个词`,
      }),
      input: text,
    })
    return z.NEVER
  })

export const feesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(limits.feesMost).default(limits.pageDefault),
  after: place.optional(),
  /** The day whose list is wanted; today when absent. */
  day: day.optional(),
  port: entryId.optional(),
  payee: entryId.optional(),
  nature: z.enum(natures).optional(),
  kind: z
    .string()
    .max(60)
    .superRefine((value, context) => {
      if (findCode('fee-kinds', value) === undefined) context.addIssue(unknown(value))
    })
    .optional(),
  direction: z.enum(['import', 'export']).optional(),
  q: search.optional(),
})

export const asOfQuery = z.strictObject({ day: day.optional() })

export const entriesQuery = z.strictObject({ limit: paging.limit, after: place.optional(), day: day.optional() })

/** Where a page of differences ended: type and id. */
export const editionDifferencesQuery = z.strictObject({
  limit: paging.limit,
  after: z
    .string()
    .max(200)
    .regex(/^[a-z]{3,10}\.[a-z0-9-]{2,160}$/)
    .transform((text) => {
      const [type = '', id = ''] = text.split('.')
      return { type, id }
    })
    .optional(),
  /** The edition to compare with; the one it was made from when absent; 0: an empty list. */
  from: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  type: z.enum(entryTypes).optional(),
})
