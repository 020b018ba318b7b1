/**
 * Judging a running agency endpoint 机构端点符合性: over HTTP, as an agency's customer sees it.
 *
 * Read `place.ts` first: where a case is filed and followed; then `life.ts`, and the scenarios by what they are about.
 */
import { accepting } from './accepting.ts'
import { asking } from './asking.ts'
import { garbage } from './garbage.ts'
import { hangingUp } from './hanging-up.ts'
import { mailbox } from './mailbox.ts'
import { pushing } from './pushing.ts'
import { refusing } from './refusing.ts'
import { repeating } from './repeating.ts'
import type { AgencyScenario } from './subject.ts'

export { openReceiver, type Receiver } from './receiver.ts'
export { readRefused, refusedFolder } from './refused.ts'
export {
  type AgencyCase,
  type AgencyOptions,
  type AgencySubject,
  openAgencySubject,
  type RefusedDocument,
} from './subject.ts'

export const agencyScenarios: readonly AgencyScenario[] = [
  ...accepting,
  ...repeating,
  ...asking,
  ...refusing,
  ...mailbox,
  ...pushing,
  ...hangingUp,
  ...garbage,
]
