import * as z from 'zod'

/** A bilingual text: everything a person reads exists in both languages. */
export const text = z.object({ en: z.string(), zh: z.string() }).readonly()
export type Text = z.infer<typeof text>
