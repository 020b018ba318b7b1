import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gatherAcceptances } from '../../src/filing/gather.ts'
import { limits } from '../../src/limits.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A gatherer whose groups are kept when the test says so. */
function ground() {
  const groups: { readonly group: readonly number[]; resolve(): void; reject(error: Error): void }[] = []
  const state = { awaited: 0 }
  const gatherer = gatherAcceptances<number>(
    (group) => new Promise((resolve, reject) => void groups.push({ group, resolve, reject })),
    () => state.awaited,
  )
  const fates: string[] = []
  const keep = (one: number) =>
    void gatherer.keep(one).then(
      () => fates.push(`${one} kept`),
      (error: Error) => fates.push(`${one} ${error.message}`),
    )
  const groupsNow = () => groups.map(({ group }) => group)
  return { ...gatherer, keep, groups, groupsNow, state, fates }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

test('what nothing follows is kept at once', () => {
  const { keep, groupsNow } = ground()
  keep(1)
  expect(groupsNow()).toEqual([[1]])
})

test('what others follow waits for them, and goes with the last', () => {
  const { keep, groupsNow, state } = ground()
  state.awaited = 2
  keep(1)
  state.awaited = 1
  keep(2)
  expect(groupsNow()).toEqual([])
  state.awaited = 0
  keep(3)
  expect(groupsNow()).toEqual([[1, 2, 3]])
})

test('it goes without one that was refused', () => {
  const { keep, look, groupsNow, state } = ground()
  state.awaited = 1
  keep(1)
  state.awaited = 0
  look()
  expect(groupsNow()).toEqual([[1]])
})

test('it waits no longer than it may, and a full group not at all', async () => {
  const { keep, groupsNow, state } = ground()
  state.awaited = 1
  keep(1)
  await vi.advanceTimersByTimeAsync(limits.acceptGatherMs - 1)
  expect(groupsNow()).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(groupsNow()).toEqual([[1]])
  const full = Array.from({ length: limits.acceptBatch }, (_, at) => at + 2)
  for (const one of full) keep(one)
  expect(groupsNow()).toEqual([[1], full])
})

test('only so many groups are on their way; what waited too long then goes with the first that comes back', async () => {
  const { keep, groups, groupsNow, state } = ground()
  for (let one = 1; one <= limits.acceptBatchesInFlight; one++) keep(one)
  state.awaited = 1
  keep(100)
  await vi.advanceTimersByTimeAsync(10 * limits.acceptGatherMs)
  expect(groupsNow()).toHaveLength(limits.acceptBatchesInFlight)
  groups[0]?.resolve()
  await settle()
  expect(groupsNow().at(-1)).toEqual([100])
})

const taken = Object.assign(new Error('taken'), { code: '23505' })
const away = Object.assign(new Error('away'), { code: 'ECONNRESET' })

test('a group that is refused for what is in it is halved, and only what is wrong fails', async () => {
  const { keep, groups, groupsNow, state, fates } = ground()
  state.awaited = 1
  for (const one of [1, 2, 3]) keep(one)
  state.awaited = 0
  keep(4)
  for (let at = 0; at < groups.length; at++) {
    const { group, resolve, reject } = groups[at] ?? { group: [], resolve: () => undefined, reject: () => undefined }
    if (group.includes(2)) reject(taken)
    else resolve()
    await settle()
  }
  expect(groupsNow()).toEqual([[1, 2, 3, 4], [1, 2], [1], [2], [3, 4]])
  expect(fates).toEqual(['1 kept', '2 taken', '3 kept', '4 kept'])
})

test('a group that fails for another reason is tried once more, and then fails as a whole', async () => {
  const { keep, groups, groupsNow, state, fates } = ground()
  state.awaited = 1
  keep(1)
  state.awaited = 0
  keep(2)
  groups[0]?.reject(away)
  await settle()
  groups[1]?.reject(away)
  await settle()
  expect(groupsNow()).toEqual([
    [1, 2],
    [1, 2],
  ])
  expect(fates).toEqual(['1 away', '2 away'])
  keep(3)
  groups[2]?.resolve()
  await settle()
  expect(fates.at(-1)).toBe('3 kept')
})
