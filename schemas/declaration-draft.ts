import * as z from 'zod'
import { acceptedAnswer, differencesAnswer, dryRunAnswer, requestedChangeAnswer } from './answers.ts'
import { line } from './formats.ts'
import { planEntry } from './plan.ts'
import { issueAnswer } from './problem.ts'
import { guess, guessSource } from './proposal.ts'
import { amendmentRequest } from './requests.ts'
import { text } from './text.ts'

/** A draft of a declaration 申报草稿: anything that may become one, kept until it is handed in. */

const instant = z.iso.datetime({ offset: true })

/** A value that was proposed and that nobody has confirmed yet 待确认的建议值. */
export const draftGuess = guess.extend({
  pointer: z
    .string()
    .max(300)
    .regex(/^(?:\/(?:[^~/]|~[01])*)+$/)
    .describe('RFC 6901, into the document'),
  source: guessSource.optional().describe('the document it was found in'),
})
export type DraftGuess = z.infer<typeof draftGuess>

/** What a draft is begun from: another declaration to copy, or the one it is to correct or amend. */
export const draftPurposes = ['copy', 'correction', 'amendment'] as const
const draftedFrom = z.strictObject({ declarationId: z.string().max(20), purpose: z.enum(draftPurposes) })

const title = line(120)
const document = z.record(z.string(), z.unknown()).describe('a declaration as far as it is filled in')
const guesses = z.array(draftGuess).max(2_000)
/** Of an amendment itself: why it is asked for, and its particulars by agency and procedure. */
const changing = {
  reason: line(255).optional().describe('of a correction or amendment'),
  particulars: amendmentRequest.shape.particulars.describe('of the amendment itself, by agency and procedure'),
}

/** Beginning one: empty, with what is known, or from another declaration. */
export const declarationDraftRequest = z.strictObject({
  title: title.optional(),
  document: document.optional(),
  guesses: guesses.optional(),
  ...changing,
  from: draftedFrom.optional().describe('without `document`: it is taken from there'),
  sample: z
    .enum(['ev-batteries', 'laptops', 'frozen-beef'])
    .optional()
    .describe('without `document` and `from`: an invented consignment with your firm as its agent'),
})

/** All of it anew. */
export const declarationDraftContent = z.strictObject({
  title: title.optional(),
  document,
  guesses: guesses
    .optional()
    .describe('those still to be confirmed; absent: all of them but those whose field is changed'),
  ...changing,
  purpose: z.enum(['correction', 'amendment']).optional().describe('where it was begun for the other of the two'),
  basedOn: z.int().min(1).optional().describe('the version of its declaration it takes account of by now'),
})

const basis = z.object({
  declarationId: z.string(),
  purpose: z.enum(['correction', 'amendment']),
  version: z.int().describe('of the declaration, that the draft changes'),
  current: z.int().describe('the version that counts now'),
  href: z.string(),
})

/** A draft in a list. */
export const declarationDraftSummary = z.object({
  id: z.string(),
  title: z.string().optional(),
  functionalReferenceId: z.string().optional(),
  direction: z.string().optional(),
  items: z.int().describe('lines of goods'),
  guesses: z.int().describe('values nobody has confirmed yet'),
  basis: basis.optional(),
  revision: z.int(),
  createdAt: instant,
  updatedAt: instant,
  updatedBy: z.string().describe('name of the key'),
  links: z.object({ self: z.string(), check: z.string(), submissions: z.string() }),
})
export const declarationDraftAnswer = declarationDraftSummary.omit({ guesses: true }).extend({
  document,
  guesses,
  reason: z.string().optional(),
  particulars: changing.particulars,
})
export type DeclarationDraftAnswer = z.infer<typeof declarationDraftAnswer>

/** The dry run on a draft. */
export const declarationDraftCheck = dryRunAnswer.omit({ plan: true, errors: true }).extend({
  revision: z.int(),
  plan: z
    .array(
      planEntry.omit({ files: true, because: true, after: true }).extend({
        agencyName: text,
        files: z.boolean().optional().describe('absent: not known before more is filled in'),
        because: text.optional(),
        awaits: z.string().optional().describe('the field it depends on'),
        open: z.int().describe('issues with what this agency asks for'),
      }),
    )
    .describe('as far as it can be told already'),
  errors: z.array(
    issueAnswer.extend({ askedBy: z.array(z.string()).optional().describe('agencies that use the field') }),
  ),
  change: requestedChangeAnswer
    .omit({ id: true, links: true })
    .optional()
    .describe('of an amendment: whom it concerns, and what differs'),
  differences: differencesAnswer.shape.data.optional().describe('of a correction: what differs from its declaration'),
  moved: differencesAnswer
    .optional()
    .describe('its declaration has changed since the draft was begun: between which versions, and what'),
})
export type DeclarationDraftCheck = z.infer<typeof declarationDraftCheck>

/** A correction that was handed in. */
const correctedAnswer = z.object({
  id: z.string().describe('of the declaration'),
  purpose: z.literal('correction'),
  version: z.int(),
  links: z.object({ self: z.string() }),
})
/** 202: what became of a draft that was handed in. */
export const draftSubmissionAnswer = z.union([acceptedAnswer, correctedAnswer, requestedChangeAnswer])
