// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  declarationDraftAnswer,
  declarationDraftCheck,
  declarationDraftContent,
  declarationDraftRequest,
  declarationDraftSummary,
  draftGuess,
  draftSubmissionAnswer,
} from '../../schemas/declaration-draft.ts'
import type { issueAnswer } from '../../schemas/index.ts'
import type { draftProposalAnswer, proposalAnswer, proposedFile } from '../../schemas/proposal.ts'
import type { Answer, Operation } from '../operation.ts'

/** Declaration drafts: what goes in and what comes back. */
export interface DeclarationDraftsOperations {
  /** Begin a draft of a declaration 新建申报草稿: `POST /v1/declaration-drafts` */
  makeDeclarationDraft: {
    input: {
      body: z.input<typeof declarationDraftRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof declarationDraftAnswer>>
  }
  /** Drafts of declarations, the newest first: `GET /v1/declaration-drafts` */
  listDeclarationDrafts: {
    input: {
      limit?: number
      after?: string | number
    }
    answer: Answer<
      200,
      { data: Array<z.output<typeof declarationDraftSummary>>; hasMore: boolean; nextCursor?: string }
    >
  }
  /** A draft of a declaration: `GET /v1/declaration-drafts/{id}` */
  readDeclarationDraft: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof declarationDraftAnswer>>
  }
  /** Put other contents into a draft: `PUT /v1/declaration-drafts/{id}` */
  replaceDeclarationDraft: {
    input: {
      id: string
      body: z.input<typeof declarationDraftContent>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof declarationDraftAnswer>>
  }
  /** Throw a draft away: `DELETE /v1/declaration-drafts/{id}` */
  discardDeclarationDraft: {
    input: {
      id: string
      ifMatch: string
    }
    answer: Answer<204, undefined>
  }
  /** What would become of a draft if it were handed in as it is 校验: `GET /v1/declaration-drafts/{id}/check` */
  checkDeclarationDraft: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof declarationDraftCheck>>
  }
  /** Hand a draft in 提交申报: `POST /v1/declaration-drafts/{id}/submissions` */
  submitDeclarationDraft: {
    input: {
      id: string
      idempotencyKey?: string
      ifMatch: string
    }
    answer: Answer<202, z.output<typeof draftSubmissionAnswer>>
  }
  /** Propose a draft from documents 智能单证申报: `POST /v1/declaration-drafts/proposals` */
  proposeDeclarationDraft: {
    input: {
      dryRun?: boolean
      body: FormData
      idempotencyKey?: string
    }
    answer: Answer<
      201,
      {
        id: string
        title?: string
        functionalReferenceId?: string
        direction?: string /** lines of goods */
        items: number
        basis?: {
          declarationId: string
          purpose: 'correction' | 'amendment' /** of the declaration, that the draft changes */
          version: number /** the version that counts now */
          current: number
          href: string
        }
        revision: number
        createdAt: string
        updatedAt: string /** name of the key */
        updatedBy: string
        links: { self: string; check: string; submissions: string } /** a declaration as far as it is filled in */
        document: Record<string, unknown>
        guesses: Array<z.output<typeof draftGuess>>
        reason?: string /** of the amendment itself, by agency and procedure */
        particulars?: Record<string, Record<string, unknown>>
        files: Array<
          z.output<typeof proposedFile>
        > /** what does not fit together: totals that differ from their lines, values that could not be taken over */
        issues: Array<z.output<typeof issueAnswer>>
      }
    >
    dryRun: Answer<200, z.output<typeof proposalAnswer>>
  }
  /** What was read from the documents of a draft, and where: `GET /v1/declaration-drafts/{id}/proposal` */
  readDraftProposal: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof draftProposalAnswer>>
  }
}

/** Declaration drafts: how each is asked. */
export const declarationDrafts = {
  makeDeclarationDraft: {
    method: 'POST',
    path: '/v1/declaration-drafts',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listDeclarationDrafts: {
    method: 'GET',
    path: '/v1/declaration-drafts',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  readDeclarationDraft: {
    method: 'GET',
    path: '/v1/declaration-drafts/{id}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  replaceDeclarationDraft: {
    method: 'PUT',
    path: '/v1/declaration-drafts/{id}',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  discardDeclarationDraft: { method: 'DELETE', path: '/v1/declaration-drafts/{id}', headers: ['If-Match'] },
  checkDeclarationDraft: { method: 'GET', path: '/v1/declaration-drafts/{id}/check', accepts: 'application/json' },
  submitDeclarationDraft: {
    method: 'POST',
    path: '/v1/declaration-drafts/{id}/submissions',
    headers: ['Idempotency-Key', 'If-Match'],
    accepts: 'application/json',
  },
  proposeDeclarationDraft: {
    method: 'POST',
    path: '/v1/declaration-drafts/proposals',
    query: ['dryRun'],
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  readDraftProposal: { method: 'GET', path: '/v1/declaration-drafts/{id}/proposal', accepts: 'application/json' },
} as const satisfies Record<keyof DeclarationDraftsOperations, Operation>
