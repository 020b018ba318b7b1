import * as z from 'zod'
import { day, line } from '../formats.ts'
import { text } from '../text.ts'

/** How well a rule is established: read in the text that made it, read about, or set by this project until somebody knows better. */
export const evidence = z.enum(['sourced', 'secondary', 'assumed'])

/**
 * One version of a rule table 规则表: rows that hold from a day on (in Chongqing), until a later version does. It says where it is from;
 * nothing in it is presented as current law.
 */
export const ruleVersion = <R extends z.ZodType>(row: R) =>
  z.strictObject({
    validFrom: day,
    source: line(1_000),
    evidence,
    note: line(1_000).optional(),
    rows: z.array(row).max(5_000),
  })

/** A kind of rule table: what its rows look like and what it is for. Its versions that come with the project lie in `data/<id>.json`. */
export interface RuleTable<R extends z.ZodType = z.ZodType> {
  /** Small letters and hyphens, the same in file, address and database. */
  readonly id: string
  readonly title: z.infer<typeof text>
  /** What is decided by it, and on what legal ground. */
  readonly purpose: z.infer<typeof text>
  readonly row: R
  /** What makes a set of rows contradict itself; each a bilingual sentence with the row's index. */
  readonly contradictions?: (
    rows: readonly z.infer<R>[],
  ) => readonly { readonly row: number; readonly why: z.infer<typeof text> }[]
}

/** A version of a table with rows of its kind. */
export interface RuleVersion<R = unknown> {
  readonly validFrom: string
  readonly source: string
  readonly evidence: z.infer<typeof evidence>
  readonly note?: string | undefined
  readonly rows: readonly R[]
}

/** Keeps the row's type for whoever asks for the table. */
export const ruleTable = <R extends z.ZodType>(table: RuleTable<R>): RuleTable<R> => table
