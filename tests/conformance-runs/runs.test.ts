import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import type { RunAnswer, RunReadAnswer } from '../../schemas/conformance.ts'
import { runReadAnswer } from '../../schemas/conformance.ts'
import type { ConformanceOptions } from '../../src/conformance-runs/job.ts'
import { makeKey } from '../../src/db/keys.ts'
import { limits } from '../../src/limits.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { freshKey, issuesIn, problemOf } from '../routes/support.ts'
import { openWorld, stranger } from '../support/world.ts'
import { carryOutBy, carryOutRuns, jobsOf } from './support.ts'

// Runs of the conformance kit 符合性测试运行: asked for over the interface, carried out in a process of their own.
const world = await openWorld()
const { database, keys } = world
const base = '/v1/conformance-runs'
const [some = '', other = ''] = Object.keys(adapters).slice(3)

const start = (body: object, key = keys.integrator, headers = freshKey()) =>
  world.call('POST', base, { key, body, headers })
const started = async (body: object, key = keys.integrator): Promise<RunAnswer> => {
  const response = await start(body, key)
  expect([response.status, response.headers.get('location')]).toEqual([202, expect.stringContaining(base) as string])
  return (await response.json()) as RunAnswer
}
const read = async (id: string, key = keys.integrator): Promise<RunReadAnswer> =>
  runReadAnswer.parse(await (await world.call('GET', `${base}/${id}`, { key })).json())
const carryOut = (options: Partial<ConformanceOptions> = {}) => carryOutRuns(world, options)
/** By a program instead of the kit. */
const carryOutSaying = (source: string, options: Partial<ConformanceOptions> = {}) => carryOutBy(source, world, options)
const verdict = (id: string, more: object = {}) => ({
  of: 3,
  judged: { id, group: 'schema', title: { en: id, zh: id }, verdict: 'conformant', durationMs: 1, ...more },
})
const say = (...lines: object[]) =>
  lines.map((line) => `process.stdout.write(${JSON.stringify(`${JSON.stringify(line)}\n`)});`).join('\n')

test('an adapter is judged as the command judges it, and its report is there in three forms and two languages', async () => {
  const { id, status, links } = await started({ what: 'adapter', ids: [some] })
  expect(status).toBe('waiting')
  await problemOf(await world.call('GET', links.junit, { key: keys.integrator }), 'not-found')
  await carryOut()
  const run = await read(id)
  expect(run.status).toBe('done')
  const [target] = run.targets
  expect(target).toMatchObject({ id: some, name: adapters[some]?.name, complete: true, notConformant: 0 })
  expect(run.reports[0]?.judged).toHaveLength(target?.scenarios ?? 0)
  expect((target?.conformant ?? 0) + (target?.notApplicable ?? 0)).toBe(target?.scenarios)
  const document = async (path: string, language: string) => {
    const response = await world.call('GET', path, { key: keys.integrator, headers: { 'accept-language': language } })
    expect(response.headers.get('content-disposition')).toContain(`conformance-${id}.`)
    return response.text()
  }
  expect(JSON.parse(await document(links.json, 'zh-CN'))).toMatchObject({
    conformant: true,
    reports: [{ subject: some }],
  })
  expect(await document(links.junit, 'en')).toMatch(/<testsuites name="conformance" tests="\d+" failures="0"/)
  expect(await document(links.markdown, 'en')).toContain('# Adapter')
  expect(await document(links.markdown, 'zh-CN')).toContain('# 适配器')
  expect(await document(`${links.markdown}?language=zh`, 'en')).toContain('# 适配器')
  const again = await world.call('GET', `${base}/${id}`, { key: keys.integrator })
  const unchanged = { 'if-none-match': again.headers.get('etag') ?? '' }
  expect((await world.call('GET', `${base}/${id}`, { key: keys.integrator, headers: unchanged })).status).toBe(304)
}, 60_000)

