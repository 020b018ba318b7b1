import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { root } from '../support/source.ts'
import { nodes, ownFolder, run, yuchuang } from './support.ts'

const launcher = join(root, 'cli/yuchuang.js')

describe.each(nodes())('in a checkout, on Node %s', (_, node) => {
  test('the command runs from any folder and says what it can', async () => {
    const { code, out, err } = await run(node, [launcher, 'help'], ownFolder())
    expect([code, err]).toEqual([0, ''])
    for (const command of ['conform', 'goldens', 'new-adapter', 'simulator', 'help'])
      expect(out).toMatch(new RegExp(`^ {2}yuchuang ${command}\\b`, 'm'))
  })

  test('the exit code is that of the command', async () => {
    expect(await run(node, [launcher, 'simulator', 'now'], root)).toMatchObject({ code: 2, out: '' })
  })
})

test.each([
  [['frobnicate'], 'there is no command frobnicate'],
  [['constructor'], 'there is no command constructor'],
  [['simulator', 'now'], 'nothing is called now'],
  [['simulator', '--colour'], '--colour'],
  [['goldens', '--dry'], '--dry'],
  [['goldens', 'nowhere/index.ts'], 'nowhere/index.ts'],
])('asked wrongly (%j) it says what is wrong and ends with 2', async (argv, why) => {
  const { code, out, err } = await yuchuang(...argv)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(why)
})

test.each([
  ['--port', '70000', 'SIMULATOR_PORT'],
  ['--clock', 'backwards', 'SIMULATOR_CLOCK'],
])('a simulator that cannot start says why (%s %s)', async (flag, value, why) => {
  const { code, out, err } = await run(process.execPath, [launcher, 'simulator', flag, value], root)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(why)
  expect(err).not.toContain('    at ')
})

test('each command tells more of itself', async () => {
  for (const command of ['conform', 'goldens', 'new-adapter', 'simulator']) {
    const { code, out } = await yuchuang(command, '--help')
    expect(code).toBe(0)
    expect(out).toContain(`yuchuang ${command}`)
  }
  expect((await yuchuang()).out).toBe((await yuchuang('--help')).out)
})

test('golden bytes that are as they should be are left as they are', async () => {
  expect(await yuchuang('goldens', 'border')).toEqual({ code: 0, out: 'No golden bytes changed.\n', err: '' })
})

test('npx finds the command in a checkout, with nothing fetched', async () => {
  const cache = ['--cache', ownFolder()]
  const { code, out } = await run('npx', ['--offline', ...cache, 'yuchuang', '--version'], root)
  expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
})

test('a Node that is too old hears what is wanted', async () => {
  const folder = ownFolder()
  mkdirSync(join(folder, 'cli'))
  cpSync(launcher, join(folder, 'cli/yuchuang.js'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const old = "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '18.19.0' })"
  const { code, out, err } = await run(process.execPath, ['--import', old, 'cli/yuchuang.js', 'help'], folder)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/^yuchuang wants Node 22 or newer/)
})

test('the simulator runs on a port, and ends when the command is told to', async () => {
  const child = spawn(process.execPath, [launcher, 'simulator', '--port', '0', '--clock', 'frozen', '--seed', 'x'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await readyOf(child)
  const home = (await (await fetch(url)).json()) as { agencies: unknown[] }
  expect(home.agencies).toHaveLength(agencies.length)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

async function readyOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('It has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^simulator ready (\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('The simulator ended before it was ready')
}
