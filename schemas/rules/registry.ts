import { accreditedInspectionBodies } from './accredited-inspection-bodies.ts'
import { assistanceSuperiors } from './assistance-superiors.ts'
import { certificateTolerances } from './certificate-tolerances.ts'
import { clearanceDefinitions } from './clearance-definitions.ts'
import { creditConsequences } from './credit-consequences.ts'
import { goodsRisk, routeRisk } from './goods-risk.ts'
import { inspectionBounds, inspectionRates } from './inspection-rates.ts'
import { networkedCertificates } from './networked-certificates.ts'
import { recognitionRules } from './recognition-rules.ts'
import { sharingPolicy } from './sharing-policy.ts'
import { suppression } from './suppression.ts'
import type { RuleTable } from './table.ts'
import { timeTargets } from './time-targets.ts'
import { waybillForms } from './waybill-forms.ts'

/** Every rule table 规则表: one line each. */
export const ruleTables: readonly RuleTable[] = [
  accreditedInspectionBodies,
  certificateTolerances,
  networkedCertificates,
  creditConsequences,
  goodsRisk,
  inspectionBounds,
  inspectionRates,
  assistanceSuperiors,
  recognitionRules,
  routeRisk,
  sharingPolicy,
  clearanceDefinitions,
  suppression,
  timeTargets,
  waybillForms,
]
