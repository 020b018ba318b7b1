import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { isFault } from '../../mocks/simulator/faults.ts'

test('each agency has an id and a letter of its own, and no id is taken by the simulator', () => {
  const ids = agencies.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(agencies.map(({ letter }) => letter)).size).toBe(ids.length)
  expect(ids).not.toContain('control')
})

test('each agency’s folder is its id, and each folder is in the registry', () => {
  const mocks = new URL('../../mocks/', import.meta.url)
  const folders = readdirSync(mocks, { withFileTypes: true }).filter(
    (one) => one.isDirectory() && !['carriers', 'issuers', 'simulator'].includes(one.name),
  )
  expect(folders.map(({ name }) => name).sort()).toEqual(agencies.map(({ id }) => id).sort())
})

test('no outcome of an agency has the name of a fault', () => {
  const taken = agencies.flatMap(({ id, outcomes }) =>
    outcomes.filter(({ magic }) => isFault(magic)).map(({ magic }) => [id, magic]),
  )
  expect(taken).toEqual([])
})
