import * as z from 'zod'

/** Proposing a draft from documents 智能单证申报. */
export const proposalQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') })
