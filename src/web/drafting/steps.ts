import { declaration } from '../../../schemas/declaration/index.ts'
import type { Text } from '../../../schemas/text.ts'
import type { JsonSchema } from '../schema-form/index.ts'

/** Fields that are asked for together: some of those of one part of the declaration. */
export interface Section {
  readonly title: Text
  /** JSON pointer of the part they are of. */
  readonly at: string
  readonly fields: readonly string[]
}
/** A step 步骤 in which a declaration is filled in. */
export interface Step {
  readonly name: Text
  readonly sections: readonly Section[]
}

const shipment = '/goodsShipment'
const consignment = '/goodsShipment/consignment'

/** The steps whose fields every declaration has, in the order they are gone through. Every field of a declaration is in one of them. */
export const steps = {
  basics: {
    name: { en: 'Basics', zh: '基本信息' },
    sections: [
      {
        title: { en: 'What is declared', zh: '申报事项' },
        at: '',
        fields: ['direction', 'functionalReferenceId', 'declarationStep', 'issueDateTime'],
      },
      {
        title: { en: 'Where', zh: '关区' },
        at: '',
        fields: ['declarationOfficeId', 'exitEntryOfficeId', 'supervisingOfficeId'],
      },
      {
        title: { en: 'How', zh: '监管与征免' },
        at: shipment,
        fields: ['supervisionMode', 'levyNature', 'previousProcedure', 'handbookNumber', 'traderReference', 'ucr'],
      },
      { title: { en: 'More', zh: '其他' }, at: '', fields: ['specialBusiness', 'remarks'] },
    ],
  },
  parties: {
    name: { en: 'Parties', zh: '当事人' },
    sections: [
      {
        title: { en: 'In China', zh: '境内收发货人' },
        at: shipment,
        fields: ['exporter', 'importer', 'owner', 'payer'],
      },
      {
        title: { en: 'Abroad', zh: '境外收发货人' },
        at: shipment,
        fields: ['consignee', 'consignor', 'buyer', 'seller', 'aeo'],
      },
      { title: { en: 'Who declares', zh: '申报人' }, at: '', fields: ['agent', 'declarant', 'submitter'] },
    ],
  },
  journey: {
    name: { en: 'Journey', zh: '运输' },
    sections: [
      { title: { en: 'Legs, in travel order', zh: '运输段（按行程顺序）' }, at: consignment, fields: ['legs'] },
      {
        title: { en: 'From where to where', zh: '启运与运抵' },
        at: shipment,
        fields: ['exportCountry', 'destinationCountry', 'tradeCountry'],
      },
      {
        title: { en: 'On the way', zh: '途中' },
        at: consignment,
        fields: ['entryExitPortId', 'goodsLocation', 'warehouseId', 'carrier', 'transitLocation', 'itinerary'],
      },
    ],
  },
  cargo: {
    name: { en: 'Cargo', zh: '货物与集装箱' },
    sections: [
      {
        title: { en: 'The consignment', zh: '整票货物' },
        at: shipment,
        fields: ['packaging', 'totalGrossMassKg', 'totalNetMassKg'],
      },
      { title: { en: 'Containers', zh: '集装箱' }, at: consignment, fields: ['containers'] },
    ],
  },
  terms: {
    name: { en: 'Terms', zh: '成交与计价' },
    sections: [
      {
        title: { en: 'Sale', zh: '成交' },
        at: shipment,
        fields: ['tradeTerms', 'contractNumber', 'invoice', 'valuation', 'guaranteeReference'],
      },
      { title: { en: 'Confirmations', zh: '价格与特殊关系确认' }, at: '', fields: ['confirmations'] },
    ],
  },
  goods: { name: { en: 'Goods', zh: '商品' }, sections: [] },
  documents: {
    name: { en: 'Documents', zh: '随附单证' },
    sections: [
      {
        title: { en: 'Certificates and documents', zh: '监管证件与随附单据' },
        at: shipment,
        fields: ['additionalDocuments', 'attachments', 'previousDocuments'],
      },
    ],
  },
  particulars: { name: { en: 'Agencies', zh: '各机构特有数据' }, sections: [] },
  check: { name: { en: 'Check and hand in', zh: '校验与提交' }, sections: [] },
} as const satisfies { readonly [id: string]: Step }

