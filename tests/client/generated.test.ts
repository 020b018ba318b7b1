import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { createClient } from '../../client/index.ts'
import { operationsById } from '../../client/operations/index.ts'
import { operations } from '../../src/routes/describe.ts'
import { root, textOf } from '../support/source.ts'
import { agenciesNamed } from '../support/tidiness.ts'
import { generateOperations } from './generate.ts'

test('what lies there is what the schemas and the description would make: `npm run client` was not forgotten', async () => {
  const files = await generateOperations()
  expect(readdirSync(`${root}client/operations`).sort()).toEqual([...files.keys()].sort())
  for (const [name, text] of files) expect(textOf(`client/operations/${name}`)).toBe(text)
})

test('the client knows every operation of the gateway, and no other', () => {
  expect(Object.keys(operationsById).sort()).toEqual(Object.keys(operations).sort())
  const client = createClient({ baseUrl: 'https://gateway.test' })
  expect(Object.keys(client).sort()).toEqual([...Object.keys(operations), 'each', 'events', 'feed'].sort())
})

test('it names no agency, and needs nothing of Node', () => {
  const modules = readdirSync(`${root}client`, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  )
  expect(modules.length).toBeGreaterThan(20)
  for (const path of modules) {
    const source = textOf(`client/${path}`)
    expect(agenciesNamed(path, source, Object.keys(adapters))).toEqual([])
    expect(source).not.toMatch(/from 'node:|\bprocess\.|\bBuffer\b/)
    // What the schemas are is known to the compiler alone: a page need not load them.
    expect(source.match(/^import (?!type ).*schemas\//gm)).toBeNull()
  }
})
