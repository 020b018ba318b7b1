import type { Fee } from '../../../schemas/fees/entries.ts'
import type { Catalogue } from '../catalogue.ts'
import { type CheckIssue, error } from './issues.ts'
import { chargedIn, inForce, type Stretch } from './stretch.ts'

/**
 * What is not of market price rests on a document 收费依据, and every document a fee names is in force on every day it may still be charged.
 * A document that is withdrawn takes along the fees that rest on it, whoever's they are.
 */
export function basisIssues(next: Catalogue): CheckIssue[] {
  const found: CheckIssue[] = []
  for (const [id, fee] of next.of('fee')) {
    if (fee.nature !== 'market' && (fee.basis ?? []).length === 0)
      found.push(
        error(['fee', id, 'basis'], 'basis-missing', {
          en: 'Only a fee of market price needs no legal basis',
          zh: '除市场调节价外，收费须有依据',
        }),
      )
    const charged = chargedIn(fee, next.edition.validFrom)
    if (charged !== undefined) found.push(...eachOf(next, id, fee, charged))
  }
  return found
}

function eachOf(next: Catalogue, id: string, fee: Fee, charged: Stretch): CheckIssue[] {
  return (fee.basis ?? []).flatMap(({ id: basisId }, index): CheckIssue[] => {
    const basis = next.of('basis').get(basisId)
    // A validity turned around is an issue of its own.
    if (basis === undefined || (basis.validTo !== undefined && basis.validTo < basis.validFrom)) return []
    const at = ['fee', id, 'basis', index, 'id'] as const
    const force = inForce(basis)
    const { withdrawn } = basis
    const endsTooSoon = (end: string | undefined) => end !== undefined && (charged.to === undefined || charged.to > end)
    if (withdrawn !== undefined && (force === undefined || (endsTooSoon(force.to) && force.to !== basis.validTo)))
      return [
        error(at, 'basis-withdrawn', {
          en: `${basis.number} is withdrawn on ${withdrawn.on}: the fee must end before`,
          zh: `${basis.number} 于 ${withdrawn.on} 废止，收费应在此前终止`,
        }),
      ]
    const issues: CheckIssue[] = []
    if (basis.validFrom > charged.from)
      issues.push(
        error(at, 'basis-not-yet', {
          en: `${basis.number} is in force only from ${basis.validFrom}`,
          zh: `${basis.number} 自 ${basis.validFrom} 起施行`,
        }),
      )
    if (endsTooSoon(basis.validTo))
      issues.push(
        error(at, 'basis-expired', {
          en: `${basis.number} ends on ${basis.validTo}: the fee must end by then`,
          zh: `${basis.number} 有效期至 ${basis.validTo}，收费不得超过该日`,
        }),
      )
    return issues
  })
}
