import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { isCreditCode } from '../../schemas/formats.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import type { Text } from '../../schemas/text.ts'
import type { About } from '../adapter.ts'
import {
  type Claimed,
  claimedItems,
  declarationsOf,
  extraOf,
  fobUsdOf,
  isAbout,
  legalUnitName,
  linksOf,
  quantityOf,
  refundOf,
  taxOf,
  toFen,
} from './claim.ts'
import { claimRows } from './codes.ts'
import { nameOf } from './missing.ts'
import type { PurchaseInvoice, RefundParticulars } from './particulars.ts'

const asked = (at: string, code: string, text: Text): Issue => issue(at, code, text, 'tax')
const inClaim = (...path: readonly PropertyKey[]): string => pointer('particulars', 'tax', 'refund', ...path)

/** Where a field of an item stands: in the declaration, or for a further one in what the claim says of it. */
const placeOf = ({ declaration, isOwn, item }: Claimed, name: string): string =>
  isOwn ? pointer('goodsShipment', 'items', declaration.goodsShipment.items.indexOf(item), name) : inClaim('exported')

/** What the tax office would refuse of a refund claim 免退税申报: doubts 疑点 of level E that can be seen beforehand. */
export function checkRefund(declaration: Declaration, particulars: RefundParticulars, about: About = {}): Issue[] {
  const items = claimedItems(declaration, particulars, about)
  return [
    ...coverIssues(declaration, particulars, about),
    ...unknownItems(declaration, particulars, items, about),
    ...items.flatMap((claimed) => exportIssues(particulars, claimed)),
    ...particulars.invoices.flatMap((invoice, at) => invoiceIssues(declaration, items, invoice, at)),
    ...linkIssues(particulars, items),
    ...overdrawnInvoices(particulars),
  ]
}

/** A batch claim is of one taxpayer; each declaration is there once, and is known. */
function coverIssues(declaration: Declaration, particulars: RefundParticulars, about: About): Issue[] {
  const all = declarationsOf(declaration, about)
  const names = all.map(({ functionalReferenceId }) => functionalReferenceId)
  const further = names.slice(1)
  const unless = (holds: boolean, at: string, code: string, en: string, zh: string): Issue[] =>
    holds ? [] : [asked(at, code, { en, zh })]
  return [
    ...all.flatMap((one) =>
      unless(
        (one.goodsShipment.invoice?.id ?? '').length <= 64,
        one === declaration ? '/goodsShipment/invoice/id' : inClaim('covered'),
        'too-long',
        'The number of the export invoice has at most 64 characters',
        '出口发票号不得超过64个字符',
      ),
    ),
    ...all
      .slice(1)
      .flatMap(({ functionalReferenceId: name, direction, goodsShipment }) => [
        ...unless(
          direction === 'export' && goodsShipment.exporter?.id === declaration.goodsShipment.exporter?.id,
          inClaim('covered'),
          'taxpayer-differs',
          `${name} is no export of the same taxpayer`,
          `申报单${name}不是同一纳税人的出口`,
        ),
        ...unless(
          names.filter((other) => other === name).length === 1,
          inClaim('covered'),
          'declaration-repeated',
          `${name} is covered twice`,
          `申报单${name}重复`,
        ),
      ]),
    ...particulars.covered.flatMap(({ declaration: name }, at) =>
      unless(
        further.includes(name) && particulars.covered.findIndex((other) => other.declaration === name) === at,
        inClaim('covered', at, 'declaration'),
        'declaration-unknown',
        `${name} is not among the declarations this claim covers, or named twice`,
        `申报单${name}不在本次合并申报范围内或重复`,
      ),
    ),
  ]
}

/** Every row names an item that is being claimed; the claim holds no more rows than the form. */
function unknownItems(
  declaration: Declaration,
  particulars: RefundParticulars,
  items: readonly Claimed[],
  about: About,
): Issue[] {
  const all = claimedItems(declaration, undefined, about)
  const unless = (isKnown: boolean, sequence: number, at: string): Issue[] =>
    isKnown
      ? []
      : [
          asked(at, 'item-unknown', {
            en: `Item ${sequence} is not part of this claim`,
            zh: `第${sequence}项不在本次申报范围内`,
          }),
        ]
  const has = (within: readonly Claimed[], row: { declaration?: string | undefined; item: number }) =>
    within.some((claimed) => isAbout(row, claimed))
  return [
    ...(items.length > claimRows
      ? [
          asked(inClaim('covered'), 'too-many-items', {
            en: `At most ${claimRows} items`,
            zh: `不得超过${claimRows}项`,
          }),
        ]
      : []),
    ...(particulars.items ?? []).flatMap((item, at) => unless(has(all, { item }), item, inClaim('items', at))),
    ...particulars.covered.flatMap(({ declaration: name, items: named = [] }, list) =>
      named.flatMap((item, at) =>
        unless(has(all, { declaration: name, item }), item, inClaim('covered', list, 'items', at)),
      ),
    ),
    ...(['exported', 'invoices', 'collections'] as const).flatMap((list) =>
      particulars[list].flatMap((row, at) => unless(has(items, row), row.item, inClaim(list, at, 'item'))),
    ),
  ]
}

