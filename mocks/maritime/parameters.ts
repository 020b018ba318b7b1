/** What the sources leave open, as dated parameters 参数. None of it is to be read as current law. */

/** Share of cargo declarations whose boxes are opened by seeded draw 抽箱. [assumption] */
export const boxOpeningRate = { value: 0.03, asOf: '2026-11-21', unverified: true } as const

/** Whose results spare us opening a box, by category 互认范围. [assumption] */
export const recognisedFrom: { readonly [category: string]: readonly string[] } = { inspection: ['customs', 'border'] }

/** Hours before departure by which dangerous goods must be declared. Source: Hebei MSA, single voyage declarations. */
export const declareBeforeHours = { value: 24, asOf: '2026-11-21' } as const

/** A permit to leave holds so long; given early, it begins so long before ETD. Validity [unverified], beginning [assumption]. */
export const permitHours = { valid: 24, earliestBeforeEtd: 12, asOf: '2026-11-21', unverified: true } as const

/** UN numbers that do not move on inland waters 内河禁运, and the class that does not in packing group I (剧毒). [unverified] */
export const forbiddenInland = {
  unNumbers: ['1017', '1051', '1076', '1092', '1259', '1380', '1680', '1689'],
  classInGroupOne: '6.1',
  asOf: '2026-11-21',
  unverified: true,
} as const

/** Classes that do not travel with passengers; 1.4S is not counted as class 1. [unverified] */
export const forbiddenWithPassengers = { classes: ['1', '2.3'], asOf: '2026-11-21', unverified: true } as const

/**
 * Classes kept "separated from" each other or further apart: a simple subset of the IMDG segregation table 隔离表. [unverified]
 * Read both ways. Class 1 stands for every division but 1.4S.
 */
export const apart: { readonly asOf: string; readonly pairs: { readonly [hazard: string]: readonly string[] } } = {
  asOf: '2026-11-21',
  pairs: {
    '1': ['2.1', '2.2', '2.3', '3', '4.1', '4.2', '4.3', '5.1', '5.2', '6.1', '6.2', '7', '8'],
    '2.1': ['3', '4.2', '5.1', '5.2'],
    '3': ['4.2', '5.1', '5.2'],
    '4.1': ['5.2'],
    '4.2': ['5.1', '5.2'],
    '4.3': ['5.1', '5.2'],
    '5.1': ['5.2', '8'],
    '5.2': ['8'],
  },
}

/** Names that say nothing; whatever is declared must carry its proper shipping name (container manifest rules, Art. 7). Invented list. */
export const vagueNames: readonly string[] = [
  '化工品',
  '化工产品',
  '化学品',
  '危险品',
  '危险货物',
  '杂货',
  '货物',
  '样品',
  '配件',
  '原料',
  'CHEMICALS',
  'CHEMICAL PRODUCTS',
  'DANGEROUS GOODS',
  'HAZARDOUS GOODS',
  'GENERAL CARGO',
  'GOODS',
  'SAMPLES',
  'N.O.S.',
]

/** How long a permit given at an instant holds 有效期. */
export function validityOf(given: number, etd: number): { from: number; until: number } {
  const from = Math.max(given, etd - permitHours.earliestBeforeEtd * 3_600_000)
  return { from, until: from + permitHours.valid * 3_600_000 }
}
