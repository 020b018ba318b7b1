import type { Issuer } from './issuer.ts'
import { commerce } from './issuers/commerce/index.ts'
import { inspection } from './issuers/inspection/index.ts'
import { species } from './issuers/species/index.ts'

/** Every issuer of certificates 发证机关 the gateway is networked with: one line each. */
export const issuers: { readonly [issuer: string]: Issuer } = { commerce, inspection, species }
