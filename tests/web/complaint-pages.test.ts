import { expect, test } from 'vitest'
import { billWorld } from '../fees/bill-world.ts'
import { clerkOf } from './clerk.ts'
import { formsIn, textOf } from './forms.ts'
import { hostile } from './hostile-names.ts'

// A complaint 价格投诉 from the first word to the last by forms: the trader, the payee and an officer, each with a page of their own.
const world = await billWorld()
const [anybody, trader, stranger, terminal, tally, officer] = await Promise.all([
  clerkOf(world),
  clerkOf(world, world.keys.trader),
  clerkOf(world, world.keys.stranger),
  clerkOf(world, world.keys.terminal),
  clerkOf(world, world.keys.tally),
  clerkOf(world, world.keys.admin),
])
const fieldsOf = (html: string, action: RegExp) => formsIn(html).find((form) => action.test(form.action))?.fields
const stepsIn = (html: string) => [...html.matchAll(/<li><p><strong>([^<]*)<\/strong>/g)].map(([, what]) => what)
const filed = async () => {
  const { id } = await world.wrong()
  const check = await trader.get(`/fees/bill-check/${id}`)
  return { check, case: await trader.send(check, /complaints$/, { text: `${hostile}\r\nPay it back.` }) }
}

test('a trader complains about lines of a kept check; it has a number, and its words are text', async () => {
  const { check, case: one } = await filed()
  expect(fieldsOf(check.html, /complaints$/)).toMatchObject({ lines: ['1', '2'] })
  expect(one.status).toBe(303)
  expect(one.location).toMatch(/^\/fees\/complaints\/CQJG\d+$/)
  const { html } = await trader.get(one.location)
  expect(html).not.toContain('<b data-hostile>')
  expect(textOf(html)).toContain(`${hostile}\nPay it back.`)
  expect(stepsIn(html)).toEqual(['Complain'])
  // Sent twice by an impatient finger it is one.
  const again = await trader.send(check, /complaints$/, { text: `${hostile}\r\nPay it back.` })
  expect(again.location).toBe(one.location)
  const list = await trader.get('/fees/complaints')
  expect(list.html.match(/<a href="\/fees\/complaints\/CQJG\d+">/g)).toHaveLength(1)
  // On the check it stands what became of it, and a second complaint about the same lines is refused with the number of the first.
  const seen = await trader.get(
    `/fees/bill-check/${/bill-check\/([^"]*)"/.exec(html.split('<dl')[1] ?? '')?.[1] ?? ''}`,
  )
  expect(seen.html).toContain(one.location)
  const second = await trader.send(seen, /complaints$/, { text: 'Once more' })
  expect(second.status).toBe(409)
  expect(second.html).toContain(one.location.split('/').at(-1))
  expect(fieldsOf(second.html, /complaints$/)).toMatchObject({ text: 'Once more' })
  // Who went back and sent the first form with other words is told, and may mean it.
  const other = await trader.send(check, /complaints$/, { text: 'Other words' })
  expect(other.html).toContain('This form was sent already')
  expect(fieldsOf(other.html, /complaints$/)?.['key']).not.toBe(fieldsOf(check.html, /complaints$/)?.['key'])
})

test('without words, or about no line, nothing is filed, and what was filled in stays', async () => {
  const { id } = await world.wrong()
  const check = await trader.get(`/fees/bill-check/${id}`)
  const silent = await trader.send(check, /complaints$/, { text: '' })
  expect(silent.status).toBe(422)
  expect(silent.html).toMatch(/<textarea id="text"[^>]*aria-invalid="true" aria-describedby="text-wrong"/)
  expect(fieldsOf(silent.html, /complaints$/)).toMatchObject({ billCheckId: id })
  expect(silent.html.match(/name="lines" value="\d+"/g)).toEqual(['name="lines" value="1"', 'name="lines" value="2"'])
  const pointless = await trader.send(check, /complaints$/, { lines: undefined, text: 'About nothing' })
  expect(pointless.status).toBe(422)
  expect(fieldsOf(pointless.html, /complaints$/)).toMatchObject({ text: 'About nothing' })
})

test('nobody else sees it; who is not signed in is asked to, and comes back', async () => {
  const { case: one } = await filed()
  for (const other of [stranger, tally]) {
    expect((await other.get(one.location)).status).toBe(404)
    expect((await other.get('/fees/complaints')).html).not.toContain(one.location)
  }
  for (const path of [one.location, '/fees/complaints'])
    expect((await anybody.get(path)).location).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
  const payees = await terminal.get(one.location)
  expect(payees.status).toBe(200)
  // The payee has the lines it is about, and not the whole bill.
  expect(payees.html).not.toContain('/fees/bill-check/')
  expect((await officer.get(one.location)).html).toContain('/fees/bill-check/')
})

