import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { showAlive } from '../../src/db/jobs.ts'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { limits } from '../../src/limits.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { evBatteries, filingOf } from '../support/world.ts'
import { phone } from './look.ts'
import { openSite, type Visitor } from './site.ts'

// An operator's night 值班: an agency goes silent, its lane rests, what was given up is sent again, and what was kept is checked.
const site = await openSite()
const { world, keys } = site
const { database } = world
const alive = showAlive(database, 'a night', () => undefined)
afterAll(() => alive.end())
const agency = 'border'
const sql = (text: string, values: unknown[] = []) => database.pool.query(text, values)

/** Presses a button, or follows a link, and gives the status of the page that comes. */
async function press({ page }: Visitor, selector: string): Promise<number> {
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.request().isNavigationRequest() && one.status() !== 303),
    page.click(selector),
  ])
  await page.waitForLoadState()
  return response.status()
}
const textOf = ({ page }: Visitor, selector = 'main'): Promise<string> => page.innerText(selector)
const breakAgency = (method: 'PUT' | 'DELETE') =>
  world.simulator.app.request(`/control/agencies/${agency}/faults`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'PUT' ? { body: JSON.stringify({ fault: 'BURST5XX', times: 500 }) } : {}),
  })
/** The pause before the next try is over. */
const hurry = () =>
  sql(
    "WITH due AS (UPDATE delivery SET due_at = now() WHERE lane = $1 AND lease_until IS NULL) SELECT pg_notify('yuchuang_lanes', $1)",
    [agency],
  )
const breakerStands = async (state: string) =>
  ((await sql('SELECT FROM lane_report WHERE agency = $1 AND state = $2', [agency, state])).rowCount ?? 0) > 0

let id = ''

test('an agency goes silent: the page of the lanes says so by itself, in place, to who watches it', async () => {
  const watcher = await site.visit({ locale: 'en' })
  await watcher.page.clock.install()
  await watcher.signIn(keys.admin)
  await world.eventually(() => breakerStands('closed'))
  await watcher.goto('/operations')
  expect(await textOf(watcher, '[role=status]')).toContain('All is well')
  await watcher.page.evaluate("document.body.dataset.mark = 'the same page'")

  expect((await breakAgency('PUT')).status).toBeLessThan(300)
  id = (await world.post(evBatteries('-M.CARGOPASS-B.CLEAR'))).body.id
  await world.eventually(async () => {
    await hurry()
    return breakerStands('open')
  })
  await watcher.page.clock.runFor(limits.lanesRefreshSeconds * 1_000 + 100)
  await expect.poll(() => textOf(watcher, '[role=status]')).toContain('Things to look at')
  expect(await textOf(watcher, 'table.lanes')).toMatch(/Open: rests|Half-open/)
  expect(await textOf(watcher, '.glance')).toContain('The lane rests after failures in a row')
  expect(await watcher.page.evaluate('document.body.dataset.mark')).toBe('the same page')
  expect(watcher.trouble).toEqual([])
})

test('what was given up is sent again, the difference first; the lane is resumed; the goods are released: no script, on a phone', async () => {
  const operator = await site.visit({ javaScriptEnabled: false, viewport: phone })
  await operator.signIn(keys.admin)
  await world.eventually(async () => {
    const given = await sql(
      "UPDATE delivery SET due_at = '9999-12-31T00:00:00Z', tries = 60 WHERE lane = $1 AND lease_until IS NULL",
      [agency],
    )
    return given.rowCount === 1
  })
  await breakAgency('DELETE')
  await operator.goto('/operations')
  expect(await press(operator, '.glance a[href*="cause=exhausted"]')).toBe(200)
  expect(await textOf(operator, 'table.stuck')).toContain('系统不再自动重试')
  await operator.page.check('[name=filing]')
  await press(operator, 'form[action="/operations/replays"] button')
  await operator.page.check('[type=radio][value=encoded]')
  // Without a reason nothing is shown; what was chosen stays.
  expect(await press(operator, 'form[action$="/show"] button[type=submit]')).toBe(422)
  expect(await operator.page.getAttribute('#reason', 'aria-invalid')).toBe('true')
  expect(await operator.page.isChecked('[type=radio][value=encoded]')).toBe(true)
  await operator.page.fill('#reason', '边检系统已恢复')
  expect(await press(operator, 'form[action$="/show"] button[type=submit]')).toBe(200)
  expect(await textOf(operator, '.shown')).toMatch(/将发送[\s\S]*(无差异|行)/)
  await operator.page.check('[name=looked]')
  await press(operator, 'form.step button[type=submit]')
  expect(operator.page.url()).toMatch(/\/operations\/replays\/[0-9A-Z]+$/)
  expect(await textOf(operator, 'table.stack')).toContain('已加入发送队列')

  await operator.goto(`/operations/lanes/${agency}`)
  if (await operator.page.isVisible('#reason-closed')) {
    await operator.page.fill('#reason-closed', '已恢复')
    await operator.page.check('form:has(#reason-closed) [name=sure]')
    await press(operator, 'form:has(#reason-closed) button')
  }
  const seen = await world.until(id, ({ status }) => status === 'released' || status === 'completed')
  expect(filingOf(seen, agency).status).toMatch(/approved|closed/)
  await world.eventually(() => breakerStands('closed'))
  await operator.goto('/operations')
  expect(await textOf(operator, '.glance')).toContain('一切正常')
  expect(operator.trouble).toEqual([])
})

test('a check of what was kept says that all is well; once a row was tampered with, where it breaks', async () => {
  const officer = await site.visit({ javaScriptEnabled: false, locale: 'en' })
  await officer.signIn(keys.admin)
  await world.idle()
  const check = async () => {
    await officer.goto('/operations/audit')
    await press(officer, 'form[action$="/verifications"] button')
    expect(await textOf(officer)).toContain('Waits for a process')
    await runJobsOnce({
      database,
      rules: ownRules,
      jobs: async () => jobs.filter((job) => job.id === 'audit-verification'),
      log: pino({ level: 'silent' }),
      now: world.now,
    })
    await officer.page.reload()
    return textOf(officer)
  }
  expect(await check()).toContain('All is well: everything is as it was kept.')
  // What nobody can do but who owns the database.
  const tamper = async (text: string) => {
    const client = await database.pool.connect()
    await client.query('SET session_replication_role = replica')
    await client.query(text)
    await client.query('RESET session_replication_role')
    client.release()
  }
  const its = `WHERE declaration_id = '${id}' AND number = 1`
  const before = ((await sql(`SELECT data FROM event ${its}`)).rows[0] as { data: string }).data
  await tamper(`UPDATE event SET data = '{"filings":9}' ${its}`)
  const said = await check()
  expect(said).toMatch(/The chain is broken[\s\S]*Event\s+1\b/)
  expect(said).toContain(id)
  expect(said).toContain('do not give its hash')
  await officer.goto('/operations')
  expect(await textOf(officer, '.glance')).toContain('The last check found a broken chain')
  await tamper(`UPDATE event SET data = '${before.replaceAll("'", "''")}' ${its}`)
  expect(await check()).toContain('All is well')
  expect(officer.trouble).toEqual([])
})
