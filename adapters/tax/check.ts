import { Big } from 'big.js'
import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import { isCreditCode } from '../../schemas/formats.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import type { Text } from '../../schemas/text.ts'
import { claimedItems, exportDay, extraOf, fobUsdOf, legalUnitName, refundOf, taxOf, toFen } from './claim.ts'
import { certificateNumber } from './codes.ts'
import type { CertificateParticulars, PurchaseInvoice, RefundParticulars } from './particulars.ts'

const asked = (at: string, code: string, text: Text): Issue => issue(at, code, text, 'tax')
const inClaim = (...path: readonly PropertyKey[]): string => pointer('particulars', 'tax', 'refund', ...path)
const inCertificates = (...path: readonly PropertyKey[]): string =>
  pointer('particulars', 'tax', 'payment-certificate', ...path)
const itemPointer = (declaration: Declaration, item: Item, name: string): string =>
  pointer('goodsShipment', 'items', declaration.goodsShipment.items.indexOf(item), name)

/** What a refund claim still waits for. */
export function missingInRefund(declaration: Declaration, particulars: RefundParticulars | undefined): Issue[] {
  const missing = (at: string, en: string, zh: string): Issue[] => [asked(at, 'missing', { en, zh })]
  const items = claimedItems(declaration, particulars)
  const purchased = new Set(particulars?.invoices.filter(({ taxKind }) => taxKind === 'V').map(({ item }) => item))
  return [
    declaration.goodsShipment.invoice === undefined
      ? missing('/goodsShipment/invoice/id', 'The refund claim names the export invoice', '出口退税申报须填出口发票号')
      : [],
    exportDay(declaration, particulars) === undefined
      ? missing(
          inClaim('exportDate'),
          'Date of export: not told by the journey',
          '缺少出口日期，运输段也未提供启运时间',
        )
      : [],
    particulars?.cnyPerUsd === undefined ? missing(inClaim('cnyPerUsd'), 'Rate CNY for one USD', '缺少美元汇率') : [],
    ...items.map((item) =>
      fobUsdOf(declaration, particulars, item) === undefined
        ? missing(
            inClaim('exported'),
            `FOB value in USD of item ${item.sequence}: currency, terms or charges do not tell it`,
            `缺少第${item.sequence}项的美元离岸价，无法由币制、成交方式和运保费推算`,
          )
        : [],
    ),
    ...items.map((item) =>
      purchased.has(item.sequence)
        ? []
        : missing(
            inClaim('invoices'),
            `VAT invoices for item ${item.sequence}`,
            `缺少第${item.sequence}项的增值税进货发票`,
          ),
    ),
  ].flat()
}

/** What the tax office would refuse of a refund claim: doubts 疑点 of level E that can be seen beforehand. */
export function checkRefund(declaration: Declaration, particulars: RefundParticulars): Issue[] {
  const items = claimedItems(declaration, particulars)
  return [
    ...unknownItems(declaration, particulars),
    ...exportIssues(declaration, particulars, items),
    ...particulars.invoices.flatMap((invoice, at) => invoiceIssues(declaration, items, invoice, at)),
    ...quantityIssues(particulars, items),
  ]
}

/** Every row names an item of the declaration that is being claimed. */
function unknownItems(declaration: Declaration, particulars: RefundParticulars): Issue[] {
  const all = declaration.goodsShipment.items
  const claimed = claimedItems(declaration, particulars)
  const unless = (within: readonly Item[], sequence: number, at: string): Issue[] =>
    within.some((item) => item.sequence === sequence)
      ? []
      : [
          asked(at, 'item-unknown', {
            en: `Item ${sequence} is not part of this claim`,
            zh: `第${sequence}项不在本次申报范围内`,
          }),
        ]
  return [
    ...(particulars.items ?? []).flatMap((sequence, at) => unless(all, sequence, inClaim('items', at))),
    ...(['exported', 'invoices', 'collections'] as const).flatMap((list) =>
      particulars[list].flatMap(({ item }, at) => unless(claimed, item, inClaim(list, at, 'item'))),
    ),
  ]
}

/** Export details 出口明细: lengths the tax office takes, and values above nothing. */
function exportIssues(declaration: Declaration, particulars: RefundParticulars, items: readonly Item[]): Issue[] {
  const { invoice } = declaration.goodsShipment
  const found: Issue[] = []
  if (invoice !== undefined && invoice.id.length > 64)
    found.push(
      asked('/goodsShipment/invoice/id', 'too-long', { en: 'At most 64 characters', zh: '出口发票号不得超过64个字符' }),
    )
  for (const item of items) {
    if ((extraOf(particulars, item.sequence)?.name ?? item.name).length > 200)
      found.push(
        asked(itemPointer(declaration, item, 'name'), 'too-long', {
          en: `At most 200 characters; a shorter name may stand in ${inClaim('exported')}`,
          zh: '商品名称不得超过200个字符，可在出口明细补充中另填',
        }),
      )
    if (new Big(item.statutoryQuantity1.value).lte(0))
      found.push(
        asked(itemPointer(declaration, item, 'statutoryQuantity1'), 'not-positive', {
          en: 'More than 0',
          zh: '出口数量应大于0',
        }),
      )
    const fobUsd = fobUsdOf(declaration, particulars, item)
    if (fobUsd !== undefined && new Big(fobUsd).lte(0))
      found.push(
        asked(itemPointer(declaration, item, 'totalPrice'), 'fob-not-positive', {
          en: 'The FOB value is not above 0',
          zh: '离岸价应大于0',
        }),
      )
  }
  return found
}

