/** What the sources leave open, as dated parameters 参数. None of it is to be read as current law. */

/** Hours before ETD or ETA by which the lists must lie here. [unverified] Arts 17-22 of the Regulations only say "in advance". */
export const listDeadlineHours = { value: 1, asOf: '2026-11-21', unverified: true } as const

/** Hours by which a cleared conveyance may pass later than it was cleared for, without formalities again. [unverified] for this office. */
export const clearedForHours = { value: 24, asOf: '2026-11-21', unverified: true } as const

/** Upper Yangtze ports, where ships under a foreign flag do not come. [unverified] */
export const portsWithoutForeignShips = {
  value: ['CNCQI', 'CNCHQ', 'CNCTN', 'CNJLP', 'CNFLG', 'CNWZH', 'CNCSO', 'CNJGJ', 'CNLUZ'],
  asOf: '2026-11-21',
  unverified: true,
} as const

/** Share of conveyances boarded by seeded draw; the rule is "no boarding" (Measures on joint inspection of ships, Arts 3-5). [assumption] */
export const boardingRate = { value: 0.02, asOf: '2026-11-21', unverified: true } as const

/** Persons the test register knows by document number, with the ground of Art. 8 of the frontier inspection regulations. Invented. */
export const register: { readonly [documentNumber: string]: 'BI-301' | 'BI-302' | 'BI-303' } = {
  X0000301: 'BI-301',
  X0000302: 'BI-302',
  X0000303: 'BI-303',
}

/** Whose results spare us boarding for the cargo, by category 互认范围. [assumption] */
export const recognisedFrom: { readonly [category: string]: readonly string[] } = {
  inspection: ['customs', 'maritime'],
}
