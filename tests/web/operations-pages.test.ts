import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { showAlive } from '../../src/db/jobs.ts'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { openNightDesk } from '../routes/night-desk.ts'
import { filingOf } from '../support/world.ts'
import { clerkOf, type Seen } from './clerk.ts'
import { hostile } from './hostile-names.ts'
import { done } from './pages.ts'

const { world, weather, night, sql, filed, putOff } = await openNightDesk()
const alive = showAlive(world.database, 'pages', () => undefined)
afterAll(() => alive.end())
const [operator, trader, chinese] = await Promise.all([
  clerkOf(world, night),
  clerkOf(world, world.keys.trader),
  clerkOf(world, night, 'zh-CN'),
])
/** What a page says, without its tags. */
const said = ({ html }: Seen): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('who runs the window', () => {
  test('is shown the way to sign in; who is somebody else is refused', async () => {
    const nobody = await clerkOf(world)
    for (const path of ['/operations', '/operations/stuck', '/operations/audit'])
      expect(await nobody.get(path)).toMatchObject({
        status: 303,
        location: `/sign-in?next=${encodeURIComponent(path)}`,
      })
    for (const path of [
      '/operations',
      '/operations/stuck',
      '/operations/replays',
      '/operations/receipts',
      '/operations/audit',
    ])
      expect((await trader.get(path)).status).toBe(403)
  })

  test('sees at a glance that all is well', async () => {
    await expect
      .poll(async () => said(await operator.get('/operations')))
      .toContain('All is well Nothing is stuck, no lane rests, everything runs.')
    const page = await operator.get('/operations')
    expect(said(page)).toMatch(/Gateway answers Database [\d.]+ ms Workers 1/)
    expect(said(page)).toContain('0 drafts to approve')
    expect(page.html).toContain('<noscript><meta http-equiv="refresh"')
    expect(said(await chinese.get('/operations'))).toContain('一切正常 无滞留，无熔断')
  })
})

describe('a lane', () => {
  test('is held only with a tick and a reason; what was typed is kept', async () => {
    const form = await operator.get('/operations/lanes/border')
    const unsure = await operator.send(form, /border$/, { 'reason-open': 'maintenance' })
    expect(unsure.status).toBe(422)
    expect(said(unsure)).toContain('Tick this to confirm.')
    expect(unsure.html).toContain('value="maintenance"')
    const empty = await operator.send(form, /border$/, { sure: 'yes' })
    expect(empty.status).toBe(422)
    expect(empty.html).toMatch(/id="reason-open"[^>]*aria-invalid="true"/)
    expect(done(await operator.send(form, /border$/, { 'reason-open': hostile, sure: 'yes' }))).toBe('/operations')
    const page = await operator.get('/operations')
    expect(said(page)).toMatch(/Held by an operator .* night desk/)
    expect(page.html).not.toContain('<b data-hostile>')
    expect(said(page)).toContain('Things to look at: 1')
  })

  test('that is held is stuck, with the remedy; resumed, all is well', async () => {
    const stuck = await operator.get('/operations/stuck?agency=border')
    expect(said(stuck)).toContain('Resume the lane once the reason is gone.')
    expect(stuck.html).toContain('href="/operations/lanes/border"')
    const form = await operator.get('/operations/lanes/border')
    done(await operator.send(form, /border$/, { 'reason-closed': 'done', sure: 'yes' }))
    expect(said(await operator.get('/operations/stuck'))).toContain('Nothing is stuck.')
    expect(said(await operator.get('/operations/stuck?cause=orphan'))).toContain('Nothing is stuck of this kind.')
  })

  test('of nobody is not there', async () => {
    expect((await operator.get('/operations/lanes/nobody')).status).toBe(404)
  })
})

