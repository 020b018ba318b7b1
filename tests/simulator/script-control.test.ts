import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Stage, stage } from './support.ts'

const load = (one: Stage, text: string) =>
  Promise.resolve(one.simulator.app.request('/control/scripts', { method: 'POST', body: text }))

const calling = `name: calling
agency: harbour
starts: open
unmatched: refuse
steps:
  - name: the first submission is lost after it was taken
    in: open
    match: { method: POST, path: /submit }
    faults: [{ fault: RESET }]
    then: lost
  - name: then an inquiry finds it
    in: lost
    match: { method: GET, path: /known }
    reply: { status: 200, headers: { content-type: application/json }, body: '["\${count}"]' }
`

test('a script is loaded in YAML, directs the exchanges of its session, and is listed with its state and counts', async () => {
  const one = stage()
  const made = await load(one, calling)
  expect([made.status, await made.json()]).toEqual([
    201,
    expect.objectContaining({ name: 'calling', states: [{ state: 'open', machines: 1 }] }),
  ])
  await expect(one.submit('EV1')).rejects.toThrow('tore the connection down')
  expect(await (await one.simulator.app.request('/harbour/known')).json()).toEqual(['1'])
  const { data } = (await (await one.control('GET', '/scripts')).json()) as { data: object[] }
  expect(data).toMatchObject([{ states: [{ state: 'lost' }], steps: [{ count: 1 }, { count: 1 }] }])
  const by = 'script calling / the first submission is lost after it was taken'
  expect(one.simulator.journal.find({ kind: 'exchange' }).data).toMatchObject([{ by, fault: 'RESET' }, { status: 200 }])
  expect((await one.control('DELETE', '/scripts/calling')).status).toBe(204)
  expect((await one.control('DELETE', '/scripts/calling')).status).toBe(404)
  expect(await (await one.simulator.app.request('/harbour/known')).json()).toEqual(['EV1'])
})

test('where a script refuses what it does not know, a request that misses is told what came closest', async () => {
  const one = stage()
  await load(one, calling)
  const answer = await one.simulator.app.request('/harbour/known')
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({
    code: 'no-scenario-matched',
    detail: expect.stringContaining('closest: "calling / then an inquiry finds it" differs in'),
    detailZh: expect.stringContaining('没有场景匹配'),
    closest: [
      { script: 'calling', step: 'then an inquiry finds it', differs: [expect.stringContaining('state')] },
      { differs: expect.arrayContaining([expect.stringContaining('method')]) },
    ],
  })
  expect(one.simulator.journal.find({ kind: 'unmatched' }).data).toMatchObject([{ agency: 'harbour', path: '/known' }])
  // Of another agency the script says nothing: that one answers.
  expect((await one.simulator.app.request('/island/known')).status).toBe(200)
})

test('a malformed script is refused with line and column of every mistake, in both languages, and nothing of it is kept', async () => {
  const one = stage()
  const problemsOf = async (text: string) => {
    const answer = await load(one, text)
    expect(answer.status).toBe(400)
    return (await answer.json()) as { detail: string; errors: { line: number; column: number }[] }
  }
  const shaped = await problemsOf(
    `name: bad\nagency: harbour\nsteps:\n  - name: a\n    match: { metod: GET }\n    them: b\n`,
  )
  expect(shaped).toMatchObject({ code: 'script-invalid', detailZh: expect.stringContaining('第 5 行第 14 列') })
  expect(shaped.errors.map(({ line, column }) => `${line}:${column}`)).toEqual(['5:14', '6:5'])
  const meant = await problemsOf(
    `name: bad\nagency: harbor\nsteps:\n  - name: a\n    match: {}\n    faults: [{ fault: TIMEUOT }]\n`,
  )
  expect(meant.detail).toMatch(/line 2, column 9: .*harbour.*line 6, column 23: .*TIMEOUT/s)
  const broken = await problemsOf('name: [')
  expect(broken.errors[0]).toMatchObject({ line: 1 })
  expect((await (await one.control('GET', '/scripts')).json()) as object).toEqual({ data: [] })
})

test('a script that chases itself is stopped with its reason, and time goes on for everybody else', async () => {
  const one = stage()
  await load(
    one,
    `name: chase
agency: harbour
starts: a
steps:
  - { name: there, in: a, after: PT0S, then: b }
  - { name: back, in: b, after: PT0S, then: a }
`,
  )
  await one.submit('EV1', [1])
  await one.advance(60)
  expect(one.gateway.names()).toEqual(['1'])
  const { data } = (await (await one.control('GET', '/scripts')).json()) as { data: { stopped: string }[] }
  expect(data[0]?.stopped).toMatch(/\ba\b.*\bb\b/)
  expect(one.simulator.journal.find({ kind: 'script', limit: 1_000 }).data.at(-1)).toMatchObject({
    stopped: data[0]?.stopped,
  })
})

test('scripts and where they stand outlive a killed simulator, and come back with a snapshot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scripts-'))
  try {
    const first = stage({ folder })
    await load(first, calling)
    await first.control('POST', '/sessions/default/snapshots', { name: 'fresh' })
    await expect(first.submit('EV1')).rejects.toThrow('tore the connection down')
    const second = stage({ folder })
    const states = async () =>
      ((await (await second.control('GET', '/scripts')).json()) as { data: { states: object[] }[] }).data[0]?.states
    expect(await states()).toEqual([{ state: 'lost', machines: 1 }])
    await second.control('POST', '/sessions/default/restore', { snapshot: 'fresh' })
    expect(await states()).toEqual([{ state: 'open', machines: 1 }])
    expect(await (await second.control('GET', '/health')).json()).toMatchObject({ defects: 0, scripts: 1 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the script of one session directs no other', async () => {
  const one = stage()
  await one.control('POST', '/sessions', { id: 'mine' })
  const headers = { 'x-sim-session': 'mine' }
  await one.simulator.app.request('/control/scripts', { method: 'POST', headers, body: calling })
  expect((await one.simulator.app.request('/harbour/known')).status).toBe(200)
  expect((await one.simulator.app.request('/harbour/known', { headers })).status).toBe(404)
})

test('a step that sends a request to where nobody is has gone all the same, also after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scripts-'))
  const text = `name: lost
agency: harbour
starts: open
steps:
  - { name: astray, in: open, match: { path: /nowhere }, then: gone }
`
  const statesOf = async (one: Stage) =>
    ((await (await one.control('GET', '/scripts')).json()) as { data: { states: object[] }[] }).data[0]?.states
  try {
    const first = stage({ folder })
    await load(first, text)
    expect((await first.simulator.app.request('/harbour/nowhere')).status).toBe(404)
    const after = await statesOf(first)
    expect(after).toEqual([{ state: 'gone', machines: 1 }])
    const second = stage({ folder })
    expect(await statesOf(second)).toEqual(after)
    expect(await (await second.control('GET', '/health')).json()).toMatchObject({ defects: 0 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
