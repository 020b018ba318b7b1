import * as z from 'zod'

/** What one agency is told of another's doings 协同通知: a request for assistance, a firm's credit, a recognised result, what it may see has changed. */
export const noteKinds = ['assistance', 'credit', 'recognition', 'shared'] as const
export type NoteKind = (typeof noteKinds)[number]

/** What an agency said to a note: it did something, has taken note, cannot tell yet, or will not. */
export const noteAnswer = z.looseObject({
  outcome: z.enum(['done', 'noted', 'pending', 'declined']),
  /** In the agency's own words. */
  text: z.string().max(2_000).optional(),
})
export type NoteAnswer = z.infer<typeof noteAnswer>
