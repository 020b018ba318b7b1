import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import { rankOf } from '../../schemas/status.ts'
import type { About, Change } from '../adapter.ts'
import { checkRefund } from './check.ts'
import { checkCertificates } from './check-certificates.ts'
import { missingInCertificates, missingInRefund } from './missing.ts'
import type { CertificateParticulars, ChangeParticulars, RefundParticulars } from './particulars.ts'

/** Longest reason the office takes. Source: its interface, section 8. */
export const longestReason = 200

type Kind = 'amendment' | 'cancellation'
type Given = ChangeParticulars | undefined

/** The reason as the office gets it 变更原因. */
export const reasonOf = ({ reason }: Change, particulars: Given): string => particulars?.description ?? reason

/** What must be there before a filing can be corrected 更正申报: all that the filing itself would wait for. */
export function missingInAmendment(declaration: Declaration, _: Given, { change, ...about }: About = {}): Issue[] {
  if (change?.after === undefined) return []
  return isRefund(change)
    ? missingInRefund(declaration, change.after.particulars as RefundParticulars | undefined, about)
    : missingInCertificates(declaration, change.after.particulars as CertificateParticulars | undefined)
}

/** What the office would refuse of a correction: too late, another taxpayer, and all that it would refuse of the filing. */
export function checkAmendment(
  declaration: Declaration,
  particulars: Given,
  { change, ...about }: About = {},
): Issue[] {
  if (change?.after === undefined) return []
  const { after } = change
  const content = isRefund(change)
    ? checkRefund(declaration, after.particulars as RefundParticulars, about)
    : checkCertificates(declaration, after.particulars as CertificateParticulars)
  return [...changeIssues('amendment', change, particulars), ...otherTaxpayer(change, declaration), ...content]
}

/** What the office would refuse of a withdrawal 撤回: it is too late. */
export const checkCancellation = (_: Declaration, particulars: Given, { change }: About = {}): Issue[] =>
  change === undefined ? [] : changeIssues('cancellation', change, particulars)

const isRefund = ({ procedure }: Change): boolean => procedure === 'refund'

function changeIssues(kind: Kind, change: Change, particulars: Given): Issue[] {
  const reason = reasonOf(change, particulars)
  return [
    ...(rankOf(change.status) >= rankOf('approved') ? [tooLate(kind, change)] : []),
    ...(reason.length > longestReason
      ? [
          issue(
            pointer('particulars', 'tax', kind, 'description'),
            'too-long',
            {
              en: `The reason has more than ${longestReason} characters: a shorter one goes here`,
              zh: `变更原因超过${longestReason}个字符，请在此另填`,
            },
            'tax',
          ),
        ]
      : []),
  ]
}

/** Once decided, a claim is only repaid and adjusted 申报调整, a certificate only looked into. */
function tooLate(kind: Kind, change: Change): Issue {
  const at = pointer('particulars', 'tax', change.procedure)
  const text = isRefund(change)
    ? {
        en: 'The refund is approved: it is no longer changed, only repaid and adjusted with the tax office',
        zh: '退税已核准，不得更正或撤回，须缴回税款后办理申报调整',
      }
    : {
        en: 'The certificates are compared: the list is no longer changed',
        zh: '海关缴款书已比对，不得更正或撤回',
      }
  return issue(at, kind === 'amendment' ? 'not-amendable' : 'not-cancellable', text, 'tax')
}

function otherTaxpayer({ before }: Change, { direction, goodsShipment }: Declaration): Issue[] {
  const party = direction === 'export' ? 'exporter' : 'importer'
  if (before.declaration.goodsShipment[party]?.id === goodsShipment[party]?.id) return []
  return [
    issue(
      pointer('goodsShipment', party, 'id'),
      'not-amendable',
      {
        en: 'Another taxpayer files anew; this filing is withdrawn',
        zh: '变更纳税人的，应撤回原申报后由新纳税人重新申报',
      },
      'tax',
    ),
  ]
}
