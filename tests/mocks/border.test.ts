import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Desk, magicOf } from '../../mocks/agency.ts'
import { border } from '../../mocks/border/index.ts'
import { boardingRate } from '../../mocks/border/parameters.ts'

const folder = new URL('../../mocks/border/', import.meta.url)
const specification = readFileSync(new URL('specification.md', folder), 'utf8')
/** The submission printed in the specification: what a client would start from. */
const example = /```xml\n(<\?xml[^`]*<EPCMessage[^`]*)```/.exec(specification)?.[1] ?? ''

const hour = 3_600_000
const start = Date.parse('2026-11-22T09:00:01+08:00')

/** A desk with a clock that is moved by hand; every draw gives `drawn`. */
function openDesk(drawn = 0.5) {
  let now = start
  let asked = 0
  const due: { at: number; order: number; act: () => void }[] = []
  const sent: { at: number; reference: string; body: string }[] = []
  const effects: string[] = []
  const desk: Desk = {
    now: () => now,
    began: now,
    after: (delayMs, act) => void due.push({ at: now + delayMs, order: asked++, act }),
    draw: () => drawn,
    send: (reference, { body }) => void sent.push({ at: now, reference, body }),
    posted: () => [],
    asked: (reference) => magicOf(reference, 'B'),
    effect: (_reference, what) => void effects.push(what),
  }
  function advance(ms: number): void {
    const until = now + ms
    for (;;) {
      const [next] = due.sort((a, b) => a.at - b.at || a.order - b.order)
      if (next === undefined || next.at > until) break
      due.shift()
      now = next.at
      next.act()
    }
    now = until
  }
  const app = border.open(desk)
  const post = async (body: string, type = 'application/xml') => {
    const response = await app.request('/clearances', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    return { status: response.status, body: await response.text() }
  }
  const ask = async (ourReference: string) => {
    const response = await app.request(`/clearances/${ourReference}`)
    return { status: response.status, body: await response.text() }
  }
  return { post, ask, advance, sent, effects, statuses: () => sent.map(({ body }) => textIn(body, 'Status')) }
}

const textIn = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
const codesIn = (xml: string): string[] => [...xml.matchAll(/<Code>([^<]*)<\/Code>/g)].map(([, code]) => code ?? '')
const withReference = (reference: string, document = example) => document.replace('EV1-B.INSPECT', reference)
const nextAttempt = (document: string) => document.replace('M-0001-1', 'M-0001-2')
const asArrival = (document: string) =>
  document
    .replace('<Procedure>departure', '<Procedure>arrival')
    .replaceAll('NextPort>', 'LastPort>')
    .replaceAll('ETD>', 'ETA>')

/** What each row says, in the order it is sent, with the minute after reception; `end` is ETD or ETA. */
const told: { [magic: string]: string } = {
  CLEAR: 'SCREENING 2, CLEARED 20, PASSED end',
  INSPECT: 'SCREENING 2, CLEARED_WITH_INSPECTION 20, INSPECTED 200, PASSED end',
  HOLD: 'SCREENING 2, HOLD 20, HOLD_LIFTED 380, CLEARED 390, PASSED end',
  REFUSEPERSON: 'SCREENING 2, REFUSE_PERSON 20, CLEARED 80, PASSED end',
  SUPPLEMENT: 'SCREENING 2, SUPPLEMENT 20, SUPPLEMENTED 260, CLEARED 270, PASSED end',
  REJECT: 'REJECTED 1',
  UNKNOWN: 'SCREENING 2, AT_COUNTER_7 10, CLEARED 20, PASSED end',
  NEVER: '',
  SWAP: 'CLEARED 20, SCREENING 22, PASSED end',
}
const passage = Date.parse('2026-11-25T18:00:00+08:00')

describe('the outcomes of border inspection', () => {
  /** Those of changes are shown in border-change.test.ts. */
  const declared = border.outcomes.filter(({ procedure }) => ['departure', 'arrival'].includes(procedure))

  it.each(declared)('$magic on $procedure does what the table tells', async ({ magic, procedure }) => {
    const office = openDesk()
    const document = withReference(`EV1-B.${magic}`)
    const answer = await office.post(procedure === 'arrival' ? asArrival(document) : document)
    expect(answer.status).toBe(202)
    office.advance(200 * hour)
    const story = office.sent.map(
      ({ body, at }) => `${textIn(body, 'Status')} ${at === passage ? 'end' : (at - start) / 60_000}`,
    )
    expect(story.join(', ')).toBe(told[magic]?.replace('PASSED', procedure === 'arrival' ? 'ARRIVED' : 'DEPARTED'))
    expect(office.sent.every(({ reference }) => reference === `EV1-B.${magic}`)).toBe(true)
  })

  it('has a story here for every row', () => {
    expect([...new Set(declared.map(({ magic }) => magic))].sort()).toEqual(Object.keys(told).sort())
  })

  it('boards nobody without a magic value unless the draw says so', async () => {
    for (const [drawn, decision] of [
      [boardingRate.value, 'CLEARED'],
      [0, 'CLEARED_WITH_INSPECTION'],
    ] as const) {
      const office = openDesk(drawn)
      await office.post(withReference('EV1'))
      office.advance(hour)
      expect(office.statuses()).toEqual(['SCREENING', decision])
    }
  })

  it('orders boarding with officer, time and place, and tells the result', async () => {
    const office = openDesk()
    await office.post(example)
    office.advance(4 * hour)
    const [, order = '', result = ''] = office.sent.map(({ body }) => body)
    expect(textIn(order, 'Officer')).toBe('500500')
    expect(textIn(order, 'At')).toBe('2026-11-22T11:20:01+08:00')
    expect(textIn(order, 'Place')).toBe('CNYSA')
    expect(order).not.toContain('<Result>')
    expect(textIn(result, 'Result')).toBe('PASSED')
  })

  it('guards from one instant until another', async () => {
    const office = openDesk()
    await office.post(withReference('EV1-B.HOLD'))
    office.advance(7 * hour)
    expect(textIn(office.sent[2]?.body ?? '', 'From')).toBe('2026-11-22T09:20:01+08:00')
    expect(textIn(office.sent[2]?.body ?? '', 'Until')).toBe('2026-11-22T15:20:01+08:00')
  })

  it('names the person refused and the ground', async () => {
    const office = openDesk()
    await office.post(withReference('EV1-B.REFUSEPERSON'))
    office.advance(hour)
    const refused = office.sent[1]?.body ?? ''
    expect([textIn(refused, 'List'), textIn(refused, 'IdNumber'), textIn(refused, 'Ground')]).toEqual([
      'Passenger',
      'E12345678',
      '8(7)',
    ])
  })

  it('keeps the instant of a notice that was held back', async () => {
    const office = openDesk()
    await office.post(withReference('EV1-B.SWAP'))
    office.advance(hour)
    expect(office.sent.map(({ body }) => textIn(body, 'OccurredAt'))).toEqual([
      '2026-11-22T09:20:01+08:00',
      '2026-11-22T09:02:01+08:00',
    ])
  })

  it('lets the corrected document pass after a rejection, under the magic value that holds for the next attempt', async () => {
    const office = openDesk()
    const document = withReference('EV1-B.REJECT-B.HOLD')
    await office.post(document)
    office.advance(hour)
    expect((await office.post(nextAttempt(document))).status).toBe(202)
    office.advance(8 * hour)
    expect(office.statuses()).toEqual(['REJECTED', 'SCREENING', 'HOLD', 'HOLD_LIFTED', 'CLEARED'])
    expect(new Set(office.sent.map(({ body }) => textIn(body, 'ReceiptId'))).size).toBe(5)
  })
})

describe('what border inspection turns away', () => {
  const refused = readdirSync(new URL('refused/', folder)).map((file) => {
    const code = file.split('.')[0] ?? ''
    return { file, code, document: readFileSync(new URL(`refused/${file}`, folder), 'utf8') }
  })
  const atOnce = refused.filter(({ code }) => code.startsWith('BI-9'))

  it.each(atOnce)('$file, at once and without effect', async ({ code, document }) => {
    const office = openDesk()
    const answer = await office.post(document)
    expect([answer.status, ...codesIn(answer.body)]).toEqual([400, code])
    expect(office.effects).toEqual([])
  })

  it.each(refused.filter((one) => !atOnce.includes(one)))('$file, by a receipt', async ({ code, document }) => {
    const office = openDesk()
    expect((await office.post(document)).status).toBe(202)
    office.advance(hour)
    const said = code.startsWith('BI-3')
      ? ['SCREENING', 'REFUSE_PERSON']
      : [code.startsWith('BI-4') ? 'NOT_GRANTED' : 'REJECTED']
    expect(office.statuses().slice(0, 2)).toEqual(said)
    expect([...new Set(office.sent.flatMap(({ body }) => codesIn(body)))]).toEqual([code])
  })

  it('names every fault at once, each with its place', async () => {
    const office = openDesk()
    const document = example
      .replace('>E12345678<', '><')
      .replace('<FamilyName>TAN</FamilyName>', '')
      .replace('<CrewCount>1', '<CrewCount>9')
    await office.post(document)
    office.advance(hour)
    const body = office.sent[0]?.body ?? ''
    expect(codesIn(body)).toEqual(['BI-101', 'BI-102', 'BI-203'])
    expect(textIn(body, 'Location')).toBe('/EPCMessage/EPCRequestBody/PersonsOnBoard/CrewMember[1]/Name/FamilyName')
  })

  it.each([
    ['another content type', 'BI-906', 415, example, 'application/json'],
    ['a document above 1 MiB', 'BI-905', 413, `${example}${' '.repeat(1_048_576)}`, 'application/xml'],
  ] as const)('%s is %s', async (_what, code, status, body, type) => {
    const office = openDesk()
    const answer = await office.post(body, type)
    expect([answer.status, ...codesIn(answer.body)]).toEqual([status, code])
  })
})

describe('repeated submissions to border inspection', () => {
  it('the same bytes get the first answer and have one effect', async () => {
    const office = openDesk()
    const first = await office.post(example)
    office.advance(hour)
    expect(await office.post(example)).toEqual(first)
    office.advance(200 * hour)
    expect(office.statuses()).toEqual(['SCREENING', 'CLEARED_WITH_INSPECTION', 'INSPECTED', 'DEPARTED'])
    expect(office.effects).toEqual([
      'conveyance declared, attempt 1',
      'clearance granted: BJ26112200000001',
      'departed: BJ26112200000001',
    ])
  })

  it('the same message id with other content is refused', async () => {
    const office = openDesk()
    await office.post(example)
    const answer = await office.post(example.replace('031E', '032E'))
    expect([answer.status, ...codesIn(answer.body)]).toEqual([409, 'BI-902'])
  })

  it('a new message id is refused until the earlier attempt is', async () => {
    const office = openDesk()
    await office.post(example)
    const answer = await office.post(nextAttempt(example))
    expect([answer.status, ...codesIn(answer.body)]).toEqual([409, 'BI-903'])
    expect(office.effects).toEqual(['conveyance declared, attempt 1'])
  })
})

describe('an inquiry at border inspection', () => {
  it('tells the state and every receipt, sent or not', async () => {
    const office = openDesk()
    await office.post(withReference('EV1-B.SWAP'))
    expect(textIn((await office.ask('F0001')).body, 'Status')).toBe('RECEIVED')
    office.advance(5 * 60_000)
    const state = await office.ask('F0001')
    expect(office.sent).toEqual([])
    expect(state.status).toBe(200)
    expect(textIn(state.body, 'ClearanceNumber')).toBe('BJ26112200000001')
    expect(state.body).toContain('<ReceiptId>BR-F0001-1-1</ReceiptId>')
  })

  it('does not know what was never sent', async () => {
    const answer = await openDesk().ask('F9999')
    expect([answer.status, ...codesIn(answer.body)]).toEqual([404, 'BI-904'])
  })
})

describe('text at border inspection', () => {
  it('stays text, whatever it holds', async () => {
    const office = openDesk()
    await office.post(
      example.replace('旅客', '&lt;b&gt; &amp; &quot;0100&quot; \u{20BB7}').replace('E12345678', 'X0000301'),
    )
    office.advance(hour)
    expect(office.sent[1]?.body).toContain('<GivenName>&lt;b&gt; &amp; &quot;0100&quot; \u{20BB7}</GivenName>')
  })
})
