import { rowOf } from '../tables.ts'

/** What customs asks beyond the code lists: licence letters, trade modes, charges. Each table names where it comes from. */

type Direction = 'import' | 'export'

/**
 * Supervision letters 监管条件 that demand a paper 监管证件 (DocuCode), by direction. A and B ask for the quarantine block instead,
 * 6 8 9 are prohibitions, and letters in neither list (5 H K Y a c g h i n q r s) are no condition of an HS code.
 * Source: China Single Window parameter tables, 2019/2020 edition (监管证件代码); which letters concern which direction: the
 * interface specification of the simulated customs, section 3.
 */
export const paperLetters: { readonly [direction in Direction]: ReadonlySet<string> } = {
  import: new Set('127FIJLMOPQRSUXZDbefkmtv'.split('')),
  export: new Set('34GEIJLSVXDkmxyz'.split('')),
}

/** Goods that may not cross at all: 9 禁止进口, 8 禁止出口. Source: as above. */
export const prohibitions: { readonly [direction in Direction]: string } = { import: '9', export: '8' }
/** 旧机电产品禁止进口: letter 6 forbids the import of used goods (goods attribute 21 旧品). Source: as above. */
export const usedGoods = { letter: '6', attribute: '21' } as const

/**
 * Trade modes 监管方式 that show another paper for a letter; letters x, y and v are asked for nowhere else.
 * Source: as above (x 出口许可证（加工贸易）, y 出口许可证（边境小额贸易）, v 自动进口许可证（加工贸易）).
 */
const processing = { '4': 'x', '7': 'v' } as const
export const otherPapers: { readonly [supervisionMode: string]: { readonly [letter: string]: string } } = {
  '0214': processing,
  '0255': processing,
  '0615': processing,
  '0654': processing,
  '4019': { '4': 'y' },
}

/** The papers the letters of an HS code ask for under a trade mode. */
export function papersFor(letters: readonly string[], direction: Direction, supervisionMode: string): string[] {
  const instead = rowOf(otherPapers, supervisionMode) ?? {}
  const substitutes = new Set(Object.values(instead))
  return letters.flatMap((letter) => {
    if (!paperLetters[direction].has(letter)) return []
    const other = instead[letter]
    if (other !== undefined && letters.includes(other)) return []
    return 'xyv'.includes(letter) && !substitutes.has(letter) ? [] : [letter]
  })
}

/** Charges 运费、保险费 that the trade terms leave outside the price, by TransMode; 5 and 6 are not checked. [unverified] for export, 2026-11 */
export const chargesFor: {
  readonly [direction in Direction]: {
    readonly [transMode: string]: { readonly freight: boolean; readonly insurance: boolean }
  }
} = {
  import: {
    '1': { freight: false, insurance: false },
    '2': { freight: false, insurance: true },
    '3': { freight: true, insurance: true },
    '4': { freight: true, insurance: false },
    '7': { freight: true, insurance: true },
  },
  export: {
    '1': { freight: true, insurance: true },
    '2': { freight: true, insurance: false },
    '3': { freight: false, insurance: false },
    '4': { freight: false, insurance: true },
    '7': { freight: false, insurance: false },
  },
}

/**
 * Trade mode, levy nature, duty mode 监管方式-征免性质-征免方式 that belong together, and how the handbook number 备案号 begins.
 * 0110 with another levy nature is left to customs. [unverified], 2026-11. Source: the simulated customs, section 3 (304, 305).
 */
export const tradeModeRules: {
  readonly [supervisionMode: string]: {
    readonly levyNature: string
    readonly dutyModes: readonly string[]
    readonly otherLevyNatures: boolean
    readonly handbook?: string
  }
} = {
  '0110': { levyNature: '101', dutyModes: ['1', '6', '7'], otherLevyNatures: true },
  '0214': { levyNature: '502', dutyModes: ['3'], otherLevyNatures: false, handbook: 'BEH' },
  '0615': { levyNature: '503', dutyModes: ['3'], otherLevyNatures: false, handbook: 'CEH' },
}

/** Material the trader vouches for 证明/声明材料代码. Source: DecMessage 4.9.7, DecCopPromise. */
export const vouchedMaterial: { readonly [direction in Direction]: string } = { import: '101040', export: '102053' }

/** Declaration elements 申报要素 that may be left out at the end. Source: 2020 sample of the element list. */
export const optionalElements = new Set(['GTIN', 'CAS', '其他'])

/**
 * Countries and areas that a trade agreement in force gives Chinese exports a preference in (出口享惠情况 1), as of 2026-01
 * [unverified]. APTA, ASEAN and RCEP members, and the bilateral partners by the Ministry of Commerce's list.
 */
export const preferencePartners = new Set(
  'BD IN LK KR LA MN BN KH ID MY MM PH SG TH VN AU NZ JP PK CL PE CR IS CH LI GE MU MV EC NI RS HN HK MO TW'.split(' '),
)

/**
 * Provinces (first two digits of a domestic port code 国内口岸代码) whose river ports no sea ship reaches: Anhui, Jiangxi, Hubei,
 * Hunan, Chongqing, Sichuan, Guizhou. Goods leaving there by water take a barge to the sea. Jiangsu is not among them (sea ships
 * reach Nanjing), nor are the border rivers of Jilin, Heilongjiang and Yunnan, where the barge itself crosses.
 */
export const upriverProvinces = new Set(['34', '36', '42', '43', '50', '51', '52'])
