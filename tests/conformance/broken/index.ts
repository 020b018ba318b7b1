/** Six that are broken on purpose, one for each agency. */
import { border } from './border.ts'
import { customs } from './customs.ts'
import { fx } from './fx.ts'
import { maritime } from './maritime.ts'
import type { Broken } from './shape.ts'
import { singapore } from './singapore.ts'
import { tax } from './tax.ts'

export const brokenOnes: readonly Broken[] = [customs, border, maritime, tax, fx, singapore]
