import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createTestSimulator } from '../mocks/msw.ts'
import { publishDemoCatalogue } from '../src/demo-catalogue.ts'
import { createVault } from '../src/notices/vault.ts'
import { openWorld } from './support/world.ts'

const root = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

/** The shell blocks of the README, comments and continued lines resolved. */
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$|^#.*$/, '').trim())
    .filter((line) => line !== ''),
)

/** Where the README's `$S` is; here, the simulator in this process. */
const simulated = 'http://simulator.test'

/** A curl command as a request. Knows the options the README uses, and no other. */
function requestOf(command: string) {
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
  const request = {
    method: 'GET',
    url: '',
    headers: {} as Record<string, string>,
    file: undefined as string | undefined,
    body: undefined as string | undefined,
  }
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '-X') request.method = words[++at] ?? ''
    else if (word === '-H') {
      const [name = '', ...value] = (words[++at] ?? '').split(': ')
      request.headers[name.toLowerCase()] = value.join(': ')
    } else if (word === '--data-binary') {
      request.method = 'POST'
      request.file = words[++at]?.replace('@', '')
    } else if (word === '-d') {
      request.method = 'POST'
      request.body = words[++at]
    } else if (/^(http|\$S\/)/.test(word)) request.url = word.replace('$S', simulated)
    else if (!['-s', '-sN'].includes(word))
      throw new Error(`The README uses an option this test does not know: ${word}`)
  }
  return request
}

test('the README has the two commands', () => {
  expect(commands).toContain('npm ci && npm start')
  expect(commands).toContain('npm ci && npm test')
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    scripts: Record<string, string>
  }
  for (const [, script = ''] of readme.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty(script)
})

describe('every curl of the README does what it says', async () => {
  const world = await openWorld()
  // As `npm start` does.
  await publishDemoCatalogue(world.database, createVault([]))
  const simulator = createTestSimulator()
  let id = ''
  test.each(commands.filter((command) => command.startsWith('curl')))('%s', async (command) => {
    const { method, url, headers, file, body } = requestOf(
      command.replace('$KEY', world.keys.trader).replace('<id>', id),
    )
    const { origin, pathname, search } = new URL(url)
    const { app } = origin === simulated ? simulator : world
    const response = await app.request(pathname + search, {
      method,
      headers,
      ...(file === undefined ? {} : { body: readFileSync(new URL(file, root)) }),
      ...(body === undefined ? {} : { body }),
    })
    expect(response.ok).toBe(true)
    if (headers['accept'] === 'text/event-stream') {
      const reader = response.body?.getReader()
      const first = await reader?.read()
      expect(new TextDecoder().decode(first?.value as Uint8Array)).toContain('declaration.accepted')
      await reader?.cancel()
      return
    }
    if (!response.headers.get('content-type')?.includes('json')) {
      const text = await response.text()
      return expect(text).toMatch(origin === simulated ? /<ResponseCode>0<|<InBox next="[3-9]/ : /# /)
    }
    const answer = (await response.json()) as { id?: string; plan?: unknown[]; data?: unknown[]; lines?: unknown[] }
    id = answer.id ?? id
    const list = answer.plan ?? answer.data ?? answer.lines
    // Nobody has read yet, and nothing was drawn.
    if (/\/(reads|draws)$/.test(pathname)) expect(list).toEqual([])
    else if (list === undefined) expect(Object.keys(answer).length).toBeGreaterThan(2)
    else expect(list).not.toHaveLength(0)
  })
})
