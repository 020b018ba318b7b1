import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Adapter, Procedure } from '../adapter.ts'
import { check, missing } from './check.ts'
import { decode, decodeMailbox } from './decode.ts'
import { encodePermit } from './encode.ts'
import { type PermitParticulars, permitParticulars } from './particulars.ts'

/** Responses of a page of the mailbox. */
const pageLength = 50

/** Import permit for goods from China, export permit for goods to China 新加坡进出口许可. */
const permit: Procedure<PermitParticulars> = {
  name: { en: 'Singapore permit', zh: '新加坡进出口许可' },
  replies: 'polled',
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'closed', 'refused'],
  particulars: permitParticulars,
  applies,
  missing,
  check,
  encode: encodePermit,
  encodeInquiry: ({ reference }) => ({ method: 'GET', path: `/declarations/${reference}` }),
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
  procedures: { permit },
  references: {
    'permit-number': { en: 'Permit number', zh: '许可证号' },
    'unique-reference-number': { en: 'Unique reference number (URN)', zh: '统一参考号 URN' },
    'transaction-number': { en: 'Transaction number', zh: '交易编号' },
  },
  mailbox: {
    encode: (cursor) => ({ method: 'GET', path: `/responses?after=${cursor}&limit=${pageLength}` }),
    decode: decodeMailbox,
  },
  decode,
}