describe('sending again', () => {
  test('from the list of what is stuck, over the difference, to what became of it', async () => {
    weather.border = 'down'
    const { id, filingId } = await filed('queued')
    await putOff(filingId)
    await sql("UPDATE delivery SET due_at = '9999-12-31T00:00:00Z', tries = 60, error = 'gone' WHERE filing_id = $1", [
      filingId,
    ])
    const stuck = await operator.get('/operations/stuck?cause=exhausted')
    expect(said(stuck)).toContain('Nothing happens by itself any more.')
    expect(stuck.html).toContain(`href="/declarations/${id}/filings/${filingId}"`)
    const start = await operator.get(`/operations/replays?filing=${filingId}`)
    expect(start.html).toContain(filingId)
    const nothing = await operator.send(start, /show$/, { from: 'stored', filings: '', reason: 'the trouble is over' })
    expect(nothing.status).toBe(422)
    expect(said(nothing)).toContain('Name a filing, an agency or a time range')
    expect(nothing.html).toContain('value="the trouble is over"')
    const shown = await operator.send(start, /show$/, { from: 'encoded', reason: 'the trouble is over' })
    expect(shown.status).toBe(200)
    expect(said(shown)).toMatch(/would be sent .*lines|nothing differs/)
    weather.border = 'up'
    const replay = done(await operator.send(shown, /replays$/, { looked: 'yes' }))
    await world.meanwhile(id, (seen) => filingOf(seen, 'border').status === 'acknowledged')
    expect(said(await operator.get(replay))).toMatch(/Answered or done: 1 \/ 1 .* put on its way/)
    expect(said(await operator.get('/operations/replays'))).toContain('the trouble is over')
    // The same confirmation again is refused by its digest: it was carried out.
    expect((await operator.send(shown, /replays$/, { once: 'another' })).status).toBe(409)
  })
})

describe('what belongs to nobody', () => {
  test('is shown with what it was looked for as, its bytes as text', async () => {
    await world.push('border', { body: `<html>${hostile}</html>`, contentType: 'text/html' })
    const nobodys = `<?xml version="1.0" encoding="UTF-8"?><DEC_RESULT><CUS_CIQ_NO>E20260000000000001</CUS_CIQ_NO><ENTRY_ID></ENTRY_ID><NOTICE_DATE>2026-11-21T09:30:00</NOTICE_DATE><CHANNEL>P</CHANNEL><NOTE>放行</NOTE><CUSTOM_MASTER>8014</CUSTOM_MASTER><I_E_DATE></I_E_DATE><D_DATE></D_DATE></DEC_RESULT>`
    await world.push('customs', { body: nobodys })
    const page = await operator.get('/operations/receipts')
    expect(said(page)).toMatch(/放行.*E20260000000000001.*no filing has this/)
    const [orphan, stray] = [...page.html.matchAll(/href="(\/operations\/receipts\/messages\/\d+)"/g)].map(
      ([, href = '']) => href,
    )
    const laid = await operator.get(orphan ?? '')
    expect(laid.html.replaceAll(/<\/?span[^>]*>/g, '')).toContain('\n  &lt;CHANNEL&gt;P&lt;/CHANNEL&gt;')
    expect(laid.html).toContain('&lt;DEC_RESULT&gt;&lt;CUS_CIQ_NO&gt;')
    const raw = await operator.get(stray ?? '')
    expect(raw.html).not.toContain('<b data-hostile>')
    expect(raw.html).toContain('&lt;b data-hostile&gt;')
    expect(done(await operator.send(page, /match$/))).toBe('/operations/receipts?matched=0')
    expect(said(await operator.get('/operations/receipts?matched=0'))).toContain('0 receipts found their filing')
    expect((await operator.get('/operations/receipts/messages/0')).status).toBe(404)
  })
})

test('certificates are found by their number, and say what is left of them', async () => {
  await sql(
    `INSERT INTO certificate (type_code, number, issuer, holder, reserved, uses, uses_taken) VALUES ('4', 'EX-1', 'commerce', 'H', 5, 3, 1)`,
  )
  const found = await operator.get('/operations/certificates?number=EX')
  expect(found.html).toContain('href="/operations/certificates/4/EX-1"')
  expect(said(await operator.get('/operations/certificates?number=XX'))).toContain('No certificate was found.')
  const one = await operator.get('/operations/certificates/4/EX-1')
  expect(said(one)).toMatch(/Reserved 5 .*Used 1 · 2 uses left/)
  expect(said(one)).toContain('No declaration uses it.')
  expect((await operator.get('/operations/certificates/4/NONE')).status).toBe(404)
})

