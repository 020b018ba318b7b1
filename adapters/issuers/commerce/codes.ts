import type { CertificateFinding } from '../../../schemas/certificates.ts'
import { customsUnitsOf, rec20OfUnit } from '../../../schemas/codes/concordance.ts'

/**
 * Results of a comparison 比对结果代码. Source: the specification of the simulated licence office, section 3; 0 to 8 after the comparison
 * results of the old 通关单 network, 9 to 13 of this project [A], 2026-11.
 */
export const results: { readonly [code: string]: CertificateFinding } = {
  '1': 'certificate-not-found',
  '2': 'certificate-void',
  '3': 'certificate-holder',
  '4': 'certificate-hs',
  '5': 'certificate-port',
  '6': 'certificate-quantity',
  '7': 'certificate-used-up',
  '9': 'certificate-direction',
  '10': 'certificate-origin',
  '11': 'certificate-value',
  '12': 'certificate-unit',
  '13': 'certificate-refused',
}
/** It agrees 相符; 8: its own register cannot be reached 系统超时, which is no answer; 14: no such booking 无此预留. */
export const agrees = '0'
export const registerAway = '8'
export const noSuchBooking = '14'

/** Where a booking stands 预留状态. */
export const states: { readonly [code: string]: 'reserved' | 'committed' | 'released' } = {
  R: 'reserved',
  C: 'committed',
  F: 'released',
}

/** Directions 进出口标志; both ways 2. */
export const directions: { readonly [code: string]: 'import' | 'export' | 'both' } = {
  I: 'import',
  E: 'export',
  '2': 'both',
}
export const flagOf = { import: 'I', export: 'E' } as const

/** The customs unit 计量单位 that is written for a unit; the unit itself where there is none. */
export const unitOf = (unitCode: string): string => customsUnitsOf(unitCode)[0] ?? unitCode
export const unitFrom = (code: string): string => rec20OfUnit(code) ?? code
