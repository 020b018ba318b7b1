import { expect, test } from 'vitest'
import { root } from '../support/source.ts'
import { run } from './support.ts'

/** What newer editions have, and what is asked of each; nothing in it may depend on who answers. */
const asked = `
  const of = (...all) => all.values()
  const set = new Set([1, 2, 3])
  let seen = []
  const { promise, resolve, reject } = Promise.withResolvers()
  const other = Promise.withResolvers()
  resolve('kept')
  other.reject(new Error('lost'))
  console.log(JSON.stringify([
    [...Map.groupBy([1, 2, 3, 4], (one, at) => (one + at) % 4)],
    [...Map.groupBy('aba', (one) => one)],
    await promise, await other.promise.catch(({ message }) => message), typeof reject,
    await Array.fromAsync([1, Promise.resolve(2)]),
    ...['union', 'intersection', 'difference', 'symmetricDifference'].map((name) => [...set[name](new Set([2, 3, 4]))].sort()),
    ...[new Set([1]), new Set([1, 2, 3, 4]), new Set([5]), new Set()].map((one) => [set.isSubsetOf(one), set.isSupersetOf(one), set.isDisjointFrom(one)]),
    of(1, 2, 3).map((one, at) => one * at).toArray(),
    of(1, 2, 3).filter((one, at) => one > 1 && at < 2).toArray(),
    of(1, 2).flatMap((one) => [one, one]).toArray(),
    [0, 2, 9].map((most) => of(1, 2, 3).take(most).toArray()),
    [0, 2, 9].map((first) => of(1, 2, 3).drop(first).toArray()),
    new Map([['a', 1]]).keys().map((one) => one + one).take(1).toArray(),
    of(1, 2, 3).reduce((sum, one) => sum + one), of(1, 2, 3).reduce((sum, one) => sum + one, 10),
    [of(1, 2).some((one) => one > 1), of(1, 2).some((one) => one > 2), of(1, 2).every((one) => one > 0), of(1, 2).every((one) => one > 1)],
    of(1, 2, 3).find((one) => one > 1), of(1).find((one) => one > 1) === undefined,
    (of(1, 2).forEach((one, at) => void seen.push([one, at])), seen),
  ]))`

/** Takes away whatever Node 20 does not have. */
const taken = `
  delete Map.groupBy; delete Promise.withResolvers; delete Array.fromAsync
  for (const name of Object.getOwnPropertyNames(Set.prototype)) if (/^(union|intersection|difference|symmetric|is)/.test(name)) delete Set.prototype[name]
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([].values()))
  for (const name of Object.getOwnPropertyNames(iterators)) if (name !== 'constructor') delete iterators[name]
  if (typeof new Set().union === 'function' || typeof [].values().map === 'function') throw new Error('still there')
`

const answers = async (...scripts: readonly string[]) => {
  const { code, out, err } = await run(process.execPath, ['--input-type=module', '-e', scripts.join('\n')], root)
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out) as unknown
}

test('what an older Node is lent answers as the language’s own does', async () => {
  const own = await answers(asked)
  expect(await answers(taken, "await import('./cli/older-node.ts')", asked)).toEqual(own)
})

test('where it is there already nothing is replaced', async () => {
  const names = '[Map.groupBy, Promise.withResolvers, Array.fromAsync, Set.prototype.union, [].values().map]'
  const all = `const before = ${names}; await import('./cli/older-node.ts'); console.log(${names}.every((one, at) => one === before[at]))`
  expect(await answers(all)).toBe(true)
})
