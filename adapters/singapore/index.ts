import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Adapter, Procedure, Submission, WireMessage } from '../adapter.ts'
import { check, missing } from './check.ts'
import { checkCertificate, missingCertificate } from './check-certificate.ts'
import { checkAmendment, checkCancellation, missingAmendment, missingCancellation } from './check-update.ts'
import { decode, decodeMailbox } from './decode.ts'
import { encodePermit } from './encode.ts'
import { encodeCertificate } from './encode-certificate.ts'
import { encodeAmendment, encodeCancellation } from './encode-update.ts'
import {
  type AmendmentParticulars,
  amendmentParticulars,
  type CancellationParticulars,
  cancellationParticulars,
  type OriginParticulars,
  originParticulars,
  type PermitParticulars,
  permitParticulars,
} from './particulars.ts'

/** Responses of a page of the mailbox. */
const pageLength = 50

const encodeInquiry = ({ reference }: Submission): WireMessage => ({
  method: 'GET',
  path: `/declarations/${reference}`,
})

/** Import permit for goods from China, export permit for goods to China 新加坡进出口许可. */
const permit: Procedure<PermitParticulars> = {
  name: { en: 'Singapore permit', zh: '新加坡进出口许可' },
  replies: 'polled',
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'closed', 'refused', 'withdrawn'],
  particulars: permitParticulars,
  applies,
  missing,
  check,
  encode: encodePermit,
  encodeInquiry,
  recognises: ['aeo'],
}

/** Puts another declaration in the place of the one a permit was given for 修改许可. */
const amendment: Procedure<AmendmentParticulars> = {
  name: { en: 'Amendment of a Singapore permit', zh: '修改新加坡许可' },
  amends: ['permit'],
  changeableFrom: 'approved',
  replies: 'polled',
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'refused'],
  particulars: amendmentParticulars,
  applies: () => ({ files: true, because: { en: 'Amends what Singapore has approved', zh: '修改新加坡已批准的事项' } }),
  missing: (declaration, _given, about) => missingAmendment(declaration, about),
  check: (declaration, _given, about) => checkAmendment(declaration, about),
  encode: encodeAmendment,
  encodeInquiry,
}

/** Takes a permit or a certificate of origin back 撤销许可. */
const cancellation: Procedure<CancellationParticulars> = {
  name: { en: 'Cancellation of a Singapore permit or certificate', zh: '撤销新加坡许可或原产地证书' },
  cancels: ['permit', 'origin-certificate'],
  changeableFrom: 'approved',
  replies: 'polled',
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'refused'],
  particulars: cancellationParticulars,
  applies: () => ({
    files: true,
    because: { en: 'Takes back what Singapore has approved', zh: '撤销新加坡已批准的事项' },
  }),
  missing: (_declaration, given) => missingCancellation(given),
  check: (_declaration, _given, about) => checkCancellation(about),
  encode: encodeCancellation,
  encodeInquiry,
}

/** The data of a certificate of origin 原产地证书, once the goods are released. */
const originCertificate: Procedure<OriginParticulars> = {
  name: { en: 'Certificate of origin', zh: '原产地证书' },
  onRequest: 'only',
  replies: 'polled',
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'refused', 'withdrawn'],
  particulars: originParticulars,
  applies: (declaration) => {
    const { files, because } = applies(declaration)
    return files
      ? {
          files,
          because: {
            en: 'Goods between China and Singapore may go under preference',
            zh: '中新往来货物可享受优惠待遇',
          },
        }
      : { files, because }
  },
  after: [{ agency: 'customs', procedure: 'declare', status: 'approved' }],
  missing: missingCertificate,
  check: checkCertificate,
  encode: encodeCertificate,
  encodeInquiry,
}

function applies({ direction, goodsShipment }: Declaration): ReturnType<Procedure['applies']> {
  const { destinationCountry, exportCountry } = goodsShipment
  if (direction === 'export')
    return destinationCountry === 'SG'
      ? {
          files: true,
          because: { en: 'Goods for Singapore need its import permit', zh: '货物运抵新加坡，须办理新加坡进口许可' },
        }
      : {
          files: false,
          because: {
            en: `The goods go to ${destinationCountry}, not to Singapore`,
            zh: `货物运抵国为${destinationCountry}，不涉及新加坡`,
          },
        }
  return exportCountry === 'SG'
    ? {
        files: true,
        because: { en: 'Goods from Singapore need its export permit', zh: '货物自新加坡启运，须办理新加坡出口许可' },
      }
    : {
        files: false,
        because: {
          en: `The goods come from ${exportCountry}, not from Singapore`,
          zh: `货物启运国为${exportCountry}，不涉及新加坡`,
        },
      }
}

/** 新加坡: the national single window, as Singapore's own firms use it. */
export const singapore: Adapter = {
  name: { en: 'Singapore', zh: '新加坡' },
  procedures: { permit, amendment, cancellation, 'origin-certificate': originCertificate },
  references: {
    'permit-number': { en: 'Permit number', zh: '许可证号' },
    'unique-reference-number': { en: 'Unique reference number (URN)', zh: '统一参考号 URN' },
    'certificate-number': { en: 'Certificate of origin number', zh: '原产地证书编号' },
    'transaction-number': { en: 'Transaction number', zh: '交易编号' },
  },
  mailbox: {
    encode: (cursor) => ({ method: 'GET', path: `/responses?after=${cursor}&limit=${pageLength}` }),
    decode: decodeMailbox,
  },
  decode,
}
