import * as z from 'zod'

/** One thing wrong or missing, at a JSON pointer, in both languages. */
export const issueAnswer = z.object({
  pointer: z.string(),
  code: z.string(),
  agency: z.string().optional(),
  detail: z.string(),
  detailZh: z.string(),
})

/** RFC 9457 problem document. */
export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  requestId: z.string(),
  errors: z.array(issueAnswer).optional(),
  moreErrors: z.literal(true).optional().describe('there are more issues than an answer shows'),
})
