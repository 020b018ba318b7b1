import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { afterAll, expect, test, vi } from 'vitest'
import { sampleOf } from '../../examples/trader/sample.ts'
import { sampleDeclaration } from '../../seeds/samples.ts'
import { makeKey } from '../../src/db/keys.ts'
import { publishDemoCatalogue } from '../../src/demo-catalogue.ts'
import { createVault } from '../../src/notices/vault.ts'
import { root, textOf } from '../support/source.ts'
import { openWorld } from '../support/world.ts'

const world = await openWorld()
await publishDemoCatalogue(world.database, createVault([]))
world.catalogues.refresh()

/** Puts an application on a port, as its own process would. */
async function onPort(fetch: Parameters<typeof serve>[0]['fetch']): Promise<string> {
  const server: ServerType = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  afterAll(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const env = {
  GATEWAY_URL: await onPort(world.app.fetch),
  SIMULATOR_URL: await onPort(world.simulator.app.fetch),
  GATEWAY_KEY: world.keys.trader,
  ADMIN_KEY: world.keys.admin,
  OFFICER_KEY: await makeKey(world.database, { name: 'officer', role: 'admin' }),
}

/** The commands an example's README gives, without the keys in front. */
const commandsOf = (example: string): string[] =>
  [...textOf(`examples/${example}/README.md`).matchAll(/^ {4}(?:\w+=\S+ )*(npx .+)$/gm)].map(
    ([, command = '']) => command,
  )

/** Runs one as its README says. `meanwhile` is told each line. */
async function run(command: string, meanwhile: (line: string) => void = () => undefined) {
  const [npx, ...program] = command.split(' ')
  expect(npx).toBe('npx')
  // What `npx` finds: the checkout's own tools, before those of the machine.
  const path = `${root}node_modules/.bin:${process.env['PATH']}`
  const child = spawn(program[0] ?? '', program.slice(1), {
    cwd: root,
    env: { ...process.env, ...env, PATH: path, NO_COLOR: '1' },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      text += part.toString()
      meanwhile(part.toString())
    })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, text }
}

/** A declaration but for the days passports end on, which only one of the two moves. */
const withoutExpiry = (declaration: object): unknown =>
  JSON.parse(JSON.stringify(declaration, (key, value: unknown) => (key === 'expiryDate' ? undefined : value)))

test('the trader’s sample is the one everybody has, on whatever day', () => {
  expect(textOf('examples/trader/declaration.json')).toBe(textOf('seeds/declarations/laptops.json'))
  const now = Date.parse('2026-12-24T03:00:00Z')
  vi.useFakeTimers({ toFake: ['Date'], now })
  try {
    // The agencies' day is ahead of ours, as it is after a story of the demonstration.
    for (const on of [new Date(now), new Date('2027-02-03T01:00:00Z')]) {
      const run = Math.floor(now / 1_000)
      const lrn = `EXAMPLE-${String(run).slice(-6)}`
      expect(withoutExpiry(sampleOf(on))).toEqual(
        withoutExpiry(sampleDeclaration('laptops', { lrn, on, today: new Date(now), run })),
      )
    }
  } finally {
    vi.useRealTimers()
  }
})

test('a trader hands in a declaration and follows it until the goods may go', async () => {
  const [command = ''] = commandsOf('trader')
  let moving: Promise<unknown> | undefined
  const { code, text } = await run(command, (said) => {
    const [, id] = /^(\w+): \d+ filings with/.exec(said) ?? []
    // The agencies' clock stands still until somebody moves it.
    if (id !== undefined) moving ??= world.until(id, ({ status }) => /released|completed/.test(status))
  })
  await moving
  expect([code, text]).toEqual([0, text])
  expect(text).toMatch(/^\w+: \d+ filings with /)
  expect(text).toMatch(/entry-number \d{18}/)
  expect(text.trimEnd()).toMatch(/\n(Released|Completed)$/)
})

test('an officer drafts a fee, another approves it, and anybody reads it, in each run', async () => {
  const [command = ''] = commandsOf('admin')
  const editions: (string | undefined)[] = []
  for (let runs = 0; runs < 2; runs++) {
    const { code, text } = await run(command)
    expect([code, text]).toEqual([0, text])
    expect(text).toContain('403 own-draft')
    expect(text).toMatch(/Steam cleaning of containers \(example\): \d{3}/)
    editions.push(/Edition (\d+) is published/.exec(text)?.[1])
  }
  expect(Number(editions[1])).toBe(Number(editions[0]) + 1)
})

test('an integrator’s own vitest has the agencies inside it', async () => {
  const [command = ''] = commandsOf('integrator')
  const { code, text } = await run(command)
  expect([code, text]).toEqual([0, text])
  expect(text).toMatch(/Tests {2}3 passed/)
})

test('software in any language has a session of its own, and leaves none behind', async () => {
  const [, command = ''] = commandsOf('integrator')
  const sessions = async () => (await fetch(`${env.SIMULATOR_URL}/control/sessions`)).text()
  const before = await sessions()
  const first = await run(command)
  expect([first.code, first.text]).toEqual([0, first.text])
  expect(first.text).toContain('YC1: COMPARING, MATCHED, DEDUCTIBLE')
  expect(first.text).toContain('YC2: COMPARING, RETAINED')
  expect(first.text).toContain('the office was asked 4 times')
  expect(await sessions()).toBe(before)
  const again = await run(command)
  const numbered = (text: string) => text.replace(/Session .*/, '')
  expect(numbered(again.text)).toBe(numbered(first.text))
})
