/** The commands of `npx yuchuang` 命令. Each gives the exit code: 0 done, 1 something is not as it must be, 2 asked wrongly. */
import { readFileSync } from 'node:fs'
import { WrongUsage } from '../conformance/usage.ts'

/** Where a command writes to. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly isTty: boolean
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number
}

interface Command {
  readonly usage: string
  readonly does: string
  run(argv: readonly string[], io: Io): Promise<number>
}

const commands: { readonly [name: string]: Command } = {
  conform: {
    usage: 'conform [adapter|agency|gateway] …',
    does: 'judges an adapter module, a running agency or a running gateway',
    run: async (argv, io) => (await import('../conformance/main.ts')).conform(argv, io),
  },
  'new-adapter': {
    usage: 'new-adapter <id> [--into <folder>]',
    does: 'makes the folders of a new agency, and says what is still to be written',
    run: async (argv, io) => (await import('./new-adapter/main.ts')).newAdapter(argv, io),
  },
  goldens: {
    usage: 'goldens [<adapter> …]',
    does: 'writes the golden bytes of adapters anew',
    run: async (argv, io) => (await import('./goldens.ts')).goldens(argv, io),
  },
  simulator: {
    usage: 'simulator [--port <port>]',
    does: 'runs the simulated agencies on a port',
    run: async (argv, io) => (await import('./simulator.ts')).simulator(argv, io),
  },
  help: {
    usage: 'help',
    does: 'shows this; each command tells more of itself with --help',
    run: async (_, { out }) => {
      out(`${usage()}\n`)
      return 0
    },
  },
}

function usage(): string {
  const all = Object.values(commands)
  const width = Math.max(...all.map((command) => command.usage.length))
  return [
    `yuchuang ${version()}: an open International Trade Single Window gateway and simulator`,
    '',
    ...all.map((command) => `  yuchuang ${command.usage.padEnd(width)}   ${command.does}`),
  ].join('\n')
}

/** Of the package this is part of: two folders up from what was built, one from the sources. */
function version(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        name: string
        version: string
      }
      if (found.name === 'yuchuang') return found.version
    } catch {
      continue
    }
  }
  return '?'
}

/** Runs a command line; whatever is asked wrongly is said in a sentence. */
export async function main([name = 'help', ...argv]: readonly string[], io: Io): Promise<number> {
  const asked = { '--help': 'help', '-h': 'help' }[name] ?? name
  if (asked === '--version' || asked === '-v') {
    io.out(`${version()}\n`)
    return 0
  }
  const command = Object.hasOwn(commands, asked) ? commands[asked] : undefined
  if (command === undefined) {
    io.err(`yuchuang: there is no command ${name}\n\n${usage()}\n`)
    return 2
  }
  try {
    return await command.run(argv, io)
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error
    io.err(`yuchuang ${asked}: ${error.message}\n`)
    return 2
  }
}

const isProgram = process.argv[1] !== undefined && import.meta.filename === process.argv[1]
if (isProgram)
  process.exitCode = await main(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isTty: process.stdout.isTTY,
    width: process.stdout.columns ?? 80,
  })
