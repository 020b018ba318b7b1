import { expect, test } from 'vitest'
import { type ClockMode, createClock } from '../../mocks/simulator/clock.ts'
import { limits } from '../../mocks/simulator/limits.ts'
import { handTimers, startAt, turn } from './support.ts'

function clockInHand(mode: ClockMode, speed = 1) {
  const timers = handTimers()
  const state = { busy: false }
  const moves: number[] = []
  const defects: string[] = []
  const done: string[] = []
  const clock = createClock({
    timers,
    startAt,
    busy: () => state.busy,
    moving: (to) => moves.push(to - startAt),
    moved: () => undefined,
    defect: (whose, error) => defects.push(`${whose}: ${(error as Error).message}`),
  })
  clock.set(mode, speed)
  const note = (name: string) => () => done.push(`${name}@${clock.now() - startAt}`)
  return { timers, state, moves, defects, done, clock, note }
}

test('advancing does everything due in order of time, then of asking, each at its own due time', async () => {
  const { clock, note, done } = clockInHand('frozen')
  clock.after(300, 'a', note('late'))
  clock.after(100, 'a', note('first'))
  clock.after(100, 'a', note('second'))
  clock.after(901, 'a', note('not yet'))
  await clock.advance(900)
  expect(done).toEqual(['first@100', 'second@100', 'late@300'])
  expect(clock.now()).toBe(startAt + 900)
  expect(clock.read()).toMatchObject({ pending: 1, nextAt: startAt + 901 })
})

test('what becomes due on the way is done on the way', async () => {
  const { clock, note, done } = clockInHand('frozen')
  clock.after(100, 'a', () => {
    clock.after(50, 'a', note('child'))
    clock.after(0, 'a', note('at once'))
  })
  clock.after(120, 'a', note('other'))
  await clock.advance(1000)
  expect(done).toEqual(['at once@100', 'other@120', 'child@150'])
})

test('a frozen clock stands still while real time passes', async () => {
  const { clock, note, done, timers } = clockInHand('frozen')
  clock.after(10, 'a', note('x'))
  await timers.pass(60_000)
  expect(clock.now()).toBe(startAt)
  expect(done).toEqual([])
})

test('a running clock runs at its speed and never jumps', async () => {
  const { clock, note, done, timers } = clockInHand('run', 60)
  clock.after(60_000, 'a', note('a minute'))
  clock.after(3_600_000, 'a', note('an hour'))
  await timers.pass(999)
  expect(done).toEqual([])
  await timers.pass(1)
  expect(done).toEqual(['a minute@60000'])
  await timers.pass(10_000)
  expect(clock.now()).toBe(startAt + 660_000)
  expect(done).toHaveLength(1)
})

test('a jumping clock jumps to the next due event after the quiet period, and waits as long again', async () => {
  const { clock, note, done, timers } = clockInHand('jump')
  clock.after(3_600_000, 'a', note('hour'))
  clock.after(7_200_000, 'a', note('two'))
  await timers.pass(limits.quietMs - 1)
  expect(done).toEqual([])
  await timers.pass(1)
  expect(done).toEqual(['hour@3600000'])
  expect(clock.now()).toBe(startAt + 3_600_000)
  await timers.pass(limits.quietMs - 1)
  expect(done).toHaveLength(1)
  await timers.pass(1)
  expect(done).toEqual(['hour@3600000', 'two@7200000'])
})

test('a jumping clock still runs: what is due within the quiet period comes at its time', async () => {
  const { clock, note, done, timers } = clockInHand('jump')
  clock.after(150, 'a', note('soon'))
  await timers.pass(149)
  expect(done).toEqual([])
  await timers.pass(1)
  expect(done).toEqual(['soon@150'])
})

test('while something is in flight a jumping clock runs but does not jump', async () => {
  const { clock, note, done, timers, state } = clockInHand('jump')
  state.busy = true
  clock.after(5_000, 'a', note('soon'))
  clock.after(3_600_000, 'a', note('hour'))
  await timers.pass(4_999)
  expect(done).toEqual([])
  await timers.pass(1)
  expect(done).toEqual(['soon@5000'])
  state.busy = false
  clock.stir()
  await timers.pass(limits.quietMs - 1)
  expect(done).toHaveLength(1)
  await timers.pass(1)
  expect(done).toHaveLength(2)
})

