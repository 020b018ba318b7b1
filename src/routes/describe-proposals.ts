import { declarationDraftAnswer } from '../../schemas/declaration-draft.ts'
import { draftProposalAnswer, proposalAnswer } from '../../schemas/proposal.ts'
import { limits } from '../limits.ts'
import type { Operation } from './describe.ts'
import { keyed, reading, writing } from './describe-problems.ts'
import { proposalQuery } from './queries-proposals.ts'

const tag = 'Declaration drafts'

/** Drafts proposed from documents 智能单证申报. */
export const proposalOperations = {
  proposeDeclarationDraft: {
    summary: 'Propose a draft from documents 智能单证申报',
    tag,
    description: `As \`multipart/form-data\`: up to ${limits.proposalFiles} parts \`files\`, and perhaps \`pasted\`, a table as spreadsheets put it on the clipboard. What a file is, its bytes tell: a DecMessage XML or a declaration in JSON (what can be read becomes the draft, what is wrong becomes issues), invoices and packing lists in XLSX or CSV (UTF-8, UTF-16 with a mark, or GB18030), in Chinese or English. Every value taken from a sheet has a guess with its cell, its reason and how sure it is: \`read\`, \`derived\` or \`guessed\`. A commodity code that does not stand there is a guess with its alternatives. The same files always propose the same. Up to ${limits.proposalFileBytes} bytes a file and ${limits.proposalBytes} in all; one file that cannot be read refuses all, each with its reason.`,
    query: proposalQuery,
    headers: ['Idempotency-Key'],
    otherBodies: ['multipart/form-data'],
    answer: {
      status: 201,
      description: 'The draft, with its guesses',
      schema: declarationDraftAnswer.extend(draftProposalAnswer.omit({ guesses: true }).shape),
    },
    otherAnswer: { status: 200, description: 'To a dry run: the proposal; nothing was kept', schema: proposalAnswer },
    problems: ['invalid-parameter', 'body-invalid', 'documents-unreadable', ...writing, ...keyed, 'limit-reached'],
  },
  readDraftProposal: {
    summary: 'What was read from the documents of a draft, and where',
    tag,
    description: 'As it was proposed, whatever became of the draft since. 404 where it was not begun from documents.',
    answer: { status: 200, description: 'Every value with its cell and its reason', schema: draftProposalAnswer },
    problems: [...reading, 'draft-handed-in'],
  },
} as const satisfies Record<string, Operation>
