import * as z from 'zod'
import { paging } from './parameters.ts'

/** The list of certificates: after one of them, by its type and number. */
export const certificatesQuery = z.strictObject({
  limit: paging.limit,
  after: z
    .string()
    .max(50)
    .regex(/^[0-9A-Za-z]{1,3}\..+$/)
    .transform((text) => [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)] as const)
    .default(['', '']),
  holder: z.string().max(40).optional(),
  type: z.string().max(3).optional(),
  number: z.string().max(40).optional().describe('its number, or how it begins'),
  unconfirmed: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .describe('only those whose issuer is still to be told something'),
})
