import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Desk, magicOf, type Posted } from '../../mocks/agency.ts'
import { singapore } from '../../mocks/singapore/index.ts'
import { outcomes } from '../../mocks/singapore/outcomes.ts'
import { isUen } from '../../mocks/singapore/uen.ts'

const specification = readFileSync(new URL('../../mocks/singapore/specification.md', import.meta.url), 'utf8')
const published = /```xml\n(<\?xml.*?)```/s.exec(specification)?.[1] ?? ''
const ourReference = 'YC26112100000005'

type Change = { reference?: string; messageId?: string; trader?: string; urn?: string; replace?: [string, string][] }

/** The published example under other numbers and with other words; uncontrolled goods unless told. */
function declaration(change: Change = {}): string {
  const { reference = ourReference, messageId = `${reference}-1`, trader = 'EV1', urn = '0001', replace = [] } = change
  const renamed = published
    .replace('84713020', '85285200')
    .replace(/<cac:CASCProduct>.*?<\/cac:CASCProduct>/, '')
    .replace(ourReference, reference)
    .replace('6f1c8a52-1', messageId)
    .replace('LAP-2026-118', trader)
    .replace('<cbc:SequenceNumeric>0001', `<cbc:SequenceNumeric>${urn}`)
  return replace.reduce((xml, [from, to]) => xml.replaceAll(from, to), renamed)
}

/** The same goods the other way: from Singapore to China. */
const outward = (change: Change = {}) =>
  declaration({
    ...change,
    replace: [
      ['ipt:InPaymentDeclaration', 'out:OutwardDeclaration'],
      [
        'xmlns:ipt="urn:crimsonlogic:tn:schema:xsd:InPayment"',
        'xmlns:out="urn:crimsonlogic:tn:schema:xsd:OutwardDeclaration"',
      ],
      ['IPTDEC', 'OUTDEC'],
      ['>GST<', '>DRT<'],
      ['InwardTransport', 'OutwardTransport'],
      ['ArrivalDate', 'DepartureDate'],
      [
        '<cbc:LoadingPort>CNSHG</cbc:LoadingPort>',
        '<cbc:DischargePort>CNSHG</cbc:DischargePort><cbc:FinalDestinationCountry>CN</cbc:FinalDestinationCountry>',
      ],
      ['ExporterParty', 'ConsigneeParty'],
      ['ImporterParty', 'ExporterParty'],
      ['<cac:Tariff><cbc:GSTRate>9.00</cbc:GSTRate></cac:Tariff>', ''],
      ...(change.replace ?? []),
    ],
  })

/** A window at a desk whose clock only moves when told, and whose draws are all the same. */
function office(drawn = 0.5) {
  let now = Date.parse('2026-11-21T10:00:00+08:00')
  const waiting: { at: number; act: () => void }[] = []
  const posted: Posted[] = []
  const effects: string[] = []
  const desk: Desk = {
    now: () => now,
    began: now,
    after: (delayMs, act) => void waiting.push({ at: now + delayMs, act }),
    draw: () => drawn,
    send: (_, outgoing) => void posted.push({ ...outgoing, sequence: posted.length + 1 }),
    posted: (after, limit) => posted.filter(({ sequence }) => sequence > after).slice(0, limit),
    asked: (reference) => magicOf(reference, 'S'),
    effect: (reference, what) => void effects.push(`${reference}: ${what}`),
  }
  const app = singapore.open(desk)
  const ask = async (path: string, body?: string) => {
    const answer = await app.request(path, body === undefined ? {} : { method: 'POST', body })
    const text = await answer.text()
    return { status: answer.status, text, says: between(text, 'Status'), code: between(text, 'ErrorCode') }
  }
  return {
    ask,
    effects,
    posted,
    send: (body: string) => ask('/declarations', body),
    said: () => posted.map(({ body }) => between(body, 'cbc:Status')),
    /** Lets days pass, doing what falls due in order. */
    pass: (days: number) => {
      const end = now + days * 86_400_000
      for (;;) {
        const next = waiting.sort((a, b) => a.at - b.at)[0]
        if (next === undefined || next.at > end) break
        waiting.shift()
        now = next.at
        next.act()
      }
      now = end
    },
  }
}

