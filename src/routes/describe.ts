import { describeRoute, resolver } from 'hono-openapi'
import * as z from 'zod'
import {
  acceptedAnswer,
  declarationAnswer,
  dryRunAnswer,
  eventAnswer,
  filingAnswer,
  messageAnswer,
  pageOf,
  problemAnswer,
} from '../../schemas/answers.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { type ProblemCode, problems } from '../problem.ts'
import { codesQuery, eventsQuery, listQuery, messagesQuery, postQuery, versionQuery } from './queries.ts'

interface OperationAnswer {
  readonly status: number
  readonly description: string
  readonly schema?: z.ZodType
  readonly mediaType?: string
}

interface Operation {
  readonly summary: string
  readonly tag: string
  readonly description?: string
  /** Schema of the JSON body, where it has one. */
  readonly body?: z.ZodType
  /** Other media types the body may come in. */
  readonly otherBodies?: readonly string[]
  readonly query?: z.ZodObject
  readonly headers?: readonly string[]
  readonly answer?: OperationAnswer
  /** Another good answer: that of a dry run. */
  readonly otherAnswer?: OperationAnswer
  readonly problems: readonly ProblemCode[]
  readonly public?: boolean
}

const read = ['unauthenticated', 'forbidden', 'not-found', 'too-many-requests'] as const
const write = [
  ...read,
  'malformed-body',
  'unsupported-media-type',
  'body-too-large',
  'if-match-missing',
  'if-match-stale',
] as const

/** Every operation of the gateway: the one source of the OpenAPI description. */
export const operations = {
  acceptDeclaration: {
    summary: 'Hand in a declaration 申报',
    tag: 'Declarations',
    description:
      'Canonical JSON, or a DecMessage XML as brokers’ software writes it. 202 with the plan once it is durable; 422 with every issue at once. `dryRun=true` keeps nothing, takes no key and answers 200. `Prefer: wait=N` waits up to N seconds for the filings to settle.',
    body: declaration,
    otherBodies: ['application/xml'],
    query: postQuery,
    headers: ['Idempotency-Key', 'Prefer'],
    answer: { status: 202, description: 'Taken in', schema: acceptedAnswer },
    otherAnswer: { status: 200, description: 'Answer of a dry run: what would happen', schema: dryRunAnswer },
    problems: [
      'invalid-parameter',
      'malformed-body',
      'idempotency-key-missing',
      'unauthenticated',
      'forbidden',
      'body-too-large',
      'unsupported-media-type',
      'declaration-invalid',
      'not-mappable',
      'idempotency-key-reused',
      'too-many-requests',
    ],
  },
  listDeclarations: {
    summary: 'Declarations, newest first',
    tag: 'Declarations',
    query: listQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(declarationAnswer) },
    problems: ['invalid-parameter', ...read],
  },
  readDeclaration: {
    summary: 'A declaration with its filings and timeline',
    tag: 'Declarations',
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'As it stands now, with an ETag', schema: declarationAnswer },
    problems: read,
  },
  correctDeclaration: {
    summary: 'Correct and hand in again after a refusal',
    tag: 'Declarations',
    description:
      'Refused filings start a new attempt, filings not sent yet are prepared anew; a filing an agency holds must not change.',
    body: declaration,
    otherBodies: ['application/xml'],
    headers: ['If-Match'],
    answer: { status: 200, description: 'Corrected', schema: declarationAnswer },
    problems: ['declaration-invalid', 'amendment-needed', ...write],
  },
  readDocument: {
    summary: 'The document of a declaration, canonical or as it came',
    tag: 'Declarations',
    query: versionQuery,
    answer: { status: 200, description: 'The document', schema: declaration },
    problems: ['invalid-parameter', ...read],
  },
  listMessages: {
    summary: 'Every byte sent and received',
    tag: 'Declarations',
    query: messagesQuery,
    answer: { status: 200, description: 'A page', schema: pageOf(messageAnswer) },
    problems: ['invalid-parameter', ...read],
  },
  listEvents: {
    summary: 'The timeline, as a list or as a stream that resumes',
    tag: 'Declarations',
    description: '`Accept: text/event-stream` streams; `Last-Event-ID` resumes. Events are CloudEvents 1.0.',
    query: eventsQuery,
    headers: ['Last-Event-ID'],
    answer: { status: 200, description: 'A page', schema: pageOf(eventAnswer) },
    problems: ['invalid-parameter', 'unavailable', ...read],
  },
  readFiling: {
    summary: 'One filing',
    tag: 'Filings',
    headers: ['If-None-Match'],
    answer: { status: 200, description: 'The filing, with an ETag', schema: filingAnswer },
    problems: read,
  },
  bringParticulars: {
    summary: 'Bring the particulars of a filing, until it is first sent',
    tag: 'Filings',
    body: z.unknown().describe('by the schema at /v1/agencies/{agency}/procedures/{procedure}/particulars'),
    headers: ['If-Match'],
    answer: { status: 200, description: 'Taken; the filing goes on if nothing else is missing', schema: filingAnswer },
    problems: ['particulars-invalid', 'not-changeable', ...write],
  },
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
    answer: { status: 200, description: 'A page' },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  readCode: {
    summary: 'One code',
    tag: 'Reference data',
    answer: { status: 200, description: 'The item' },
    problems: ['not-found'],
    public: true,
  },
  listOutcomes: {
    summary: 'What the simulator does on which magic value',
    tag: 'Simulator',
    answer: { status: 200, description: 'The table' },
    problems: ['unavailable'],
    public: true,
  },
  listOrphans: {
    summary: 'Receipts of filings nobody knows',
    tag: 'Operator',
    answer: { status: 200, description: 'Newest first' },
    problems: ['unauthenticated', 'forbidden'],
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
  readLanes: {
    summary: 'What waits for each agency',
    tag: 'Operator',
    answer: { status: 200, description: 'A row an agency' },
    problems: ['unauthenticated', 'forbidden'],
  },
} as const satisfies Record<string, Operation>

