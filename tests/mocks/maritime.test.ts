import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Desk, magicOf } from '../../mocks/agency.ts'
import { maritime } from '../../mocks/maritime/index.ts'
import { boxOpeningRate } from '../../mocks/maritime/parameters.ts'

const folder = new URL('../../mocks/maritime/', import.meta.url)
const specification = readFileSync(new URL('specification.md', folder), 'utf8')
/** A document printed in the specification: what a client would start from. */
const exampleOf = (root: string): string =>
  new RegExp(`\`\`\`xml\n(<${root}>[^\`]*</${root}>)`).exec(specification)?.[1] ?? ''

const inland = exampleOf('InlandReport')
const cargo = exampleOf('DangerousCargoDeclaration')
const ship = exampleOf('DangerousShipDeclaration')
const permit = exampleOf('DeparturePermitApplication')

const paths: { [root: string]: string } = {
  InlandReport: 'inland-reports',
  DangerousCargoDeclaration: 'dangerous-cargo',
  DangerousShipDeclaration: 'dangerous-ship',
  DeparturePermitApplication: 'departure-permits',
  ChangeApplication: 'changes',
}
const pathOf = (document: string): string => paths[/<(\w+)>\s*<Head>/.exec(document)?.[1] ?? ''] ?? 'inland-reports'

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
    asked: (reference) => magicOf(reference, 'M'),
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
  const app = maritime.open(desk)
  const post = async (body: string, type = 'application/xml', path = pathOf(body)) => {
    const response = await app.request(`/${path}`, { method: 'POST', headers: { 'content-type': type }, body })
    return { status: response.status, body: await response.text() }
  }
  const ask = async (path: string) => {
    const response = await app.request(`/${path}`)
    return { status: response.status, body: await response.text() }
  }
  const statuses = () => sent.map(({ body }) => textIn(body, 'Status'))
  /** Brings the cargo approval into being that a ship declaration names. */
  const approveCargo = async (document = cargo) => {
    await post(document)
    advance(4 * hour)
    sent.length = 0
    effects.length = 0
  }
  return { post, ask, advance, approveCargo, sent, effects, statuses, now: () => now }
}

const textIn = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
const codesIn = (xml: string): string[] => [...xml.matchAll(/<Code>([^<]*)<\/Code>/g)].map(([, code]) => code ?? '')
const withReference = (reference: string, document: string) => document.replace('>EV1<', `>${reference}<`)
const nextAttempt = (document: string) => document.replace(/(<MessageId>M-\d+-)1/, '$12')

