import { expect, test } from 'vitest'
import { listBefore, listNow } from '../fees/assessment-sample.ts'
import { keepBill, keepEdition, openAssessments } from '../fees/assessment-world.ts'
import { type Clerk, clerkOf } from './clerk.ts'
import { formsIn, textOf } from './forms.ts'
import { hostile } from './hostile-names.ts'

// A round of assessment 定期评估 by forms: asked for, computed, replied to, decided, published.
const world = await openAssessments()
await keepEdition(world.database, 1, '2026-01-01', listBefore())
await keepEdition(world.database, 2, '2026-07-01', listNow())
for (let number = 1; number <= 6; number++)
  await keepBill(world.database, {
    id: `bill-${number}`,
    tenant: '91500112MA5U0B0037',
    billNumber: `GY-${number}`,
    port: 'guoyuan',
    payee: 'guoyuan-terminal',
    issuedOn: `2026-08-0${number}`,
    at: `2026-08-0${number}T08:00:00Z`,
    lines: [{ verdict: 'above-price', fee: 'guoyuan-weighing', kind: 'weighing', charged: '120.00', over: '20.00' }],
  })
const fieldsOf = (html: string, action: RegExp) => formsIn(html).find((form) => action.test(form.action))?.fields
const findingsIn = (html: string) =>
  [...html.matchAll(/<article class="finding ([a-z]+)" id="finding-(\d+)">/g)].map(([, level, number]) => ({
    level,
    number: Number(number),
  }))
let place = ''
let officer: Clerk, publisher: Clerk, guoyuan: Clerk, cuntan: Clerk
const anybody = await clerkOf(world)
/** Sessions end, the days of a round do not. */
async function signIn(instant: string) {
  world.at(instant)
  const { keys } = world
  ;[officer, publisher, guoyuan, cuntan] = await Promise.all([
    clerkOf(world, keys.officer),
    clerkOf(world, keys.publisher),
    clerkOf(world, keys.guoyuan),
    clerkOf(world, keys.cuntan),
  ])
}
await signIn('2026-10-01T09:00:00+08:00')

test('an officer asks for a round; a wrong period is told at its field, what was written stays', async () => {
  const form = await officer.get('/fees/assessments')
  const given = { title: `Third quarter ${hostile}`.slice(0, 100), from: '2026-07-01', to: '2026-10-01' }
  const wrong = await officer.send(form, /assessments$/, given)
  expect(wrong.status).toBe(422)
  expect(wrong.html).toMatch(/<input id="to"[^>]*aria-invalid="true" aria-describedby="to-wrong"/)
  expect(fieldsOf(wrong.html, /assessments$/)).toMatchObject(given)
  const asked = await officer.send(wrong, /assessments$/, { to: '2026-09-30' })
  expect(asked.status).toBe(303)
  // The same form sent twice asks for one round.
  expect((await officer.send(wrong, /assessments$/, { to: '2026-09-30' })).location).toBe(asked.location)
  place = asked.location
  const { html } = await officer.get(place)
  expect(html).toContain('Being computed')
  expect(html).toContain('<meta http-equiv="refresh"')
  expect(html).not.toContain('<b data-hostile>')
  expect(fieldsOf((await guoyuan.get('/fees/assessments')).html, /assessments$/)).toBeUndefined()
  expect((await guoyuan.post('/fees/assessments', { ...given, to: '2026-09-30', key: 'another' })).status).toBe(403)
})

test('once computed it is there for officers and, as far as it is theirs, for payees; for nobody else', async () => {
  await world.work()
  const { html } = await officer.get(place)
  expect(html).not.toContain('<meta http-equiv="refresh"')
  const all = findingsIn(html)
  expect(all.length).toBeGreaterThan(4)
  // The gravest first.
  const ranks = all.map(({ level }) => ['violation', 'high', 'watch', 'reasonable'].indexOf(level ?? ''))
  expect(ranks).toEqual(ranks.toSorted())
  const own = findingsIn((await guoyuan.get(place)).html)
  expect(own.length).toBeGreaterThan(0)
  expect(own.length).toBeLessThan(all.length)
  expect(own.filter(({ number }) => findingsIn(html).every((one) => one.number !== number))).toEqual([])
  expect((await anybody.get(place)).status).toBe(404)
  expect((await anybody.get('/fees/assessments')).html).not.toContain(place)
  const high = findingsIn((await officer.get(`${place}?level=high`)).html)
  expect(high).toEqual(all.filter(({ level }) => level === 'high'))
})

test('charts come with what they show in words, in the page’s language', async () => {
  const { html } = await officer.get(`${place}?lang=zh`)
  const charts = [...html.matchAll(/<img src="([^"]+)" alt="([^"]+)"/g)]
  expect(charts.length).toBeGreaterThan(3)
  for (const [, path = '', alt = ''] of charts) {
    expect(alt).toMatch(/\p{Script=Han}.*：.*\d/u)
    const drawn = await officer.get(textOf(path))
    expect(drawn.status).toBe(200)
    expect(drawn.html).toMatch(/^<svg [^>]*xml:lang="zh-CN"/)
  }
  expect(charts[0]?.[2]).toContain('果园码头：')
  await officer.get(`${place}?lang=en`)
})

