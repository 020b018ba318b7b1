/**
 * Misbehaviour on request 故障注入, the same for every agency. A fault is asked for in the sender's own reference
 * (`EV1121-C.LATE` for the agency with the letter C), by header, by a step of a script, or ordered by a control call.
 */
export { askedIn } from './faults/asked.ts'
export {
  createFaultBook,
  type Ending,
  type ExchangeFaults,
  type FaultBook,
  type FaultBookOptions,
} from './faults/book.ts'
export { type DocumentFaults, damaged, faultsIn, leavingFor, nonsense } from './faults/documents.ts'
export {
  type FaultName,
  type FaultOrder,
  faultOrder,
  type OrderOf,
  parameterSchemasOf,
  parametersOf,
  plainOrder,
} from './faults/order.ts'
export type { Ordering } from './faults/orders.ts'
export { type Fault, faults, isFault } from './faults/table.ts'
