import { Big } from 'big.js'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import { certificateNumber } from './codes.ts'
import type { CertificateParticulars } from './particulars.ts'

const inCertificates = (...path: readonly PropertyKey[]): string =>
  pointer('particulars', 'tax', 'payment-certificate', ...path)

/** What the tax office would refuse of payment certificates: form, repetition, another entry, nothing paid. */
export function checkCertificates(_: Declaration, { certificates }: CertificateParticulars): Issue[] {
  const first = certificates[0]?.number.slice(0, 18)
  return certificates.flatMap(({ number, amount }, at) => {
    const found: Issue[] = []
    const report = (name: string, code: string, en: string, zh: string) =>
      found.push(issue(inCertificates('certificates', at, name), code, { en, zh }, 'tax'))
    if (!certificateNumber.test(number))
      report(
        'number',
        'certificate-number-invalid',
        'Import entry number (18 digits), -L and two digits',
        '缴款书号码应为18位进口报关单号加-L加两位序号',
      )
    else if (number.slice(0, 18) !== first)
      report(
        'number',
        'entry-number-differs',
        'All certificates of a declaration are of one customs entry',
        '缴款书号码与报关单号不符',
      )
    if (certificates.findIndex((other) => other.number === number) < at)
      report('number', 'certificate-repeated', 'Named twice', '缴款书重复采集')
    if (new Big(amount).lte(0)) report('amount', 'not-positive', 'More than 0', '税款金额应大于0')
    return found
  })
}
