import { expect, test } from 'vitest'
import { openWatch, readBody, realClock, Unanswered } from '../../client/transport.ts'
import { toyClock } from './toy.ts'

/** A body that goes on for ever, and notes when nobody wants it any more. */
function endless() {
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
    cancel: () => {
      cancelled = true
    },
  })
  return { response: new Response(body), cancelled: () => cancelled }
}

test('an answer is read up to a bound, and let go beyond it', async () => {
  const watch = openWatch(toyClock([1]), 1, undefined)
  const whole = await readBody(new Response('0123456789'), watch, 10)
  expect(new TextDecoder().decode(whole)).toBe('0123456789')
  await expect(readBody(new Response('0123456789a'), watch, 10)).rejects.toMatchObject({ why: 'broken-answer' })
  const { response, cancelled } = endless()
  await expect(readBody(response, watch, 100_000)).rejects.toThrow(Unanswered)
  expect(cancelled()).toBe(true)
  watch.close()
})

test('work that does not heed a signal is left when the time is over', async () => {
  const clock = toyClock([1])
  const watch = openWatch(clock, 1, undefined)
  const never = watch.first(new Promise(() => undefined))
  clock.expire()
  await expect(never).rejects.toMatchObject({ why: 'timeout' })
  expect(watch.signal.aborted).toBe(true)
})

test('time is waited for, or given up at once, without a timer left behind', async () => {
  const over = new AbortController()
  await realClock.sleep(1, over.signal)
  const long = realClock.sleep(1_000_000, over.signal)
  over.abort()
  await long
  await realClock.sleep(1_000_000, over.signal)
  expect(realClock.random()).toBeLessThan(1)
  expect(Math.abs(realClock.now() - Date.now())).toBeLessThan(1_000)
})
