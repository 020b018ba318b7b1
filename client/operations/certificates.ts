// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  certificateAnswer,
  certificateFacts,
  certificateUseAnswer,
  verifyAnswer,
  verifyRequest,
} from '../../schemas/certificates.ts'
import type { text } from '../../schemas/index.ts'
import type { Answer, Operation } from '../operation.ts'

/** Certificates: what goes in and what comes back. */
export interface CertificatesOperations {
  /** The certificates a declaration uses, and how each stands with its issuer: `GET /v1/declarations/{id}/certificates` */
  listDeclarationCertificates: {
    input: {
      id: string
    }
    answer: Answer<200, { data: Array<z.output<typeof certificateUseAnswer>>; hasMore: boolean; nextCursor?: string }>
  }
  /** Certificates and what is left of them; a firm sees those it holds: `GET /v1/certificates` */
  listCertificates: {
    input: {
      limit?: number
      after?: string | number
      holder?: string
      type?: string
      number?: string
      unconfirmed?: boolean
    }
    answer: Answer<
      200,
      {
        data: Array<{
          typeCode: string
          number: string
          issuer: string
          issuerName: z.output<typeof text> /** as the issuer told last; absent before it did */
          facts?: z.output<typeof certificateFacts>
          seenAt?: string /** uses of which its issuer is still to be told something */
          unconfirmed: number
          balance: {
            reserved: string
            committed: string /** without the tolerance; absent where the certificate is not for a quantity */
            remaining?: string
            unitCode?: string
            usesTaken: number
            usesLeft?: number
          }
        }>
        hasMore: boolean
        nextCursor?: string
      }
    >
  }
  /** Check a certificate with its issuer before it is declared 联网核查: `POST /v1/certificates/verify` */
  verifyCertificate: {
    input: {
      body: z.input<typeof verifyRequest>
    }
    answer: Answer<200, z.output<typeof verifyAnswer>>
  }
  /** A certificate: balance, uses and ledger 台账, newest first: `GET /v1/certificates/{type}/{number}` */
  readCertificate: {
    input: {
      type: string
      number: string
    }
    answer: Answer<200, z.output<typeof certificateAnswer>>
  }
}

/** Certificates: how each is asked. */
export const certificates = {
  listDeclarationCertificates: {
    method: 'GET',
    path: '/v1/declarations/{id}/certificates',
    accepts: 'application/json',
  },
  listCertificates: {
    method: 'GET',
    path: '/v1/certificates',
    query: ['limit', 'after', 'holder', 'type', 'number', 'unconfirmed'],
    accepts: 'application/json',
  },
  verifyCertificate: { method: 'POST', path: '/v1/certificates/verify', accepts: 'application/json' },
  readCertificate: { method: 'GET', path: '/v1/certificates/{type}/{number}', accepts: 'application/json' },
} as const satisfies Record<keyof CertificatesOperations, Operation>
