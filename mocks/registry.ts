/** The agencies of the simulator: one line each. */
import type { Agency } from './agency.ts'
import { border } from './border/index.ts'
import { customs } from './customs/index.ts'
import { fx } from './fx/index.ts'
import { maritime } from './maritime/index.ts'
import { singapore } from './singapore/index.ts'
import { tax } from './tax/index.ts'

export const agencies: readonly Agency[] = [customs, border, maritime, tax, fx, singapore]
