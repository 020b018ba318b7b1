import { Big } from 'big.js'
import type { Desk } from '../agency.ts'
import { type Finding, finding, type Message, type Row, rowsOf, textOf } from './message.ts'

/** What a certificate was issued for 签发数量, by its number: `…-Q30000`; undefined when there is no limit to what is declared. */
function issuedFor(row: Row): Big | undefined {
  const digits = /-Q(\d{1,12})$/.exec(textOf(row, 'LicenceNo'))?.[1]
  return digits === undefined ? undefined : new Big(digits)
}

const certificateOf = (row: Row): string => `${textOf(row, 'LicTypeCode')} ${textOf(row, 'LicenceNo')}`

/** The licence rows that use up a certificate of limited quantity. */
const limitedRows = (message: Message): Row[] =>
  rowsOf(message, 'DecGoodsLimit').filter(
    (row) => issuedFor(row) !== undefined && /^\d+(?:\.\d+)?$/.test(textOf(row, 'LicWrtofQty')),
  )

/** How much of each certificate a declaration uses. */
function usedBy(message: Message): Map<string, Big> {
  const used = new Map<string, Big>()
  for (const row of limitedRows(message))
    used.set(certificateOf(row), (used.get(certificateOf(row)) ?? new Big(0)).plus(textOf(row, 'LicWrtofQty')))
  return used
}

/** The ledger of certificates 证件核销账: what each declaration has reserved or used up of them, by 统一编号. */
export function openLedger(desk: Desk) {
  const held = new Map<string, ReadonlyMap<string, Big>>()

  /** What others have left of a certificate. */
  function leftFor(seqNo: string, row: Row): Big {
    const certificate = certificateOf(row)
    const others = [...held].filter(([holder]) => holder !== seqNo).map(([, used]) => used.get(certificate) ?? 0)
    return others.reduce<Big>((left, used) => left.minus(used), issuedFor(row) ?? new Big(0))
  }

  return {
    /** Certificates that have too little left for a declaration; `seqNo` names what it holds already. */
    shortages(message: Message, seqNo: string): Finding[] {
      const wanted = usedBy(message)
      return limitedRows(message).flatMap((row) => {
        const left = leftFor(seqNo, row)
        return (wanted.get(certificateOf(row)) ?? new Big(0)).gt(left)
          ? [
              finding(
                row,
                'LicWrtofQty',
                605,
                `许可证${textOf(row, 'LicenceNo')}余量不足：剩余${left.toFixed()}，申报${textOf(row, 'LicWrtofQty')}`,
              ),
            ]
          : []
      })
    },
    /** 预核扣: from now on this much is held, in place of what was. */
    reserve(message: Message, seqNo: string, reference: string): void {
      const used = usedBy(message)
      if (used.size === 0 && !held.has(seqNo)) return
      held.set(seqNo, used)
      for (const [certificate, quantity] of used)
        desk.effect(reference, `certificate-reserved ${certificate} ${quantity.toFixed()}`)
    },
    /** 核销: what is held is used up. */
    confirm(seqNo: string, reference: string): void {
      for (const [certificate, quantity] of held.get(seqNo) ?? [])
        desk.effect(reference, `certificate-used ${certificate} ${quantity.toFixed()}`)
    },
    /** 释放: nothing is held any more. */
    free(seqNo: string, reference: string): void {
      for (const [certificate, quantity] of held.get(seqNo) ?? [])
        desk.effect(reference, `certificate-freed ${certificate} ${quantity.toFixed()}`)
      held.delete(seqNo)
    },
  }
}
