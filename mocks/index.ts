/** The other side 对方: agencies that behave like the real ones, and the simulator they live in. */
export type { Agency, Desk, Outcome, Outgoing, Posted } from './agency.ts'
export { agencies } from './registry.ts'
export { createSimulator, type Simulator, type SimulatorOptions } from './server.ts'
export { type Fault, type FaultName, faults } from './simulator/faults.ts'
export { limits } from './simulator/limits.ts'
export type { Send } from './simulator/push.ts'
export { developmentSecret, sign } from './simulator/signature.ts'
export type { Timers } from './simulator/timers.ts'
