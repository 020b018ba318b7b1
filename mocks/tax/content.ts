/** What a document comes to 申报内容: the two procedures brought to what the office keeps of a filing. */
import { Big } from 'big.js'
import { checkCertificates, checkClaim, type Known } from './checks.ts'
import type { Certificates, Claim, Head } from './read.ts'
import type { Doubt } from './write.ts'

export interface Content {
  readonly head: Head
  readonly period: string
  /** Claimed refund, or the tax on the certificates. */
  readonly amount: string
  readonly supplier: string
  /** Entry items and invoices, or certificates, that no other standing filing may have. */
  readonly claims: readonly string[]
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
    period: claim.sbb.ssq,
    amount: claim.sbb.sqtse,
    supplier: claim.jhmx[0]?.ghfnsrsbh ?? '',
    claims: [...claim.ckmx.map(({ ckbgdh }) => ckbgdh), ...claim.jhmx.map(({ jhpzh }) => jhpzh)],
    doubts: checkClaim(claim, known),
    duplicate: false,
  }
}

function ofCertificates(document: Certificates, known: Known): Content {
  const claims = document.jks.map(({ jkshm }) => jkshm)
  return {
    head: document.head,
    period: document.ssq,
    amount: document.jks.reduce((sum, { se }) => sum.plus(se), new Big(0)).toFixed(2),
    supplier: '',
    claims,
    doubts: checkCertificates(document),
    duplicate: claims.some((number) => known.takenElsewhere(number)),
  }
}
