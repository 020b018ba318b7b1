import { beforeAll, describe, expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { faults } from '../../mocks/simulator/faults.ts'
import { createApp } from '../../src/app.ts'
import { openWorld } from '../support/world.ts'
import { type Clerk, clerkOf } from './clerk.ts'
import { textOf } from './forms.ts'
import { hits, hostile } from './hostile-names.ts'

// The simulator's pages 模拟器 without a browser: what each says, does, and refuses.
const world = await openWorld({ simulatorServed: true })
const { keys, simulatorUrl } = world
const [agency] = agencies
const id = agency?.id ?? ''
let clerk: Clerk
let chinese: Clerk
beforeAll(async () => {
  ;[clerk, chinese] = await Promise.all([clerkOf(world, keys.integrator), clerkOf(world, keys.integrator, 'zh-CN')])
  const made = await clerk.send(await clerk.get('/simulator'), /\/sessions$/, {
    id: 'pages',
    seed: 'one',
    startAt: '2026-11-20T10:00',
  })
  expect([made.status, made.location]).toEqual([303, '/simulator?session=pages'])
})
const home = '/simulator?session=pages'
const at = (path: string) => `/simulator${path}?session=pages`
const direct = (path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(`${simulatorUrl}/sessions/pages${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body === undefined ? {} : { body }),
  })

describe('who may look', () => {
  test('who is not signed in is shown the way to it, and back', async () => {
    const seen = await (await clerkOf(world)).get('/simulator/journal?session=pages')
    expect([seen.status, seen.location]).toEqual([303, `/sign-in?next=${encodeURIComponent(at('/journal'))}`])
  })

  test('a trader’s key is not enough', async () => {
    expect((await (await clerkOf(world, keys.trader)).get('/simulator')).status).toBe(403)
  })

  test.each(['nowhere', 'not a name', 'ä\n'])(
    'a session that is none says so, and others can be chosen: %j',
    async (name) => {
      for (const path of ['/simulator', '/simulator/scenarios', '/simulator/journal', '/simulator/recordings']) {
        const { status, html } = await clerk.get(`${path}?session=${encodeURIComponent(name)}`)
        expect(status).toBe(404)
        expect(html).toContain('<option value="pages">')
      }
    },
  )

  test('where there is no simulator, the page says how to have one', async () => {
    const app = createApp({ ...world.services, simulatorUrl: undefined })
    for (const path of ['/simulator', '/simulator/scenarios', '/simulator/journal', '/simulator/recordings']) {
      const { status, html } = await (await clerkOf({ app }, keys.integrator)).get(path)
      expect(status).toBe(503)
      expect(html).toContain('SIMULATOR_URL')
    }
  })
})

describe('the clock', () => {
  test('is moved by what its buttons say; pressed twice, it has moved once', async () => {
    const { html } = await clerk.get(home)
    expect(html).toContain('2026-11-20 10:00:00')
    const hourOn = /name="to" value="([^"]+)">\+ 1 hour/.exec(html)?.[1]
    for (const _ of ['once', 'twice'])
      expect((await clerk.post(at('/clock/advance'), { to: hourOn })).location).toBe(home)
    expect((await clerk.get(home)).html).toContain('2026-11-20 11:00:00')
  })

  test('goes to an instant of Beijing; one in the past is refused at its field, and stays written', async () => {
    await clerk.post(at('/clock/advance'), { local: '2026-11-20T12:30' })
    expect((await clerk.get(home)).html).toContain('2026-11-20 12:30:00')
    for (const local of ['2026-11-20T12:29', 'soon']) {
      const { status, html } = await chinese.post(at('/clock/advance'), { local })
      expect(status).toBe(local === 'soon' ? 400 : 409)
      expect(html).toMatch(new RegExp(`id="local" name="local" value="${local}"[^>]* aria-invalid="true"`))
    }
  })

  test('stands, runs and jumps; a speed that is none is refused at its field', async () => {
    expect((await clerk.post(at('/clock'), { mode: 'jump', speed: '1' })).status).toBe(303)
    expect((await clerk.get(home)).html).toMatch(/mode-jump/)
    const refused = await clerk.post(at('/clock'), { mode: 'run', speed: 'fast' })
    expect(refused.status).toBe(400)
    expect(refused.html).toMatch(/id="speed" name="speed" value="fast"[^>]* aria-invalid="true"/)
    await clerk.post(at('/clock'), { mode: 'frozen', speed: '1' })
  })
})

describe('breaking an agency', () => {
  test.each(faults.map(({ fault }) => fault))(
    '%s is ordered as it stands on the page, told loudly, and lifted',
    async (fault) => {
      const page = await clerk.get(at(`/agencies/${id}`))
      const form = page.forms.find(({ fields }) => fields['fault'] === fault && 'times' in fields)
      const broken = await clerk.post(form?.action ?? '', { ...form?.fields, times: '2' })
      expect([broken.status, broken.location]).toEqual([303, at(`/agencies/${id}`)])
      const { html } = await clerk.get(home)
      expect(html).toMatch(new RegExp(`Broken now[\\s\\S]*<code>${fault}</code>`))
      expect((await clerk.post(at(`/agencies/${id}/lift`), { fault })).status).toBe(303)
      expect((await clerk.get(home)).html).not.toContain('Broken now')
    },
  )

  test('in one step from the first page, until it is lifted; the other sessions go on', async () => {
    const seen = await clerk.get(home)
    await clerk.send(seen, /\/break/, { agency: id, fault: 'BURST5XX', times: '' })
    expect((await clerk.get(home)).html).toMatch(/BURST5XX[\s\S]*until it is lifted/)
    expect((await clerk.get('/simulator')).html).not.toContain('Broken now')
    expect((await direct(`/${id}/mailbox?after=0`)).status).toBe(503)
    await clerk.post(at(`/agencies/${id}/lift`), { fault: '' })
    expect((await direct(`/${id}/mailbox?after=0`)).status).toBe(200)
  })

  test('a parameter that cannot be is refused at its field, and everything stays written', async () => {
    const { status, html } = await chinese.post(at(`/agencies/${id}`), {
      fault: 'SLOW',
      delayMs: '9999999',
      times: '5',
    })
    expect(status).toBe(400)
    expect(html).toMatch(/id="SLOW-delayMs" name="delayMs" value="9999999"[^>]* aria-invalid="true"/)
    expect(html).toContain('id="SLOW-delayMs-wrong"')
    const other = await clerk.post(at('/break'), { agency: id, fault: 'NOSUCH', times: '1' })
    expect([other.status, other.html.includes('class="problem"')]).toEqual([400, true])
  })

  test('an agency that is none is not found', async () => {
    expect((await clerk.get(at('/agencies/nowhere'))).status).toBe(404)
    expect((await clerk.post(at('/break'), { agency: '../clock', fault: 'BUSY' })).status).toBe(404)
  })
})

describe('sessions', () => {
  test('one that cannot be is refused at its field; one that is there already says so', async () => {
    const form = { id: 'not a name!', seed: 's', mode: 'frozen', startAt: 'soon' }
    const { status, html } = await chinese.post('/simulator/sessions', form)
    expect(status).toBe(400)
    expect(html).toMatch(/id="id" name="id" value="not a name!"[^>]* aria-invalid="true"/)
    expect(html).toMatch(/id="startAt" name="startAt" value="soon"[^>]* aria-invalid="true"/)
    const again = await clerk.post('/simulator/sessions', { id: 'pages' })
    expect([again.status, again.html.includes('role="alert"')]).toEqual([409, true])
  })

  test('is kept, taken back, and reset only when that is confirmed', async () => {
    const base = '/sessions/pages'
    const kept = await clerk.post(at(`${base}/snapshots`), { name: 'before' })
    expect(kept.location).toBe(`${home}#snapshots`)
    const was = /<time datetime="([^"]+)"/.exec((await clerk.get(home)).html)?.[1]
    await clerk.post(at('/clock/advance'), { by: 'P1D' })
    expect((await clerk.get(home)).html).not.toContain(`<p class="sim-now"><time datetime="${was}"`)
    await clerk.post(at(`${base}/snapshots/restore`), { snapshot: 'before' })
    expect((await clerk.get(home)).html).toContain(`<p class="sim-now"><time datetime="${was}"`)
    await clerk.post(at(`${base}/snapshots/drop`), { snapshot: 'before' })
    expect((await clerk.get(home)).html).not.toContain('before</code>')
    const unsure = await clerk.post(at(`${base}/reset`), {})
    expect([unsure.status, unsure.html.includes('id="sure-reset-wrong"')]).toEqual([422, true])
    expect((await clerk.post(at(`${base}/reset`), { sure: 'yes' })).location).toBe(home)
    expect((await clerk.get(home)).html).toContain('2026-11-20 10:00:00')
  })

  test('is ended, but not the one this gateway files in', async () => {
    await clerk.post('/simulator/sessions', { id: 'short' })
    const ended = await clerk.post('/simulator/sessions/short/end?session=short', { sure: 'yes' })
    expect([ended.status, ended.location]).toEqual([303, '/simulator'])
    expect((await clerk.get('/simulator')).html).not.toContain('<option value="short"')
    expect((await clerk.post('/simulator/sessions/default/end', { sure: 'yes' })).status).toBe(409)
  })

  test('says how it is used: by header, by address, for a whole gateway', async () => {
    const { html } = await clerk.get(home)
    expect(html).toContain('X-Sim-Session: pages')
    expect(html).toContain(`SIMULATOR_URL=${simulatorUrl}/sessions/pages`)
  })
})

