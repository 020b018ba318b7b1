import type { Desk } from '../agency.ts'
import { fileTime, localDate, localYear } from './time.ts'

/**
 * The numbers this office gives out. They are drawn from the desk's seed by what they name, not counted, so that the same
 * declaration gets the same numbers whatever else arrives meanwhile; one already taken moves to the next free one.
 */
export function openNumbering(desk: Desk) {
  const taken = new Set<string>()
  let receipts = 0

  function fresh(prefix: string, digits: number, key: string): string {
    const span = 10 ** digits
    let number = Math.floor(desk.draw(key) * span)
    while (taken.has(prefix + number)) number = (number + 1) % span
    taken.add(prefix + number)
    return prefix + String(number).padStart(digits, '0')
  }

  return {
    /** 统一编号: I or E, year, 13 digits. */
    seqNo(direction: string, reference: string): string {
      return fresh(direction + localYear(desk.now()), 13, `seqNo:${reference}`)
    },
    /** 报关单号: office, year, 1 import or 0 export, 9 digits. */
    entryId(direction: string, office: string, attempt: string): string {
      return fresh(`${office}${localYear(desk.now())}${direction === 'I' ? 1 : 0}`, 9, `entryId:${attempt}`)
    },
    /** 修撤单统一编号: M, year, 13 digits. */
    modificationNo(clientSeqNo: string): string {
      return fresh(`M${localYear(desk.now())}`, 13, `modification:${clientSeqNo}`)
    },
    /** 支付流水号: ZF, day, 10 digits. */
    transNo(paySeqNo: string): string {
      return fresh(`ZF${localDate(desk.now())}`, 10, `payment:${paySeqNo}`)
    },
    /** Name of a receipt file: its 18-digit number grows with every receipt issued. */
    receiptFile(seqNo: string, kind: 'DECCUS004' | 'DECMOD001' | 'TAXPAY001' = 'DECCUS004'): string {
      receipts += 1
      const number = `${desk.now()}${String(receipts % 100_000).padStart(5, '0')}`.padStart(18, '0')
      return `Receipt_${kind}_${seqNo}_${number}_${fileTime(desk.now())}.xml`
    },
  }
}
