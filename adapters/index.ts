/**
 * What an adapter is written with 适配器: the contract, and the doors every dialect reads and writes through. Published as
 * `yuchuang/adapter`, for adapters that live in a project of their own.
 */
export {
  type About,
  type Adapter,
  type Change,
  type Condition,
  type Covered,
  type CreditLevel,
  type CreditScheme,
  type Deadline,
  type Door,
  type Filed,
  type MailboxDocument,
  type MailboxPage,
  type OpenDraw,
  type Procedure,
  type Reply,
  type Standing,
  type Submission,
  Unintelligible,
  type WireMessage,
} from './adapter.ts'
export { compactDay, fromCompactDay, fromShanghai, toShanghai } from './instants.ts'
export { readJson, writeJson } from './json.ts'
export { oneLine } from './lines.ts'
export { referenceOf, requiredReference } from './references.ts'
export { rowOf } from './tables.ts'
export {
  childOf,
  childrenOf,
  readXml,
  rootOf,
  sourcesOf,
  textOf,
  writeXml,
  type XmlNode,
  type XmlValue,
} from './xml.ts'
