import { beforeAll, describe, expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'
import { openWorld } from '../support/world.ts'
import { type Clerk, clerkOf } from './clerk.ts'
import { textOf } from './forms.ts'
import { hostile } from './hostile-names.ts'

// The journal and the recordings of the simulator 交互日志与录制 without a browser.
const world = await openWorld({ simulatorServed: true })
const { keys, simulatorUrl } = world
const id = agencies[0]?.id ?? ''
let clerk: Clerk
beforeAll(async () => {
  clerk = await clerkOf(world, keys.integrator)
  expect((await clerk.post('/simulator/sessions', { id: 'pages', mode: 'frozen' })).status).toBe(303)
})
const home = '/simulator?session=pages'
const at = (path: string) => `/simulator${path}?session=pages`
const direct = (path: string, headers: Record<string, string> = {}, body?: string) =>
  fetch(`${simulatorUrl}/sessions/pages${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body === undefined ? {} : { body }),
  })

describe('the journal', () => {
  test('every exchange, the newest first; a near miss says at once what came closest', async () => {
    await direct(`/${id}/mailbox?after=0`)
    await direct(`/${id}/mailboxx`)
    const { html } = await clerk.get(at('/journal'))
    expect(html.indexOf('/mailboxx')).toBeLessThan(html.indexOf('/mailbox?after=0'))
    expect(html).toMatch(
      /class="sim-miss"[\s\S]*Closest: <strong>specification \/ GET \/mailbox<\/strong>[\s\S]*expected \/mailbox, got \/mailboxx/,
    )
    const misses = await clerk.get(`${at('/journal')}&misses=yes`)
    expect(misses.html).not.toContain('/mailbox?after=0')
    expect(misses.html).toContain('class="sim-miss"')
  })

  test('is filtered by agency, outcome and text; what is asked wrongly is told, and stays in the form', async () => {
    const seen = await clerk.get(`${at('/journal')}&agency=${id}&status=2xx&contains=mailbox`)
    expect(seen.html).toContain('/mailbox?after=0')
    expect((await clerk.get(`${at('/journal')}&contains=xyzzy`)).html).toContain('Nothing in the journal is like this')
    const refused = await clerk.get(`${at('/journal')}&status=teapot&contains=kept`)
    expect([refused.status, refused.html.includes('value="kept"')]).toEqual([400, true])
  })

  test('pages go back to the first entry', async () => {
    for (let count = 0; count < 55; count++) await direct(`/${id}/nowhere-${count}`)
    const first = await clerk.get(`${at('/journal')}&kind=unmatched`)
    const next = /rel="next" href="([^"]+)"/.exec(first.html)?.[1]
    expect(first.html).not.toContain('/nowhere-3<')
    const second = await clerk.get(textOf(next ?? ''))
    expect(second.html).toContain('/nowhere-3<')
    expect(second.html).not.toContain('rel="next"')
  })

  test('an entry shows request and answer side by side, laid out, names as text', async () => {
    const body = `<A><B>${hostile.replaceAll('<', '&lt;')}</B><C/></A>`
    const xml = { 'content-type': 'application/xml' }
    await direct(`/${id}/declarations`, xml, body)
    const { html } = await clerk.get(at('/journal'))
    const entry = textOf(/href="(\/simulator\/journal\/\d+\?[^"]*)"/.exec(html)?.[1] ?? '')
    const seen = await clerk.get(entry)
    expect(seen.status).toBe(200)
    expect(textOf(seen.html.replaceAll(/<\/?span[^>]*>/g, ''))).toContain('<A>\n  <B>')
    expect(seen.html).not.toContain('<b data-hostile>')
    expect((await clerk.get(at('/journal/999999'))).status).toBe(404)
    expect((await clerk.get(at('/journal/0'))).status).toBe(404)
  })

  test('is emptied only when that is confirmed', async () => {
    expect((await clerk.post(at('/journal/clear'), {})).status).toBe(422)
    expect((await clerk.get(at('/journal'))).html).toContain('sim-miss')
    expect((await clerk.post(at('/journal/clear'), { sure: 'yes' })).location).toBe(at('/journal'))
    expect((await clerk.get(at('/journal'))).html).toContain('Nothing was exchanged yet')
  })
})

describe('recordings', () => {
  test('begin at a real endpoint, are told on the agency, stopped, downloaded and forgotten', async () => {
    const target = `${simulatorUrl}/sessions/default/${id}`
    const page = await clerk.get(at('/recordings'))
    expect((await clerk.send(page, /recordings\?/, { agency: id, target, fields: 'EntOpName, key' })).status).toBe(303)
    expect((await clerk.get(home)).html).toContain('A real endpoint answers in its place')
    await direct(`/${id}/mailbox?after=0`)
    expect((await clerk.post(at(`/recordings/${id}/stop`), {})).status).toBe(303)
    const recorded = await clerk.get(at(`/recordings/${id}/recording.json`))
    expect(JSON.parse(recorded.html)).toMatchObject({ agency: id, exchanges: [{ path: '/mailbox?after=0' }] })
    expect(JSON.parse((await clerk.get(at(`/recordings/${id}/scripts.json`))).html)).toMatchObject({ data: [{}] })
    expect((await clerk.post(at(`/recordings/${id}/drop`), {})).status).toBe(422)
    expect((await clerk.post(at(`/recordings/${id}/drop`), { sure: 'yes' })).status).toBe(303)
    expect((await clerk.get(at('/recordings'))).html).toContain('Nothing is recorded')
  })

  test('what cannot be recorded is refused at its field', async () => {
    const refused = await clerk.post(at('/recordings'), { agency: id, target: 'ftp://x', fields: '!' })
    expect(refused.status).toBe(400)
    expect(refused.html).toMatch(/id="target" name="target" value="ftp:\/\/x"[^>]* aria-invalid="true"/)
    expect(refused.html).toMatch(/id="fields" name="fields" value="!"[^>]* aria-invalid="true"/)
  })
})
