import { describe, expect, test } from 'vitest'
import { billCheckAnswer } from '../../schemas/fees/bill.ts'
import { bill, told } from '../fees/bill-support.ts'
import { billWorld } from '../fees/bill-world.ts'
import { freshKey, issuesIn, problemOf } from './support.ts'

const world = await billWorld()
const base = '/v1/fee-bill-checks'
const csv = '项目,数量,单位,单价,金额\n港口作业包干费,3,箱,,1950.00\n过磅费,3,箱,60,180.00\n合计,,,,2130.00\n'

interface Parts {
  readonly head?: unknown
  readonly file?: Blob | string
  readonly name?: string
  readonly more?: Record<string, string>
}
const { lines: _, ...head } = bill([])
function formOf({ head: given = head, file = csv, name = 'bill.csv', more = {} }: Parts): FormData {
  const form = new FormData()
  form.set('bill', new Blob([typeof given === 'string' ? given : JSON.stringify(given)], { type: 'application/json' }))
  form.set('lines', file instanceof Blob ? file : new Blob([file], { type: 'text/csv' }), name)
  for (const [key, value] of Object.entries(more)) form.append(key, value)
  return form
}
const send = (form: FormData, headers: Record<string, string> = freshKey(), query = '') =>
  world.app.request(`${base}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.keys.trader}`, ...headers },
    body: form,
  })

describe('a bill whose lines are a file', () => {
  test('is judged as if they had been typed', async () => {
    const response = await send(formOf({}))
    expect(response.status).toBe(201)
    const answer = billCheckAnswer.parse(await response.json())
    expect(told(answer)).toEqual(['above-price 1920.00 30.00', 'doubled 0.00 180.00'])
    expect(answer.bill).toMatchObject({
      total: '2130.00',
      lines: [{ description: '港口作业包干费' }, { unitPrice: '60' }],
    })
    expect(answer.totals.difference).toBeUndefined()
  })

  test('sent again with the same key is the same bill, whatever parts its parts', async () => {
    const headers = freshKey()
    const [one, other] = [await send(formOf({}), headers), await send(formOf({}), headers)]
    expect(await other.json()).toEqual(await one.json())
    expect(other.headers.get('idempotent-replayed')).toBe('true')
    await problemOf(await send(formOf({ file: csv.replace('1950', '1951') }), headers), 'idempotency-key-reused')
    await problemOf(await send(formOf({ head: { ...head, billNumber: 'B-2' } }), headers), 'idempotency-key-reused')
  })

  test('a dry run needs no key; browsers on Windows may call CSV a workbook', async () => {
    const file = new Blob([csv], { type: 'application/vnd.ms-excel' })
    const response = await world.app.request(`${base}?dryRun=true`, { method: 'POST', body: formOf({ file }) })
    expect(response.status).toBe(200)
    expect(told(billCheckAnswer.parse(await response.json()))).toHaveLength(2)
  })

  test('what is wrong is told of head and lines together, with the row', async () => {
    const wrong = formOf({ head: { ...head, issuedOn: 'yesterday' }, file: '项目,金额\n甲,x\n乙,1.5\n,3\n' })
    const problem = await problemOf(await send(wrong), 'body-invalid')
    expect(issuesIn(problem)).toEqual([
      '/issuedOn invalid-format',
      '/lines/0/amount invalid-format',
      '/lines/2/description missing',
    ])
    expect(problem.errors?.find(({ pointer }) => pointer === '/lines/0/amount')?.detail).toMatch(/\(row 2\)$/)
  })

  test.each([
    ['no lines', () => (({ form }) => (form.delete('lines'), form))({ form: formOf({}) }), ['/lines missing']],
    ['lines as text', () => (({ form }) => (form.set('lines', csv), form))({ form: formOf({}) }), ['/lines missing']],
    ['no head', () => (({ form }) => (form.delete('bill'), form))({ form: formOf({}) }), ['/bill missing']],
    ['a part nobody knows', () => formOf({ more: { extra: '1' } }), ['/extra unknown-field']],
    ['two heads', () => formOf({ more: { bill: '{}' } }), ['/bill duplicate-key']],
    ['lines in the head too', () => formOf({ head: bill([]) }), ['/lines unknown-field']],
    ['a header that is none', () => formOf({ file: '甲,乙\n1,2\n' }), ['/lines header-wrong']],
  ])('%s', async (_, form, issues) => {
    expect(issuesIn(await problemOf(await send(form()), 'body-invalid'))).toEqual(issues)
  })

  test('another format of lines, a broken form, a head that is no JSON', async () => {
    const pdf = new Blob(['%PDF-'], { type: 'application/pdf' })
    await problemOf(await send(formOf({ file: pdf, name: 'bill.pdf' })), 'unsupported-media-type')
    await problemOf(await send(formOf({ head: '{"a":1,"a":2}' })), 'malformed-body')
    const broken = { contentType: 'multipart/form-data; boundary=x', headers: freshKey() }
    await problemOf(await world.call('POST', base, { ...broken, body: '--y\r\n' }), 'malformed-body')
    await problemOf(
      await world.call('POST', base, { ...broken, contentType: 'multipart/form-data', body: 'x' }),
      'malformed-body',
    )
  })
})
