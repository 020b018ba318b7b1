/**
 * The conformance kit 符合性测试 for programs: judge an adapter, a running agency or a running gateway, and report on it.
 *
 *     const subject = await loadSubject({ which: './adapters/harbour' })
 *     const report = await judge({ kind: 'adapter', name: 'harbour', subject, scenarios: adapterScenarios })
 */
export { adapterScenarios } from './adapter/index.ts'
export { loadSubject, type Wanted } from './adapter/load.ts'
export type { Subject as AdapterSubject } from './adapter/subject.ts'
export {
  type AgencyOptions,
  type AgencySubject,
  agencyScenarios,
  openAgencySubject,
  openReceiver,
  readRefused,
} from './agency/index.ts'
export { type GatewayOptions, type GatewaySubject, gatewayScenarios, openGatewaySubject } from './gateway/index.ts'
export { conform, type Io } from './main.ts'
export { jsonOf } from './report/json.ts'
export { junitOf } from './report/junit.ts'
export { markdownOf } from './report/markdown.ts'
export { isKept } from './report/words.ts'
export { type Judging, judge, type RunOptions, type Step } from './run.ts'
export { WrongUsage } from './usage.ts'
export type { Exchange, Finding, Group, Judged, Report, Scenario, Verdict } from './verdict.ts'
