import * as z from 'zod'
import { pageOf } from './answers.ts'
import { day, line } from './formats.ts'
import { evidence } from './rules/table.ts'
import { text } from './text.ts'

/** A version of a rule table 规则版本 as it is read: where it is from, and who published it where an admin has. */
export const ruleVersionAnswer = z.object({
  id: z.string().describe('its first day; of a version an admin has published, that and a number'),
  validFrom: z.string().describe('the first day it holds, in Chongqing'),
  source: z.string(),
  evidence: evidence.describe(
    '`sourced`: read in the text that made it; `secondary`: read about; `assumed`: set by this project until somebody knows better',
  ),
  note: z.string().optional(),
  rowCount: z.int(),
  published: z
    .object({ by: z.string(), at: z.iso.datetime({ offset: true }), reason: z.string() })
    .optional()
    .describe('absent of a version that comes with the project'),
})

const head = {
  id: z.string(),
  title: text,
  purpose: text,
  holds: ruleVersionAnswer.optional().describe('the version that holds on that day; absent before the first'),
}

/** Every rule table 规则表. */
export const ruleTablesAnswer = pageOf(z.object({ ...head, versionCount: z.int(), href: z.string() }))

/** A rule table as it holds on a day. */
export const ruleTableAnswer = z.object({
  ...head,
  on: z.string(),
  rowSchema: z.record(z.string(), z.unknown()).describe('JSON Schema of a row'),
  rows: z.array(z.unknown()),
})

export const ruleVersionsAnswer = pageOf(ruleVersionAnswer)
export const oneRuleVersionAnswer = ruleVersionAnswer.extend({ rows: z.array(z.unknown()) })

/** What differs between two versions, whole rows: one that was altered went, and came anew. */
export const ruleDifferencesAnswer = z.object({
  from: ruleVersionAnswer,
  to: ruleVersionAnswer,
  gone: z.array(z.unknown()),
  come: z.array(z.unknown()),
  unchangedCount: z.int(),
})

/** What a version that is not published yet would change 发布前预览, against the one that would hold without it. */
export const ruleWouldChangeAnswer = z.object({
  from: ruleVersionAnswer.optional(),
  validFrom: z.string(),
  gone: z.array(z.unknown()),
  come: z.array(z.unknown()),
  unchangedCount: z.int(),
})

/** A version an admin publishes. Its rows are as the table's are: `rowSchema` tells. */
export const ruleVersionRequest = z.strictObject({
  validFrom: day.describe('not before tomorrow, in Chongqing'),
  source: line(1_000),
  evidence,
  note: line(1_000).optional(),
  reason: line(1_000).describe('why it is published'),
  rows: z.array(z.unknown()).max(5_000),
})
