import type { Issuer } from '../../issuer.ts'
import { decode } from './decode.ts'
import { encodeCommit, encodeInquiry, encodeRelease, encodeReserve, encodeVerify } from './encode.ts'

/** The platform for reports of third-party inspection bodies 第三方检验结果采信 (Article 24): JSON, each body's reports in one place. */
export const inspection: Issuer = {
  name: { en: 'Platform for third-party inspection reports', zh: '第三方检验结果采信平台' },
  encodeVerify,
  encodeReserve,
  encodeCommit,
  encodeRelease,
  encodeInquiry,
  decode,
}
