import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import { issuers } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { createSimulator, type Simulator } from '../../mocks/server.ts'
import type { Entry } from '../../mocks/simulator/journal.ts'

/** Everything the six agencies are asked here: the golden documents of their adapters, at the times they were made for. */
const asked = Object.keys(adapters)
  .flatMap((agency) => goldenCases(agency).map((golden) => ({ agency, ...golden })))
  .toSorted((a, b) => a.submission.instant.localeCompare(b.submission.instant))

const script = `
name: half of the answers are changed
agency: customs
steps:
  - name: the third inquiry is numbered by chance
    match: { method: GET, path: /numbers }
    reply: { status: 200, body: '\${draw:12} \${count} \${now}' }
`

interface Told {
  readonly answers: readonly string[]
  readonly pushed: readonly string[]
  readonly journal: readonly Entry[]
}

async function play(simulator: Simulator, session: string, pushed: string[], settings: object): Promise<Told> {
  const call = (path: string, init: RequestInit = {}) =>
    Promise.resolve(
      simulator.app.request(path, { ...init, headers: { ...(init.headers as object), 'x-sim-session': session } }),
    )
  await simulator.app.request('/control/sessions', {
    method: 'POST',
    body: JSON.stringify({ id: session, callbackUrl: `http://${session}.test`, ...settings }),
  })
  await call('/control/scripts', { method: 'POST', body: script })
  const answers: string[] = []
  for (const { agency, submission, procedure, bytes } of asked) {
    const to = new Date(submission.instant).toISOString()
    await call('/control/clock/advance', { method: 'POST', body: JSON.stringify({ to }) })
    const wire = adapters[agency]?.procedures[procedure]?.encode(submission)
    if (wire === undefined) throw new Error(`${agency} has no ${procedure}`)
    const answer = await call(`/${agency}${wire.path}`, {
      method: wire.method,
      headers: { 'content-type': wire.contentType ?? '', 'x-sim-scenario': answers.length % 7 === 0 ? 'TWICE' : '' },
      body: bytes,
    })
    answers.push(`${answer.status} ${await answer.text()}`)
    answers.push(await (await call('/customs/numbers')).text())
  }
  await call('/control/clock/advance', { method: 'POST', body: JSON.stringify({ by: 'P90D' }) })
  for (const [agency, { mailbox }] of Object.entries(adapters))
    if (mailbox !== undefined) answers.push(await (await call(`/${agency}${mailbox.encode('0').path}`)).text())
  const page = simulator.sessions.of(session).world.journal.find({ limit: 1_000 })
  return { answers, pushed, journal: page.data.map((entry) => ({ ...entry, realAt: '' })) }
}

const startAt = new Date(Math.min(...asked.map(({ submission }) => Date.parse(submission.instant)))).toISOString()

test('the same seed, script and clock give the same numbers, times and bytes from all six agencies; another seed does not', async () => {
  const pushed = { one: [] as string[], two: [] as string[], other: [] as string[] }
  const simulator = createSimulator({
    agencies,
    issuers,
    callbackUrl: 'http://nobody.test',
    mode: 'frozen',
    fetch: (url, { headers, body }) => {
      const session = new URL(url).hostname.split('.', 1)[0] as keyof typeof pushed
      pushed[session].push(`${headers['webhook-id']} ${body}`)
      return { status: 202 }
    },
  })
  const one = await play(simulator, 'one', pushed.one, { seed: 'a seed', startAt })
  const two = await play(simulator, 'two', pushed.two, { seed: 'a seed', startAt })
  const other = await play(simulator, 'other', pushed.other, { seed: 'another', startAt })
  expect(one.answers.length).toBeGreaterThan(100)
  expect(one.pushed.length).toBeGreaterThan(50)
  expect(two).toEqual(one)
  expect(other.answers).not.toEqual(one.answers)
  expect(other.pushed.toSorted()).not.toEqual(one.pushed.toSorted())
  await simulator.close()
})
