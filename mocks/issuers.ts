/** The issuers of certificates of the simulator: one line each. */
import type { Agency } from './agency.ts'
import { commerce } from './issuers/commerce/index.ts'
import { inspection } from './issuers/inspection/index.ts'
import { species } from './issuers/species/index.ts'

export const issuers: readonly Agency[] = [commerce, inspection, species]
