import type { Adapter } from './adapter.ts'
import { border } from './border/index.ts'
import { customs } from './customs/index.ts'
import { fx } from './fx/index.ts'
import { maritime } from './maritime/index.ts'
import { singapore } from './singapore/index.ts'
import { tax } from './tax/index.ts'

/** Every agency the gateway files with, in the order a plan names them. One line each. */
export const adapters: { readonly [agency: string]: Adapter } = {
  customs,
  border,
  maritime,
  tax,
  fx,
  singapore,
}
