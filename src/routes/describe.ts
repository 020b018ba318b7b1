import { describeRoute, resolver } from 'hono-openapi'
import * as z from 'zod'
import { problemAnswer } from '../../schemas/problem.ts'
import { type ProblemCode, problems } from '../problem.ts'
import { certificateOperations } from './describe-certificates.ts'
import { conformanceOperations } from './describe-conformance.ts'
import { creditOperations } from './describe-credit.ts'
import { declarationDraftOperations } from './describe-declaration-drafts.ts'
import { declarationOperations } from './describe-declarations.ts'
import { demonstrationOperations } from './describe-demonstrations.ts'
import { drawOperations } from './describe-draws.ts'
import { feeOperations } from './describe-fees.ts'
import { feeAssessmentOperations } from './describe-fees-assessments.ts'
import { billOperations } from './describe-fees-bills.ts'
import { feeDraftOperations } from './describe-fees-drafts.ts'
import { quoteOperations } from './describe-fees-quotes.ts'
import { feeSheetOperations } from './describe-fees-sheets.ts'
import { filingOperations } from './describe-filings.ts'
import { keyOperations } from './describe-keys.ts'
import { movementOperations } from './describe-movements.ts'
import { mutualOperations } from './describe-mutual.ts'
import { noticeOperations } from './describe-notices.ts'
import { operatorOperations } from './describe-operations.ts'
import { proposalOperations } from './describe-proposals.ts'
import { referenceOperations } from './describe-reference.ts'
import { ruleOperations } from './describe-rules.ts'
import { sharingOperations } from './describe-sharing.ts'
import { simulatorOperations } from './describe-simulator.ts'
import { statisticsOperations } from './describe-statistics.ts'
import { waybillOperations } from './describe-waybills.ts'

interface OperationAnswer {
  readonly status: number
  readonly description: string
  readonly schema?: z.ZodType
  readonly mediaType?: string
}

export interface Operation {
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
/** Every operation of the gateway: the one source of the OpenAPI description. */
export const operations = {
  ...declarationOperations,
  ...declarationDraftOperations,
  ...proposalOperations,
  ...certificateOperations,
  ...filingOperations,
  ...referenceOperations,
  ...simulatorOperations,
  ...operatorOperations,
  ...noticeOperations,
  ...keyOperations,
  ...conformanceOperations,
  ...mutualOperations,
  ...feeOperations,
  ...quoteOperations,
  ...billOperations,
  ...feeAssessmentOperations,
  ...feeDraftOperations,
  ...feeSheetOperations,
  ...creditOperations,
  ...drawOperations,
  ...demonstrationOperations,
  ...movementOperations,
  ...waybillOperations,
  ...statisticsOperations,
  ...ruleOperations,
  ...sharingOperations,
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

const bodyOf = ({ body, otherBodies }: Operation) =>
  (body ?? otherBodies) && {
    required: true,
    content: {
      ...(body && { 'application/json': { schema: jsonSchemaOf(body) } }),
      ...Object.fromEntries((otherBodies ?? []).map((type) => [type, { schema: { type: 'string' as const } }])),
    },
  }

const responsesOf = ({ answer, otherAnswer, problems: codesOf }: Operation) =>
  Object.fromEntries([
    ...[answer, otherAnswer]
      .filter((one) => one !== undefined)
      .map(({ status, description, schema, mediaType = 'application/json' }) => [
        String(status),
        { description, ...(schema ? { content: { [mediaType]: { schema: resolver(schema) } } } : {}) },
      ]),
    ...[...Map.groupBy(codesOf, (code) => problems[code].status)].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\` ${problems[code].en}`).join('; '),
        content: { 'application/problem+json': { schema: resolver(problemAnswer) } },
      },
    ]),
  ])

/**
 * The description of an operation, for the route it stands beside. What it is made from schemas is made when the description is asked for: most
 * processes never are, and all of it takes half a second and some megabytes.
 */
export function describe(id: keyof typeof operations) {
  const operation: Operation = operations[id]
  return describeRoute({
    operationId: id,
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    tags: [operation.tag],
    ...(operation.public ? { security: [] } : {}),
    get parameters() {
      return parametersOf(operation) as never
    },
    get responses() {
      return responsesOf(operation) as never
    },
    get requestBody() {
      return bodyOf(operation) as never
    },
  })
}
