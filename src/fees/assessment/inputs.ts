import type { Verdict } from '../../../schemas/fees/bill.ts'
import { canonicalJson, sha256Hex } from '../canonical.ts'
import type { Catalogue } from '../catalogue.ts'

/** Lines of checked bills 已核对账单行 that were judged alike, put together. */
export interface JudgedSum {
  readonly port: string
  readonly payee: string | undefined
  readonly fee: string | undefined
  readonly kind: string | undefined
  readonly verdict: Verdict
  readonly lines: number
  readonly charged: string
  readonly over: string
}

/** Complaints 价格投诉 about a payee that stand alike, put together. */
export interface ComplaintSum {
  readonly port: string
  readonly payee: string
  readonly status: string
  readonly complaints: number
  readonly amount: string
}

/** Everything a round is computed from 评估输入, and nothing else: no clock, no chance. */
export interface AssessmentInputs {
  readonly period: { readonly from: string; readonly to: string }
  /** The edition that holds on the period's last day. */
  readonly catalogue: Catalogue
  /** The edition of the round before, and that round's last day. */
  readonly previous: { readonly to: string; readonly catalogue: Catalogue } | undefined
  /** Of bills issued in the period. */
  readonly lines: readonly JudgedSum[]
  /** Filed in the period. */
  readonly complaints: readonly ComplaintSum[]
}

/** SHA-256 over all that goes in, whatever order it comes in. An edition's own digest stands for its entries: whoever has a copy can check it. */
export function inputDigestOf({ period, catalogue, previous, lines, complaints }: AssessmentInputs): string {
  const editionOf = ({ edition: { number, digest } }: Catalogue) => ({ number, digest })
  return sha256Hex(
    canonicalJson({
      period,
      edition: editionOf(catalogue),
      previous: previous === undefined ? null : { to: previous.to, edition: editionOf(previous.catalogue) },
      lines: lines.map(canonicalJson).sort(),
      complaints: complaints.map(canonicalJson).sort(),
    }),
  )
}