describe('a rule table', () => {
  const path = '/operations/rules/suppression'
  const head = { validFrom: '2027-01-01', source: 'a test', evidence: 'assumed', reason: 'for the pages' }
  /** The form of a page that is sent in parts, as fields alone. */
  const check = async (rows: string, more = {}) => operator.post(`${path}/check`, { ...head, rows, ...more })

  test('is listed with what holds, its rows found, downloaded', async () => {
    expect(said(await operator.get('/operations/rules'))).toContain('In force since')
    const page = await operator.get(path)
    expect(page.status).toBe(200)
    expect(page.html).toContain('/v1/rules/suppression/rows.csv')
    expect(said(await operator.get(`${path}?q=no-such-row-anywhere`))).toContain('No row is like this.')
    expect((await operator.get('/operations/rules/nowhere')).status).toBe(404)
  })

  test('what is wrong with a new version stands at its field and at its row, all of it kept', async () => {
    const form = await operator.get(`${path}/new`)
    const rows = String(form.forms.find(({ action }) => action.endsWith('check'))?.fields['rows'])
    expect(rows.split('\n').length).toBeGreaterThan(1)
    const wrong = await check('[{"nonsense":1}]', { validFrom: '2026-01-01' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toMatch(/id="validFrom"[^>]*aria-invalid="true"/)
    expect(said(wrong)).toMatch(/Wrong with the rows .* 1 /)
    expect(wrong.html).toContain('for the pages')
    expect(said(await check('neither of them'))).toContain('This is neither CSV')
  })

  test('is published as it was shown, once', async () => {
    const form = await operator.get(`${path}/new`)
    const rows = String(form.forms.find(({ action }) => action.endsWith('check'))?.fields['rows'])
    const same = await check(rows)
    expect(said(same)).toContain('The two versions have the same rows.')
    expect(done(await operator.send(same, /versions$/, { looked: 'yes' }))).toBe(`${path}?on=2027-01-01`)
    expect(said(await operator.get(path))).toMatch(/for the pages/)
    // Sent again as it stood, it is the one there is; shown before it, another is told so.
    expect((await operator.send(same, /versions$/)).status).toBe(303)
    const late = await operator.send(same, /versions$/, { once: 'another' })
    expect(late.status).toBe(412)
    expect(said(late)).toContain('Somebody published a version meanwhile.')
    const versions = (await (await world.call('GET', '/v1/rules/suppression/versions', { key: '' })).json()) as {
      data: { id: string }[]
    }
    const [first, second] = versions.data.map(({ id }) => id)
    expect(said(await operator.get(`${path}?from=${first}&to=${second}`))).toContain('What changed')
  })
})

describe('the audit', () => {
  const check = async () => {
    const asked = done(await operator.send(await operator.get('/operations/audit'), /verifications$/))
    const before = await operator.get(asked)
    await runJobsOnce({
      database: world.database,
      rules: ownRules,
      jobs: async () => jobs.filter(({ id }) => id === 'audit-verification'),
      log: pino({ level: 'silent' }),
      now: world.now,
    })
    return { before, after: await operator.get(asked) }
  }

  test('says in words that all is whole', async () => {
    const { before, after } = await check()
    expect(said(before)).toContain('Waits for a process')
    expect(before.html).toContain('http-equiv="refresh"')
    expect(said(after)).toContain('All is well: everything is as it was kept.')
    expect(after.html).not.toContain('http-equiv="refresh"')
  })

  test('shows the trail of a declaration, found by the trader’s own reference', async () => {
    const { id, lrn } = await filed('acknowledged')
    const found = done(await operator.get(`/operations/audit/declarations?q=${lrn}`))
    expect(found).toBe(`/operations/audit/declarations/${id}`)
    const trail = await operator.get(found)
    expect(said(trail)).toContain('declaration.accepted')
    expect(trail.html).toContain(`/v1/declarations/${id}/export`)
    const one = done(await operator.send(trail, /verifications$/))
    expect(said(await operator.get(one))).toContain('All is well: this declaration is as it was kept.')
    const nobodys = await operator.get('/operations/audit/declarations?q=nobody')
    expect(nobodys.status).toBe(404)
    expect(said(nobodys)).toContain('There is no such declaration. nobody')
  })
})