describe('a process that misbehaves is ended, and what it said until then stands', () => {
  test.each([
    ['never returns', `${say({ kind: 'adapter', subject: some }, verdict('first'))}for(;;);`, 'too-slow', 1],
    [
      'talks without end',
      `${say(verdict('first'))}setInterval(() => process.stdout.write('x'.repeat(1_000_000)), 1)`,
      'too-much',
      1,
    ],
    ['dies', `${say(verdict('first'), verdict('second'))}console.error('ouch');process.exitCode = 9`, 'no-verdict', 2],
    ['stops halfway', say(verdict('first')), 'no-verdict', 1],
    ['talks nonsense', `${say(verdict('first'))}console.log('{"of":1,"judged":{"id":7}}\\nnull\\n{')`, 'no-verdict', 1],
    ['says nothing', '', 'no-verdict', 0],
  ])('one that %s', async (_, source, code, judged) => {
    const { id, links } = await started({ what: 'adapter', ids: [some] })
    await carryOutSaying(source, { ms: code === 'too-slow' ? 1_500 : 30_000 })
    const run = await read(id)
    expect(run).toMatchObject({ status: 'failed', trouble: { code }, targets: [{ complete: false }] })
    expect(run.reports[0]?.judged ?? []).toHaveLength(judged)
    expect((await world.call('GET', links.json, { key: keys.integrator })).status).toBe(200)
  })

  test('it knows nothing of ours, and is told where the target answers', async () => {
    const echo = `const judged = { id: process.argv.slice(2).join(' '), group: 'schema', title: { en: Object.keys(process.env).join(), zh: '' }, verdict: 'conformant', durationMs: 0 }
       console.log(JSON.stringify({ of: 1, judged }))`
    const simulated = async (body: object, options: Partial<ConformanceOptions>) => {
      await database.pool.query(
        `INSERT INTO conformance_run (id, by, what, targets, url, created_at) SELECT $1, 'x', what, ARRAY[id], url, now() FROM json_to_record($2) AS run (what text, id text, url text)`,
        [freshKey()['idempotency-key'], JSON.stringify(body)],
      )
      const { rows } = await database.pool.query<{ id: string }>(
        "SELECT id FROM conformance_run WHERE status = 'waiting'",
      )
      const id = rows[0]?.id ?? ''
      await database.pool.query(
        `SELECT graphile_worker.add_job('conformance-run', json_build_object('id', $1::text), job_key => $2)`,
        [id, `conformance-run ${id}`],
      )
      await carryOutSaying(echo, options)
      const { reports, trouble } = await read(id, keys.admin)
      return { said: reports[0]?.judged[0], trouble }
    }
    const simulatorUrl = 'http://127.0.0.1:8090/'
    const { said } = await simulated({ what: 'agency', id: some }, { simulatorUrl })
    expect(said?.id).toMatch(
      new RegExp(
        `^conform agency http://127.0.0.1:8090/${some} --agency ${some} --control http://127.0.0.1:8090/control `,
      ),
    )
    expect(said?.title.en).toBe('CONFORMANCE_UNTIL')
    const own = { what: 'agency', id: some, url: 'http://127.0.0.1:9/x' }
    expect((await simulated(own, {})).said?.id).toMatch(
      /^conform agency http:\/\/127\.0\.0\.1:9\/x --agency \w+ --format/,
    )
    // Whatever the gateway allowed, the process that calls decides.
    expect((await simulated(own, { allowPrivate: false })).trouble?.detail).toContain('Only https')
    expect((await simulated({ what: 'agency', id: some }, {})).trouble?.detail).toContain('no simulator')
  })
})

test('a stranger’s address leads to the public internet or nowhere, whatever its name says when it is called', async () => {
  const reach = `const tries = [fetch('http://localhost:64999/'), new Promise((resolve, reject) => import('node:net').then(({ connect }) => connect(64999, 'localhost').on('error', reject)))]
     const ends = await Promise.allSettled(tries)
     const words = ends.map(({ reason }) => [reason.code ?? reason.cause?.code ?? reason.cause?.name ?? reason.message].join()).join(' ')
     console.log(JSON.stringify({ of: 1, judged: { id: words, group: 'schema', title: { en: '', zh: '' }, verdict: 'conformant', durationMs: 0 } }))`
  const url = 'https://agency.example.com/x'
  const reached = async (allowPrivate: boolean) => {
    const { id } = await started({ what: 'agency', ids: [some], url })
    await carryOutSaying(reach, { allowPrivate })
    return (await read(id)).reports[0]?.judged[0]?.id
  }
  expect(await reached(true)).toBe('ECONNREFUSED ECONNREFUSED')
  expect(await reached(false)).toMatch(/^(?!.*ECONNREFUSED)\w+ \w+$/)
})

