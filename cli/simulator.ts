import type { ParseArgsOptionsConfig } from 'node:util'
import { WrongUsage } from '../conformance/usage.ts'
import type { Io } from './main.ts'
import { readArguments } from './usage.ts'

/** Flags, and what the simulator's process reads instead of each; it says itself what it makes of a value. */
const variables = {
  port: 'SIMULATOR_PORT',
  host: 'SIMULATOR_HOST',
  clock: 'SIMULATOR_CLOCK',
  speed: 'SIMULATOR_SPEED',
  seed: 'SIMULATOR_SEED',
  data: 'SIMULATOR_DATA',
  callback: 'CALLBACK_URL',
} as const

const flags: ParseArgsOptionsConfig = {
  ...Object.fromEntries(Object.keys(variables).map((name) => [name, { type: 'string' }])),
  help: { type: 'boolean', short: 'h' },
}

const help = `yuchuang simulator: the simulated agencies on a port

  --port <port>       8090
  --host <address>    127.0.0.1
  --clock <mode>      jump, run or frozen
  --speed <number>    simulated time per real time, where it runs
  --seed <text>       what chance depends on
  --data <folder>     where it remembers; without it everything is forgotten at the end
  --callback <url>    where agencies push their documents to
`

/** Runs the simulator 模拟器 until it is told to stop. */
export async function simulator(argv: readonly string[], { out, err }: Io): Promise<number> {
  const { values, positionals } = readArguments(argv, flags)
  if (values['help'] === true) {
    out(help)
    return 0
  }
  if (positionals.length > 0) throw new WrongUsage(`nothing is called ${positionals.join(' ')}; --help shows the flags`)
  for (const [flag, variable] of Object.entries(variables)) {
    const value = values[flag]
    if (typeof value === 'string') process.env[variable] = value
  }
  try {
    await import('../mocks/main.ts')
    return 0
  } catch (error) {
    // What it refuses names its variable and what would do.
    err(`yuchuang simulator: ${(error as Error).message}\n`)
    return 2
  }
}
