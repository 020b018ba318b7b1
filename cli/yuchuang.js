#!/usr/bin/env node
// @ts-check
/**
 * The command `yuchuang`, for whatever Node there is: plain JavaScript, so that an old one can at least say what is wanted. The
 * program itself is run by a Node that can: this one when it is new enough, else the one that was installed beside the package.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, constants, platform } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Strips types without being asked to, as an adapter written in TypeScript wants it. */
const newEnough = 24
/** The oldest that runs what was built. */
const oldest = 22

const major = Number(process.versions.node.split('.')[0])
const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))
// The package has what was built and no sources; a checkout runs its sources, built or not.
const sources = at('main.ts')
const isCheckout = existsSync(sources)
const program = isCheckout ? sources : at('../dist/cli/main.js')

function installedNode() {
  try {
    const folder = createRequire(import.meta.url).resolve(`node-${platform()}-${arch()}/package.json`)
    const node = folder.replace(/package\.json$/, 'bin/node')
    return existsSync(node) ? node : undefined
  } catch {
    return undefined
  }
}

const node = major >= newEnough ? process.execPath : (installedNode() ?? process.execPath)
if (node === process.execPath && major < (isCheckout ? newEnough : oldest)) {
  console.error(`yuchuang wants Node ${isCheckout ? newEnough : oldest} or newer; this is ${process.version}.`)
  process.exit(2)
}

const child = spawn(
  node,
  [...(isCheckout ? ['--conditions=yuchuang-source'] : []), program, ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // A terminal's Ctrl-C reaches both; whoever tells this one alone means the program.
  process.on(signal, () => void ((signal !== 'SIGINT' || !process.stdin.isTTY) && child.kill(signal)))
}
child.once('error', (error) => {
  console.error(`yuchuang: ${node} cannot be started: ${error.message}`)
  process.exitCode = 1
})
child.once('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal === null ? 1 : constants.signals[signal])
})
