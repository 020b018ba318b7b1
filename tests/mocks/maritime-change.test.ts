import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openDeskOffice } from '../../conformance/adapter/office.ts'
import { maritime } from '../../mocks/maritime/index.ts'

const specification = readFileSync(new URL('../../mocks/maritime/specification.md', import.meta.url), 'utf8')
const exampleOf = (root: string): string =>
  new RegExp(`\`\`\`xml\n(<${root}>[^\`]*</${root}>)`).exec(specification)?.[1] ?? ''
const inland = exampleOf('InlandReport')
const cargo = exampleOf('DangerousCargoDeclaration').replace('>EV1<', '>EV1-M.CARGOPASS<')
const ship = exampleOf('DangerousShipDeclaration')
const permit = exampleOf('DeparturePermitApplication')
const publishedChange = exampleOf('ChangeApplication')

const start = Date.parse('2026-11-22T09:00:00+08:00')
const hour = 3_600_000

type Replace = readonly (readonly [from: string, to: string])[]
interface Wanted {
  readonly reference?: string
  readonly messageId?: string
  readonly trader?: string
  readonly number?: string
  readonly replace?: Replace
}

const replaced = (document: string, replace: Replace = []) =>
  replace.reduce((xml, [from, to]) => {
    expect(xml).toContain(from)
    return xml.replaceAll(from, to)
  }, document)

/** The published application about one of the published documents; `5` brings it whole, without its head. */
function change(messageFunction: '5' | '1', procedure: string, of: string, wanted: Wanted = {}): string {
  const { reference = 'F0109', messageId = `${reference}-1`, trader = 'EV1', number } = wanted
  const body = messageFunction === '1' ? '' : of.replace(/<Head>[\s\S]*?<\/Head>/, '')
  const head = publishedChange
    .replace('M-0109-1', messageId)
    .replace('F0109', reference)
    .replace('>EV1<', `>${trader}<`)
    .replace('<Function>5', `<Function>${messageFunction}`)
    .replace('<Procedure>inland-reports', `<Procedure>${procedure}`)
    .replace('F0101', textIn(of, 'OurReference'))
    .replace(/<Number>.*<\/Number>/, number === undefined ? '' : `<Number>${number}</Number>`)
    .replace(/<InlandReport>[\s\S]*<\/InlandReport>/, body)
  return replaced(head, wanted.replace)
}

const textIn = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
const saidIn = (body: string) =>
  [
    textIn(body, 'OurReference'),
    textIn(body, 'Status'),
    ...[...body.matchAll(/<Code>([^<]*)</g)].map(([, code]) => code),
  ].join(' ')

const paths: { readonly [root: string]: string } = {
  InlandReport: 'inland-reports',
  DangerousCargoDeclaration: 'dangerous-cargo',
  DangerousShipDeclaration: 'dangerous-ship',
  DeparturePermitApplication: 'departure-permits',
  ChangeApplication: 'changes',
}

/** An office that has granted documents, each some hours after the one before. */
async function office(...granted: readonly string[]) {
  const desk = openDeskOffice(maritime, start)
  let now = start
  const pass = (ms: number) => desk.advanceTo((now += ms))
  const post = (body: string) => {
    const path = `/${paths[/<(\w+)>/.exec(body)?.[1] ?? '']}`
    return desk.ask({ method: 'POST', path, contentType: 'application/xml', body })
  }
  for (const document of granted) {
    await post(document)
    pass(5 * hour)
  }
  const before = desk.documents.length
  const story = () => desk.documents.slice(before).map(({ body }) => saidIn(body))
  return { ...desk, post, pass, story }
}

const accepted = ['F0109 ACCEPTED', 'F0109 IN_REVIEW']
const cargoLater = [['2026-11-25 08:00:00', '2026-11-27 08:00:00']] as const

