import * as z from 'zod'
import { line } from '../../schemas/formats.ts'
import { paging } from './parameters.ts'
import { feesQuery } from './queries-fees.ts'

const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)

export const importQuery = z.strictObject({
  draft: id.describe('the draft that is to have the fees'),
  fileName: line(200).describe('what the file is called, for whoever asks later'),
})

export const importsQuery = z.strictObject({
  limit: paging.limit,
  draft: id,
  /** The id of the last import of the page before. */
  after: id.optional(),
})

export const importIssuesQuery = z.strictObject({
  limit: paging.limit,
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
})

/** Which words a sheet is written in; Chinese unless asked otherwise. */
const language = z.enum(['zh', 'en']).default('zh')
export const templateQuery = z.strictObject({ language })

/** Filters as the list of fees has them, without pages. */
const { limit: _, after: __, ...filters } = feesQuery.shape
export const feeSheetQuery = z.strictObject({
  ...filters,
  /** `columns`: every field, to be imported again. `list`: the seven columns of a published list 收费目录清单. */
  form: z.enum(['columns', 'list']).default('columns'),
  language,
})
