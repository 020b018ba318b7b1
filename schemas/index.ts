/**
 * The language 数据模型 as one entry point, published as `yuchuang/schemas`: the declaration, what agencies say of it, what is wrong with
 * it, and the code lists. What the gateway answers beside these is typed by its client.
 */
export {
  type CodeItem,
  type CodeList,
  type CodeListEntry,
  type CodeListId,
  codeLists,
  findCode,
  findCodes,
  isCodeListId,
  loadCodeList,
  searchCodes,
  textOf,
  textsOf,
} from './codes/index.ts'
export {
  type Charge,
  type Consignment,
  type Container,
  type Conveyance,
  type DangerousGoods,
  type Declaration,
  type DomesticParty,
  declaration,
  type GoodsShipment,
  type Item,
  type Leg,
  type OverseasParty,
  type Place,
  tradeTerms,
  transportModes,
} from './declaration/index.ts'
export { crossesBorder, domesticLegs, internationalLeg, type PlacedLeg, placedLegs } from './declaration/journey.ts'
export { type SummaryDeclaration, schemaFor, summaryDeclaration } from './declaration/summary.ts'
export {
  coded,
  containerNumber,
  country,
  creditCode,
  currency,
  day,
  decimal,
  field,
  line,
  moment,
  packageType,
  type Quantity,
  quantity,
  unit,
  unLocode,
} from './formats.ts'
export { type Issue, issue, issuesOf, pointer } from './issue.ts'
export { type Plan, type PlanEntry, plan, planEntry } from './plan.ts'
export { issueAnswer, problemAnswer } from './problem.ts'
export { type Money, money, type Receipt, type Reference, receipt, reference } from './receipt.ts'
export {
  type FilingStatus,
  filingStatus,
  type Hold,
  hold,
  holds,
  isRefusal,
  type OverallStatus,
  overallStatus,
  overallStatuses,
  rankOf,
  statuses,
} from './status.ts'
export { type Text, text } from './text.ts'