/** What each row says, with the minute after reception; `end` is the ETD of the document. */
const told: { [row: string]: string } = {
  'dangerous-cargo CARGOPASS': 'ACCEPTED 10, IN_REVIEW 30, APPROVED 240',
  'dangerous-cargo CARGOHOLD': 'ACCEPTED 10, IN_REVIEW 30, BOX_OPENING 120, BOX_OPENED 480, APPROVED 540',
  'dangerous-cargo CARGOFAIL': 'ACCEPTED 10, IN_REVIEW 30, BOX_OPENING 120, BOX_OPENED 480, REFUSED 540',
  'dangerous-cargo CARGOREFUSE': 'ACCEPTED 10, IN_REVIEW 30, REFUSED 240',
  'dangerous-cargo SUPPLEMENT': 'SUPPLEMENT 10, SUPPLEMENTED 240, ACCEPTED 250, IN_REVIEW 270, APPROVED 480',
  'dangerous-cargo UNKNOWN': 'ACCEPTED 10, AT_COUNTER_7 20, IN_REVIEW 30, APPROVED 240',
  'dangerous-cargo NEVER': '',
  'dangerous-ship SHIPPASS': 'ACCEPTED 10, IN_REVIEW 30, APPROVED 240, DEPARTED end',
  'dangerous-ship SHIPREFUSE': 'ACCEPTED 10, IN_REVIEW 30, REFUSED 240',
  'dangerous-ship SUPPLEMENT':
    'SUPPLEMENT 10, SUPPLEMENTED 240, ACCEPTED 250, IN_REVIEW 270, APPROVED 480, DEPARTED end',
  'dangerous-ship UNKNOWN': 'ACCEPTED 10, AT_COUNTER_7 20, IN_REVIEW 30, APPROVED 240, DEPARTED end',
  'dangerous-ship NEVER': '',
  'departure PERMITPASS': 'ACCEPTED 10, APPROVED 60, DEPARTED end',
  'departure PERMITREFUSE': 'ACCEPTED 10, REFUSED 60',
  // The permit begins 12 h before ETD and holds 24 h.
  'departure PERMITEXPIRE': `ACCEPTED 10, APPROVED 60, EXPIRED ${(Date.parse('2026-12-04T06:00:00+08:00') - start) / 60_000}`,
  'departure SUPPLEMENT': 'SUPPLEMENT 10, SUPPLEMENTED 240, ACCEPTED 250, APPROVED 300, DEPARTED end',
  'departure UNKNOWN': 'ACCEPTED 10, AT_COUNTER_7 20, APPROVED 60, DEPARTED end',
  'departure NEVER': '',
}
const documents: { [procedure: string]: string } = {
  'inland-report': inland,
  'dangerous-cargo': cargo,
  'dangerous-ship': ship,
  departure: permit,
}
const codeOfRefusal: { [magic: string]: string } = {
  CARGOFAIL: 'MA-104',
  CARGOREFUSE: 'MA-104',
  SHIPREFUSE: 'MA-204',
  PERMITREFUSE: 'MA-402',
  PERMITEXPIRE: 'MA-403',
}

