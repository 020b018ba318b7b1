/** Simulated agencies as endpoints for the kit to judge. */
import { once } from 'node:events'
import { type ServerType, serve } from '@hono/node-server'
import { afterAll } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import {
  type AgencyOptions,
  agencyScenarios,
  openAgencySubject,
  openReceiver,
  readRefused,
  refusedFolder,
} from '../../conformance/agency/index.ts'
import { judge } from '../../conformance/run.ts'
import type { Judged } from '../../conformance/verdict.ts'
import type { Agency } from '../../mocks/agency.ts'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../mocks/server.ts'

const nobody = 'http://127.0.0.1:9'

export interface Endpoints {
  simulate(all: readonly Agency[], options?: Partial<SimulatorOptions>): Simulator
  /** Origin of a simulator on a port of its own. */
  onAPort(simulator: Simulator): Promise<string>
  /** What the kit is told of an agency that is asked in this process. */
  optionsFor(agency: string, simulator: Simulator): AgencyOptions
}

/** Endpoints, and one receiver of what they push; closed when the tests of the file are over. */
export async function openEndpoints(): Promise<Endpoints> {
  const callback = await openReceiver()
  const simulators: Simulator[] = []
  const servers: ServerType[] = []
  afterAll(async () => {
    await callback.close()
    for (const server of servers) server.close()
    for (const simulator of simulators) await simulator.close()
  })
  return {
    simulate(all, options = {}) {
      const simulator = createSimulator({ agencies: all, callbackUrl: nobody, mode: 'frozen', ...options })
      simulators.push(simulator)
      return simulator
    },
    async onAPort(simulator) {
      const server = serve({ fetch: simulator.app.fetch, port: 0, hostname: '127.0.0.1' })
      servers.push(server)
      await once(server, 'listening')
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('no port')
      return `http://127.0.0.1:${address.port}`
    },
    optionsFor(agency, simulator) {
      const adapter = adapters[agency]
      if (adapter === undefined) throw new Error(`there is no adapter ${agency}`)
      return {
        url: `http://simulator.test/${agency}`,
        controlUrl: 'http://simulator.test/control',
        agency,
        adapter,
        cases: goldenCases(agency),
        refused: readRefused(refusedFolder(agency), Object.keys(adapter.procedures)),
        callback,
        // The machine may be busy with other tests: how fast an answer comes is looked at by itself.
        promptMs: 30_000,
        fetch: (request) => simulator.app.fetch(request),
      }
    },
  }
}

export const registered = (id: string): Agency => {
  const found = agencies.find((one) => one.id === id)
  if (found === undefined) throw new Error(`there is no ${id}`)
  return found
}

export async function judged(options: AgencyOptions, only?: readonly string[]): Promise<readonly Judged[]> {
  const subject = openAgencySubject(options)
  const report = await judge(
    { kind: 'agency', name: options.agency, subject, scenarios: agencyScenarios },
    only === undefined ? {} : { only },
  )
  return report.judged
}

/** Each scenario that is not kept, with what was found. */
export const broken = (all: readonly Judged[]): Record<string, string[]> =>
  Object.fromEntries(
    all.flatMap((one) =>
      one.verdict === 'not-conformant' ? [[one.id, one.findings.map(({ what }) => what)] as const] : [],
    ),
  )
export const notAsked = (all: readonly Judged[]): string[] =>
  all.flatMap(({ id, verdict }) => (verdict === 'not-applicable' ? [id] : []))
