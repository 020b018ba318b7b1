import { describe, expect, test } from 'vitest'
import { containerSpecOf, containerTypeOf } from '../../adapters/customs/codes.ts'
import type { Particulars } from '../../adapters/customs/particulars.ts'
import { papersFor } from '../../adapters/customs/rules.ts'
import { portCodeOf } from '../../adapters/customs/transport.ts'
import { readXml } from '../../adapters/xml.ts'
import { loadCodeList } from '../../schemas/codes/index.ts'
import { declare, goldenDeclaration, particularsOf, submissionOf, texts, wireOf } from '../support/customs.ts'
import { type Change, declaring, refused } from '../support/customs-refused.ts'

/** Pointers and codes of what customs finds in a changed golden. */
function findings(name: string, change: Change): string[] {
  const declared = structuredClone(goldenDeclaration(name))
  const particulars = particularsOf(declared)
  change(declared, particulars)
  return declare.check(declared, particulars).map(({ pointer, code }) => `${pointer} ${code}`)
}

describe('what customs would refuse', () => {
  test.each(refused)('%s (%s)', (_what, name, change, found) => {
    expect(findings(name, change)).toEqual(found)
  })

  test('everything at once', () => {
    const found = findings('import-rail-permit', (d) => {
      delete d.agent.customsRegistrationId
      d.goodsShipment.items[0]!.declarationElements = ['9']
      delete d.goodsShipment.additionalDocuments
    })
    expect(found).toHaveLength(4)
  })

  test('who keys in, and with which card, is waited for', () => {
    const declared = goldenDeclaration('export-one-item')
    const pointers = (particulars: Particulars | undefined) =>
      declare.missing(declared, particulars).map(({ pointer }) => pointer)
    expect(pointers(undefined)).toEqual([`${declaring}/inputerName`, `${declaring}/icCode`])
    expect(pointers({ inputerName: '录入员' })).toEqual([`${declaring}/icCode`])
  })

  test.each([
    [['4', '7', 'A', 'B', 'x'], 'import', '0110', ['7']],
    [['4', '7', 'A', 'B', 'x', 'y'], 'export', '0110', ['4']],
    [['4', 'x', 'y'], 'export', '0615', ['x']],
    [['4', 'x', 'y'], 'export', '4019', ['y']],
    [['4'], 'export', '0615', ['4']],
    [['7', 'v'], 'import', '0214', ['v']],
    [['6', '8', '9', 'A', 'B'], 'import', '0110', []],
  ] as const)('letters %s on %s under %s ask for %s', (letters, direction, mode, papers) => {
    expect(papersFor(letters, direction, mode)).toEqual(papers)
  })
})

describe('codes', () => {
  test('every container specification has a type that leads back to it', () => {
    const specs = loadCodeList('container-specs').items.map(({ code }) => code)
    expect(specs.map((spec) => containerSpecOf(containerTypeOf[spec] ?? ''))).toEqual(specs)
    expect(['45G1', 'L5R1', '20T6', '22U1', '42P3'].map(containerSpecOf)).toEqual(['11', '12', '23', '31', '32'])
  })

  test('every country has a port code, of its ports taken together where nothing nearer is known', () => {
    const countries = loadCodeList('countries').items.flatMap(({ alpha2 }) =>
      typeof alpha2 === 'string' ? [alpha2] : [],
    )
    expect(countries.filter((countryCode) => !/^[A-Z]{3}000$/.test(portCodeOf({ countryCode })))).toEqual([])
    expect(portCodeOf({ countryCode: 'SG', unLocode: 'SGSIN' })).toBe('SGP000')
    expect(portCodeOf({ countryCode: 'CN', unLocode: 'CNYSA' })).toMatch(/^CHN\d{3}$/)
  })

  test('a submitter is known by nine characters: its own code, or the organisation code in its credit code', () => {
    const declared = structuredClone(goldenDeclaration('export-one-item'))
    const code = (customsRegistrationId: string) => {
      declared.submitter = { ...declared.agent, customsRegistrationId }
      return texts(readXml(wireOf(declared)))['/DecMessage/DecHead/CopCode']
    }
    expect([code('501298000'), code('5012980001')]).toEqual(['501298000', 'MA5U0B003'])
  })

  test('which leg customs is told of: the domestic end in its own district, else the border', () => {
    const told = (change: Change) => {
      const declared = structuredClone(goldenDeclaration('export-one-item'))
      const particulars = particularsOf(declared)
      change(declared, particulars)
      return texts(readXml(declare.encode({ ...submissionOf(declared), particulars }).body ?? ''))[
        '/DecMessage/DecHead/TrafName'
      ]
    }
    expect(told(() => undefined)).toBe('渝航17/026W')
    expect(told((d) => void (d.exitEntryOfficeId = '2248'))).toBe('EXAMPLE PIONEER/045S')
    expect(told((_d, p) => void (p.conveyanceLeg = 2))).toBe('EXAMPLE PIONEER/045S')
  })
})
