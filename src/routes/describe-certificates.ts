import { pageOf } from '../../schemas/answers.ts'
import { certificateAnswer, certificateUseAnswer, verifyAnswer, verifyRequest } from '../../schemas/certificates.ts'
import type { Operation } from './describe.ts'
import { calling, reading, sending } from './describe-problems.ts'
import { certificatesQuery } from './queries-certificates.ts'

/** Certificates 监管证件联网核查. */
export const certificateOperations = {
  listCertificates: {
    summary: 'Certificates and what is left of them; a firm sees those it holds',
    tag: 'Certificates',
    query: certificatesQuery,
    answer: {
      status: 200,
      description: 'A page',
      schema: pageOf(certificateAnswer.omit({ uses: true, ledger: true })),
    },
    problems: ['invalid-parameter', ...calling],
  },
  readCertificate: {
    summary: 'A certificate: balance, uses and ledger 台账, newest first',
    tag: 'Certificates',
    description:
      'For the firm that holds it. Our own ledger beside the issuer’s: no declaration takes more than it says is left, whatever the issuer answers.',
    answer: { status: 200, description: 'As it stands', schema: certificateAnswer },
    problems: reading,
  },
  verifyCertificate: {
    summary: 'Check a certificate with its issuer before it is declared 联网核查',
    tag: 'Certificates',
    description:
      'Asks the issuer whether the firm of the key may use it for these goods; reserves nothing and keeps nothing. Which certificates are networked is the rule table `networked-certificates`.',
    body: verifyRequest,
    answer: { status: 200, description: 'What the issuer says', schema: verifyAnswer },
    problems: ['certificate-not-networked', 'body-invalid', ...calling, ...sending],
  },
  listDeclarationCertificates: {
    summary: 'The certificates a declaration uses, and how each stands with its issuer',
    tag: 'Certificates',
    answer: { status: 200, description: 'One for each filing and certificate', schema: pageOf(certificateUseAnswer) },
    problems: reading,
  },
} as const satisfies Record<string, Operation>