test('a run whose worker stops is carried out by the next one, from the first target that was not judged', async () => {
  const { id } = await started({ what: 'adapter', ids: [some, other] })
  const stopping = new AbortController()
  const stuck =
    `process.argv[4] === '${some}' ? (${JSON.stringify('')}, ${say({ ...verdict('first'), of: 1 })}) : setInterval(() => 0, 1_000)`.replace(
      ';)',
      ')',
    )
  const carried = carryOutSaying(stuck, { signal: stopping.signal })
  await world.eventually(async () => (await read(id)).targets[0]?.complete === true)
  stopping.abort()
  await carried
  expect((await read(id)).status).toBe('running')
  await database.pool.query('UPDATE graphile_worker._private_jobs SET run_at = now()')
  await carryOutSaying(say({ ...verdict('second'), of: 1 }))
  const run = await read(id)
  expect(run.status).toBe('done')
  expect(run.reports.map(({ judged }) => judged[0]?.id)).toEqual(['first', 'second'])
})

describe('asked for', () => {
  test('once for an idempotency key; one at a time for a firm; given up ones are told', async () => {
    const headers = freshKey()
    const body = { what: 'adapter', ids: [some] }
    const [one, two] = [await start(body, keys.integrator, headers), await start(body, keys.integrator, headers)]
    const run = (await one.json()) as RunAnswer
    expect([two.headers.get('idempotent-replayed'), await two.json()]).toEqual(['true', run])
    await problemOf(await start(body), 'limit-reached')
    const elsewhere = await makeKey(database, { name: 'elsewhere', role: 'integrator', tenant: stranger })
    const theirs = await started(body, elsewhere)
    await database.pool.query('DELETE FROM graphile_worker._private_jobs')
    const sweep = jobsOf()[1]
    const room = { database, rules: ownRules, log: pino({ level: 'silent' }), now: world.now, lastTry: true }
    await sweep?.run({}, room)
    expect(await read(run.id)).toMatchObject({ status: 'failed', trouble: { code: 'interrupted' } })
    for (const path of ['', '/report.json', '/report.xml', '/report.md'])
      await problemOf(await world.call('GET', `${base}/${theirs.id}${path}`, { key: keys.integrator }), 'not-found')
    expect((await read(theirs.id, keys.admin)).by).toBe('elsewhere')
    const { data } = (await (await world.call('GET', base, { key: elsewhere })).json()) as { data: RunAnswer[] }
    expect(data.map(({ id }) => id)).toEqual([theirs.id])
    // The oldest go, and those that are long over.
    await sweep?.run({}, { ...room, now: () => world.now() + limits.conformanceKeptMs + 60_000 })
    expect((await world.call('GET', base, { key: keys.admin }).then((all) => all.json())) as object).toMatchObject({
      data: [],
    })
  })

  test.each([
    [{ what: 'adapter', ids: ['constructor'] }, ['/ids/0 unknown-agency']],
    [{ what: 'adapter', ids: [some, some] }, ['/ids twice']],
    [{ what: 'adapter', url: 'https://agency.example.com' }, ['/url unexpected']],
    [{ what: 'agency', url: 'https://agency.example.com' }, ['/ids one']],
    [{ what: 'agency', ids: [some], url: 'https://me:secret@example.com' }, ['/url url-with-credentials']],
    [{ what: 'agency', ids: [some], url: '--help' }, ['/url not-a-url']],
  ] as const)('not so: %j', async (body, issues) => {
    expect(issuesIn(await problemOf(await start(body), 'body-invalid'))).toEqual(issues)
  })

  test('by nobody else, and not where there is no simulator', async () => {
    await problemOf(await start({ what: 'agency' }), 'unavailable')
    await problemOf(await start({ what: 'ship' }), 'body-invalid')
    await problemOf(await start({ what: 'adapter' }, keys.trader), 'forbidden')
    await problemOf(await world.call('GET', base, { key: keys.trader }), 'forbidden')
    await problemOf(await world.call('GET', base, { key: '' }), 'unauthenticated')
    await problemOf(await world.call('GET', `${base}/nothing`, { key: keys.admin }), 'not-found')
    await problemOf(await world.call('GET', `${base}?after=x`, { key: keys.admin }), 'invalid-parameter')
  })
})
