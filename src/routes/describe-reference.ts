import * as z from 'zod'
import type { Operation } from './describe.ts'
import { codesQuery } from './queries.ts'

/** The agencies and their doors, reference data, the simulator's table, health. */
export const referenceOperations = {
  listAgencies: {
    summary: 'The agencies and what each does',
    tag: 'Agencies',
    answer: { status: 200, description: 'All of them' },
    problems: [],
    public: true,
  },
  readParticularsSchema: {
    summary: 'JSON Schema of the particulars of a procedure',
    tag: 'Agencies',
    answer: { status: 200, description: 'JSON Schema 2020-12', mediaType: 'application/schema+json' },
    problems: ['not-found'],
    public: true,
  },
  takeReceipt: {
    summary: 'An agency pushes a document',
    tag: 'Agencies',
    description:
      'Signed the Standard Webhooks way with the agency’s secret. A document of a filing nobody knows is kept for the operator.',
    body: z.unknown().describe('the agency’s own document'),
    otherBodies: ['application/xml'],
    headers: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    answer: { status: 202, description: 'Kept' },
    problems: ['signature-invalid', 'not-found', 'body-too-large', 'malformed-body', 'unintelligible'],
    public: true,
  },
  listCodeLists: {
    summary: 'The code lists',
    tag: 'Reference data',
    answer: { status: 200, description: 'Ids, titles, sources' },
    problems: [],
    public: true,
  },
  searchCodes: {
    summary: 'Search a code list by code or name',
    tag: 'Reference data',
    query: codesQuery,
    answer: { status: 200, description: 'A page, and what the list is: source, validity, how many rows' },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  exportCodes: {
    summary: 'A whole code list as CSV',
    tag: 'Reference data',
    answer: { status: 200, description: 'UTF-8 with a byte order mark', schema: z.string(), mediaType: 'text/csv' },
    problems: ['not-found'],
    public: true,
  },
  readCode: {
    summary: 'One code',
    tag: 'Reference data',
    answer: { status: 200, description: 'The item' },
    problems: ['not-found'],
    public: true,
  },
  readLiveness: {
    summary: 'Whether the process lives',
    tag: 'Health',
    answer: { status: 200, description: 'It does' },
    problems: [],
    public: true,
  },
  readReadiness: {
    summary: 'Whether the database answers',
    tag: 'Health',
    answer: { status: 200, description: 'It does' },
    otherAnswer: { status: 503, description: 'It does not' },
    problems: [],
    public: true,
  },
  readMetrics: {
    summary: 'Prometheus metrics',
    tag: 'Health',
    answer: { status: 200, description: 'Text exposition format', schema: z.string(), mediaType: 'text/plain' },
    problems: [],
    public: true,
  },
} as const satisfies Record<string, Operation>
