import type { CertificateFinding } from '../../../schemas/certificates.ts'

/** What the platform has against the use of a report. Source: the specification of the simulated platform for inspection reports, section 4. */
export const reasons: { readonly [reason: string]: CertificateFinding } = {
  REPORT_UNKNOWN: 'certificate-not-found',
  REPORT_WITHDRAWN: 'certificate-void',
  REPORT_EXPIRED: 'certificate-void',
  NOT_THE_CLIENT: 'certificate-holder',
  GOODS_NOT_INSPECTED: 'certificate-hs',
  OTHER_PORT: 'certificate-port',
  OTHER_DIRECTION: 'certificate-direction',
  OTHER_ORIGIN: 'certificate-origin',
  BATCH_EXCEEDED: 'certificate-quantity',
  BATCH_VALUE_EXCEEDED: 'certificate-value',
  ADOPTED_ALREADY: 'certificate-used-up',
  UNIT_NOT_COMPARABLE: 'certificate-unit',
  RESULT_NOT_CONFORMING: 'certificate-refused',
  ADOPTION_CANCELLED: 'certificate-refused',
}

/** Where an adoption stands 采信状态. */
export const states: { readonly [state: string]: 'reserved' | 'committed' | 'released' } = {
  HELD: 'reserved',
  ADOPTED: 'committed',
  CANCELLED: 'released',
}