const between = (text: string, name: string) => new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`).exec(text)?.[1] ?? ''
const granted = ['URN Accepted', 'Declaration Approved', 'Permit Used']

describe('a declaration', () => {
  test('as published is controlled: pending, approved with a permit and conditions, used after arrival', async () => {
    const { send, pass, said, posted, effects } = office()
    const { status, says, text } = await send(published)
    expect([status, says]).toEqual([202, 'Received'])
    expect(between(text, 'TransactionID')).toBe('SG202611210000000001')
    pass(30)
    expect(said()).toEqual(['URN Accepted', 'Pending CA', ...granted.slice(1)])
    const approval = posted[2]?.body ?? ''
    expect(between(approval, 'cbc:PermitNumber')).toMatch(/^IG6K\d{6}[A-Z]$/)
    expect(approval).toContain('<cbc:MessageReference>IPTPMT<')
    expect(approval).toContain('<cbc:GSTAmount currencyCode="SGD">17550.00<')
    expect([...approval.matchAll(/ConditionCode>(\w+)</g)].map(([, code]) => code)).toEqual(['A1', 'Z10'])
    expect(posted[3]?.body).toContain('<cbc:UsedDatetime>2026-12-06T12:00:00+08:00')
    expect(effects).toHaveLength(2)
  })

  test('of free goods is approved at once, or looked at by customs', async () => {
    const free = office()
    await free.send(declaration())
    free.pass(30)
    expect(free.said()).toEqual(granted)
    const looked = office(0.01)
    await looked.send(declaration())
    looked.pass(30)
    expect(looked.said()).toEqual(['URN Accepted', 'Pending SC', ...granted.slice(1)])
  })

  test('of goods leaving Singapore gets an outward permit without GST', async () => {
    const { send, pass, said, posted } = office()
    await send(outward())
    pass(30)
    expect(said()).toEqual(granted)
    expect(posted[1]?.body).toContain('OUTPMT')
    expect(posted[1]?.body).not.toContain('Assessment')
  })

  test('that needs a licence and has none is rejected, not faulted; with it, approved', async () => {
    const meat: [string, string][] = [
      ['85285200', '02023000'],
      [
        '<cbc:BrandName>',
        '<cac:CASCProduct><cbc:Code>SFA-MEAT</cbc:Code><cbc:Quantity unitCode="KGM">1</cbc:Quantity></cac:CASCProduct><cbc:BrandName>',
      ],
    ]
    const { send, pass, said, posted } = office()
    await send(declaration({ replace: meat }))
    pass(1)
    expect(said()).toEqual(['URN Accepted', 'Pending CA', 'Declaration Rejected'])
    expect(posted[2]?.body).toContain('CA/SC REJECT')
    expect(posted[2]?.body).toContain('<cbc:AgencyCode>SFA<')
    const licence: [string, string] = [
      '<cac:Invoice>',
      '<cac:Licence><cbc:ReferenceID>L1</cbc:ReferenceID></cac:Licence><cac:Invoice>',
    ]
    await send(declaration({ messageId: 'B2', replace: [...meat, licence] }))
    pass(30)
    expect(said().slice(3)).toEqual(['URN Accepted', 'Pending CA', ...granted.slice(1)])
  })

  test('sent twice is answered with the same bytes and gets one permit', async () => {
    const { send, pass, said, effects } = office()
    const first = await send(declaration())
    pass(0.01)
    expect(await send(declaration())).toEqual(first)
    pass(30)
    expect(said()).toEqual(granted)
    expect(effects).toHaveLength(2)
  })

  test('is refused when its numbers contradict an earlier message', async () => {
    const { send, pass, said } = office()
    await send(declaration())
    const other = await send(declaration({ replace: [['EXAMPLE STAR', 'OTHER STAR']] }))
    expect(other).toMatchObject({ status: 409, says: 'Processing Error', code: 'E10002' })
    expect(await send(declaration({ messageId: 'B2' }))).toMatchObject({ status: 409, code: 'E10003' })
    pass(30)
    expect(said()).toEqual(granted)
  })

  test('under a number another declaration has is a duplicate (E17001)', async () => {
    const { send, pass, posted } = office()
    await send(declaration())
    await send(declaration({ reference: 'YC2' }))
    await send(declaration({ reference: 'YC3', urn: '0002' }))
    pass(0.001)
    const twin = posted.filter(({ body }) => body.includes('DCS ERROR'))
    expect(
      twin.map(({ body }) => [between(body, 'cbc:CommonAccessReference'), between(body, 'cbc:ErrorCode')]),
    ).toEqual([['YC2', 'E17001']])
  })

  test('can be asked for by our number', async () => {
    const { ask, send, pass } = office()
    const path = `/declarations/${ourReference}`
    expect(await ask(path)).toMatchObject({ status: 404, code: 'E10404' })
    await send(declaration())
    expect((await ask(path)).text).not.toContain('<Response ')
    pass(1)
    const { text } = await ask(path)
    expect(text.match(/<Response sequence/g)).toHaveLength(2)
    expect(text).toContain('Declaration Approved')
  })
})

describe('what the window turns away', () => {
  const folder = new URL('../../mocks/singapore/refused/', import.meta.url)
  test.each(readdirSync(folder))('%s', async (name) => {
    const { send, pass, said, posted, effects } = office()
    expect((await send(readFileSync(new URL(name, folder), 'utf8'))).status).toBe(202)
    pass(30)
    expect(said()).toEqual(['Customs Error message'])
    const body = posted[0]?.body ?? ''
    expect(body).toContain('<cbc:ErrorCategory>DCS ERROR<')
    expect([...body.matchAll(/ErrorCode>(\w+)</g)].map(([, code]) => code)).toContain(name.split('.')[0])
    expect(effects).toEqual([])
  })

  test.each([
    '',
    '{}',
    '<html/>',
    '<!DOCTYPE x><TradenetDeclaration/>',
    published.replace('xsd:InPayment"', 'xsd:OutwardDeclaration"'),
    published.replace(ourReference, 'yc-1'),
  ])('what cannot be read (%#)', async (body) => {
    expect(await office().send(body)).toMatchObject({ status: 400, says: 'Processing Error', code: 'E10001' })
  })
})

describe('outcomes', () => {
  const expected: Record<string, { said: string[]; again?: string[] }> = {
    FORMAT: { said: ['Customs Error message'], again: granted },
    DUPLICATE: { said: ['Customs Error message'], again: granted },
    REJECT: { said: ['URN Accepted', 'Declaration Rejected'], again: granted },
    CAREJECT: {
      said: ['URN Accepted', 'Pending CA', 'Declaration Rejected'],
      again: ['URN Accepted', 'Pending CA', 'Declaration Rejected'],
    },
    PENDING: { said: ['URN Accepted', 'Pending CA', ...granted.slice(1)] },
    PENDINGSC: { said: ['URN Accepted', 'Pending SC', ...granted.slice(1)] },
    CONDITIONS: { said: granted },
    UNKNOWN: { said: ['URN Accepted', 'Referred to OGA-9', ...granted.slice(1)] },
    NEVER: { said: [] },
  }
  const permitOutcomes = outcomes
    .filter(({ procedure }) => procedure === 'permit')
    .map(({ magic }) => magic)
    .sort()
  test('every row for permits is shown', () => {
    expect(Object.keys(expected).sort()).toEqual(permitOutcomes)
  })
  test.each(Object.entries(expected))('%s', async (magic, row) => {
    const { send, pass, said } = office()
    const trader = `EV1-S.${magic}`
    expect((await send(declaration({ trader }))).says).toBe('Received')
    // Who corrects does so while the ship is still on its way.
    pass(row.again === undefined ? 30 : 1)
    expect(said()).toEqual(row.said)
    if (row.again === undefined) return
    expect((await send(declaration({ trader, messageId: 'B2' }))).says).toBe('Received')
    pass(30)
    expect(said().slice(row.said.length)).toEqual(row.again)
  })
})

test('CONDITIONS adds one of customs and one of an agency', async () => {
  const { send, pass, posted } = office()
  await send(declaration({ trader: 'EV1-S.CONDITIONS' }))
  pass(1)
  expect(posted[1]?.body).toMatch(/SCApprovalCondition>.*ConditionCode>A6<.*CAApprovalCondition>.*ConditionCode>A59</)
})

test('UEN check letters', () => {
  expect(['00192200M', '197401143C', 'S16FC0121D', 'T01FC6132D'].filter(isUen)).toHaveLength(4)
  expect(['00192200X', '197401143A', 'S16XX0121D', 'T01FC6132A', ''].filter(isUen)).toEqual([])
})

test('the mailbox is read in pages and may be read again', async () => {
  const { ask, send, pass } = office()
  expect((await ask('/responses')).text).toContain('after="0" last="0" more="false"></ResponseMailbox>')
  await send(declaration())
  pass(30)
  const first = await ask('/responses?after=0&limit=2')
  expect(first.text).toContain('after="0" last="2" more="true"')
  expect((await ask('/responses?after=0&limit=2')).text).toBe(first.text)
  expect((await ask('/responses?after=2')).text).toContain('after="2" last="3" more="false"')
})
