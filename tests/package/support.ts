import { execFile, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { main } from '../../cli/main.ts'
import { root } from '../support/source.ts'

/** A folder of its own, gone at the end: of the test that asks for it, or of the file. */
export function ownFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'yuchuang-package-')))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    onTestFinished(remove)
  } catch {
    // Nobody asks for it in a test.
    afterAll(remove)
  }
  return folder
}

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line of `yuchuang` in this process. */
export async function yuchuang(...argv: readonly string[]): Promise<Ended> {
  let [out, err] = ['', '']
  const code = await main(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isTty: false,
    width: 80,
  })
  return { code, out, err }
}

/** Runs a program to its end; whatever it exits with. */
export const run = (program: string, argv: readonly string[], cwd: string): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(program, [...argv], { cwd, env: withoutMarks(), maxBuffer: 64 * 1_048_576 }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
    )
  })

/** What a user's shell has: nothing that the test runner set for its own processes. */
function withoutMarks(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|NODE_OPTIONS|npm_)/.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1' }
}

/** The program of a package of ours. */
export const programOf = (name: string): string => join(root, 'node_modules/.bin', name)

const versionOf = (node: string): string => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()

/** Every Node at hand, by its version: our own, and whichever started npm or stands on the path. */
export function nodes(): (readonly [string, string])[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'))
  const found = [process.execPath, process.env['npm_node_execpath'] ?? '', ...onPath].filter(existsSync)
  const real = new Set(found.map((path) => realpathSync(path)))
  // The same version may stand at two places: once is enough, and each has a project of its own.
  const byVersion = new Map([...real].map((path) => [versionOf(path), path]))
  return [...byVersion]
}

/** The installed packages of these names, in another project. */
export function lendPackages(names: readonly string[], project: string): void {
  for (const name of names) {
    const from = join(root, 'node_modules', name)
    const to = join(project, 'node_modules', name)
    if (!existsSync(from) || existsSync(to)) continue
    mkdirSync(dirname(to), { recursive: true })
    symlinkSync(from, to)
  }
}

const folders = ['adapters', 'cli', 'client', 'conformance', 'mocks', 'schemas', 'seeds', 'src', 'tests']
/** The tree as it stands, with the installed packages it has; without what only measures and shows it. */
export function copyTree(to: string): void {
  for (const one of readdirSync(root, { withFileTypes: true }))
    if (one.isFile() || folders.includes(one.name))
      cpSync(join(root, one.name), join(to, one.name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'))
}
