import type { Issuer } from '../../issuer.ts'
import { decode } from './decode.ts'
import { encodeCommit, encodeInquiry, encodeRelease, encodeReserve, encodeVerify } from './encode.ts'

/** Permits for endangered species 濒危物种允许进出口证明书: one address, a document for each step, everything in attributes. */
export const species: Issuer = {
  name: { en: 'Endangered species office', zh: '濒危物种进出口管理机构' },
  encodeVerify,
  encodeReserve,
  encodeCommit,
  encodeRelease,
  encodeInquiry,
  decode,
}