/** A purchase 进货 against its item, its supplier and its own arithmetic. */
function invoiceIssues(
  declaration: Declaration,
  items: readonly Item[],
  invoice: PurchaseInvoice,
  at: number,
): Issue[] {
  const found: Issue[] = []
  const report = (name: string, code: string, en: string, zh: string) =>
    found.push(asked(inClaim('invoices', at, name), code, { en, zh }))
  const numberForm = invoice.taxKind === 'V' ? /^(\d{18}|\d{20})$/ : /^[0-9A-Z-]{10,64}$/
  if (!numberForm.test(invoice.number))
    report(
      'number',
      'invoice-number-invalid',
      'A VAT invoice has 20 or 18 digits, a tax voucher at least 10 characters',
      '增值税发票号码应为20位或18位数字，税票号不少于10位',
    )
  if (invoice.supplierTaxId.length === 18 && !isCreditCode(invoice.supplierTaxId))
    report(
      'supplierTaxId',
      'credit-code-invalid',
      'The check character is wrong (GB 32100)',
      '供货方纳税人识别号校验码错误（GB 32100）',
    )
  if (invoice.supplierTaxId === declaration.goodsShipment.exporter?.id)
    report('supplierTaxId', 'supplier-is-taxpayer', 'The supplier is the taxpayer itself', '供货方不得为申报企业本身')
  const item = items.find(({ sequence }) => sequence === invoice.item)
  if (item !== undefined && invoice.unitName !== undefined && invoice.unitName !== legalUnitName(item))
    report(
      'unitName',
      'unit-differs',
      `The claim counts in ${legalUnitName(item)}, the first legal unit`,
      `计量单位应为第一法定单位“${legalUnitName(item)}”`,
    )
  if (new Big(invoice.quantity).lte(0)) report('quantity', 'not-positive', 'More than 0', '数量应大于0')
  if (new Big(invoice.refundRate).lte(0) || new Big(invoice.refundRate).gt(invoice.taxRate))
    report('refundRate', 'refund-rate-invalid', 'Above 0 and not above the tax rate', '退税率应大于0且不高于征税率')
  const tax = new Big(invoice.amount).times(invoice.taxRate)
  if (tax.minus(taxOf(invoice)).abs().gt('0.05'))
    report('tax', 'tax-differs', `Amount × tax rate is ${toFen(tax)}`, `计税金额×征税率为${toFen(tax)}`)
  const refund = toFen(new Big(invoice.amount).times(invoice.refundRate))
  if (!new Big(refund).eq(refundOf(invoice)))
    report('refund', 'refund-differs', `Amount × refund rate is ${refund}`, `计税金额×退税率为${refund}`)
  return found
}

/** No more is exported than was bought 出口数量不大于进货数量. */
function quantityIssues(particulars: RefundParticulars, items: readonly Item[]): Issue[] {
  return items.flatMap((item) => {
    const bought = particulars.invoices
      .filter((invoice) => invoice.item === item.sequence && invoice.taxKind === 'V')
      .reduce((sum, { quantity }) => sum.plus(quantity), new Big(0))
    return bought.gte(item.statutoryQuantity1.value)
      ? []
      : [
          asked(inClaim('invoices'), 'purchase-below-export', {
            en: `Item ${item.sequence}: ${item.statutoryQuantity1.value} exported, only ${bought.toFixed()} purchased`,
            zh: `第${item.sequence}项出口数量${item.statutoryQuantity1.value}大于进货数量${bought.toFixed()}`,
          }),
        ]
  })
}

/** What the comparison of payment certificates still waits for. */
export function missingInCertificates(_: Declaration, particulars: CertificateParticulars | undefined): Issue[] {
  return particulars !== undefined && particulars.certificates.length > 0
    ? []
    : [
        asked(inCertificates('certificates'), 'missing', {
          en: 'The customs payment certificates for import VAT',
          zh: '缺少海关进口增值税专用缴款书',
        }),
      ]
}

/** What the tax office would refuse of payment certificates: form, repetition, another entry, nothing paid. */
export function checkCertificates(_: Declaration, { certificates }: CertificateParticulars): Issue[] {
  const first = certificates[0]?.number.slice(0, 18)
  return certificates.flatMap(({ number, amount }, at) => {
    const found: Issue[] = []
    const report = (name: string, code: string, en: string, zh: string) =>
      found.push(asked(inCertificates('certificates', at, name), code, { en, zh }))
    if (!certificateNumber.test(number))
      report(
        'number',
        'certificate-number-invalid',
        'Import entry number (18 digits), -L and two digits',
        '缴款书号码应为18位进口报关单号加-L加两位序号',
      )
    else if (number.slice(0, 18) !== first)
      report(
        'number',
        'entry-number-differs',
        'All certificates of a declaration are of one customs entry',
        '缴款书号码与报关单号不符',
      )
    if (certificates.findIndex((other) => other.number === number) < at)
      report('number', 'certificate-repeated', 'Named twice', '缴款书重复采集')
    if (new Big(amount).lte(0)) report('amount', 'not-positive', 'More than 0', '税款金额应大于0')
    return found
  })
}
