import * as z from 'zod'
import { text } from './text.ts'

/**
 * What keeps a filing from going that is not another filing 前置条件: a certificate not yet reserved, an agency's request to hold it. A
 * filing goes when it has none left; one that its agency has already is not called back by it.
 */
export const gate = z.object({
  kind: z.enum(['certificate', 'assistance']),
  /** Names it within its kind: the use of a certificate, the request for assistance. */
  id: z.string(),
  /** Why, as the trader may read it. */
  because: text,
  /** What its trader must bring before it opens; absent where it opens by itself. */
  needs: z
    .array(
      z.object({
        pointer: z.string(),
        code: z.string(),
        agency: z.string().exactOptional(),
        detail: z.string(),
        detailZh: z.string(),
      }),
    )
    .optional(),
  /** When it was closed, RFC 3339. */
  since: z.iso.datetime({ offset: true }),
})
export type Gate = z.infer<typeof gate>
