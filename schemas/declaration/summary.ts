import * as z from 'zod'
import { findCode } from '../codes/index.ts'
import { field } from '../formats.ts'
import { fails } from '../issue.ts'
import { checkContainers, checkItems, checkJourney, checkMasses, checkParties, checkStep } from './checks.ts'
import { consignment } from './consignment.ts'
import { type Declaration, declaration, declarationShape, goodsFacts } from './index.ts'
import { item } from './items.ts'
import { consignmentFacts, shipmentShape } from './shipment.ts'

/** 商品编号: a code of the tariff, or the six digits that all countries share. */
const summaryCode = z
  .string()
  .max(20)
  .superRefine((code, context) => {
    if (!/^\d{6}$/.test(code) && findCode('tariff', code) === undefined)
      context.addIssue(
        fails('unknown-code', {
          en: `"${code}" is neither six digits nor a code of the tariff`,
          zh: `“${code}”既不是6位数字，也不在税则中`,
        }),
      )
  })

/**
 * An item of a summary: what it is, how much, for how much, from where. Six digits of the HS code will do as long as the goods need no
 * inspection or quarantine; customs says where ten are due.
 */
const summaryItem = item
  .partial({
    declarationElements: true,
    statutoryQuantity1: true,
    unitPrice: true,
    destinationCountry: true,
    dutyMode: true,
  })
  .extend({
    hsCode: field(summaryCode, {
      row: 89,
      en: 'Commodity code (HS)',
      zh: '商品编号',
      wco: '145',
      agencies: ['customs'],
      description: 'ten digits, or six in a summary',
      descriptionZh: '10位，概要申报可填6位',
    }),
  })

const summaryShipment = shipmentShape
  .partial({
    owner: true,
    exportCountry: true,
    destinationCountry: true,
    tradeCountry: true,
    tradeTerms: true,
    packaging: true,
    totalNetMassKg: true,
  })
  .extend({
    consignment: field(consignment.partial({ entryExitPortId: true }), consignmentFacts),
    items: field(z.array(summaryItem).min(1).max(50).superRefine(checkItems), { en: 'Goods', zh: '商品', wco: '68A' }),
  })

const summaryShape = declarationShape.extend({
  goodsShipment: field(summaryShipment.superRefine(checkMasses).superRefine(checkContainers), goodsFacts),
})

/**
 * The first step of a two-step declaration 概要申报, imports only: of the declaration it demands who imports through whom and where, the
 * nine things of a summary (境内收发货人, 运输方式/运输工具及航次号, 提运单号, 监管方式, 商品编号, 商品名称, 数量及单位, 总价, 原产国), and the gross mass
 * and containers it confirms. What certificates (+2) and quarantine (+5) add, customs asks for by the HS code. Everything else of a
 * declaration may be there already; what a declaration does not know is refused here too.
 * Source: 总署公告 2019 No. 127 and No. 216 as commonly summarised; the list is [unverified], 2026-11.
 */
export const summaryDeclaration = summaryShape
  .superRefine(checkStep)
  .superRefine(checkParties)
  .superRefine(checkJourney)
  .superRefine(({ declarationStep }, context) => {
    if (declarationStep !== 'summary')
      context.addIssue(
        fails('step-differs', { en: 'A summary says that it is one', zh: '概要申报应注明步骤为概要' }, [
          'declarationStep',
        ]),
      )
  })

/** A summary, or a declaration of which only the summary's part is looked at. Every `Declaration` is one. */
export type SummaryDeclaration = z.infer<typeof summaryShape>

/** The schema that holds for what somebody hands in: a summary is asked for less. */
export const schemaFor = (candidate: unknown): z.ZodType<Declaration> =>
  typeof candidate === 'object' &&
  candidate !== null &&
  (candidate as { declarationStep?: unknown }).declarationStep === 'summary'
    ? (summaryDeclaration as unknown as z.ZodType<Declaration>)
    : declaration