describe('the outcomes of a change at the maritime office: every row has its story', () => {
  const told: { readonly [magic: string]: readonly string[] } = {
    AMENDPASS: [...accepted, 'F0109 APPROVED'],
    AMENDREFUSE: [...accepted, 'F0109 REFUSED MA-507'],
    AMENDNEVER: [],
    CANCELPASS: ['F0109 ACCEPTED', 'F0109 APPROVED', 'F0102 CANCELLED'],
    CANCELREFUSE: ['F0109 ACCEPTED', 'F0109 REFUSED MA-507'],
    CANCELNEVER: [],
    INLANDAMENDPASS: ['F0109 RECEIVED'],
    INLANDAMENDREFUSE: ['F0109 REFUSED MA-507'],
    INLANDCANCELPASS: ['F0109 RECEIVED'],
    INLANDCANCELREFUSE: ['F0109 REFUSED MA-507'],
  }
  const rows = maritime.outcomes.filter(({ procedure }) => /amendment|cancellation/.test(procedure))
  const inlands = rows.filter(({ procedure }) => procedure.startsWith('inland'))
  const write = (procedure: string, wanted: Wanted) => {
    const [path, of] = procedure.startsWith('inland') ? ['inland-reports', inland] : ['dangerous-cargo', cargo]
    return change(procedure.endsWith('amendment') ? '5' : '1', path, of, wanted)
  }

  test.each(rows.filter((row) => !inlands.includes(row)))('$magic on $procedure', async ({ magic, procedure }) => {
    const { post, pass, story } = await office(cargo)
    expect((await post(write(procedure, { trader: `EV1-M.${magic}` }))).status).toBe(202)
    pass(30 * hour)
    expect(story()).toEqual(told[magic])
  })

  test.each(inlands)('$magic on $procedure, at once and nothing after', async ({ magic, procedure }) => {
    const { post, pass, story } = await office(inland)
    const { status, body } = await post(write(procedure, { trader: `EV1-M.${magic}` }))
    expect([status, saidIn(body)]).toEqual([200, told[magic]?.[0]])
    pass(30 * hour)
    expect(story()).toEqual([])
  })

  test.each(rows.filter(({ magic }) => magic.endsWith('REFUSE')))(
    '$magic holds for the first attempt only',
    async ({ magic, procedure }) => {
      const { post, pass, ask } = await office(procedure.startsWith('inland') ? inland : cargo)
      const trader = `EV1-M.${magic}`
      await post(write(procedure, { trader }))
      pass(3 * hour)
      await post(write(procedure, { trader, messageId: 'M-2' }))
      pass(3 * hour)
      const state = (await ask({ method: 'GET', path: '/changes/F0109' })).body
      expect(saidIn(state)).toMatch(/^F0109 (APPROVED|RECEIVED)/)
    },
  )
})

describe('a changed declaration of dangerous goods', () => {
  test('goes when it says as amended, once, and takes its approvals along', async () => {
    const { post, pass, story, effects } = await office(cargo, ship)
    await post(change('5', 'dangerous-ship', ship, { replace: cargoLater }))
    pass(200 * hour)
    expect(story()).toEqual([...accepted, 'F0109 APPROVED', 'F0103 DEPARTED', 'F0102 DEPARTED'])
    expect(effects.filter((what) => what.includes('dangerous-ship departed'))).toHaveLength(1)
  })

  test('a cargo approval taken back is no longer in force: no ship may name it', async () => {
    const { post, pass, story } = await office(cargo)
    await post(change('1', 'dangerous-cargo', cargo, { number: 'HP26112200000002' }))
    pass(2 * hour)
    await post(ship)
    pass(hour)
    expect(story()).toEqual(['F0109 ACCEPTED', 'F0109 APPROVED', 'F0102 CANCELLED', 'F0103 REFUSED MA-206'])
  })

  test('a cargo approval that a ship names stays until the ship’s declaration is taken back', async () => {
    const { post, pass, story } = await office(cargo, ship)
    await post(change('1', 'dangerous-cargo', cargo))
    pass(2 * hour)
    await post(change('1', 'dangerous-ship', ship, { reference: 'F0110' }))
    pass(2 * hour)
    await post(change('1', 'dangerous-cargo', cargo, { messageId: 'M-2' }))
    pass(200 * hour)
    expect(story()).toEqual([
      'F0109 ACCEPTED',
      'F0109 REFUSED MA-506',
      'F0110 ACCEPTED',
      'F0110 APPROVED',
      'F0103 CANCELLED',
      'F0109 ACCEPTED',
      'F0109 APPROVED',
      'F0102 CANCELLED',
    ])
  })

  test('both are taken back together, in whatever order they are asked for', async () => {
    const { post, pass, story } = await office(cargo, ship)
    await post(change('1', 'dangerous-cargo', cargo))
    await post(change('1', 'dangerous-ship', ship, { reference: 'F0110' }))
    pass(2 * hour)
    expect(story().filter((said) => said.endsWith('CANCELLED'))).toEqual(['F0102 CANCELLED', 'F0103 CANCELLED'])
  })

  test.each([
    [
      'another voyage of the cargo',
      () => change('5', 'dangerous-cargo', cargo, { replace: [['031E', '033E']] }),
      'MA-504',
    ],
    [
      'another ship under the cargo',
      () => change('5', 'dangerous-ship', ship, { replace: [['CN20151234567', 'CN20157654321']] }),
      'MA-504',
    ],
    [
      'what the rules forbid anyhow',
      () => change('5', 'dangerous-cargo', cargo, { replace: [['<EmS>F-A,S-I</EmS>', '']] }),
      'MA-107',
    ],
    [
      'less than a day before departure',
      () => change('5', 'dangerous-cargo', cargo, { replace: [['2026-11-25 08', '2026-11-23 08']] }),
      'MA-301',
    ],
    [
      'a number that is not its own',
      () => change('1', 'dangerous-ship', ship, { number: 'CP26112200000099' }),
      'MA-501',
    ],
    ['the procedure of another', () => change('1', 'dangerous-ship', cargo), 'MA-501'],
  ] as const)('is not granted for %s', async (_, write, code) => {
    const { post, pass, story } = await office(cargo, ship)
    await post(write())
    pass(hour)
    expect(story()).toEqual([`F0109 REFUSED ${code}`])
  })

  test('a fault in the new document is located within the application', async () => {
    const { post, pass, documents } = await office(cargo)
    await post(change('5', 'dangerous-cargo', cargo, { replace: [['<EmS>F-A,S-I</EmS>', '']] }))
    pass(hour)
    expect(textIn(documents.at(-1)?.body ?? '', 'Location')).toBe(
      '/ChangeApplication/DangerousCargoDeclaration/Goods[1]/EmS',
    )
  })

  test('one change at a time, and none of what is over', async () => {
    const { post, pass, story } = await office(cargo)
    await post(change('5', 'dangerous-cargo', cargo, { replace: cargoLater }))
    await post(change('1', 'dangerous-cargo', cargo, { reference: 'F0110' }))
    pass(3 * hour)
    await post(change('1', 'dangerous-cargo', cargo, { reference: 'F0111' }))
    pass(3 * hour)
    await post(change('1', 'dangerous-cargo', cargo, { reference: 'F0112' }))
    pass(3 * hour)
    expect(story()).toEqual([
      'F0110 REFUSED MA-503',
      ...accepted,
      'F0109 APPROVED',
      'F0111 ACCEPTED',
      'F0111 APPROVED',
      'F0102 CANCELLED',
      'F0112 REFUSED MA-502',
    ])
  })
})

