// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  clearanceAnswer,
  costsAnswer,
  recountAnswer,
  runningAnswer,
  statisticsAnswer,
} from '../../schemas/statistics.ts'
import type { Answer, Operation } from '../operation.ts'

/** Statistics: what goes in and what comes back. */
export interface StatisticsOperations {
  /** What the statistics are: definitions, rules, targets, months: `GET /v1/statistics` */
  readStatistics: {
    input: {
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof statisticsAnswer>>
  }
  /** Clearance times: mean, median, p90: `GET /v1/statistics/clearance` */
  readClearance: {
    input: {
      from?: string
      to?: string
      measure?: 'overall' | 'declared' | 'agency' | 'duties-20' | 'duties-40'
      by?: string
      direction?: string
      mode?: string
      district?: string
      credit?: string
      agency?: string
      limit?: number
      after?: string | number
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof clearanceAnswer>>
  }
  /** The same as CSV: `GET /v1/statistics/clearance.csv` */
  readClearanceCsv: {
    input: {
      from?: string
      to?: string
      measure?: 'overall' | 'declared' | 'agency' | 'duties-20' | 'duties-40'
      by?: string
      direction?: string
      mode?: string
      district?: string
      credit?: string
      agency?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** A published month as CSV: `{month}.csv`: `GET /v1/statistics/clearance/{file}` */
  readClearanceMonth: {
    input: {
      file: string
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** Compliance cost of a container: port fees, and duties and taxes apart: `GET /v1/statistics/costs` */
  readCosts: {
    input: {
      from?: string
      to?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof costsAnswer>>
  }
  /** Port fees of a container as CSV: `GET /v1/statistics/costs.csv` */
  readCostsCsv: {
    input: {
      from?: string
      to?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** A chart: overall-import, overall-export, declared-import, declared-export: `GET /v1/statistics/charts/{file}` */
  drawStatistics: {
    input: {
      file: string
      from?: string
      to?: string
      language?: 'en' | 'zh'
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** What is counted by now of months that are not published: `GET /v1/statistics/running` */
  readRunning: {
    input: {}
    answer: Answer<200, z.output<typeof runningAnswer>>
  }
  /** Count everything anew from the kept receipts: `POST /v1/statistics/recounts` */
  recountStatistics: {
    input: {
      idempotencyKey?: string
    }
    answer: Answer<202, z.output<typeof recountAnswer>>
  }
  /** How far a counting anew is: `GET /v1/statistics/recounts/{id}` */
  readRecount: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof recountAnswer>>
  }
}

/** Statistics: how each is asked. */
export const statistics = {
  readStatistics: { method: 'GET', path: '/v1/statistics', headers: ['If-None-Match'], accepts: 'application/json' },
  readClearance: {
    method: 'GET',
    path: '/v1/statistics/clearance',
    query: ['from', 'to', 'measure', 'by', 'direction', 'mode', 'district', 'credit', 'agency', 'limit', 'after'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readClearanceCsv: {
    method: 'GET',
    path: '/v1/statistics/clearance.csv',
    query: ['from', 'to', 'measure', 'by', 'direction', 'mode', 'district', 'credit', 'agency'],
    headers: ['If-None-Match'],
    accepts: 'text/csv',
  },
  readClearanceMonth: {
    method: 'GET',
    path: '/v1/statistics/clearance/{file}',
    headers: ['If-None-Match'],
    accepts: 'text/csv',
  },
  readCosts: {
    method: 'GET',
    path: '/v1/statistics/costs',
    query: ['from', 'to'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readCostsCsv: {
    method: 'GET',
    path: '/v1/statistics/costs.csv',
    query: ['from', 'to'],
    headers: ['If-None-Match'],
    accepts: 'text/csv',
  },
  drawStatistics: {
    method: 'GET',
    path: '/v1/statistics/charts/{file}',
    query: ['from', 'to', 'language'],
    headers: ['If-None-Match'],
    accepts: 'image/svg+xml',
  },
  readRunning: { method: 'GET', path: '/v1/statistics/running', accepts: 'application/json' },
  recountStatistics: {
    method: 'POST',
    path: '/v1/statistics/recounts',
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  readRecount: { method: 'GET', path: '/v1/statistics/recounts/{id}', accepts: 'application/json' },
} as const satisfies Record<keyof StatisticsOperations, Operation>
