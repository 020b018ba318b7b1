import * as z from 'zod'
import { useStatus } from '../certificates.ts'
import { declarationShape } from '../declaration/index.ts'
import { money, reference } from '../receipt.ts'
import { filingStatus, hold } from '../status.ts'
import { type Leaf, leavesOf } from './patterns.ts'

const instant = z.iso.datetime({ offset: true })

/** A filing as other agencies may know it. */
const filing = z.strictObject({
  id: z.string(),
  status: filingStatus,
  holds: z.array(hold),
  /** Names agencies gave it; ours is `id`. */
  references: z.array(reference.strict()),
  version: z.int(),
  updatedAt: instant,
})

/** Duties and taxes 税费 as agencies have named them; not the price of the goods. */
const duties = z.strictObject({
  said: z.array(money.strict().extend({ agency: z.string(), at: instant.optional() })),
  totals: z.array(z.strictObject({ currency: z.string(), due: z.string(), paid: z.string(), refunded: z.string() })),
})

/** A use of a certificate 监管证件使用. */
const certificate = z.strictObject({
  typeCode: z.string(),
  number: z.string(),
  issuer: z.string(),
  status: useStatus,
  quantity: z.string().optional(),
  unitCode: z.string().optional(),
})

/** Something that happened, or is to happen, to the goods on their way 物流动态; what was taken back is left out. */
const movement = z.strictObject({
  at: instant,
  code: z.string(),
  classifier: z.string(),
  mode: z.string().optional(),
  place: z
    .strictObject({
      unLocode: z.string(),
      name: z.string(),
      countryCode: z.string(),
      facility: z.string(),
    })
    .partial()
    .optional(),
  equipmentReference: z.string().optional(),
  conveyance: z.string().optional(),
})

/** Where a firm of the declaration stands in one scheme of credit 信用等级. */
const credit = z.strictObject({
  firm: z.string(),
  scheme: z.string(),
  agency: z.string(),
  level: z.string().optional(),
  effective: z.string(),
  since: z.string().optional(),
})

/**
 * The shared view 共享视图 of a declaration: all that agencies could be shown of it, one line a part; what each is shown is a matter of the
 * policy. A field that is new here is denied to everybody until a row of the policy names it, and a test asks for that row.
 */
export const sharedParts = {
  /** The version that counts, with the particulars its filings have now. */
  declaration: declarationShape,
  /** By agency and procedure, in the order they came about. */
  filings: z.record(z.string(), z.record(z.string(), z.array(filing))),
  duties,
  certificates: z.array(certificate),
  movements: z.array(movement),
  credit: z.array(credit),
} as const
export type SharedPart = keyof typeof sharedParts

let leaves: readonly Leaf[] | undefined
/** Every field of the shared view. */
export const viewLeaves = (): readonly Leaf[] => (leaves ??= leavesOf(z.object(sharedParts)))

const shipment = '/declaration/goodsShipment'
const parties = ['exporter', 'importer', 'owner', 'payer'].map((party) => `${shipment}/${party}/id`)

/** What declarations can be searched by 查询条件: each by the values of some fields. Only a purpose that may see one of them may search by it. */
export const searchFields = {
  container: [`${shipment}/consignment/containers/*/id`],
  conveyance: [`${shipment}/consignment/legs/*/conveyance/id`, `${shipment}/consignment/legs/*/conveyance/name`],
  firm: ['/declaration/agent/id', '/declaration/submitter/id', ...parties],
  reference: ['/declaration/functionalReferenceId', '/filings/*/*/*/references/*/value'],
  transportDocument: [`${shipment}/consignment/legs/*/transportDocumentId`],
  voyage: [`${shipment}/consignment/legs/*/voyageNumber`],
} as const satisfies { readonly [kind: string]: readonly string[] }
export type SearchKind = keyof typeof searchFields
export const searchKinds = Object.keys(searchFields) as [SearchKind, ...SearchKind[]]