test('answered, disputed, decided: each party has only its own step, in its turn', async () => {
  const { case: one } = await filed()
  const moves = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries({ trader, terminal, officer }).map(async ([name, who]) => {
          const actions = (await who.get(one.location)).forms.map(({ action }) => action.split('/').at(-1) ?? '')
          return [
            name,
            actions.filter((action) => ['answer', 'accept', 'dispute', 'decide', 'withdraw'].includes(action)),
          ]
        }),
      ),
    )
  expect(await moves()).toEqual({ trader: ['withdraw'], terminal: ['answer'], officer: [] })
  const wrong = await terminal.send(await terminal.get(one.location), /answer$/, {
    accepted: 'no',
    money: '20',
    'text-answer': 'All of it is right.',
  })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toMatch(/<input id="money"[^>]*aria-invalid="true"/)
  expect(fieldsOf(wrong.html, /answer$/)).toMatchObject({
    accepted: 'no',
    money: '20',
    'text-answer': 'All of it is right.',
  })
  const unsaid = await terminal.send(wrong, /answer$/, { accepted: '' })
  expect(unsaid.status).toBe(422)
  expect(unsaid.html).toMatch(/<select id="accepted"[^>]*aria-invalid="true"/)
  const answered = await terminal.send(wrong, /answer$/, { accepted: 'yes' })
  expect([answered.status, answered.location]).toEqual([303, one.location])
  expect(await moves()).toEqual({ trader: ['accept', 'dispute', 'withdraw'], terminal: [], officer: [] })
  await trader.send(await trader.get(one.location), /dispute$/, { 'text-dispute': 'Not enough.' })
  expect(await moves()).toEqual({ trader: ['withdraw'], terminal: [], officer: ['decide'] })
  await officer.send(await officer.get(one.location), /decide$/, { money: '50', 'text-decide': 'Both are right.' })
  expect(await moves()).toEqual({ trader: [], terminal: [], officer: [] })
  const { html } = await trader.get(one.location)
  expect(stepsIn(html)).toEqual(['Complain', 'Answer', 'Dispute the answer', 'Decide'])
  expect(html).toContain('To be paid back (CNY) 50.00')
})

test('a form that saw an earlier state is told so, and its words stay', async () => {
  const { case: one } = await filed()
  const [seenByTrader, seenByPayee, seenInAnotherWindow] = [
    await trader.get(one.location),
    await terminal.get(one.location),
    await terminal.get(one.location),
  ]
  await terminal.send(seenByPayee, /answer$/, { accepted: 'yes', money: '20', 'text-answer': 'We pay.' })
  // It could still be done: the words stand in the form again, which has seen what happened meanwhile.
  const stale = await trader.send(seenByTrader, /withdraw$/, { 'text-withdraw': 'Never mind.' })
  expect(stale.status).toBe(412)
  expect(stale.html).toContain('The case has moved on meanwhile')
  expect(stepsIn(stale.html)).toEqual(['Complain', 'Answer'])
  expect(fieldsOf(stale.html, /withdraw$/)).toMatchObject({ 'text-withdraw': 'Never mind.' })
  expect(fieldsOf(stale.html, /dispute$/)).toMatchObject({ 'text-dispute': '' })
  // It can no longer be done: the words are shown, for there is no form to put them into.
  const late = await terminal.send(seenInAnotherWindow, /answer$/, {
    accepted: 'no',
    'text-answer': `Long thought of.\r\n${hostile}`,
  })
  expect(late.status).toBe(412)
  expect(fieldsOf(late.html, /answer$/)).toBeUndefined()
  expect(textOf(late.html)).toContain(`<blockquote class="lines">Long thought of.\n${hostile}</blockquote>`)
  expect(late.html).not.toContain('<b data-hostile>')
  const twice = await terminal.send(seenByPayee, /answer$/, { accepted: 'no', 'text-answer': 'On second thought.' })
  expect(twice.status).toBe(422)
  expect(twice.html).toContain('The case has moved on meanwhile')
  expect(twice.html).toContain('On second thought.')
  const withdrawn = await trader.send(stale, /withdraw$/)
  expect(withdrawn.status).toBe(303)
  expect(stepsIn((await trader.get(one.location)).html)).toEqual(['Complain', 'Answer', 'Withdraw'])
})

test('the list is filtered by where a case stands', async () => {
  const numbers = async (query: string) =>
    [...(await officer.get(`/fees/complaints${query}`)).html.matchAll(/complaints\/(CQJG\d+)"/g)].length
  const all = await numbers('')
  const each = await Promise.all(['filed', 'withdrawn', 'decided'].map((status) => numbers(`?status=${status}`)))
  expect(each.every((count) => count > 0 && count < all)).toBe(true)
  expect(each.reduce((sum, count) => sum + count, 0)).toBe(all)
  expect(await numbers('?overdue=true')).toBe(0)
  expect((await officer.get('/fees/complaints?status=nonsense')).status).toBe(400)
  expect((await officer.get('/fees/complaints/CQJG2026112200016')).status).toBe(404)
})
