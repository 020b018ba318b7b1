/**
 * Builds what is published 构建: `npm run build`, and before `npm pack`. Into `dist/`: the entry points and all they reach as JavaScript
 * with types, and beside it whatever of it lies in files (code lists, goldens, specifications, the template).
 */
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Entry points that use what Node 20 lacks. */
const lent = ['cli/main.js', 'conformance/index.js', 'mocks/index.js', 'mocks/msw.js']
/** Folders whose files are read where they lie. */
const withFiles = ['adapters', 'mocks', 'schemas', 'cli/template']

/** @throws {Error} the compiler found something; it has said what */
export function build(out = join(root, 'dist')): void {
  rmSync(out, { recursive: true, force: true })
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', out], {
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`The compiler ended with ${status}`)
  const files = withFiles.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((one) => one.isFile())
      .map(({ parentPath, name }) => relative(root, join(parentPath, name))),
  )
  for (const path of files.filter(isCopied)) cpSync(join(root, path), join(out, path))
  for (const path of lent) writeFileSync(join(out, path), withLent(readFileSync(join(out, path), 'utf8')))
}

/** A built module that loads what its Node may lack before anything else. */
const withLent = (text: string) => `import '../cli/older-node.js'\n${text}`

/** The template goes as it was written; of the rest the sources were compiled, and what is for readers of the checkout stays there. */
const isCopied = (path: string): boolean => path.startsWith('cli/template/') || !/(\.ts|README\.md)$/.test(path)

if (import.meta.main) build()