export type StepId = keyof typeof steps
export const stepIds = Object.keys(steps) as StepId[]
export const isStep = (id: string): id is StepId => Object.hasOwn(steps, id)

/** The sections of one line of goods. */
export const itemSections = (index: number): Section[] => {
  const at = `${shipment}/items/${index}`
  return [
    {
      title: { en: 'What it is', zh: '商品' },
      at,
      fields: ['hsCode', 'name', 'nameEn', 'brand', 'supervisionCategory'],
    },
    {
      title: { en: 'How much', zh: '数量与重量' },
      at,
      fields: ['quantity', 'statutoryQuantity1', 'statutoryQuantity2', 'grossMassKg', 'netMassKg'],
    },
    {
      title: { en: 'Value, origin, duty', zh: '价格、原产地、征免' },
      at,
      fields: [
        'unitPrice',
        'totalPrice',
        'currency',
        'originCountry',
        'destinationCountry',
        'dutyMode',
        'domesticDistrict',
        'administrativeDivision',
        'originRegion',
        'preferentialOrigin',
      ],
    },
    {
      title: { en: 'Dangerous goods, permits, quarantine', zh: '危险货物、许可、检验检疫' },
      at,
      fields: [
        'dangerousGoods',
        'notDangerous',
        'permits',
        'quotaOrderId',
        'purpose',
        'goodsAttributes',
        'producer',
        'productionBatchIds',
        'productionDates',
        'shelfLifeDays',
        'expiryDate',
      ],
    },
  ]
}

let whole: JsonSchema | undefined
/** The declaration's own schema, as a form reads it. */
export const declarationSchema = (): JsonSchema =>
  (whole ??= declaration.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as JsonSchema)

/** The schema at a JSON pointer. @throws {Error} there is none */
export function schemaAt(pointer: string): JsonSchema {
  let at: JsonSchema | undefined = declarationSchema()
  for (const name of pointer.split('/').slice(1)) at = at?.properties?.[name] ?? at?.items
  if (at === undefined) throw new Error(`The declaration has no ${pointer}`)
  return at
}

/** The schema of a section: some of the fields of the part it is of. */
export function sectionSchema({ at, fields }: Section): JsonSchema {
  const { properties = {}, required = [] } = schemaAt(at)
  return {
    type: 'object',
    properties: Object.fromEntries(fields.flatMap((name) => (properties[name] ? [[name, properties[name]]] : []))),
    required: required.filter((name) => fields.includes(name)),
  }
}

/** Where a field is filled in: its step, with the line of goods or the procedure it is of. */
export function placeOf(pointer: string): string {
  const item = /^\/goodsShipment\/items\/(\d+)/.exec(pointer)?.[1]
  if (item !== undefined) return `goods/${Number(item) + 1}`
  if (pointer.startsWith('/goodsShipment/items')) return 'goods'
  const [, root, agency, procedure] = pointer.split('/')
  if (root === 'particulars') return procedure === undefined ? 'particulars' : `particulars/${agency}/${procedure}`
  const within = (section: Section) => section.fields.some((name) => `${pointer}/`.startsWith(`${section.at}/${name}/`))
  return stepIds.find((id) => steps[id].sections.some(within)) ?? 'check'
}

/** Whether an issue at a pointer leaves a step open: at one of its fields, or at a part of the declaration that holds one. */
export function concernsStep(pointer: string, id: StepId): boolean {
  if (placeOf(pointer).split('/')[0] === id) return true
  const sections: readonly Section[] = steps[id].sections
  const fields = sections.flatMap(({ at, fields }) => fields.map((name) => `${at}/${name}`))
  return [...fields, ...(id === 'goods' ? [`${shipment}/items`] : [])].some((field) => field.startsWith(`${pointer}/`))
}