/** Export details 出口明细 of an item: lengths the tax office takes, values above nothing, no more than was declared. */
function exportIssues(particulars: RefundParticulars, claimed: Claimed): Issue[] {
  const { item } = claimed
  const { en: name, zh: nameZh } = nameOf(claimed)
  const found: Issue[] = []
  const extra = extraOf(particulars, claimed)
  const quantity = new Big(quantityOf(particulars, claimed))
  const inExtra = (field: string) =>
    inClaim('exported', extra === undefined ? 0 : particulars.exported.indexOf(extra), field)
  if ((extra?.name ?? item.name).length > 200)
    found.push(
      asked(placeOf(claimed, 'name'), 'too-long', {
        en: `The name of ${name}: at most 200 characters; a shorter one may stand in ${inClaim('exported')}`,
        zh: `${nameZh}商品名称不得超过200个字符，可在出口明细补充中另填`,
      }),
    )
  if (quantity.lte(0))
    found.push(
      asked(
        extra?.quantity === undefined ? placeOf(claimed, 'statutoryQuantity1') : inExtra('quantity'),
        'not-positive',
        {
          en: 'More than 0',
          zh: '出口数量应大于0',
        },
      ),
    )
  if (quantity.gt(item.statutoryQuantity1.value))
    found.push(
      asked(inExtra('quantity'), 'claimed-above-declared', {
        en: `Only ${item.statutoryQuantity1.value} was declared of ${name}`,
        zh: `${nameZh}申报数量大于报关数量${item.statutoryQuantity1.value}`,
      }),
    )
  const fobUsd = fobUsdOf(particulars, claimed)
  if (fobUsd !== undefined && new Big(fobUsd).lte(0))
    found.push(
      asked(placeOf(claimed, 'totalPrice'), 'fob-not-positive', {
        en: `The FOB value of ${name} is not above 0`,
        zh: `${nameZh}离岸价应大于0`,
      }),
    )
  return found
}

/** A purchase 进货 against its item, its supplier and its own arithmetic. */
function invoiceIssues(
  declaration: Declaration,
  items: readonly Claimed[],
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
  const item = items.find((claimed) => isAbout(invoice, claimed))?.item
  if (item !== undefined && invoice.unitName !== undefined && invoice.unitName !== legalUnitName(item))
    report(
      'unitName',
      'unit-differs',
      `The claim counts in ${legalUnitName(item)}, the first legal unit`,
      `计量单位应为第一法定单位“${legalUnitName(item)}”`,
    )
  if (new Big(invoice.quantity).lte(0)) report('quantity', 'not-positive', 'More than 0', '数量应大于0')
  if (new Big(invoice.amount).lte(0)) report('amount', 'not-positive', 'More than 0', '计税金额应大于0')
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

/** Behind the items of a 关联号 stand purchases of the same unit, and no more is exported than was bought 出口数量不大于进货数量. */
function linkIssues(particulars: RefundParticulars, items: readonly Claimed[]): Issue[] {
  return linksOf(items, particulars).flatMap((link) => {
    const names = link.items.map(nameOf)
    const [en, zh] = [names.map((one) => one.en).join(', '), names.map((one) => one.zh).join('、')]
    const units = new Set(link.items.map(({ item }) => legalUnitName(item)))
    if (units.size > 1)
      return [
        asked(inClaim('exported'), 'link-unit-differs', {
          en: `What is linked is counted in one unit: ${en}`,
          zh: `关联的商品计量单位应相同：${zh}`,
        }),
      ]
    const total = (values: readonly string[]) => values.reduce((sum, value) => sum.plus(value), new Big(0))
    const exported = total(link.items.map((claimed) => quantityOf(particulars, claimed)))
    const bought = total(link.invoices.filter(({ taxKind }) => taxKind === 'V').map(({ quantity }) => quantity))
    return bought.gte(exported)
      ? []
      : [
          asked(inClaim('invoices'), 'purchase-below-export', {
            en: `${en}: ${exported.toFixed()} exported, only ${bought.toFixed()} purchased`,
            zh: `${zh}出口数量${exported.toFixed()}大于进货数量${bought.toFixed()}`,
          }),
        ]
  })
}

/** The rows of an invoice use no more of it than there is. */
function overdrawnInvoices({ invoices }: RefundParticulars): Issue[] {
  return [...Map.groupBy(invoices, ({ number }) => number)].flatMap(([number, rows]) => {
    const whole = rows.find(({ invoiceAmount }) => invoiceAmount !== undefined)?.invoiceAmount
    const used = rows.reduce((sum, { amount }) => sum.plus(amount), new Big(0))
    if (whole === undefined || used.lte(whole)) return []
    return [
      asked(
        inClaim(
          'invoices',
          invoices.findIndex((row) => row.number === number),
          'amount',
        ),
        'invoice-overdrawn',
        {
          en: `Invoice ${number} is worth ${whole}, ${used.toFixed(2)} is claimed of it`,
          zh: `发票${number}金额${whole}，申报计税金额合计${used.toFixed(2)}`,
        },
      ),
    ]
  })
}
