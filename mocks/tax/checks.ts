/** What the office checks when a document is handed in 数据自检. Each rule says one thing and lists every row it is true of. */
import { Big } from 'big.js'
import { findCode } from '../../schemas/codes/index.ts'
import { type DoubtCode, doubts } from './doubts.ts'
import type { Certificates, Claim, ExportRow, PurchaseRow } from './read.ts'
import {
  collectionDeadline,
  dollarRange,
  isCreditCode,
  refundRate,
  type TaxpayerClass,
  watchedPrefixes,
} from './register.ts'
import { chinaDay } from './time.ts'
import { invoicesOf, wholeOf } from './uses.ts'
import type { Doubt } from './write.ts'

/** What the office knows beside the document. */
export interface Known {
  readonly fllb: TaxpayerClass
  /** Another filing that still stands has this certificate. */
  isCompared(certificate: string): boolean
  /** What other claims leave of an exported item, or of an invoice; undefined when nobody told how much there is. */
  exportLeft(entryItem: string, whole: string | undefined): Big | undefined
  invoiceLeft(number: string, whole: string | undefined): Big | undefined
  draw(key: string): number
}

/** Where a doubt is: list, the row's own number, field. */
type Place = readonly [list: Doubt['list'], sbxh: string, field: string]
type Rule = readonly [code: DoubtCode, find: (claim: Claim, known: Known) => readonly Place[]]

export function doubtAt(code: DoubtCode, [list, sbxh, field]: Place): Doubt {
  const { text, level } = doubts[code]
  return { list, sbxh, field, code, text, level, waivable: level === 'E' ? 'N' : 'Y' }
}

const exportsWhere = (claim: Claim, field: string, found: (row: Claim['ckmx'][number]) => boolean): Place[] =>
  claim.ckmx.filter(found).map((row) => ['ckmx', row.sbxh, field])
const purchasesWhere = (claim: Claim, field: string, found: (row: PurchaseRow) => boolean): Place[] =>
  claim.jhmx.filter(found).map((row) => ['jhmx', row.sbxh, field])
const sum = (values: readonly string[]) => values.reduce((total, value) => total.plus(value), new Big(0))
const submissionDay = (head: { submittedAt: string }) => chinaDay(Date.parse(head.submittedAt))
const runs = (rows: readonly { sbxh: string }[]) => rows.every(({ sbxh }, at) => sbxh === String(at + 1))
const taxAgrees = (amount: string, rate: string, tax: string, tolerance: string) =>
  new Big(amount).times(rate).round(2, Big.roundHalfUp).minus(tax).abs().lte(tolerance)

/** The export day that decides the rate of a purchase: that of its linked export. */
const exportDayOf = (claim: Claim, { glh }: PurchaseRow) => claim.ckmx.find((row) => row.glh === glh)?.ckrq
const libraryRate = (claim: Claim, row: PurchaseRow) => {
  const exportDay = exportDayOf(claim, row)
  return exportDay === undefined ? row.tsl : refundRate(row.cksp_dm, exportDay)
}
const hasNoRefund = (claim: Claim, row: PurchaseRow) => {
  const rate = libraryRate(claim, row)
  return rate !== undefined && new Big(rate).eq(0) && !new Big(row.tsl).eq(0)
}

const isCustomsExport = (ckbgdh: string, year: string) =>
  ckbgdh.charAt(8) === '0' &&
  findCode('customs-offices', ckbgdh.slice(0, 4)) !== undefined &&
  ckbgdh.slice(4, 8) <= year &&
  Number(ckbgdh.slice(18)) >= 1 &&
  Number(ckbgdh.slice(18)) <= 50

const exportLeft = (known: Known, { ckbgdh, dzxxsl }: ExportRow) => known.exportLeft(ckbgdh, wholeOf(dzxxsl))

const isVatInvoice = (number: string) => /^(\d{20}|\d{18})$/.test(number)