test('what is said of findings is in people’s words: no figure, rule or threshold shows its name in the interface', async () => {
  const { html } = await officer.get(`${place}?lang=zh`)
  const told = [...html.matchAll(/<tr><th scope="row">([^<]*)<\/th><td class="number">/g)].map(([, name]) => name ?? '')
  expect(told.length).toBeGreaterThan(5)
  for (const name of told) expect(name).toMatch(/\p{Script=Han}/u)
  const rules = html.slice(html.indexOf('class="rules"'))
  expect(rules).not.toMatch(/linesAtLeast|[a-z]Percent|[a-z]Ratio|mostYuan/)
  await officer.get(`${place}?lang=en`)
})

test('a payee replies to its own findings; empty words come back with the reason, hostile ones are text', async () => {
  const [one] = findingsIn((await guoyuan.get(place)).html)
  const number = one?.number ?? 0
  const reply = new RegExp(`findings/${number}/reply$`)
  const empty = await guoyuan.send(await guoyuan.get(place), reply, { [`text-${number}`]: ' ' })
  expect(empty.status).toBe(422)
  expect(empty.html).toMatch(new RegExp(`<textarea id="text-${number}"[^>]*aria-invalid="true"`))
  const said = await guoyuan.send(empty, reply, { [`text-${number}`]: `We look into it.\r\n${hostile}` })
  expect([said.status, said.location]).toEqual([303, `${place}#finding-${number}`])
  const { html } = await officer.get(place)
  expect(textOf(html)).toContain(`We look into it.\n${hostile}`)
  expect(html).not.toContain('<b data-hostile>')
  // Another's finding is not there for it.
  const other = findingsIn((await cuntan.get(place)).html)[0]?.number ?? 0
  const refused = await guoyuan.post(`${place}/findings/${other}/reply`, { seen: ' ', [`text-${other}`]: 'Mine too' })
  expect(refused.status).toBe(404)
})

test('an officer decides; another level needs a reason; who had not seen that is told, with the words kept', async () => {
  const seen = await publisher.get(place)
  const [one] = findingsIn(seen.html)
  const number = one?.number ?? 0
  const decision = new RegExp(`findings/${number}/decision$`)
  const [level, remark] = [`level-${number}`, `remark-${number}`]
  const silent = await officer.send(await officer.get(place), decision, { [level]: 'watch' })
  expect(silent.status).toBe(422)
  expect(silent.html).toMatch(new RegExp(`<textarea id="${remark}"[^>]*aria-invalid="true"`))
  expect(fieldsOf(silent.html, decision)).toMatchObject({ [level]: 'watch' })
  expect((await officer.send(silent, decision, { [remark]: 'They stopped.' })).status).toBe(303)
  const stale = await publisher.send(seen, decision, { [level]: 'high', [remark]: 'Not yet paid back.' })
  expect(stale.status).toBe(412)
  expect(stale.html).toContain('Somebody replied or decided meanwhile')
  expect(stale.html).toContain('They stopped.')
  expect(fieldsOf(stale.html, decision)).toMatchObject({ [level]: 'high', [remark]: 'Not yet paid back.' })
  expect((await publisher.send(stale, decision)).status).toBe(303)
  const { html } = await officer.get(place)
  expect(html).toContain('Not yet paid back.')
  expect(html).not.toContain('They stopped.')
})

test('it is published when replies are over and all is decided, by another than who asked; each refusal says why', async () => {
  const publication = /publication$/
  expect((await publisher.send(await publisher.get(place), publication)).html).toContain('Payees may still reply')
  await signIn('2026-10-20T09:00:00+08:00')
  expect((await publisher.send(await publisher.get(place), publication)).html).toContain(
    'Findings are still to be decided',
  )
  for (const { number, level } of findingsIn((await officer.get(place)).html)) {
    const page = await officer.get(place)
    await officer.send(page, new RegExp(`findings/${number}/decision$`), {
      [`level-${number}`]: level,
      [`remark-${number}`]: 'As found.',
    })
  }
  const own = await officer.send(await officer.get(place), publication)
  expect(own.status).toBe(403)
  expect(own.html).toContain('Whoever asked for a round does not publish it')
  expect((await anybody.get(place)).status).toBe(404)
  expect((await publisher.send(await publisher.get(place), publication)).status).toBe(303)
})

test('then everybody reads it, with replies and decisions, and nobody changes it', async () => {
  expect((await anybody.get('/fees/assessments')).html).toContain(place)
  const { status, html } = await anybody.get(place)
  expect(status).toBe(200)
  expect(textOf(html)).toContain(`We look into it.\n${hostile}`)
  expect(html).toContain('As found.')
  for (const head of [
    'Charts',
    'What a standard consignment costs',
    'By payee',
    'Movement since',
    'Rules of this round',
  ])
    expect(html).toContain(head)
  for (const who of [officer, guoyuan])
    expect((await who.get(place)).forms.filter(({ action }) => action.startsWith(place))).toEqual([])
  const late = await guoyuan.post(`${place}/findings/1/reply`, { seen: ' ', 'text-1': 'Too late' })
  expect(late.status).toBeGreaterThanOrEqual(400)
})
