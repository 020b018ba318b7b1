import { expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator } from '../../mocks/server.ts'
import { ConnectionReset } from '../../mocks/simulator/connection.ts'
import type { ScriptState } from '../../mocks/simulator/script/index.ts'
import { textOf } from '../support/source.ts'
import { startAt } from './script-stage.ts'
import { handTimers, stage } from './support.ts'

const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(textOf('mocks/simulator/script/script.md')) ?? []
const declaration = textOf('adapters/customs/golden/export-one-item/submit.xml')
const [, reference = ''] = /<ClientSeqNo>([^<]+)/.exec(declaration) ?? []
const [, copCode = ''] = /<CopCode>([^<]+)/.exec(declaration) ?? []

test('the example of the description does what it says', async () => {
  const timers = handTimers()
  const { app, clock, close } = createSimulator({
    agencies,
    callbackUrl: 'http://gateway.test',
    mode: 'frozen',
    startAt,
    timers,
  })
  const ask = async (no: string) =>
    (await app.request(`/customs/declarations?copCode=${copCode}&clientSeqNo=${no}`)).text()
  const loaded = await app.request('/control/scripts', { method: 'POST', body: example })
  expect(loaded.status).toBe(201)

  const lost = app.request('/customs/declarations', { method: 'POST', body: declaration })
  await expect(Promise.resolve(lost)).rejects.toThrow(ConnectionReset)
  const first = ask(reference)
  await timers.pass(50)
  expect(await first).toContain(`<ClientSeqNo>${reference}</ClientSeqNo>`)
  // Asked once more, customs itself answers: it has taken the declaration in.
  expect(await ask(reference)).toMatch(/<ResponseCode>0<\/ResponseCode>[\s\S]*<SeqNo>/)
  await clock.advance(5 * 3_600_000)
  const mailbox = await (await app.request('/customs/mailbox?after=0&limit=200')).text()
  expect(mailbox).toContain('<CHANNEL>C</CHANNEL>')
  expect(mailbox).toMatch(new RegExp(`<CHANNEL>f0</CHANNEL><NOTE>${reference}</NOTE>`))
  expect(mailbox).toContain('<NOTICE_DATE>2026-11-02T03:00:00.000Z</NOTICE_DATE>')

  const { data } = (await (await app.request('/control/scripts')).json()) as { data: ScriptState[] }
  expect(data).toMatchObject([{ name: 'the answer is lost', states: [{ state: 'told', machines: 1 }] }])
  expect(data[0]?.steps.map(({ count }) => count)).toEqual([1, 1, 1])
  await close()
})

test('a script that cannot be taken is refused by the control with line and column, and one that refuses is loud', async () => {
  const { control, submit } = stage()
  const bad = await control('POST', '/scripts', {
    name: 'a',
    agency: 'harbour',
    steps: [{ name: 'b', match: {}, outcom: 'FINE' }],
  })
  expect(bad.status).toBe(400)
  expect(await bad.json()).toMatchObject({
    errors: [{ line: 1, column: 64, code: 'unknown-field', pointer: '/steps/0/outcom' }],
  })
  const steps = [{ name: 'asked', match: { path: '/submit', body: [{ at: '/reference', equals: 'EV1' }] } }]
  await control('POST', '/scripts', { name: 'a', agency: 'harbour', unmatched: 'refuse', steps })
  expect((await submit('EV1')).status).toBe(200)
  const refused = await submit('EV2')
  expect(refused.status).toBe(404)
  expect(await refused.json()).toMatchObject({
    closest: [{ script: 'a', step: 'asked', differs: ['body /reference: expected "EV1", got "EV2"'] }],
  })
})