/** The rules for a claim, in the order their doubts are reported. */
const rules: readonly Rule[] = [
  ['YD-25', ({ taxpayer }) => (isCreditCode(taxpayer.nsrsbh) ? [] : [['', '', 'nsrsbh']])],
  [
    'YD-22',
    ({ sbb, ckmx, jhmx }) =>
      sbb.ckmxhs === String(ckmx.length) && sbb.jhmxhs === String(jhmx.length) && runs(ckmx) && runs(jhmx)
        ? []
        : [['sbb', '', 'ckmxhs']],
  ],
  [
    'YD-23',
    (claim) => {
      const period = claim.sbb.ssq + claim.sbb.sbpc
      const linked = (list: readonly { glh: string }[], glh: string) => list.some((row) => row.glh === glh)
      return [
        ...exportsWhere(claim, 'glh', ({ glh }) => !glh.startsWith(period) || !linked(claim.jhmx, glh)),
        ...purchasesWhere(claim, 'glh', ({ glh }) => !glh.startsWith(period) || !linked(claim.ckmx, glh)),
      ]
    },
  ],
  ['YD-26', (claim) => exportsWhere(claim, 'ckrq', ({ ckrq }) => ckrq > submissionDay(claim.head))],
  [
    'YD-01',
    (claim) =>
      exportsWhere(claim, 'ckbgdh', ({ ckbgdh }) => !isCustomsExport(ckbgdh, submissionDay(claim.head).slice(0, 4))),
  ],
  [
    'YD-02',
    (claim, known) =>
      exportsWhere(
        claim,
        'ckbgdh',
        (row) =>
          exportLeft(known, row)?.lte(0) === true ||
          claim.ckmx.some((other) => other !== row && other.ckbgdh === row.ckbgdh),
      ),
  ],
  [
    'YD-09',
    (claim, known) =>
      exportsWhere(claim, 'cksl', (row) => {
        const left = exportLeft(known, row)
        return left !== undefined && left.gt(0) && left.lt(row.cksl)
      }),
  ],
  [
    'YD-03',
    (claim) =>
      purchasesWhere(
        claim,
        'jhpzh',
        ({ sz, jhpzh, kprq }) => sz === 'V' && (!isVatInvoice(jhpzh) || kprq > submissionDay(claim.head)),
      ),
  ],
  ['YD-05', (claim) => purchasesWhere(claim, 'jhpzh', ({ sz, jhpzh }) => sz === 'C' && jhpzh.length < 10)],
  [
    'YD-07',
    (claim, known) => {
      const overdrawn = invoicesOf(claim).filter(
        ({ number, whole, used }) => known.invoiceLeft(number, whole)?.lt(used) === true,
      )
      return purchasesWhere(claim, 'jhpzh', ({ jhpzh }) => overdrawn.some(({ number }) => number === jhpzh))
    },
  ],
  [
    'YD-08',
    (claim) =>
      purchasesWhere(
        claim,
        'ghfnsrsbh',
        ({ ghfnsrsbh }) => ghfnsrsbh === claim.taxpayer.nsrsbh || (ghfnsrsbh.length === 18 && !isCreditCode(ghfnsrsbh)),
      ),
  ],
  [
    'YD-06',
    (claim) => {
      const exported = (glh: string) => sum(claim.ckmx.filter((row) => row.glh === glh).map((row) => row.cksl))
      const bought = (glh: string) =>
        sum(claim.jhmx.filter((row) => row.glh === glh && row.sz === 'V').map((row) => row.sl))
      const links = [...new Set(claim.jhmx.map(({ glh }) => glh))].filter((glh) => exported(glh).gt(bought(glh)))
      return exportsWhere(claim, 'cksl', ({ glh }) => links.includes(glh))
    },
  ],
  ['YD-27', (claim) => purchasesWhere(claim, 'tsl', (row) => row.sz === 'V' && hasNoRefund(claim, row))],
  [
    'YD-11',
    (claim) =>
      purchasesWhere(claim, 'tsl', (row) => {
        if (row.sz !== 'V' || hasNoRefund(claim, row)) return false
        const rate = libraryRate(claim, row)
        return rate === undefined || !new Big(rate).eq(row.tsl)
      }),
  ],
  [
    'YD-20',
    (claim) =>
      purchasesWhere(
        claim,
        'tse',
        ({ jsje, zssl, zsse, tsl, tse }) => !taxAgrees(jsje, zssl, zsse, '0.05') || !taxAgrees(jsje, tsl, tse, '0'),
      ),
  ],
  ['YD-21', ({ sbb, jhmx }) => (sum(jhmx.map(({ tse }) => tse)).eq(sbb.sqtse) ? [] : [['sbb', '', 'sqtse']])],
  [
    'YD-24',
    (claim, { fllb }) =>
      exportsWhere(
        claim,
        'ckbgdh',
        ({ ckbgdh, ckrq }) =>
          (fllb === 4 || submissionDay(claim.head) > collectionDeadline(ckrq)) &&
          !claim.shqk.some((row) => row.ckbgdh === ckbgdh),
      ),
  ],
  [
    'YD-12',
    (claim) =>
      exportsWhere(claim, 'rmblaj', ({ mylaj, rmblaj }) => {
        const rate = new Big(rmblaj).div(mylaj)
        return rate.lt(dollarRange.min) || rate.gt(dollarRange.max)
      }),
  ],
  [
    'YD-14',
    (claim) =>
      exportsWhere(
        claim,
        'cksp_dm',
        (row) =>
          (row.sbspdm !== undefined && row.sbspdm !== '' && row.sbspdm !== row.cksp_dm) ||
          claim.jhmx.some(({ glh, cksp_dm }) => glh === row.glh && cksp_dm !== row.cksp_dm),
      ),
  ],
  [
    'YD-04',
    (claim, known) =>
      purchasesWhere(claim, 'jhpzh', ({ sz, jhpzh }) => sz === 'V' && known.draw(`invoice ${jhpzh}`) < 0.03),
  ],
  [
    'YD-13',
    (claim) =>
      exportsWhere(claim, 'cksp_dm', ({ cksp_dm }) => watchedPrefixes.some((prefix) => cksp_dm.startsWith(prefix))),
  ],
  [
    'YD-15',
    (claim) =>
      exportsWhere(claim, 'ckbgdh', ({ ckbgdh }) =>
        /综保|保税|加工区/.test(findCode('customs-offices', ckbgdh.slice(0, 4))?.zh ?? ''),
      ),
  ],
]

/** Every doubt about a claim. */
export function checkClaim(claim: Claim, known: Known): Doubt[] {
  return rules.flatMap(([code, find]) => find(claim, known).map((place) => doubtAt(code, place)))
}

/** Every doubt about payment certificates. Whether customs knows them is found out in the night run, not here. */
export function checkCertificates({ head, taxpayer, jks }: Certificates): Doubt[] {
  const wrongNumber = (row: Certificates['jks'][number]) =>
    !row.jkshm.startsWith(row.bgdh) || row.bgdh.charAt(8) !== '1' || row.tfrq > submissionDay(head)
  return [
    ...(isCreditCode(taxpayer.nsrsbh) ? [] : [doubtAt('YD-25', ['', '', 'nsrsbh'])]),
    ...(runs(jks) ? [] : [doubtAt('YD-22', ['jks', '', 'sbxh'])]),
    ...jks.filter(wrongNumber).map(({ sbxh }) => doubtAt('YD-30', ['jks', sbxh, 'jkshm'])),
    ...jks
      .filter((row, at) => jks.findIndex(({ jkshm }) => jkshm === row.jkshm) < at)
      .map(({ sbxh }) => doubtAt('YD-31', ['jks', sbxh, 'jkshm'])),
  ]
}
