/** What a document comes to 申报内容: the two procedures brought to what the office keeps of a filing. */
import { Big } from 'big.js'
import { checkCertificates, checkClaim, type Known } from './checks.ts'
import type { Use } from './ledger.ts'
import type { Certificates, Claim, Head } from './read.ts'
import { exportsOf, invoicesOf } from './uses.ts'
import type { Doubt } from './write.ts'

export interface Content {
  readonly head: Head
  readonly taxpayer: string
  readonly period: string
  /** Claimed refund, or the tax on the certificates. */
  readonly amount: string
  readonly supplier: string
  /** What it uses of exported items and of invoices. */
  readonly exports: readonly Use[]
  readonly invoices: readonly Use[]
  /** Certificates that no other standing filing may have. */
  readonly certificates: readonly string[]
  readonly doubts: readonly Doubt[]
  /** Another filing stands on one of the certificates: found out in the night run only. */
  readonly duplicate: boolean
}

export function contentOf(document: Claim | Certificates, known: Known): Content {
  return 'ckmx' in document ? ofClaim(document, known) : ofCertificates(document, known)
}

function ofClaim(claim: Claim, known: Known): Content {
  return {
    head: claim.head,
    taxpayer: claim.taxpayer.nsrsbh,
    period: claim.sbb.ssq,
    amount: claim.sbb.sqtse,
    supplier: claim.jhmx[0]?.ghfnsrsbh ?? '',
    exports: exportsOf(claim),
    invoices: invoicesOf(claim),
    certificates: [],
    doubts: checkClaim(claim, known),
    duplicate: false,
  }
}

function ofCertificates(document: Certificates, known: Known): Content {
  const certificates = document.jks.map(({ jkshm }) => jkshm)
  return {
    head: document.head,
    taxpayer: document.taxpayer.nsrsbh,
    period: document.ssq,
    amount: document.jks.reduce((sum, { se }) => sum.plus(se), new Big(0)).toFixed(2),
    supplier: '',
    exports: [],
    invoices: [],
    certificates,
    doubts: checkCertificates(document),
    duplicate: certificates.some((number) => known.isCompared(number)),
  }
}
