import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { firstDifference, leavesOf, placeOf } from '../../conformance/adapter/document.ts'
import { type RuleId, rules } from '../../conformance/adapter/index.ts'
import type { Subject } from '../../conformance/adapter/subject.ts'
import { soundToy } from '../contract/toy.ts'

describe('the texts of a document, each with its place', () => {
  test('in XML: attributes, repeated elements, CDATA, text around children', () => {
    expect(leavesOf('<a k="1">x<b>&lt;</b>y<b><![CDATA[<&>]]></b><n:c xmlns:n="u"/></a>')).toEqual([
      { place: '/a/@k', text: '1' },
      { place: '/a', text: 'x' },
      { place: '/a/b', text: '<' },
      { place: '/a', text: 'y' },
      { place: '/a/b[2]', text: '<&>' },
      { place: '/a/n:c/@xmlns:n', text: 'u' },
    ])
  })
  test('in JSON: pointers, escaped', () => {
    expect(leavesOf('{"a/b":[{"~":"x"},1,null,"y"]}')).toEqual([
      { place: '/a~1b/0/~0', text: 'x' },
      { place: '/a~1b/3', text: 'y' },
    ])
  })
  test.each(['', 'OK', '<a>', '<a></b>', '<a/><b/>', '<a>&b;</a>', '{"a"', '[1'])('%j is none', (body) => {
    expect(() => leavesOf(body)).toThrow(/\S/)
    expect(placeOf(body, 'x')).toBeUndefined()
  })
  test.each([
    ['<a><b>1</b><b>2</b></a>', '<a><b>1</b><b>3</b></a>', '/a/b[2]'],
    ['<a><b>1</b></a>', '<a><b>1</b><c>2</c></a>', '/a/c'],
    ['<a><b>1</b><c>2</c></a>', '<a><b>1</b></a>', '/a/c'],
    ['{"a":["x","y"]}', '{"a":["x","z"]}', '/a/1'],
    ['<a>1</a>', '<a>1</a>\n', undefined],
  ])('%s and %s differ at %s', (one, other, place) => {
    expect(firstDifference(one, other)).toBe(place)
  })
})

const findings = async (id: RuleId, change: (toy: Subject) => Partial<Subject>) => {
  const toy = soundToy()
  return rules[id].rule({ ...toy, ...change(toy) })
}

describe('what is found says where, and shows the exchange', () => {
  test('in the document that goes out', async () => {
    const [found] = await findings('golden-bytes', ({ cases }) => ({
      cases: cases.map((one) => ({ ...one, bytes: one.bytes.replace('cranes', 'crames') })),
    }))
    expect(found).toEqual({ what: 'one: encodes to other bytes than submit.json', pointer: '/goods/0' })
  })
  test('in the document that came', async () => {
    const [found] = await findings('unknown-code-moves-nothing', ({ adapter }) => ({
      adapter: { ...adapter, decode: (reply) => adapter.decode(reply).map((one) => ({ ...one, status: 'closed' })) },
    }))
    expect(found).toEqual({
      what: 'got.acknowledged.json: takes ZX9Q, which nobody published, for closed',
      pointer: '/code',
    })
  })
  test('in the adapter itself', async () => {
    const found = await findings('statuses-are-known', ({ adapter }) => ({
      adapter: {
        ...adapter,
        procedures: { berth: { ...adapter.procedures['berth'], statuses: ['refused', 'sent'] } },
      } as typeof adapter,
    }))
    expect(found).toEqual([{ what: 'berth claims sent', pointer: '/procedures/berth/statuses/1' }])
  })
  test('at the mock: the question and the answer', async () => {
    const [found] = await findings('mock-answers-inquiries', ({ mock }) => ({
      mock: mock && {
        ...mock,
        open: (desk) => {
          const office = mock.open(desk)
          const fetch = office.request.bind(office)
          office.request = (async (path: string, init: RequestInit) =>
            path.startsWith('/toy/berths/')
              ? new Response('{"unknown":"x"}\n')
              : fetch(path, init)) as typeof office.request
          return office
        },
      },
    }))
    expect(found).toMatchObject({
      what: 'one: told nothing of what it has',
      exchange: {
        request: { method: 'GET', url: '/toy/berths/TOY03' },
        response: { status: 200, body: '{"unknown":"x"}\n' },
      },
    })
  })
  test('at the mock, where already what a case builds on goes wrong', async () => {
    const found = await findings('mock-accepts-goldens', ({ mock }) => ({
      mock: mock && { ...mock, open: () => new Hono().all('*', (c) => c.html('<h1>Closed</h1>')) },
    }))
    expect(found).toHaveLength(3)
    for (const one of found) expect(one.exchange?.response?.body).toBe('<h1>Closed</h1>')
  })
})
