import { Big } from 'big.js'
import { addDays, daysBetween, workdayFrom } from './calendar.ts'
import { taxPractice } from './parameters.ts'
import { type TaxLine, type TaxType, taxNames, totalOf } from './tax.ts'
import { toFen } from './tax-value.ts'

/** A payment voucher 税款缴款书: what is due of one tax type. */
export interface Voucher {
  readonly number: string
  readonly taxType: TaxType
  readonly amount: Big
}

/** A tax bill 税费单 of one entry. Days are `yyyy-MM-dd`. */
export interface Bill {
  readonly number: string
  readonly entryId: string
  readonly lastDay: string
  readonly lines: readonly TaxLine[]
  readonly vouchers: readonly Voucher[]
  readonly total: Big
}

/** How far paying a bill has come. */
export type Payable = '未支付' | '支付中' | '已支付'

/** @param place `01` for the first bill of the entry. @param lateBy days that have gone by since its last day already */
function makeOutBill(entryId: string, place: string, lines: readonly TaxLine[], today: string, lateBy: number): Bill {
  const types = [...new Set(lines.map(({ taxType }) => taxType))]
  return {
    number: `${entryId}-${place}`,
    entryId,
    lastDay: lateBy > 0 ? addDays(today, -lateBy) : workdayFrom(addDays(today, taxPractice.daysToPay)),
    lines,
    vouchers: types.map((taxType) => ({
      number: `${entryId}-${taxType}${place}`,
      taxType,
      amount: totalOf(lines, taxType),
    })),
    total: totalOf(lines),
  }
}

/** Late surcharge 滞纳金 when the bill is paid on a day, voucher by voucher. */
export function lateFeeOf({ vouchers, lastDay }: Bill, today: string): Big {
  const days = daysBetween(lastDay, today)
  return vouchers
    .map(({ amount }) => toFen(amount.times(taxPractice.lateShareADay).times(days)))
    .filter((fee) => fee.gte(taxPractice.lateExemptBelowCny))
    .reduce((sum, fee) => sum.plus(fee), new Big(0))
}

/** The bill in the words of receipt T. */
export function describeBill({ vouchers, total, lastDay, number }: Bill): string {
  const named = vouchers.map(({ taxType, amount }) => `${taxNames[taxType]}${taxType} ${amount.toFixed(2)}元`)
  const limit = lastDay.replaceAll('-', '')
  return [...named, `合计${total.toFixed(2)}元`, `缴款期限${limit}`, `税费单号${number}`].join('，')
}

/** A bill of this office, how far paying it is, and what the payment sets going. */
export interface OpenBill {
  readonly bill: Bill
  /** The sender's number of the declaration: it carries the magic values. */
  readonly clientSeqNo: string
  state: Payable
  /** @param by how it was paid, in words */
  settle(by: string): void
}

/** The bills 税费单 this office has made out, the latest for each entry. */
export function openBills() {
  const latest = new Map<string, OpenBill>()
  const count = new Map<string, number>()
  return {
    of: (entryId: string): OpenBill | undefined => latest.get(entryId),
    /** Makes out the next bill of an entry; `settled` is done once, when it is paid. */
    open(
      entryId: string,
      clientSeqNo: string,
      lines: readonly TaxLine[],
      today: string,
      lateBy: number,
      settled: (by: string) => void,
    ): Bill {
      const place = (count.get(entryId) ?? 0) + 1
      count.set(entryId, place)
      const bill = makeOutBill(entryId, String(place).padStart(2, '0'), lines, today, lateBy)
      const open: OpenBill = {
        bill,
        clientSeqNo,
        state: '未支付',
        settle(by) {
          if (open.state === '已支付') return
          open.state = '已支付'
          settled(by)
        },
      }
      latest.set(entryId, open)
      return bill
    },
    /** The bill is no longer in force: its declaration is deleted or was returned. */
    withdraw: (entryId: string): void => void latest.delete(entryId),
  }
}
