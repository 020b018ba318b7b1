import type { CertificateFinding } from '../../../schemas/certificates.ts'

/** What the office has against the use of a permit 不予核销原因. Source: the specification of the simulated species office, section 3; an assumption of this project, 2026-11. */
export const grounds: { readonly [ground: string]: CertificateFinding } = {
  E01: 'certificate-not-found',
  E02: 'certificate-void',
  E03: 'certificate-holder',
  E04: 'certificate-hs',
  E05: 'certificate-port',
  E06: 'certificate-quantity',
  E07: 'certificate-used-up',
  E09: 'certificate-direction',
  E10: 'certificate-origin',
  E11: 'certificate-value',
  E12: 'certificate-unit',
  E99: 'certificate-refused',
}

/** How a permit stands for a consignment 核销状态. */
export const states: { readonly [state: string]: 'reserved' | 'committed' | 'released' } = {
  held: 'reserved',
  used: 'committed',
  free: 'released',
}

/** Results 结果. */
export const verdicts: { readonly [result: string]: 'yes' | 'no' | 'not-here' } = {
  OK: 'yes',
  NO: 'no',
  NONE: 'not-here',
}