const parametersOf = (operation: Operation) => [
  ...(operation.headers ?? []).map((name) => ({ in: 'header' as const, name, schema: { type: 'string' as const } })),
  ...Object.entries(operation.query?.shape ?? {}).map(([name, schema]) => ({
    in: 'query' as const,
    name,
    required: false,
    schema: { ...jsonSchemaOf(schema as z.ZodType) },
  })),
]

const jsonSchemaOf = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...rest } = schema.toJSONSchema({ io: 'input', unrepresentable: 'any' })
  return rest
}

/** The description of an operation, for the route it stands beside. */
export function describe(id: keyof typeof operations) {
  const operation: Operation = operations[id]
  const answers = [operation.answer, operation.otherAnswer].filter((answer) => answer !== undefined)
  const responses = Object.fromEntries([
    ...answers.map(({ status, description, schema, mediaType = 'application/json' }) => [
      String(status),
      { description, ...(schema ? { content: { [mediaType]: { schema: resolver(schema) } } } : {}) },
    ]),
    ...[...Map.groupBy(operation.problems, (code) => problems[code].status)].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\` ${problems[code].en}`).join('; '),
        content: { 'application/problem+json': { schema: resolver(problemAnswer) } },
      },
    ]),
  ])
  const body = operation.body && {
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: jsonSchemaOf(operation.body) },
        ...Object.fromEntries(
          (operation.otherBodies ?? []).map((type) => [type, { schema: { type: 'string' as const } }]),
        ),
      },
    },
  }
  return describeRoute({
    operationId: id,
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    tags: [operation.tag],
    parameters: parametersOf(operation) as never,
    responses: responses as never,
    ...(operation.public ? { security: [] } : {}),
    ...(body as object | undefined),
  })
}
