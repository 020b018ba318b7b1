// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  approvalAnswer,
  approvalRequest,
  commentAnswer,
  commentAnswerRequest,
  commentRequest,
  commentsAnswer,
  draftAnswer,
  draftChangeRequest,
  draftChecksAnswer,
  draftDifferencesAnswer,
  draftEntriesAnswer,
  draftEntryAnswer,
  draftRequest,
  hidingRequest,
  returnRequest,
  withdrawalAnswer,
  withdrawalRequest,
} from '../../schemas/fees/drafts.ts'
import type { basis, basket, fee, payee, peer, port, rule } from '../../schemas/fees/entries.ts'
import type { Answer, Operation } from '../operation.ts'

/** Fee catalogue: drafting: what goes in and what comes back. */
export interface FeeCatalogueDraftingOperations {
  /** Withdraw an edition 撤回: `POST /v1/fee-editions/{number}/withdrawals` */
  withdrawEdition: {
    input: {
      number: string
      body: z.input<typeof withdrawalRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof withdrawalAnswer>>
  }
  /** Say something to an announced edition 公众意见: `POST /v1/fee-editions/{number}/comments` */
  commentEdition: {
    input: {
      number: string
      body: z.input<typeof commentRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof commentAnswer>>
  }
  /** What the public said to an edition, and what was answered: `GET /v1/fee-editions/{number}/comments` */
  listComments: {
    input: {
      number: string
      limit?: number
      after?: string | number
    }
    answer: Answer<200, z.output<typeof commentsAnswer>>
  }
  /** Answer a comment, once: `POST /v1/fee-editions/{number}/comments/{id}/answers` */
  answerComment: {
    input: {
      number: string
      id: string
      body: z.input<typeof commentAnswerRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof commentAnswer>>
  }
  /** Hide a comment, with a reason shown in its place: `POST /v1/fee-editions/{number}/comments/{id}/hidings` */
  hideComment: {
    input: {
      number: string
      id: string
      body: z.input<typeof hidingRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof commentAnswer>>
  }
  /** Begin a draft on the newest edition 起草: `POST /v1/fee-drafts` */
  makeFeeDraft: {
    input: {
      body: z.input<typeof draftRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof draftAnswer>>
  }
  /** Drafts, the newest first: `GET /v1/fee-drafts` */
  listFeeDrafts: {
    input: {
      limit?: number
      after?: string | number
      status?: 'open' | 'submitted' | 'returned' | 'published' | 'discarded'
      payee?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof draftAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** One draft, with its digest and how its checks stand: `GET /v1/fee-drafts/{id}` */
  readFeeDraft: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof draftAnswer>>
  }
  /** Change the title, the reason or the first day of a draft: `PATCH /v1/fee-drafts/{id}` */
  changeFeeDraft: {
    input: {
      id: string
      body: z.input<typeof draftChangeRequest>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof draftAnswer>>
  }
  /** Discard a draft 作废: `DELETE /v1/fee-drafts/{id}` */
  discardFeeDraft: {
    input: {
      id: string
      ifMatch: string
    }
    answer: Answer<204, undefined>
  }
  /** The entries a draft puts or takes out: `GET /v1/fee-drafts/{id}/entries` */
  listFeeDraftEntries: {
    input: {
      id: string
      limit?: number
      after?: string | number
    }
    answer: Answer<200, z.output<typeof draftEntriesAnswer>>
  }
  /** One entry as a draft would have it, changed or not: `GET /v1/fee-drafts/{id}/entries/{type}/{entryId}` */
  readFeeDraftEntry: {
    input: {
      id: string
      type: string
      entryId: string
    }
    answer: Answer<200, z.output<typeof draftEntryAnswer>>
  }
  /** Put an entry into a draft: `PUT /v1/fee-drafts/{id}/entries/{type}/{entryId}` */
  putFeeDraftEntry: {
    input: {
      id: string
      type: string
      entryId: string
      body:
        | z.input<typeof port>
        | z.input<typeof payee>
        | z.input<typeof basis>
        | z.input<typeof fee>
        | z.input<typeof basket>
        | z.input<typeof peer>
        | z.input<typeof rule>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof draftEntryAnswer>>
  }
  /** Take an entry out: `DELETE /v1/fee-drafts/{id}/entries/{type}/{entryId}` */
  removeFeeDraftEntry: {
    input: {
      id: string
      type: string
      entryId: string
      reason?: string
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof draftEntryAnswer>> | Answer<204, undefined>
  }
  /** Everything that is wrong or doubtful in the catalogue as a draft would have it: `GET /v1/fee-drafts/{id}/checks` */
  readFeeDraftChecks: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof draftChecksAnswer>>
  }
  /** Field by field what a draft changes of its base: `GET /v1/fee-drafts/{id}/differences` */
  readFeeDraftDifferences: {
    input: {
      id: string
      limit?: number
      after?: string | number
    }
    answer: Answer<200, z.output<typeof draftDifferencesAnswer>>
  }
  /** Submit a draft for approval 提交: `POST /v1/fee-drafts/{id}/submissions` */
  submitFeeDraft: {
    input: {
      id: string
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof draftAnswer>>
  }
  /** Return a submitted draft with a remark 退回: `POST /v1/fee-drafts/{id}/returns` */
  returnFeeDraft: {
    input: {
      id: string
      body: z.input<typeof returnRequest>
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof draftAnswer>>
  }
  /** Put a draft’s changes onto the newest edition 更新基准: `POST /v1/fee-drafts/{id}/rebases` */
  rebaseFeeDraft: {
    input: {
      id: string
      ifMatch: string
    }
    answer: Answer<200, z.output<typeof draftAnswer>>
  }
  /** Approve a submitted draft: it becomes the next edition and is announced 批准: `POST /v1/fee-drafts/{id}/approvals` */
  approveFeeDraft: {
    input: {
      id: string
      body: z.input<typeof approvalRequest>
      ifMatch: string
    }
    answer: Answer<201, z.output<typeof approvalAnswer>>
  }
}

/** Fee catalogue: drafting: how each is asked. */
export const feeCatalogueDrafting = {
  withdrawEdition: {
    method: 'POST',
    path: '/v1/fee-editions/{number}/withdrawals',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  commentEdition: {
    method: 'POST',
    path: '/v1/fee-editions/{number}/comments',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listComments: {
    method: 'GET',
    path: '/v1/fee-editions/{number}/comments',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  answerComment: {
    method: 'POST',
    path: '/v1/fee-editions/{number}/comments/{id}/answers',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  hideComment: {
    method: 'POST',
    path: '/v1/fee-editions/{number}/comments/{id}/hidings',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  makeFeeDraft: { method: 'POST', path: '/v1/fee-drafts', headers: ['Idempotency-Key'], accepts: 'application/json' },
  listFeeDrafts: {
    method: 'GET',
    path: '/v1/fee-drafts',
    query: ['limit', 'after', 'status', 'payee'],
    accepts: 'application/json',
  },
  readFeeDraft: { method: 'GET', path: '/v1/fee-drafts/{id}', headers: ['If-None-Match'], accepts: 'application/json' },
  changeFeeDraft: { method: 'PATCH', path: '/v1/fee-drafts/{id}', headers: ['If-Match'], accepts: 'application/json' },
  discardFeeDraft: { method: 'DELETE', path: '/v1/fee-drafts/{id}', headers: ['If-Match'] },
  listFeeDraftEntries: {
    method: 'GET',
    path: '/v1/fee-drafts/{id}/entries',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  readFeeDraftEntry: {
    method: 'GET',
    path: '/v1/fee-drafts/{id}/entries/{type}/{entryId}',
    accepts: 'application/json',
  },
  putFeeDraftEntry: {
    method: 'PUT',
    path: '/v1/fee-drafts/{id}/entries/{type}/{entryId}',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  removeFeeDraftEntry: {
    method: 'DELETE',
    path: '/v1/fee-drafts/{id}/entries/{type}/{entryId}',
    query: ['reason'],
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  readFeeDraftChecks: { method: 'GET', path: '/v1/fee-drafts/{id}/checks', accepts: 'application/json' },
  readFeeDraftDifferences: {
    method: 'GET',
    path: '/v1/fee-drafts/{id}/differences',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  submitFeeDraft: {
    method: 'POST',
    path: '/v1/fee-drafts/{id}/submissions',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  returnFeeDraft: {
    method: 'POST',
    path: '/v1/fee-drafts/{id}/returns',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  rebaseFeeDraft: {
    method: 'POST',
    path: '/v1/fee-drafts/{id}/rebases',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
  approveFeeDraft: {
    method: 'POST',
    path: '/v1/fee-drafts/{id}/approvals',
    headers: ['If-Match'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof FeeCatalogueDraftingOperations, Operation>
