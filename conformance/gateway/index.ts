/**
 * Judging a running gateway 网关符合性: over HTTP, as a trader's program uses it.
 *
 * Read `subject.ts` first, then the scenarios by what they are about. The last ones look back at all that was answered.
 */
import { accepting } from './accepting.ts'
import { describing } from './describing.ts'
import { following } from './following.ts'
import { guarding } from './guarding.ts'
import { hostile } from './hostile.ts'
import { problems } from './problems.ts'
import type { GatewayScenario } from './subject.ts'

export { type GatewayOptions, type GatewaySubject, openGatewaySubject } from './subject.ts'

export const gatewayScenarios: readonly GatewayScenario[] = [
  ...problems,
  ...accepting,
  ...following,
  ...guarding,
  ...describing,
  ...hostile,
]
