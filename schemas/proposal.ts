import * as z from 'zod'
import { issueAnswer } from './problem.ts'
import { text } from './text.ts'

/** How sure a proposed value is 可信程度. */
export const surenessNames = {
  read: { en: 'read', zh: '识读' },
  derived: { en: 'derived', zh: '推导' },
  guessed: { en: 'guessed', zh: '推测' },
} as const
export const sureness = z.enum(['read', 'derived', 'guessed'])
export type Sureness = z.infer<typeof sureness>

/** Where in the documents a value comes from 出处: a file, the sheet of a workbook, the cell as spreadsheets letter it. */
export const guessSource = z.strictObject({
  file: z.string(),
  sheet: z.string().optional(),
  cell: z.string().optional(),
})
export type GuessSource = z.infer<typeof guessSource>

/** One proposed value 建议值: where it goes, where it comes from, how sure it is, and what it might be instead. */
export const guess = z
  .strictObject({
    pointer: z.string().meta({ description: 'RFC 6901 JSON pointer into the document' }),
    value: z.unknown(),
    because: text,
    source: guessSource,
    sure: sureness.meta({
      description:
        'read: it stands there; derived: it follows from what stands there; guessed: likely, for somebody to decide',
    }),
    alternatives: z.array(z.strictObject({ value: z.unknown(), because: text })).optional(),
  })
  .meta({ description: 'A value proposed from documents, with its reason' })
export type Guess = z.infer<typeof guess>

/** What a file turned out to be 文件类别. */
export const fileKindNames = {
  declaration: { en: 'declaration', zh: '申报单' },
  invoice: { en: 'invoice', zh: '发票' },
  'packing-list': { en: 'packing list', zh: '装箱单' },
  other: { en: 'other sheet', zh: '其他表格' },
} as const
export const fileKind = z.enum(['declaration', 'invoice', 'packing-list', 'other'])
export type FileKind = z.infer<typeof fileKind>

export const proposedFile = z.strictObject({
  name: z.string(),
  kind: fileKind,
  lines: z.int().meta({ description: 'Lines of goods that were read' }),
})
export type ProposedFile = z.infer<typeof proposedFile>

const found = {
  files: z.array(proposedFile),
  guesses: z.array(guess),
  issues: z
    .array(issueAnswer)
    .describe('what does not fit together: totals that differ from their lines, values that could not be taken over'),
}
/** What was read from the documents of a draft, as it was then. */
export const draftProposalAnswer = z.object(found)
export type DraftProposalAnswer = z.infer<typeof draftProposalAnswer>
/** 200 to a dry run: the proposal; nothing was kept. */
export const proposalAnswer = z.object({
  title: z.string().optional(),
  document: z.record(z.string(), z.unknown()).describe('a declaration as far as the documents tell'),
  ...found,
})