describe('the outcomes of maritime safety', () => {
  /** Those of changes are shown in maritime-change.test.ts. */
  const pushed = maritime.outcomes.filter(({ procedure }) =>
    ['dangerous-cargo', 'dangerous-ship', 'departure'].includes(procedure),
  )

  it.each(pushed)('$magic on $procedure does what the table tells', async ({ magic, procedure }) => {
    const office = openDesk()
    if (procedure === 'dangerous-ship') await office.approveCargo()
    const before = office.now()
    const reference = `EV1-M.${magic}`
    const document = withReference(reference, documents[procedure] ?? '')
    const answer = await office.post(document)
    expect([answer.status, textIn(answer.body, 'Status')]).toEqual([202, 'SUBMITTED'])
    office.advance(400 * hour)
    const heard = office.sent.filter((one) => one.reference === reference)
    const etd = Date.parse(`${textIn(document, 'Etd').replace(' ', 'T')}+08:00`)
    const story = heard.map(
      ({ body, at }) => `${textIn(body, 'Status')} ${at === etd ? 'end' : (at - before) / 60_000}`,
    )
    expect(story.join(', ')).toBe(told[`${procedure} ${magic}`])
    const codes = codeOfRefusal[magic] === undefined ? [] : [codeOfRefusal[magic]]
    expect(heard.flatMap(({ body }) => codesIn(body))).toEqual(codes)
  })

  it('has a story here for every row', () => {
    const rows = pushed.map(({ procedure, magic }) => `${procedure} ${magic}`)
    expect(rows.sort()).toEqual(Object.keys(told).sort())
  })

  it.each(maritime.outcomes.filter(({ magic }) => codeOfRefusal[magic] !== undefined))(
    '$magic holds for the first attempt only',
    async ({ magic, procedure }) => {
      const office = openDesk()
      if (procedure === 'dangerous-ship') await office.approveCargo()
      const document = withReference(`EV1-M.${magic}`, documents[procedure] ?? '')
        .replace('2026-11-25 08', '2026-12-25 08')
        .replace(/2026-12-03 18/, '2026-12-04 18')
      await office.post(document)
      office.advance(310 * hour)
      office.sent.length = 0
      expect((await office.post(nextAttempt(document))).status).toBe(202)
      office.advance(4 * hour)
      expect(office.statuses()).toContain('APPROVED')
    },
  )

  it('puts an inland voyage on record at once, with a number and nothing after', async () => {
    const office = openDesk()
    const answer = await office.post(inland)
    expect([answer.status, textIn(answer.body, 'Status'), textIn(answer.body, 'ReceiptNumber')]).toEqual([
      200,
      'RECEIVED',
      'JB26112200000001',
    ])
    office.advance(400 * hour)
    expect([office.sent, office.effects]).toEqual([[], ['inland-report declared, attempt 1', 'inland-report reported']])
  })

  it('refuses an inland voyage at once, and takes the corrected report', async () => {
    const office = openDesk()
    const document = withReference('EV1-M.INLANDREFUSE', inland)
    const refused = await office.post(document)
    expect([refused.status, textIn(refused.body, 'Status'), ...codesIn(refused.body)]).toEqual([
      200,
      'REFUSED',
      'MA-002',
    ])
    expect(textIn((await office.post(nextAttempt(document))).body, 'Status')).toBe('RECEIVED')
  })

  it('opens a box without a magic value only when the draw says so', async () => {
    for (const [drawn, opened] of [
      [boxOpeningRate.value, false],
      [0, true],
    ] as const) {
      const office = openDesk(drawn)
      await office.post(cargo)
      office.advance(10 * hour)
      expect(office.statuses().includes('BOX_OPENING')).toBe(opened)
    }
  })

  it('orders the box opening with container, officer, time and place, and tells the result', async () => {
    const office = openDesk()
    await office.post(withReference('EV1-M.CARGOFAIL', cargo))
    office.advance(10 * hour)
    const [, , order = '', result = ''] = office.sent.map(({ body }) => body)
    expect(['ContainerNumber', 'Officer', 'At', 'Place', 'Result'].map((name) => textIn(order, name))).toEqual([
      'CSQU3054383',
      'HS500500',
      '2026-11-22 15:00:01',
      'CNCHQ',
      '',
    ])
    expect(textIn(result, 'Result')).toBe('FAILED')
  })

  it('gives a permit for 24 h around the departure', async () => {
    const office = openDesk()
    await office.post(permit)
    office.advance(2 * hour)
    const body = office.sent.at(-1)?.body ?? ''
    expect(['PermitNumber', 'ValidFrom', 'ValidUntil'].map((name) => textIn(body, name))).toEqual([
      'CK26112200000002',
      '2026-12-03 06:00:00',
      '2026-12-04 06:00:00',
    ])
  })

  it('lets a ship whose ETD has passed leave half an hour after its permit', async () => {
    const office = openDesk()
    await office.post(permit.replace('2026-12-03 18', '2026-11-21 18'))
    office.advance(2 * hour)
    expect(office.sent.map(({ body, at }) => [textIn(body, 'Status'), (at - start) / 60_000])).toEqual([
      ['ACCEPTED', 10],
      ['APPROVED', 60],
      ['DEPARTED', 90],
    ])
  })

  it('uses a cargo approval up with the ship that takes the cargo along', async () => {
    const office = openDesk()
    await office.approveCargo()
    await office.post(ship)
    office.advance(100 * hour)
    const gone = office.sent
      .filter(({ body }) => textIn(body, 'Status') === 'DEPARTED')
      .map(({ body }) => textIn(body, 'Procedure'))
    expect(gone).toEqual(['dangerous-ship', 'dangerous-cargo'])
    const again = ship.replace('F0103', 'F0203').replace('2026-11-25', '2026-12-25')
    await office.post(again)
    office.advance(hour)
    expect(codesIn(office.sent.at(-1)?.body ?? '')).toEqual(['MA-206'])
  })

  it('takes a new document while papers are asked for, and says nothing more about the old one', async () => {
    const office = openDesk()
    const document = withReference('EV1-M.SUPPLEMENT', cargo)
    await office.post(document)
    office.advance(hour)
    expect((await office.post(nextAttempt(document))).status).toBe(202)
    office.advance(10 * hour)
    expect(office.statuses()).toEqual(['SUPPLEMENT', 'ACCEPTED', 'IN_REVIEW', 'APPROVED'])
  })
})

