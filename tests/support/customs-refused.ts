import type { Particulars } from '../../adapters/customs/particulars.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'

const items = '/goodsShipment/items'
export const declaring = '/particulars/customs/declare'
export type Change = (declared: Declaration, particulars: Particulars) => void

/** What customs finds when one thing of a golden is changed. */
export const refused: readonly (readonly [what: string, name: string, change: Change, found: readonly string[]])[] = [
  [
    'no registration of the agent',
    'export-one-item',
    (d) => delete d.agent.customsRegistrationId,
    ['/agent/customsRegistrationId missing'],
  ],
  [
    'no registration of the exporter',
    'export-one-item',
    (d) => delete d.goodsShipment.exporter?.customsRegistrationId,
    ['/goodsShipment/exporter/customsRegistrationId missing'],
  ],
  [
    'no registration of the importer',
    'import-two-items',
    (d) => delete d.goodsShipment.importer?.customsRegistrationId,
    ['/goodsShipment/importer/customsRegistrationId missing'],
  ],
  [
    'freight under FOB',
    'export-one-item',
    (d) => void (d.goodsShipment.valuation = { freight: { basis: 'rate', amount: '1' } }),
    ['/goodsShipment/valuation/freight charge-not-allowed'],
  ],
  [
    'no freight and insurance under CIF',
    'export-dangerous-goods',
    (d) => delete d.goodsShipment.valuation,
    ['/goodsShipment/valuation/freight missing', '/goodsShipment/valuation/insurance missing'],
  ],
  [
    'charges on an import CIF',
    'import-two-items',
    (d) => void (d.goodsShipment.tradeTerms.conditionCode = 'CIF'),
    ['/goodsShipment/valuation/freight charge-not-allowed', '/goodsShipment/valuation/insurance charge-not-allowed'],
  ],
  [
    'no insurance on an import CFR',
    'import-rail-permit',
    (d) => void (d.goodsShipment.tradeTerms.conditionCode = 'CFR'),
    ['/goodsShipment/valuation/insurance missing'],
  ],
  [
    'an amount without a currency',
    'export-dangerous-goods',
    (d) => delete d.goodsShipment.valuation?.freight?.currency,
    ['/goodsShipment/valuation/freight/currency missing'],
  ],
  [
    'duty mode 3 in general trade',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.dutyMode = '3'),
    [`${items}/0/dutyMode combination-not-allowed`],
  ],
  [
    'processing trade without its levy nature and handbook',
    'export-one-item',
    (d) => void (d.goodsShipment.supervisionMode = '0615'),
    ['/goodsShipment/levyNature combination-not-allowed', '/goodsShipment/handbookNumber missing'],
  ],
  [
    'a handbook of another kind',
    'export-one-item',
    (d) => {
      Object.assign(d.goodsShipment, { supervisionMode: '0214', levyNature: '502', handbookNumber: 'C80125000001' })
      d.goodsShipment.items[0]!.dutyMode = '3'
    },
    ['/goodsShipment/handbookNumber handbook-differs'],
  ],
  [
    'a second related declaration',
    'import-two-items',
    (d) => void d.goodsShipment.previousDocuments?.push({ relation: 'declaration', id: '1' }),
    ['/goodsShipment/previousDocuments/2 not-mappable'],
  ],
  [
    'no conveyance by water',
    'export-one-item',
    (d) => delete d.goodsShipment.consignment.legs[0]?.conveyance,
    ['/goodsShipment/consignment/legs/0/conveyance missing'],
  ],
  [
    'no bill by water',
    'export-one-item',
    (d) => delete d.goodsShipment.consignment.legs[0]?.transportDocumentId,
    ['/goodsShipment/consignment/legs/0/transportDocumentId missing'],
  ],
  [
    'multimodal transport',
    'import-rail-permit',
    (d) => void (d.goodsShipment.consignment.legs[0]!.modeCode = '6'),
    ['/goodsShipment/consignment/legs/0/modeCode not-mappable'],
  ],
  [
    'a leg that is not there',
    'export-one-item',
    (_d, p) => void (p.conveyanceLeg = 3),
    [`${declaring}/conveyanceLeg leg-unknown`],
  ],
  [
    'an import without day of arrival or storage place',
    'import-rail-permit',
    (d) => {
      delete d.goodsShipment.consignment.legs[0]?.arrivalDateTime
      delete d.goodsShipment.consignment.goodsLocation
    },
    ['/goodsShipment/consignment/legs/0/arrivalDateTime missing', '/goodsShipment/consignment/goodsLocation missing'],
  ],
  [
    'an import bound elsewhere',
    'import-two-items',
    (d) => void (d.goodsShipment.items[1]!.destinationCountry = 'SG'),
    [`${items}/1/destinationCountry destination-differs`],
  ],
  [
    'no domestic district',
    'export-one-item',
    (d) => delete d.goodsShipment.items[0]?.domesticDistrict,
    [`${items}/0/domesticDistrict missing`],
  ],
  [
    'too few declaration elements',
    'export-one-item',
    (d) => void d.goodsShipment.items[0]?.declarationElements.pop(),
    [`${items}/0/declarationElements declaration-elements-differ`],
  ],
  [
    'too many declaration elements',
    'export-one-item',
    (d) => void d.goodsShipment.items[0]?.declarationElements.push('', '', '', ''),
    [`${items}/0/declarationElements declaration-elements-differ`],
  ],
  [
    'a blank declaration element',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.declarationElements[3] = ' '),
    [`${items}/0/declarationElements/3 declaration-element-blank`],
  ],
  [
    'an unknown kind of brand',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.declarationElements[0] = '5'),
    [`${items}/0/declarationElements/0 brand-kind-unknown`],
  ],
  [
    'an export preference on import',
    'import-two-items',
    (d) => void (d.goodsShipment.items[1]!.declarationElements[1] = '1'),
    [`${items}/1/declarationElements/1 preference-differs`],
  ],
  [
    'a preference without an agreement',
    'export-one-item',
    (d) => {
      d.goodsShipment.items[0]!.declarationElements[1] = '1'
      d.goodsShipment.items[0]!.destinationCountry = 'US'
    },
    [`${items}/0/declarationElements/1 preference-differs`],
  ],
  [
    'another statutory unit',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.statutoryQuantity1.unitCode = 'KGM'),
    [`${items}/0/statutoryQuantity1/unitCode unit-differs`],
  ],
  [
    'no second quantity',
    'export-one-item',
    (d) => delete d.goodsShipment.items[0]?.statutoryQuantity2,
    [`${items}/0/statutoryQuantity2 missing`],
  ],
  [
    'a second quantity too many',
    'import-two-items',
    (d) => void (d.goodsShipment.items[1]!.statutoryQuantity2 = { value: '1', unitCode: 'C62' }),
    [`${items}/1/statutoryQuantity2 unit-differs`],
  ],
  [
    'a total that is not the product',
    'import-two-items',
    (d) => void (d.goodsShipment.items[1]!.totalPrice = '300.02'),
    [`${items}/1/totalPrice total-differs`],
  ],
  [
    'two quantities in one unit',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.statutoryQuantity1.value = '1199'),
    [`${items}/0/statutoryQuantity1/value quantity-differs`],
  ],
  [
    'nothing at all',
    'import-two-items',
    (d) => void (d.goodsShipment.totalNetMassKg = '0'),
    ['/goodsShipment/totalNetMassKg not-above-zero'],
  ],
  [
    'quarantined goods without purpose, place and day',
    'import-rail-permit',
    (d) => {
      delete d.goodsShipment.items[0]?.purpose
      delete d.goodsShipment.items[0]?.administrativeDivision
      delete d.goodsShipment.consignment.legs[0]?.departureDateTime
    },
    [
      `${items}/0/administrativeDivision missing`,
      `${items}/0/purpose missing`,
      '/goodsShipment/consignment/legs/0/departureDateTime missing',
    ],
  ],
  [
    'dangerous goods without class and appraisal',
    'export-dangerous-goods',
    (d) => {
      delete d.goodsShipment.items[0]?.dangerousGoods?.packagingCategory
      delete d.goodsShipment.items[0]?.permits
      d.goodsShipment.items[0]!.notDangerous = true
    },
    [
      `${items}/0/dangerousGoods/packagingCategory missing`,
      `${items}/0/notDangerous danger-contradicted`,
      `${items}/0/permits missing`,
    ],
  ],
  [
    'no import licence',
    'import-rail-permit',
    (d) => delete d.goodsShipment.additionalDocuments,
    ['/goodsShipment/additionalDocuments certificate-missing'],
  ],
  [
    'a vehicle without its permit',
    'export-dangerous-goods',
    (_d, p) => void (p.items = { 1: { vins: [{ licTypeCode: '425', licenceNo: 'other' }] } }),
    [`${declaring}/items/1/vins/0 permit-unknown`],
  ],
  [
    'particulars of an item that is not there',
    'export-one-item',
    (_d, p) => void (p.items = { 2: { exgNo: '1' } }),
    [`${declaring}/items/2 row-unknown`],
  ],
  [
    'the material of the other direction',
    'export-one-item',
    (_d, p) => void (p.copPromises = [{ declaratioMaterialCode: '101040' }]),
    [`${declaring}/copPromises material-differs`],
  ],
  [
    'a measure word of another unit',
    'export-one-item',
    (_d, p) => void (p.measureWords = { '/goodsShipment/items/0/quantity/unitCode': '035' }),
    [`${declaring}/measureWords/~1goodsShipment~1items~10~1quantity~1unitCode unit-differs`],
  ],
  [
    'elements longer than the wire',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.declarationElements[3] = '长'.repeat(240)),
    [`${items}/0/declarationElements not-mappable`],
  ],
  [
    'a conveyance longer than the wire',
    'export-one-item',
    (d) => void (d.goodsShipment.consignment.legs[0]!.conveyance!.name = 'X'.repeat(46)),
    ['/goodsShipment/consignment/legs/0/conveyance/name not-mappable'],
  ],
  [
    'a sixth decimal',
    'import-two-items',
    (d) => void (d.goodsShipment.items[0]!.statutoryQuantity2!.value = '89.000001'),
    [`${items}/0/statutoryQuantity2/value not-mappable`],
  ],
]
