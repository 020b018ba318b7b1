import { Big } from 'big.js'
import type { Declaration, Item } from '../../schemas/declaration/index.ts'
import { type Issue, pointer } from '../../schemas/issue.ts'
import type { About, Change, Filed } from '../adapter.ts'
import { check, collector, missing, type Report } from './check.ts'
import { controlOf } from './codes.ts'
import type { CancellationParticulars, PermitParticulars } from './particulars.ts'
import { extraOf, quantityOf, valuesOf } from './shipment.ts'

const asked = (...path: readonly PropertyKey[]): string => pointer('particulars', 'singapore', ...path)
const shipped = (...path: readonly PropertyKey[]): string => pointer('goodsShipment', ...path)

/** What of the declaration as it is to be is not there yet. */
export const missingAmendment = (declaration: Declaration, { change }: About = {}): Issue[] =>
  change?.after === undefined ? [] : missing(declaration, change.after.particulars as PermitParticulars | undefined)

/** What the window would reject of an amendment: fields one cancels for, a permit that is not there or is over. */
export function checkAmendment(declaration: Declaration, { change }: About = {}): Issue[] {
  if (change?.after === undefined) return []
  const { found, report } = collector()
  checkState(report, change)
  checkFixed(report, change.before, change.after)
  return [...found, ...check(declaration, change.after.particulars as PermitParticulars)]
}

/** What a cancellation still waits for. */
export function missingCancellation(particulars: CancellationParticulars | undefined): Issue[] {
  const { found, report } = collector()
  if (particulars?.reasonCode === undefined)
    report(asked('cancellation', 'reasonCode'), 'missing', 'The reason for cancelling (C01 to C13)', '缺少撤销原因代码')
  return found
}

/** What the window would reject of a cancellation, as far as it depends neither on the day nor on what was paid. */
export function checkCancellation({ change }: About = {}): Issue[] {
  const { found, report } = collector()
  if (change !== undefined) checkState(report, change)
  return found
}

function checkState(report: Report, { procedure, status }: Change): void {
  const at = asked(procedure)
  if (status === 'closed')
    report(at, 'too-late', 'The permit is used: nothing can be changed (U30)', '许可证已使用，不得变更（U30）')
  else if (status === 'withdrawn' || status === 'refused')
    report(at, 'too-late', 'Rejected or cancelled: nothing can be changed (U34)', '已拒绝或已撤销，不得变更（U34）')
}

/** Fields of a permit for which it is cancelled, not amended. Source: the window's interface, section 7 [assumed, 2026-11-22]. */
function checkFixed(report: Report, before: Filed, after: Filed): void {
  const was = before.particulars as PermitParticulars
  const is = after.particulars as PermitParticulars
  const fixed = (at: string, one: unknown, other: unknown) => {
    if (JSON.stringify(one) !== JSON.stringify(other))
      report(
        at,
        'not-amendable',
        'Cannot be amended: cancel, and declare anew (U20)',
        '不可修改，请撤销后重新申报（U20）',
      )
  }
  const [shipment, changed] = [before.declaration.goodsShipment, after.declaration.goodsShipment]
  fixed('/direction', before.declaration.direction, after.declaration.direction)
  fixed(asked('permit', 'agent', 'uen'), was.agent?.uen, is.agent?.uen)
  fixed(asked('permit', 'trader', 'uen'), was.trader?.uen, is.trader?.uen)
  fixed(asked('permit', 'licences'), was.licences, is.licences)
  fixed(shipped('tradeTerms', 'conditionCode'), shipment.tradeTerms.conditionCode, changed.tradeTerms.conditionCode)
  fixed(shipped('items'), shipment.items.length, changed.items.length)
  if (shipment.items.length !== changed.items.length) return
  for (const [at, item] of changed.items.entries()) {
    const other = shipment.items[at]
    if (other === undefined) continue
    const one = goodsOf(before.declaration, was, other, at)
    for (const [name, value] of Object.entries(goodsOf(after.declaration, is, item, at)))
      fixed(placeOf(is, item, at, name), one[name], value)
  }
}

/** What the permit says of an item and cannot be amended, by the field of the declaration that says it. */
function goodsOf(
  declaration: Declaration,
  particulars: PermitParticulars,
  item: Item,
  at: number,
): { readonly [name: string]: unknown } {
  const extra = extraOf(particulars, item)
  const quantity = quantityOf(item, extra)
  return {
    ahtn: extra?.ahtn,
    nameEn: item.nameEn ?? item.name,
    statutoryQuantity1: quantity && [new Big(quantity.value).toFixed(), quantity.unitCode],
    originCountry: item.originCountry,
    totalPrice: [valuesOf(declaration, particulars)[at], item.currency],
    productCode: extra?.productCode ?? controlOf(extra?.ahtn ?? '', declaration.direction)?.product,
  }
}

/** Where a field of an item stands: some are particulars of the permit. */
function placeOf(particulars: PermitParticulars, item: Item, at: number, name: string): string {
  if (name !== 'ahtn' && name !== 'productCode') return shipped('items', at, name)
  const row = particulars.items.findIndex((extra) => extra.item === item.sequence)
  return row < 0 ? asked('permit', 'items') : asked('permit', 'items', row, name)
}
