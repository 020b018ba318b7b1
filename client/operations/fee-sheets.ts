// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { importAnswer, importIssuesAnswer, importsAnswer } from '../../schemas/fees/imports.ts'
import type { Answer, Operation, RawBody } from '../operation.ts'

/** Fee sheets: what goes in and what comes back. */
export interface FeeSheetsOperations {
  /** The list of a day as CSV: `GET /v1/fees.csv` */
  readFeesCsv: {
    input: {
      day?: string
      port?: string
      payee?: string
      nature?: 'administrative' | 'fund' | 'government-set' | 'government-guided' | 'market'
      kind?: string
      direction?: 'import' | 'export'
      q?: string
      form?: 'columns' | 'list'
      language?: 'zh' | 'en'
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** The list of a day as a workbook: `GET /v1/fees.xlsx` */
  readFeesXlsx: {
    input: {
      day?: string
      port?: string
      payee?: string
      nature?: 'administrative' | 'fund' | 'government-set' | 'government-guided' | 'market'
      kind?: string
      direction?: 'import' | 'export'
      q?: string
      form?: 'columns' | 'list'
      language?: 'zh' | 'en'
      ifNoneMatch?: string
    }
    answer: Answer<200, Uint8Array>
  }
  /** A file to fill in, with an example: `GET /v1/fee-imports/template.csv` */
  readFeeTemplateCsv: {
    input: {
      language?: 'zh' | 'en'
    }
    answer: Answer<200, string>
  }
  /** A workbook to fill in, with an example and a sheet of allowed values: `GET /v1/fee-imports/template.xlsx` */
  readFeeTemplateXlsx: {
    input: {
      language?: 'zh' | 'en'
    }
    answer: Answer<200, Uint8Array>
  }
  /** Read a file of fees into a draft 批量导入: `POST /v1/fee-imports` */
  importFees: {
    input: {
      draft?: string
      fileName?: string
      body: RawBody<'text/csv' | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'>
      idempotencyKey?: string
    }
    answer: Answer<202, z.output<typeof importAnswer>>
  }
  /** Imports into a draft, the newest first: `GET /v1/fee-imports` */
  listFeeImports: {
    input: {
      limit?: number
      draft?: string
      after?: string | number
    }
    answer: Answer<200, z.output<typeof importsAnswer>>
  }
  /** How far an import is, and what came of it: `GET /v1/fee-imports/{id}` */
  readFeeImport: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof importAnswer>>
  }
  /** What is wrong with the cells of an imported file: `GET /v1/fee-imports/{id}/issues` */
  listFeeImportIssues: {
    input: {
      id: string
      limit?: number
      after?: string | number
    }
    answer: Answer<200, z.output<typeof importIssuesAnswer>>
  }
  /** The same as a file: `GET /v1/fee-imports/{id}/issues.csv` */
  readFeeImportIssuesCsv: {
    input: {
      id: string
    }
    answer: Answer<200, string>
  }
}

/** Fee sheets: how each is asked. */
export const feeSheets = {
  readFeesCsv: {
    method: 'GET',
    path: '/v1/fees.csv',
    query: ['day', 'port', 'payee', 'nature', 'kind', 'direction', 'q', 'form', 'language'],
    headers: ['If-None-Match'],
  },
  readFeesXlsx: {
    method: 'GET',
    path: '/v1/fees.xlsx',
    query: ['day', 'port', 'payee', 'nature', 'kind', 'direction', 'q', 'form', 'language'],
    headers: ['If-None-Match'],
  },
  readFeeTemplateCsv: { method: 'GET', path: '/v1/fee-imports/template.csv', query: ['language'] },
  readFeeTemplateXlsx: { method: 'GET', path: '/v1/fee-imports/template.xlsx', query: ['language'] },
  importFees: {
    method: 'POST',
    path: '/v1/fee-imports',
    query: ['draft', 'fileName'],
    headers: ['Idempotency-Key'],
    accepts: 'application/json',
  },
  listFeeImports: {
    method: 'GET',
    path: '/v1/fee-imports',
    query: ['limit', 'draft', 'after'],
    accepts: 'application/json',
  },
  readFeeImport: { method: 'GET', path: '/v1/fee-imports/{id}', accepts: 'application/json' },
  listFeeImportIssues: {
    method: 'GET',
    path: '/v1/fee-imports/{id}/issues',
    query: ['limit', 'after'],
    accepts: 'application/json',
  },
  readFeeImportIssuesCsv: { method: 'GET', path: '/v1/fee-imports/{id}/issues.csv' },
} as const satisfies Record<keyof FeeSheetsOperations, Operation>