describe('what maritime safety turns away', () => {
  const refused = readdirSync(new URL('refused/', folder)).map((file) => {
    const code = file.split('.')[0] ?? ''
    return { file, code, document: readFileSync(new URL(`refused/${file}`, folder), 'utf8') }
  })
  const atOnce = refused.filter(({ code }) => code.startsWith('MA-9'))

  it.each(atOnce)('$file, at once and without effect', async ({ code, document }) => {
    const office = openDesk()
    const answer = await office.post(document)
    expect([answer.status, ...codesIn(answer.body)]).toEqual([400, code])
    expect(office.effects).toEqual([])
  })

  it.each(refused.filter((one) => !atOnce.includes(one)))('$file, by a receipt', async ({ document, code }) => {
    const office = openDesk()
    await office.approveCargo()
    const answer = await office.post(document.replace('F0102', 'F0202'))
    office.advance(hour)
    const receipt = answer.status === 200 ? answer.body : (office.sent[0]?.body ?? '')
    expect([textIn(receipt, 'Status'), ...new Set(codesIn(receipt))]).toEqual(['REFUSED', code])
  })

  const goods = /<Goods>[\s\S]*<\/Goods>/.exec(cargo)?.[0] ?? ''
  const stowage = /<Stowage>[\s\S]*<\/Stowage>/.exec(ship)?.[0] ?? ''
  /** Peroxide and ethanol, each in a container of its own, and a ship that carries both. */
  const peroxide = goods
    .replace('锂离子电池组', 'HYDROGEN PEROXIDE SOLUTION')
    .replace('3480', '2014')
    .replace('<Class>9</Class>', '<Class>5.1</Class><PackingGroup>II</PackingGroup>')
  const ethanol = goods
    .replace('<ItemNumber>1', '<ItemNumber>2')
    .replace('锂离子电池组', 'ETHANOL')
    .replace('3480', '1170')
    .replace('<Class>9</Class>', '<Class>3</Class><PackingGroup>II</PackingGroup><FlashPoint>-13.5</FlashPoint>')
    .replace('CSQU3054383', 'MSKU9070323')
  const stowed = (secondPosition: string) =>
    ship.replace(
      stowage,
      [
        stowage.replace('3480', '2014').replace('>9<', '>5.1<'),
        stowage
          .replace('3480', '1170')
          .replace('>9<', '>3<')
          .replace('CSQU3054383', 'MSKU9070323')
          .replace('010284', secondPosition),
      ].join(''),
    )

  it.each([
    ['the same bay', '0010486', ['MA-204']],
    ['another bay', '050284', []],
  ] as const)('incompatible goods in containers in %s', async (_where, position, codes) => {
    const office = openDesk()
    await office.approveCargo(cargo.replace(goods, peroxide + ethanol))
    await office.post(stowed(position))
    office.advance(hour)
    expect(office.sent.flatMap(({ body }) => codesIn(body))).toEqual(codes)
  })

  it('limited quantities need no segregation', async () => {
    const office = openDesk()
    const limited = ethanol
      .replace('MSKU9070323', 'CSQU3054383')
      .replace('</MarinePollutant>', '</MarinePollutant><LimitedQuantity>Y</LimitedQuantity>')
    await office.post(cargo.replace(goods, peroxide + limited))
    office.advance(5 * hour)
    expect(office.statuses().at(-1)).toBe('APPROVED')
  })

  it('a passenger ship carries no explosives', async () => {
    const office = openDesk()
    const fireworks = goods
      .replace('锂离子电池组', '烟花')
      .replace('3480', '0336')
      .replace('<Class>9', '<Class>1.4G')
      .replace('F-A,S-I', 'F-B,S-X')
    await office.approveCargo(cargo.replace(goods, fireworks))
    await office.post(
      ship.replace('CONTAINER<', 'PASSENGER<').replace('3480', '0336').replace('<Class>9', '<Class>1.4G'),
    )
    office.advance(hour)
    expect(office.sent.flatMap(({ body }) => codesIn(body))).toEqual(['MA-205'])
  })

  it('names every error at once, each with its place', async () => {
    const office = openDesk()
    await office.post(cargo.replace('>3480<', '>9999<').replace('F-A,S-I', '').replace('023-60000001', 'none'))
    office.advance(hour)
    const body = office.sent[0]?.body ?? ''
    expect(codesIn(body)).toEqual(['MA-002', 'MA-107', 'MA-101'])
    expect(textIn(body, 'Location')).toBe('/DangerousCargoDeclaration/Declarant/Phone')
  })

  it.each([
    ['another content type', 'MA-906', 415, inland, 'application/json'],
    ['a document above 1 MiB', 'MA-905', 413, `${inland}${' '.repeat(1_048_576)}`, 'application/xml'],
  ] as const)('%s is %s', async (_what, code, status, body, type) => {
    const answer = await openDesk().post(body, type)
    expect([answer.status, ...codesIn(answer.body)]).toEqual([status, code])
  })

  it('the document of another procedure', async () => {
    const answer = await openDesk().post(cargo, 'application/xml', 'dangerous-ship')
    expect([answer.status, ...codesIn(answer.body)]).toEqual([400, 'MA-901'])
  })
})