describe('a changed permit to leave', () => {
  // Half a day before the ship is to leave, so that the permit runs from when it is given.
  const soon = permit.replaceAll('2026-12-03 18:00:00', '2026-11-22 18:00:00')

  test.each([
    ['to leave within its 24 h', ['2026-11-22 18:00:00', '2026-11-23 09:00:00'], 'APPROVED'],
    ['to leave after its 24 h', ['2026-11-22 18:00:00', '2026-11-23 10:30:00'], 'REFUSED MA-505'],
    ['for another ship, which applies anew', ['9074729', '9319466'], 'REFUSED MA-504'],
  ] as const)('%s', async (_, replace, end) => {
    const { post, pass, story } = await office(soon)
    await post(change('5', 'departure-permits', soon, { replace: [replace] }))
    pass(3 * hour)
    expect(story().at(-1)).toBe(`F0109 ${end}`)
  })

  test('that is taken back is not left on, nor does it expire; a ship that left meanwhile is gone', async () => {
    const { post, pass, story } = await office(soon)
    await post(change('1', 'departure-permits', soon))
    pass(100 * hour)
    expect(story()).toEqual(['F0109 ACCEPTED', 'F0109 APPROVED', 'F0104 CANCELLED'])
    const late = await office(soon)
    late.pass(3.5 * hour)
    await late.post(change('1', 'departure-permits', soon))
    late.pass(100 * hour)
    expect(late.story()).toEqual(['F0109 ACCEPTED', 'F0104 DEPARTED', 'F0109 REFUSED MA-502'])
  })
})

test('an inland report is changed until the voyage is over, with a number of the change', async () => {
  const { post, pass, ask } = await office(inland)
  const later = [['2026-12-03 08:00:00', '2026-12-04 08:00:00']] as const
  const write = (wanted: Wanted) =>
    replaced(publishedChange, [
      ['F0109', wanted.reference ?? ''],
      ['M-0109-1', `${wanted.reference}-1`],
      ...(wanted.replace ?? []),
    ])
  const { body } = await post(write({ reference: 'F0110' }))
  expect(saidIn(body)).toBe('F0110 RECEIVED')
  expect(textIn(body, 'ChangeNumber')).toBe('BG26112200000002')
  expect(body).not.toContain('<ReceiptNumber>')
  pass(11 * 24 * hour)
  expect(saidIn((await post(write({ reference: 'F0111', replace: later }))).body)).toBe('F0111 REFUSED MA-502')
  expect(saidIn((await ask({ method: 'GET', path: '/inland-reports/F0101' })).body)).toMatch(/^F0101 RECEIVED/)
})

test('the same change twice gets one answer and is made once', async () => {
  const { post, pass, effects } = await office(inland)
  const document = change('1', 'inland-reports', inland)
  const first = await post(document)
  pass(hour)
  expect(await post(document)).toEqual(first)
  expect((await post(document.replace('低水位', '高水位'))).status).toBe(409)
  expect(effects.filter((what) => what.includes('withdrawn'))).toHaveLength(1)
})
