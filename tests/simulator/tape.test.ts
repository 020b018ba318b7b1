import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Tape } from '../../mocks/simulator/tape.ts'

const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 3_000, maxLength: 6_000 })), {
  maxLength: 60,
})

test('whatever is written is read again, wherever it lies', () => {
  fc.assert(
    fc.property(texts, (written) => {
      const tape = new Tape()
      const places = written.map((text) => tape.append(text))
      expect(places.map((place) => tape.read(place))).toEqual(written.map((text) => text.toWellFormed()))
    }),
    { numRuns: 50 },
  )
})

test('what is let go is gone and gives its memory back; what comes after it stays', () => {
  const tape = new Tape()
  const places = Array.from({ length: 200 }, (_, at) => tape.append(`${at} ${'报'.repeat(300)}`))
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined) throw new Error('nothing was written')
  const whole = tape.size
  tape.forgetBefore(last.piece)
  expect(tape.size).toBeLessThan(whole / 4)
  expect(() => tape.read(first)).toThrow(RangeError)
  expect(tape.read(last)).toMatch(/^199 报/)
  const next = tape.append('x')
  expect(tape.read(next)).toBe('x')
})

test('it takes hardly more than what is on it', () => {
  const tape = new Tape()
  let bytes = 0
  for (let at = 0; at < 2_000; at++) bytes += tape.append('x'.repeat(500)).length
  expect(tape.size).toBeLessThan(1.1 * bytes)
})

test('its lines are those of the moment they were asked for, as often as they are read', () => {
  const tape = new Tape()
  const written = Array.from({ length: 100 }, (_, at) => `${at} ${'例'.repeat(at)}`)
  for (const line of written) tape.append(`${line}\n`)
  const lines = tape.lines()
  tape.append('later\n')
  expect([...lines]).toEqual(written)
  expect([...lines]).toEqual(written)
  expect([...tape.lines()].at(-1)).toBe('later')
})
