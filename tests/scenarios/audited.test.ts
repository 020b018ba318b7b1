import { expect, test } from 'vitest'
import { Broken } from '../../src/audit/broken.ts'
import { sealDays } from '../../src/audit/sealer.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { checked, linesIn, written } from '../audit/support.ts'
import { filingOf, laptops, openWorld } from '../support/world.ts'

// A year later somebody doubts what customs said about the laptops 审计: the trader hands over one file, and nobody has to be believed.
const world = await openWorld()
let id = ''
let file = ''

test('the declaration lives its life; every night its day is sealed', async () => {
  const { body } = await world.post(laptops())
  id = body.id
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'closed')
  await world.idle()
  expect(await sealDays(world.database, undefined, new Date(world.now() + 2 * 86_400_000))).toHaveLength(1)
})

test('the trader takes all of it in one file: every message, every event, and the proofs', async () => {
  const answer = await world.call('GET', `/v1/declarations/${id}/export`)
  expect(answer.status).toBe(200)
  file = await answer.text()
  const kinds = new Set(linesIn(file).map(({ record }) => record))
  expect([...kinds]).toEqual(
    expect.arrayContaining(['version', 'filing', 'message', 'receipt', 'event', 'proof', 'seal']),
  )
})

test('whoever gets it checks it without us: it is whole', async () => {
  const found = await checked(file)
  expect(found).not.toBeInstanceOf(Broken)
  expect(found).toMatchObject({ declarationId: id })
})

test('one word of customs changed, and the first broken link is named', async () => {
  const lines = linesIn(file)
  const [said] = lines.filter((line) => line.record === 'receipt' && JSON.stringify(line).includes('结关'))
  expect(said).toBeDefined()
  const forged = lines.map((line) =>
    line === said ? (JSON.parse(JSON.stringify(line).replaceAll('结关', '放行')) as typeof line) : line,
  )
  const broken = await checked(written(forged))
  expect(broken).toBeInstanceOf(Broken)
  expect((broken as Broken).place).toMatchObject({ declarationId: id })
})

test('and the gateway’s own books say the same', async () => {
  expect(await verifyDatabase(world.database.pool)).toMatchObject({ declarations: 1 })
})
