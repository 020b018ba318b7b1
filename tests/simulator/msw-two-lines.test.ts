import { setupServer } from 'msw/node'
import { expect, test } from 'vitest'
import { agencies } from '../../mocks/msw.ts'
import { startAt } from './support.ts'

test('two lines stand in for every agency and issuer: no server, and with a seed and a start the same bytes in every run', async () => {
  const answers = []
  for (const base of ['http://agencies.test', 'http://again.test/']) {
    const own = setupServer(...agencies({ baseUrl: base, seed: 'a seed', startAt }))
    own.listen({ onUnhandledFrame: 'bypass' })
    const root = base.replace(/\/$/, '')
    const ask = async (path: string, init?: RequestInit) => (await fetch(`${root}${path}`, init)).text()
    const inquiry = '/customs/declarations?copCode=5012980001&clientSeqNo=EV1'
    answers.push([
      await ask('/'),
      await ask(inquiry),
      await ask('/customs/nowhere'),
      await ask('/issuers/commerce/x', { method: 'POST', body: '<a/>' }),
      await ask('/control/clock/advance', { method: 'POST', body: '{"by":"PT1H"}' }),
    ])
    own.close()
  }
  expect(answers[1]).toEqual(answers[0])
  const [all, inquiry, lost, , clock] = answers[0] ?? []
  expect(JSON.parse(all ?? '')).toMatchObject({
    agencies: expect.arrayContaining([expect.objectContaining({ id: 'fx' })]),
  })
  expect(inquiry).toContain('<ResponseCode>901<')
  expect(JSON.parse(lost ?? '')).toMatchObject({ code: 'no-such-address' })
  expect(JSON.parse(clock ?? '')).toMatchObject({ mode: 'frozen', now: new Date(startAt + 3_600_000).toISOString() })
})
