import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import type { About } from '../adapter.ts'
import {
  aprilDeadline,
  type Claimed,
  claimedItems,
  cnyPerUsdOf,
  declarationsOf,
  exportDay,
  fobUsdOf,
  isAbout,
  linksOf,
} from './claim.ts'
import { type CertificateParticulars, type RefundParticulars, refundParticulars } from './particulars.ts'

const inClaim = (name: string): string => pointer('particulars', 'tax', 'refund', name)
const missing = (at: string, en: string, zh: string): Issue => issue(at, 'missing', { en, zh }, 'tax')

/** An item as a person would name it: by its number, and by its declaration where a claim covers several. */
export const nameOf = ({ declaration, isOwn, item }: Claimed) => ({
  en: `item ${item.sequence}${isOwn ? '' : ` of ${declaration.functionalReferenceId}`}`,
  zh: `${isOwn ? '' : `申报单${declaration.functionalReferenceId}`}第${item.sequence}项`,
})

/** What a refund claim 免退税申报 still waits for. */
export function missingInRefund(
  declaration: Declaration,
  particulars: RefundParticulars | undefined,
  about: About = {},
): Issue[] {
  const items = claimedItems(declaration, particulars, about)
  return [
    ...declarationsOf(declaration, about).flatMap((one, at) => missingInDeclaration(one, particulars, at === 0)),
    ...(items.some((claimed) => cnyPerUsdOf(particulars, claimed) === undefined)
      ? [missing(inClaim('cnyPerUsd'), 'Rate CNY for one USD', '缺少美元汇率')]
      : []),
    ...items
      .filter((claimed) => fobUsdOf(particulars, claimed) === undefined)
      .map(nameOf)
      .map(({ en, zh }) =>
        missing(
          inClaim('exported'),
          `FOB value in USD of ${en}: currency, terms or charges do not tell it`,
          `缺少${zh}的美元离岸价，无法由币制、成交方式和运保费推算`,
        ),
      ),
    ...missingPurchases(items, particulars),
    ...missingCollections(items, particulars),
  ]
}

/** The export invoice and the day of export of each declaration. */
function missingInDeclaration(
  declaration: Declaration,
  particulars: RefundParticulars | undefined,
  isOwn: boolean,
): Issue[] {
  const of = isOwn
    ? { en: '', zh: '' }
    : { en: ` of ${declaration.functionalReferenceId}`, zh: declaration.functionalReferenceId }
  return [
    ...(declaration.goodsShipment.invoice === undefined
      ? [
          missing(
            isOwn ? '/goodsShipment/invoice/id' : inClaim('covered'),
            `The refund claim names the export invoice${of.en}`,
            `出口退税申报须填出口发票号${of.zh}`,
          ),
        ]
      : []),
    ...(exportDay(declaration, particulars, isOwn) === undefined
      ? [
          missing(
            inClaim(isOwn ? 'exportDate' : 'covered'),
            `Date of export${of.en}: not told by the journey`,
            `缺少出口日期${of.zh}，运输段也未提供启运时间`,
          ),
        ]
      : []),
  ]
}

const nothingSaid = refundParticulars.parse({})

/** A VAT invoice behind every item, its own or that of an item linked with it. */
const missingPurchases = (items: readonly Claimed[], particulars: RefundParticulars | undefined): Issue[] =>
  linksOf(items, particulars ?? nothingSaid)
    .filter(({ invoices }) => !invoices.some(({ taxKind }) => taxKind === 'V'))
    .flatMap((link) => link.items)
    .map(nameOf)
    .map(({ en, zh }) => missing(inClaim('invoices'), `VAT invoices for ${en}`, `缺少${zh}的增值税进货发票`))

/** Proof of collection 收汇情况表: class 4 with every claim, the others in a period after the April deadline. */
function missingCollections(items: readonly Claimed[], particulars: RefundParticulars | undefined): Issue[] {
  if (particulars === undefined) return []
  const isLate = ({ declaration, isOwn }: Claimed) => {
    const day = exportDay(declaration, particulars, isOwn)
    const deadlineMonth = day === undefined ? '' : aprilDeadline(day).slice(0, 7).replace('-', '')
    return day !== undefined && particulars.period !== undefined && particulars.period > deadlineMonth
  }
  return items
    .filter((claimed) => particulars.managementClass === 4 || isLate(claimed))
    .filter((claimed) => !particulars.collections.some((row) => isAbout(row, claimed)))
    .map(nameOf)
    .map(({ en, zh }) =>
      missing(inClaim('collections'), `Proof that the money for ${en} was collected`, `缺少${zh}的收汇情况`),
    )
}

/** What the comparison of payment certificates 海关缴款书稽核 still waits for. */
export const missingInCertificates = (_: Declaration, particulars: CertificateParticulars | undefined): Issue[] =>
  particulars !== undefined && particulars.certificates.length > 0
    ? []
    : [
        missing(
          pointer('particulars', 'tax', 'payment-certificate', 'certificates'),
          'The customs payment certificates for import VAT',
          '缺少海关进口增值税专用缴款书',
        ),
      ]