describe('scenarios', () => {
  test('the tables stand there, found in by words of either language', async () => {
    const [outcome] = agency?.outcomes ?? []
    const all = await clerk.get(at('/scenarios'))
    for (const { letter, outcomes } of agencies) expect(all.html).toContain(`-${letter}.${outcomes[0]?.magic}`)
    for (const { fault } of faults) expect(all.html).toContain(`<code>${fault}</code>`)
    const word = outcome?.does.zh.slice(0, 3) ?? ''
    const found = await chinese.get(`${at('/scenarios')}&q=${encodeURIComponent(word)}&agency=${id}`)
    expect(found.html).toContain(`-${agency?.letter}.${outcome?.magic}`)
    expect((await clerk.get(`${at('/scenarios')}&q=xyzzy`)).html).toContain('Nothing is like this')
  })

  test('the example loads, shows where it stands, and is unloaded', async () => {
    const page = await clerk.get(`${at('/scenarios')}&example=1`)
    const loaded = await clerk.send(page, /\/scripts/)
    expect([loaded.status, loaded.location]).toEqual([303, `${at('/scenarios')}#scripts`])
    const { html } = await clerk.get(at('/scenarios'))
    expect(html).toContain('fresh × 1')
    expect((await clerk.post(at('/scripts/unload'), { name: 'an example' })).status).toBe(303)
    expect((await clerk.get(at('/scenarios'))).html).not.toContain('fresh × 1')
    expect((await clerk.post(at('/scripts/unload'), { name: 'an example' })).status).toBe(404)
  })

  test('a mistake in a script is told with its line and column, in the visitor’s language; the script stays', async () => {
    const script = `name: x\nagency: ${id}\nsteps:\n  - name: ${hostile}\n    mach: {}\n`
    const english = await clerk.post(at('/scripts'), { script })
    expect(english.status).toBe(400)
    expect(english.html).toMatch(/data-line="5" data-column="\d+">line 5, column \d+/)
    expect(textOf(english.html)).toContain(`- name: ${hostile}`)
    expect(english.html).not.toContain(`<b ${hits.slice(1, -1)}>`)
    expect((await chinese.post(at('/scripts'), { script })).html).toMatch(/第 5 行第 \d+ 列/)
    const empty = await clerk.post(at('/scripts'), { script: '' })
    expect([empty.status, empty.html.includes('role="alert"')]).toEqual([400, true])
  })

  test('who is not signed in any more keeps the script they wrote', async () => {
    const gone = await clerkOf(world, keys.integrator)
    await gone.post('/sign-out', {})
    const kept = await gone.post(at('/scripts'), { script: 'name: took me an hour' })
    expect([kept.status, kept.html.includes('name: took me an hour')]).toEqual([401, true])
    expect(kept.html).toContain('href="/sign-in" target="_blank"')
  })

  test('a journey that cannot be is refused at its fields, and its key is not shown again', async () => {
    const key = 'yc_a-key-of-a-carrier-0123456789'
    const journey = { corridor: 'yangtze', equipment: 'NONE', key, speed: '1', delayHours: '0' }
    const refused = await clerk.post(at('/corridors'), journey)
    expect(refused.status).toBe(400)
    expect(refused.html).toMatch(/id="equipment" name="equipment" value="NONE"[^>]* aria-invalid="true"/)
    expect(refused.html).not.toContain(key)
    const played = await clerk.post(at('/corridors'), { ...journey, equipment: 'CSQU3054383' })
    expect(played.status).toBe(303)
    expect((await clerk.get(at('/scenarios'))).html).toContain('CSQU3054383')
  })
})
