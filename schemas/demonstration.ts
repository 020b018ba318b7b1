import * as z from 'zod'
import { text } from './text.ts'

/** A sample declaration 示例申报 anybody may hand in to see what becomes of it. */
export const demonstrationSample = z.object({ id: z.string(), name: text })

/** What can be tried, and whether the asker may: who has a key of their own hands in with that. */
export const demonstrationsAnswer = z.object({ data: z.array(demonstrationSample), mayBegin: z.boolean() })
export type DemonstrationsAnswer = z.infer<typeof demonstrationsAnswer>

export const demonstrationRequest = z.strictObject({ sample: z.string().max(40) })

/** A demonstration 体验 that has begun: an invented firm's declaration, and the key of that firm. */
export const demonstrationAnswer = z.object({
  declarationId: z.string(),
  sample: z.string(),
  key: z.string().optional().describe('a trader’s key for this firm; absent where the asker has it already'),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe('when that key ends'),
  links: z.object({ declaration: z.string() }),
})
export type DemonstrationAnswer = z.infer<typeof demonstrationAnswer>
