import type { Change, Submission, WireMessage } from '../adapter.ts'
import { oneLine } from '../lines.ts'
import { kindOf, permitBody } from './encode.ts'
import { declarantOf, envelopeOf, namesOf } from './envelope.ts'
import type {
  AmendmentParticulars,
  CancellationParticulars,
  OriginParticulars,
  PermitParticulars,
} from './particulars.ts'
import { filersOf } from './shipment.ts'

/** Longest description of a reason. Source: the window's interface, section 7. */
const reasonLength = 512

/** Amends a permit 修改许可 (AME): the declaration as it is to be. */
export function encodeAmendment(submission: Submission<AmendmentParticulars | undefined>): WireMessage {
  const { change, particulars } = submission
  if (change?.after === undefined) throw new Error('An amendment without what is to be')
  const after = change.after.particulars as PermitParticulars
  const permit = { ...after, declarant: particulars?.declarant ?? after.declarant }
  const kind = kindOf(submission.declaration)
  const body = permitBody(
    { ...submission, particulars: permit },
    {
      'cbc:MessageReference': `${kind.family}UPD`, // 报文类型
      'cbc:UpdateIndicator': 'AME', // 更新标识：修改
      'cbc:PermitNumber': nameOf(change, 'permit-number'), // 许可证号
      'cac:UpdateReason': { 'cbc:Description': oneLine(change.reason, reasonLength) }, // 修改理由
    },
  )
  return envelopeOf(submission, permit.agent?.uen, kind, `${kind.element}Update`, body)
}

const certificate = {
  prefix: 'coo',
  namespace: 'CertificateOfOrigin',
  element: 'CertificateOfOrigin',
  family: 'COO',
} as const

/** Takes a permit or a certificate of origin back 撤销 (CNL). */
export function encodeCancellation(submission: Submission<CancellationParticulars | undefined>): WireMessage {
  const { change, particulars } = submission
  if (change === undefined) throw new Error('A cancellation without what is cancelled')
  const ofPermit = change.procedure === 'permit'
  const { declarant, agent } = filersOf(
    change.before.declaration,
    change.before.particulars as PermitParticulars | OriginParticulars | undefined,
  )
  const kind = ofPermit ? kindOf(submission.declaration) : certificate
  return envelopeOf(submission, agent?.uen, kind, `${kind.element}Update`, {
    'cac:Header': {
      'cbc:MessageReference': `${kind.family}UPD`, // 报文类型
      ...namesOf(submission, agent?.uen),
      'cbc:UpdateIndicator': 'CNL', // 更新标识：撤销
      ...(ofPermit
        ? { 'cbc:PermitNumber': nameOf(change, 'permit-number') } // 许可证号
        : { 'cbc:CertificateNumber': nameOf(change, 'certificate-number') }), // 原产地证书编号
      'cac:UpdateReason': {
        'cbc:ReasonCode': particulars?.reasonCode, // 撤销原因代码
        'cbc:Description': oneLine(change.reason, reasonLength), // 撤销理由
      },
      'cbc:ReplacementPermitNumber': particulars?.replacementPermit, // 替代许可证号
    },
    'cac:Party': declarantOf(particulars?.declarant ?? declarant, agent),
  })
}

const nameOf = ({ references }: Change, scheme: string): string | undefined =>
  references.findLast((reference) => reference.scheme === scheme)?.value
