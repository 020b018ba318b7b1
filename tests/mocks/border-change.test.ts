import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openDeskOffice } from '../../conformance/adapter/office.ts'
import { border } from '../../mocks/border/index.ts'

const specification = readFileSync(new URL('../../mocks/border/specification.md', import.meta.url), 'utf8')
const published = /```xml\n(<\?xml[^`]*<EPCMessage[^`]*)```/.exec(specification)?.[1] ?? ''
const publishedCancellation = /```xml\n(<EPCMessage[^`]*)```/.exec(specification)?.[1] ?? ''

const start = Date.parse('2026-11-22T09:00:00+08:00')
const etd = '2026-11-25T18:00:00+08:00'
const [minute, hour] = [60_000, 3_600_000]

/** The published departure, cleared without boarding unless told otherwise. */
const departure = (trader = 'EV1-B.CLEAR') => published.replace('EV1-B.INSPECT', trader)

interface Wanted {
  readonly reference?: string
  readonly messageId?: string
  readonly trader?: string
  readonly of?: string
  readonly clearance?: string
  readonly replace?: readonly (readonly [from: string, to: string])[]
}

const changed = (document: string, { replace = [] }: Wanted) =>
  replace.reduce((xml, [from, to]) => {
    expect(xml).toContain(from)
    return xml.replaceAll(from, to)
  }, document)

/** The published departure as a replacement of itself. */
function amendment(wanted: Wanted = {}): string {
  const { reference = 'F0008', messageId = `${reference}-1`, trader = 'EV1', of = 'F0001', clearance } = wanted
  const number = clearance === undefined ? '' : `<ClearanceNumber>${clearance}</ClearanceNumber>`
  const change = `<MessageFunction>5</MessageFunction><Change><OurReference>${of}</OurReference>${number}<Reason>R</Reason></Change>`
  const renamed = departure(trader)
    .replace('M-0001-1', messageId)
    .replace('<OurReference>F0001', `<OurReference>${reference}`)
    .replace('<EPCRequestBody>', `<EPCRequestBody>${change}`)
  return changed(renamed, wanted)
}

/** The published cancellation. */
function cancellation(wanted: Wanted = {}): string {
  const { reference = 'F0009', messageId = `${reference}-1`, trader = 'EV1', of = 'F0001' } = wanted
  const renamed = publishedCancellation
    .replace('M-0009-1', messageId)
    .replace('F0009', reference)
    .replace('>EV1<', `>${trader}<`)
    .replace('F0001', of)
    .replace('BJ26112200000001', wanted.clearance ?? 'BJ26112200000001')
  return changed(renamed, wanted)
}

const textIn = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''

/** An office that has cleared the published departure, an hour after it came. */
async function office(trader?: string) {
  const desk = openDeskOffice(border, start)
  const post = (body: string) => desk.ask({ method: 'POST', path: '/clearances', contentType: 'application/xml', body })
  await post(departure(trader))
  desk.advanceTo(start + hour)
  const before = desk.documents.length
  const since = () => desk.documents.slice(before).map(({ body }) => body)
  /** What was said since, each under whose name, with the codes of a refusal. */
  const story = () =>
    since().map((body) =>
      [
        textIn(body, 'OurReference'),
        textIn(body, 'Status'),
        ...[...body.matchAll(/<Code>([^<]*)</g)].map(([, it]) => it),
      ].join(' '),
    )
  return { ...desk, post, since, story, pass: (ms: number) => desk.advanceTo(start + hour + ms) }
}

const anotherEngineer = ['E12345678', 'E87654321'] as const
const noChange = ['F0001 DEPARTED']

describe('the outcomes of a change at border inspection', () => {
  const told: { readonly [magic: string]: readonly string[] } = {
    AMENDGRANT: ['F0008 GRANTED'],
    AMENDSCREEN: ['F0008 SCREENING', 'F0008 GRANTED'],
    AMENDSLOW: ['F0008 SCREENING', 'F0008 GRANTED'],
    AMENDPERSON: ['F0008 SCREENING', 'F0008 NOT_GRANTED BI-301'],
    AMENDREFUSE: ['F0008 NOT_GRANTED BI-406'],
    AMENDNEVER: [],
    CANCELGRANT: ['F0009 GRANTED', 'F0001 CANCELLED'],
    CANCELREFUSE: ['F0009 NOT_GRANTED BI-406'],
    CANCELNEVER: [],
  }
  const rows = border.outcomes.filter(({ procedure }) => ['amendment', 'cancellation'].includes(procedure))

  test.each(rows)('$magic on $procedure does what the table tells', async ({ magic, procedure }) => {
    const { post, pass, story } = await office()
    const trader = `EV1-B.${magic}`
    expect((await post(procedure === 'amendment' ? amendment({ trader }) : cancellation({ trader }))).status).toBe(202)
    pass(200 * hour)
    const isCancelled = magic === 'CANCELGRANT'
    expect(story()).toEqual([...(told[magic] ?? ['untold']), ...(isCancelled ? [] : noChange)])
  })

  test('every row has its story', () => {
    expect(rows.map(({ magic }) => magic).sort()).toEqual(Object.keys(told).sort())
  })

  test.each([
    ['AMENDREFUSE', amendment],
    ['CANCELREFUSE', cancellation],
  ] as const)('%s holds for the first attempt only; the change keeps its number', async (magic, write) => {
    const { post, pass, since, story } = await office()
    const trader = `EV1-B.${magic}`
    await post(write({ trader }))
    pass(hour)
    expect((await post(write({ trader, messageId: 'M-2' }))).status).toBe(202)
    pass(2 * hour)
    expect(story()[1]).toMatch(/ GRANTED$/)
    expect(
      new Set(
        since()
          .slice(0, 2)
          .map((body) => textIn(body, 'ChangeNumber')),
      ).size,
    ).toBe(1)
  })
})

describe('an amended list at border inspection', () => {
  test('with a new person is screened anew; without one it is not', async () => {
    const { post, pass, story } = await office()
    await post(amendment({ replace: [anotherEngineer] }))
    pass(hour)
    await post(amendment({ reference: 'F0010', replace: [anotherEngineer, ['旅客', '旅客甲']] }))
    pass(2 * hour)
    expect(story()).toEqual(['F0008 SCREENING', 'F0008 GRANTED', 'F0010 GRANTED'])
  })

  test('with a person the register knows is not granted: the clearance stands and the ship leaves on it', async () => {
    const { post, pass, story } = await office()
    await post(amendment({ replace: [['E12345678', 'X0000301']] }))
    pass(200 * hour)
    expect(story()).toEqual(['F0008 SCREENING', 'F0008 NOT_GRANTED BI-301', 'F0001 DEPARTED'])
  })

  test('receipts of a change name the change, and what it changes apart', async () => {
    const { post, pass, since } = await office()
    await post(amendment({ clearance: 'BJ26112200000001' }))
    pass(hour)
    const [granted = ''] = since()
    expect(granted).not.toMatch(/^ {2}<ClearanceNumber>/m)
    expect(granted).toMatch(/<ChangeNumber>BG261122\d{8}</)
    expect(granted).toMatch(/<Changed>\s*<Procedure>departure<.*\s*<OurReference>F0001<.*\s*<ClearanceNumber>BJ/)
  })
})

describe('an amended departure', () => {
  test.each([
    ['later', '2026-11-26T10:00:00+08:00'],
    ['earlier', '2026-11-23T10:00:00+08:00'],
  ])('that is %s leaves when it says, and once', async (_, moved) => {
    const { post, pass, documents, story, effects } = await office()
    await post(amendment({ replace: [[etd, moved]] }))
    pass(200 * hour)
    expect(story()).toEqual(['F0008 GRANTED', 'F0001 DEPARTED'])
    expect(textIn(documents.at(-1)?.body ?? '', 'OccurredAt')).toBe(moved)
    expect(effects.filter((what) => what.includes('departed'))).toHaveLength(1)
  })

  test('that leaves more than 24 h later than it was cleared for goes through formalities again', async () => {
    const { post, pass, story } = await office()
    await post(amendment({ replace: [[etd, '2026-11-26T18:00:01+08:00']] }))
    pass(hour)
    expect(story()).toEqual(['F0008 NOT_GRANTED BI-405'])
  })

  test('may be put off for as long as it likes while it is not cleared', async () => {
    const { post, pass, story } = await office('EV1-B.HOLD')
    await post(amendment({ replace: [[etd, '2026-11-30T18:00:00+08:00']] }))
    pass(300 * hour)
    expect(story()).toEqual(['F0008 GRANTED', 'F0001 HOLD_LIFTED', 'F0001 CLEARED', 'F0001 DEPARTED'])
  })

  test.each([
    ['another ship', ['9074729', '9319466'], 'BI-404'],
    ['another port', ['CNYSA', 'CNWIG'], 'BI-404'],
    ['lists that come too late', [etd, '2026-11-22T10:30:00+08:00'], 'BI-201'],
    ['a master too many', ['<Master>true</Master>', ''], 'BI-204'],
  ] as const)('with %s is turned away (%s)', async (_, replace, code) => {
    const { post, pass, story } = await office()
    await post(amendment({ replace: [replace] }))
    pass(hour)
    expect(story()).toEqual([`F0008 ${code.startsWith('BI-40') ? 'NOT_GRANTED' : 'REJECTED'} ${code}`])
  })
})

describe('a cancelled clearance', () => {
  test('is told under its own names and is the end: no guard is lifted, nobody leaves', async () => {
    const { post, pass, story, effects } = await office('EV1-B.HOLD')
    await post(cancellation())
    pass(200 * hour)
    expect(story()).toEqual(['F0009 GRANTED', 'F0001 CANCELLED'])
    expect(effects.filter((what) => what.includes('departed'))).toEqual([])
  })

  test('cannot be changed any more, nor can what was never here, or is described wrongly', async () => {
    const { post, pass, story } = await office()
    await post(cancellation())
    pass(hour)
    const rest = [
      amendment(),
      cancellation({ reference: 'F0011', of: 'F7777' }),
      cancellation({ reference: 'F0012', clearance: 'BJ26112200000099' }),
      cancellation({ reference: 'F0013', of: 'F0009' }),
      cancellation({ reference: 'F0014', replace: [['<Procedure>departure', '<Procedure>arrival']] }),
    ]
    for (const document of rest) await post(document)
    pass(2 * hour)
    expect(story().slice(2)).toEqual([
      'F0008 NOT_GRANTED BI-402',
      'F0011 NOT_GRANTED BI-401',
      'F0012 NOT_GRANTED BI-401',
      'F0013 NOT_GRANTED BI-401',
      'F0014 NOT_GRANTED BI-401',
    ])
  })

  test('one change at a time; the other may be asked for again', async () => {
    const { post, pass, story } = await office()
    await post(amendment({ trader: 'EV1-B.AMENDSLOW' }))
    await post(cancellation())
    pass(7 * hour)
    await post(cancellation({ messageId: 'M-2' }))
    pass(8 * hour)
    expect(story()).toEqual([
      'F0008 SCREENING',
      'F0009 NOT_GRANTED BI-403',
      'F0008 GRANTED',
      'F0009 GRANTED',
      'F0001 CANCELLED',
    ])
  })

  test('what became true meanwhile counts: the ship has left', async () => {
    const { post, pass, story, advanceTo } = await office()
    advanceTo(Date.parse(etd) - 2 * hour)
    await post(amendment({ trader: 'EV1-B.AMENDSLOW' }))
    pass(200 * hour)
    expect(story()).toEqual(['F0008 SCREENING', 'F0001 DEPARTED', 'F0008 NOT_GRANTED BI-402'])
  })
})

test('the same change twice gets the first answer and is made once', async () => {
  const { post, pass, story, effects } = await office()
  const first = await post(cancellation())
  pass(5 * minute)
  expect(await post(cancellation())).toEqual(first)
  expect((await post(cancellation({ replace: [['The voyage', 'A voyage']] }))).status).toBe(409)
  pass(200 * hour)
  expect(story()).toEqual(['F0009 GRANTED', 'F0001 CANCELLED'])
  expect(effects.filter((what) => what.includes('withdrawn'))).toHaveLength(1)
})

test('a change is asked for under its own number, and what it took back says so', async () => {
  const { post, pass, ask } = await office()
  await post(cancellation())
  pass(hour)
  const stateOf = async (reference: string) => (await ask({ method: 'GET', path: `/clearances/${reference}` })).body
  expect(await stateOf('F0009')).toMatch(/<ChangeNumber>BG261122\d{8}<\/ChangeNumber>\s*<Status>GRANTED</)
  expect(await stateOf('F0001')).toMatch(/<ClearanceNumber>BJ26112200000001<\/ClearanceNumber>\s*<Status>CANCELLED</)
})