describe('repeated documents to maritime safety', () => {
  it.each(Object.entries(documents))(
    '%s: the same bytes get the first answer and have one effect',
    async (_procedure, document) => {
      const office = openDesk()
      await office.approveCargo()
      const again = document.replace('F0102', 'F0202')
      const first = await office.post(again)
      office.advance(5 * hour)
      const effects = [...office.effects]
      const receipts = office.sent.length
      expect(await office.post(again)).toEqual(first)
      office.advance(5 * hour)
      expect([office.effects, office.sent.length]).toEqual([effects, receipts])
    },
  )

  it('the same message id with other content is refused', async () => {
    const office = openDesk()
    await office.post(inland)
    const answer = await office.post(inland.replace('031E', '032E'))
    expect([answer.status, ...codesIn(answer.body)]).toEqual([409, 'MA-902'])
  })

  it('a new message id is refused until the earlier attempt is', async () => {
    const office = openDesk()
    await office.post(cargo)
    const answer = await office.post(nextAttempt(cargo))
    expect([answer.status, ...codesIn(answer.body)]).toEqual([409, 'MA-903'])
    expect(office.effects).toEqual(['dangerous-cargo declared, attempt 1'])
  })

  it('one of our numbers belongs to one procedure', async () => {
    const office = openDesk()
    await office.post(inland)
    const answer = await office.post(permit.replace('F0104', 'F0101'))
    expect([answer.status, ...codesIn(answer.body)]).toEqual([409, 'MA-907'])
  })
})

describe('an inquiry at maritime safety', () => {
  it('tells the state and every receipt', async () => {
    const office = openDesk()
    await office.post(cargo)
    expect(textIn((await office.ask('dangerous-cargo/F0102')).body, 'Status')).toBe('SUBMITTED')
    office.advance(hour)
    const state = await office.ask('dangerous-cargo/F0102')
    expect([state.status, textIn(state.body, 'Status')]).toEqual([200, 'IN_REVIEW'])
    expect([...state.body.matchAll(/<ReceiptId>([^<]*)</g)].map(([, id]) => id)).toEqual([
      'MR-F0102-1-1',
      'MR-F0102-1-2',
    ])
    expect(textIn(state.body, 'AcceptanceNumber')).toBe('SL26112200000001')
  })

  it('tells an inland report again', async () => {
    const office = openDesk()
    await office.post(inland)
    expect((await office.ask('inland-reports/F0101')).body).toContain('<ReceiptNumber>JB26112200000001</ReceiptNumber>')
  })

  it.each(['dangerous-cargo/F9999', 'dangerous-ship/F0101'])('does not know %s', async (path) => {
    const office = openDesk()
    await office.post(inland)
    const answer = await office.ask(path)
    expect([answer.status, ...codesIn(answer.body)]).toEqual([404, 'MA-904'])
  })
})
