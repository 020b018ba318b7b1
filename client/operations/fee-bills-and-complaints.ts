// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { bill, billCheckAnswer, billCheckSummary } from '../../schemas/fees/bill.ts'
import type {
  acceptRequest,
  answerRequest,
  complaintAnswer,
  complaintRequest,
  complaintSummary,
  decisionRequest,
  disputeRequest,
  withdrawalRequest,
} from '../../schemas/fees/complaints.ts'
import type { Answer, Operation } from '../operation.ts'

/** Fee bills and complaints: what goes in and what comes back. */
export interface FeeBillsAndComplaintsOperations {
  /** Hold a bill against the list, line by line: `POST /v1/fee-bill-checks` */
  checkBill: {
    input: {
      dryRun?: boolean
      body: z.input<typeof bill> | FormData
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof billCheckAnswer>>
    dryRun: Answer<200, z.output<typeof billCheckAnswer>>
  }
  /** Own checked bills, the newest first: `GET /v1/fee-bill-checks` */
  listBillChecks: {
    input: {
      limit?: number
      after?: string | number
      port?: string
      payee?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof billCheckSummary>>; hasMore: boolean; nextCursor?: string }>
  }
  /** One checked bill: `GET /v1/fee-bill-checks/{id}` */
  readBillCheck: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof billCheckAnswer>>
  }
  /** Complain about lines of a checked bill: `POST /v1/fee-complaints` */
  fileComplaint: {
    input: {
      body: z.input<typeof complaintRequest>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof complaintAnswer>>
  }
  /** Complaints, the newest first: a trader’s own, those against a payee, or all: `GET /v1/fee-complaints` */
  listComplaints: {
    input: {
      limit?: number
      after?: string | number
      status?: 'filed' | 'answered' | 'settled' | 'disputed' | 'decided' | 'withdrawn'
      payee?: string
      overdue?: boolean
    }
    answer: Answer<200, { data: Array<z.output<typeof complaintSummary>>; hasMore: boolean; nextCursor?: string }>
  }
  /** One complaint with its lines and all its steps: `GET /v1/fee-complaints/{number}` */
  readComplaint: {
    input: {
      number: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof complaintAnswer>>
  }
  /** The payee answers: `POST /v1/fee-complaints/{number}/answers` */
  answerComplaint: {
    input: {
      number: string
      body: z.input<typeof answerRequest>
      ifMatch: string
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof complaintAnswer>>
  }
  /** The trader accepts the answer: settled: `POST /v1/fee-complaints/{number}/acceptances` */
  acceptComplaintAnswer: {
    input: {
      number: string
      body: z.input<typeof acceptRequest>
      ifMatch: string
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof complaintAnswer>>
  }
  /** The trader disputes the answer: `POST /v1/fee-complaints/{number}/disputes` */
  disputeComplaintAnswer: {
    input: {
      number: string
      body: z.input<typeof disputeRequest>
      ifMatch: string
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof complaintAnswer>>
  }
  /** An officer decides what is disputed, or was not answered in time: `POST /v1/fee-complaints/{number}/decisions` */
  decideComplaint: {
    input: {
      number: string
      body: z.input<typeof decisionRequest>
      ifMatch: string
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof complaintAnswer>>
  }
  /** The trader withdraws: `POST /v1/fee-complaints/{number}/withdrawals` */
  withdrawComplaint: {
    input: {
      number: string
      body: z.input<typeof withdrawalRequest>
      ifMatch: string
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof complaintAnswer>>
  }
}

/** Fee bills and complaints: how each is asked. */
export const feeBillsAndComplaints = {
  checkBill: {
    method: 'POST',
    path: '/v1/fee-bill-checks',
    query: ['dryRun'],
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listBillChecks: {
    method: 'GET',
    path: '/v1/fee-bill-checks',
    query: ['limit', 'after', 'port', 'payee'],
    accepts: 'application/json',
  },
  readBillCheck: {
    method: 'GET',
    path: '/v1/fee-bill-checks/{id}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  fileComplaint: {
    method: 'POST',
    path: '/v1/fee-complaints',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listComplaints: {
    method: 'GET',
    path: '/v1/fee-complaints',
    query: ['limit', 'after', 'status', 'payee', 'overdue'],
    accepts: 'application/json',
  },
  readComplaint: {
    method: 'GET',
    path: '/v1/fee-complaints/{number}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  answerComplaint: {
    method: 'POST',
    path: '/v1/fee-complaints/{number}/answers',
    headers: ['If-Match', 'Idempotency-Key'],
    accepts: 'application/json',
  },
  acceptComplaintAnswer: {
    method: 'POST',
    path: '/v1/fee-complaints/{number}/acceptances',
    headers: ['If-Match', 'Idempotency-Key'],
    accepts: 'application/json',
  },
  disputeComplaintAnswer: {
    method: 'POST',
    path: '/v1/fee-complaints/{number}/disputes',
    headers: ['If-Match', 'Idempotency-Key'],
    accepts: 'application/json',
  },
  decideComplaint: {
    method: 'POST',
    path: '/v1/fee-complaints/{number}/decisions',
    headers: ['If-Match', 'Idempotency-Key'],
    accepts: 'application/json',
  },
  withdrawComplaint: {
    method: 'POST',
    path: '/v1/fee-complaints/{number}/withdrawals',
    headers: ['If-Match', 'Idempotency-Key'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof FeeBillsAndComplaintsOperations, Operation>
