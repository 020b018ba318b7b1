import type { Issuer } from '../../issuer.ts'
import { decode } from './decode.ts'
import { encodeCommit, encodeInquiry, encodeRelease, encodeReserve, encodeVerify } from './encode.ts'

/** Import and export licences of the commerce departments 商务部门许可证: one XML answer to everything. */
export const commerce: Issuer = {
  name: { en: 'Licence office of the commerce departments', zh: '商务部门许可证发证机构' },
  encodeVerify,
  encodeReserve,
  encodeCommit,
  encodeRelease,
  encodeInquiry,
  decode,
}