test('a stir begins the quiet period anew, a look does not', async () => {
  const { clock, note, done, timers } = clockInHand('jump')
  clock.after(3_600_000, 'a', note('hour'))
  await timers.pass(limits.quietMs - 100)
  clock.stir()
  await timers.pass(limits.quietMs - 100)
  clock.look()
  expect(done).toEqual([])
  await timers.pass(100)
  expect(done).toHaveLength(1)
})

test('time stands still while something runs alone, and what fell due meanwhile comes after it', async () => {
  const { clock, note, done, timers } = clockInHand('run')
  const gate = Promise.withResolvers<void>()
  clock.after(50, 'a', note('due'))
  const running = clock.still(async () => {
    await gate.promise
    done.push(`exchange@${clock.now() - startAt}`)
  })
  const next = clock.still(note('next'))
  await timers.pass(200)
  expect(done).toEqual([])
  gate.resolve()
  await running
  await next
  expect(done).toEqual(['exchange@0', 'due@50', 'next@200'])
})

test('a failure of one that runs alone is its own', async () => {
  const { clock, note, done } = clockInHand('frozen')
  const failing = clock.still(() => Promise.reject(new Error('mine')))
  const next = clock.still(note('next'))
  await expect(failing).rejects.toThrow('mine')
  await next
  expect(done).toEqual(['next@0'])
})

test('they run in the order they came, one at a time, and nobody gets between one and the next', async () => {
  const { clock, done } = clockInHand('frozen')
  const one = (name: string) => async () => {
    done.push(`${name} begins`)
    await turn()
    done.push(`${name} ends`)
    if (name === 'b') throw new Error('b')
  }
  const first = ['a', 'b', 'c'].map((name) => clock.still(one(name)))
  await first[0]
  const late = clock.still(one('d'))
  await Promise.allSettled([...first, late])
  expect(done).toEqual(['a', 'b', 'c', 'd'].flatMap((name) => [`${name} begins`, `${name} ends`]))
})

test('what throws when due is reported by name and holds nothing up', async () => {
  const { clock, note, done, defects } = clockInHand('frozen')
  clock.after(1, 'harbour', () => {
    throw new Error('broken')
  })
  clock.after(2, 'a', note('after it'))
  await clock.advance(10)
  expect(defects).toEqual(['harbour: broken'])
  expect(done).toEqual(['after it@2'])
})

test('time never runs backwards when the machine is set back', async () => {
  const { timers, clock } = clockInHand('run')
  await timers.pass(10_000)
  expect(clock.now()).toBe(startAt + 10_000)
  await timers.pass(-5_000)
  expect(clock.now()).toBe(startAt + 10_000)
})

test('a change of mode or speed keeps the instant', async () => {
  const { timers, clock } = clockInHand('run', 10)
  await timers.pass(1_000)
  clock.set('run', 1)
  await timers.pass(1_000)
  expect(clock.now()).toBe(startAt + 11_000)
  clock.set('frozen')
  await timers.pass(1_000)
  expect(clock.now()).toBe(startAt + 11_000)
})

test('moves are announced before anything due is done, and only then', async () => {
  const { timers, clock, moves, note } = clockInHand('run')
  await timers.pass(1_000)
  await clock.still(() => undefined)
  expect(moves).toEqual([])
  clock.after(500, 'a', note('x'))
  await timers.pass(500)
  expect(moves).toEqual([1_500])
  await clock.advance(100)
  expect(moves).toEqual([1_500, 1_600])
})

test('the next due event can be asked for, and there may be none', async () => {
  const { clock, note, done } = clockInHand('frozen')
  clock.after(86_400_000, 'a', note('tomorrow'))
  expect(await clock.advanceToNext()).toBe(true)
  expect(done).toEqual(['tomorrow@86400000'])
  expect(await clock.advanceToNext()).toBe(false)
})

test('nonsense for a delay or a speed is refused', async () => {
  const { clock, note } = clockInHand('frozen')
  expect(() => clock.after(Number.NaN, 'a', note('x'))).toThrow(RangeError)
  expect(() => clock.set('run', 0)).toThrow(RangeError)
  await turn()
})
