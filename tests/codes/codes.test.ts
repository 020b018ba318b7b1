import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  alpha2Of,
  alpha3Of,
  countryByAlpha2,
  countryByAlpha3,
  customsUnitsOf,
  domesticPortOfLocode,
  genericPortOf,
  locodeOfPort,
  packagingOfRec21,
  portOfLocode,
  rec19OfTransportMode,
  rec20OfUnit,
  rec21OfPackaging,
  transportModeOfRec19,
} from '../../schemas/codes/concordance.ts'
import {
  type CodeItem,
  type CodeListId,
  codeLists,
  findCode,
  findCodes,
  isCodeListId,
  loadCodeList,
  searchCodes,
  textOf,
  textsOf,
  warmCodes,
} from '../../schemas/codes/index.ts'
import { declarationElements, tariffLine, tariffValidity } from '../../schemas/codes/tariff.ts'

const ids = Object.keys(codeLists).filter(isCodeListId)
const data = new URL('../../schemas/codes/data/', import.meta.url)
const column = (id: CodeListId, name: string) =>
  loadCodeList(id).items.flatMap((item) => {
    const value = textOf(item, name)
    return value === undefined ? [] : [{ code: item.code, value }]
  })
const repeated = (values: readonly string[]) => {
  const seen = new Set<string>()
  return values.filter((value) => seen.has(value) || !seen.add(value))
}
const alphabetic = (a: string, b: string) => (a < b ? -1 : 1)

describe('every list', () => {
  test('has a file, and every file is announced', () => {
    expect(ids.map((id) => `${id}.json`).sort(alphabetic)).toEqual(readdirSync(data).sort(alphabetic))
  })

  test.each(ids)('%s is what the registry announces, and its rows are uniform', (id) => {
    const list = loadCodeList(id)
    expect({ id: list.id, title: list.title, source: list.source }).toEqual({ id, ...codeLists[id] })
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(list.items.length).toBeGreaterThan(0)
    const odd = (item: CodeItem) =>
      typeof item.code !== 'string' ||
      item.code === '' ||
      Object.entries(item).some(
        ([key, value]) =>
          !/^[a-z][A-Za-z0-9]*$/.test(key) ||
          !(typeof value === 'boolean' || (typeof value === 'string' && value !== '') || Array.isArray(value)),
      )
    expect(list.items.filter(odd)).toEqual([])
  })

  test.each(ids)('%s knows a row by its code', (id) => {
    const codes = loadCodeList(id).items.map((item) => item.code)
    expect(repeated(codes)).toEqual(id === 'goods-permit-types' ? ['522'] : [])
  })

  test('holds one row a line, for people who read differences', () => {
    const rowsIn = (id: CodeListId) =>
      readFileSync(new URL(`${id}.json`, data), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{"code":'))
    expect(ids.filter((id) => rowsIn(id).length !== loadCodeList(id).items.length)).toEqual([])
  })

  test('the permit that exists for both directions is told apart by direction', () => {
    expect(findCodes('goods-permit-types', '522').map((item) => item.ie)).toEqual(['I', 'E'])
    expect(findCode('goods-permit-types', '522')?.zh).toBe('水果预检验证书')
  })

  test('a code that is not in the list is not found, whatever it is called', () => {
    expect(findCode('countries', 'XXX')).toBeUndefined()
    expect(findCodes('countries', 'constructor')).toEqual([])
    expect(isCodeListId('constructor')).toBe(false)
  })

  test('a list is read once', () => {
    warmCodes()
    expect(loadCodeList('tariff')).toBe(loadCodeList('tariff'))
  })
})

describe('search', () => {
  test('finds by the start of the code, and by a part of either name in any case', () => {
    expect(searchCodes('customs-offices', { q: '80', limit: 500 }).items).toContainEqual(
      findCode('customs-offices', '8000'),
    )
    expect(searchCodes('countries', { q: '新加坡', limit: 5 }).items.map((item) => item.code)).toEqual(['SGP'])
    expect(searchCodes('countries', { q: 'sInGaP', limit: 5 }).items.map((item) => item.code)).toEqual(['SGP'])
    expect(searchCodes('countries', { q: 'no such place', limit: 5 })).toEqual({ items: [] })
  })

  test.each(['goods-permit-types', 'supervision-modes'] as const)('pages of %s give every row once, in order', (id) => {
    const seen: CodeItem[] = []
    let after: string | undefined
    do {
      const page = searchCodes(id, { limit: 7, ...(after !== undefined && { after }) })
      expect(page.items.length).toBeLessThanOrEqual(7)
      seen.push(...page.items)
      after = page.next
    } while (after !== undefined)
    expect(seen).toEqual(loadCodeList(id).items)
  })

  test('the best comes first: all of a code or name, then its beginning, then a part, shorter names before longer', () => {
    const codes = (q: string, limit = 3) => searchCodes('tariff', { q, limit }).items.map(({ code }) => code)
    expect(codes('8507600090')).toEqual(['8507600090'])
    expect(codes('8507.60')).toEqual(['8507600010', '8507600020', '8507600090'])
    expect(codes('镍氢蓄电池', 1)).toEqual(['8507500000'])
    expect(codes('马黛', 1)).toEqual(['0903000000'])
    expect(codes('锂离子', 1)).toEqual(['8507600090'])
    expect(codes('锂离子 汽车')).toEqual(['8507600010', '8507600020'])
    expect(searchCodes('countries', { q: 'sg', limit: 1 }).items[0]?.code).toBe('SGP')
  })

  test('what a row says beside its codes and names is not searched', () => {
    expect(searchCodes('tariff', { q: '0.13', limit: 5 }).items).toEqual([])
  })

  test('a search is given page by page, every row once, in its order', () => {
    const whole = searchCodes('tariff', { q: '蓄电池', limit: 500 }).items
    const seen: CodeItem[] = []
    let after: string | undefined
    do {
      const page = searchCodes('tariff', { q: '蓄电池', limit: 3, ...(after !== undefined && { after }) })
      seen.push(...page.items)
      after = page.next
    } while (after !== undefined)
    expect(seen.length).toBeGreaterThan(5)
    expect(seen).toEqual(whole)
  })

  test('a full last page has no next', () => {
    const { length } = loadCodeList('duty-modes').items
    expect(searchCodes('duty-modes', { limit: length }).next).toBeUndefined()
  })

  test('a cursor of nobody and a limit of nothing are refused', () => {
    expect(() => searchCodes('units', { limit: 5, after: 'nobody' })).toThrow(RangeError)
    expect(() => searchCodes('units', { limit: 0 })).toThrow(RangeError)
  })
})

describe('tariff', () => {
  test('a laptop line says what it costs, needs and is counted in, and that it is a sample', () => {
    expect(tariffLine('8471301000')).toEqual({
      hsCode: '8471301000',
      zh: '平板电脑',
      note: '重量≤10千克,至少由一个中央处理器、键盘和显示器组成',
      supervision: ['A'],
      statutoryUnits: ['001', '035'],
      generalRate: '0.70',
      mfnRate: '0',
      exportRate: '0',
      consumptionRate: '0',
      vatRate: '0.13',
      validity: tariffValidity,
    })
    expect(tariffLine('0000000000')).toBeUndefined()
  })

  test('every line is whole: its units and certificates are in their lists, its rates are decimals', () => {
    const defects = loadCodeList('tariff').items.flatMap(({ code }) => {
      const line = tariffLine(code)
      if (line === undefined || !/^\d{10}$/.test(code)) return [code]
      const { generalRate = '0', mfnRate, exportRate, consumptionRate, vatRate } = line
      const decimals = [generalRate, mfnRate, exportRate, consumptionRate, vatRate].every((r) =>
        /^\d+(\.\d+)?$/.test(r),
      )
      const units = line.statutoryUnits.every((unit) => unit !== undefined && findCode('units', unit) !== undefined)
      const letters = line.supervision.filter((letter) => findCode('certificate-types', letter) === undefined)
      return decimals && units && letters.length === 0 ? [] : [`${code} ${letters.join('')}`]
    })
    expect(defects).toEqual(['2530909940 u', '9705000030 u']) // stalactites: a certificate the list no longer has
  })

  test('every statutory unit can be written in Rec 20, and the way back offers it', () => {
    const units = new Set(loadCodeList('tariff').items.flatMap((row) => tariffLine(row.code)?.statutoryUnits ?? []))
    const lost = [...units].filter(
      (unit) => unit !== undefined && !customsUnitsOf(rec20OfUnit(unit) ?? '').includes(unit),
    )
    expect(lost).toEqual([])
  })

  test('declaration elements stand in order, for every line of the tariff but one', () => {
    expect(declarationElements('8471301000')?.slice(0, 2)).toEqual(['品牌类型', '出口享惠情况'])
    expect(declarationElements('0000000000')).toBeUndefined()
    const rows = loadCodeList('declaration-elements').items
    expect(rows.filter((row) => tariffLine(row.code) === undefined)).toEqual([])
    expect(rows.filter((row) => textsOf(row, 'elements').length === 0)).toHaveLength(10)
    const without = loadCodeList('tariff').items.filter((row) => declarationElements(row.code) === undefined)
    expect(without.map((row) => row.code)).toEqual(['8517611020'])
    expect(searchCodes('declaration-elements', { q: '847130', limit: 5 }).items[0]?.code).toBe('8471301000')
  })
})

describe('concordance', () => {
  test.each([
    ['countries', 'alpha2', /^[A-Z]{2}$/],
    ['packaging', 'rec21', /^[0-9A-Z]{2}$/],
    ['transport-modes', 'rec19', /^[1-8]$/],
  ] as const)('%s and %s are one-to-one', (id, name, shape) => {
    const pairs = column(id, name)
    expect(pairs.length).toBeGreaterThan(0)
    expect(repeated(pairs.map((pair) => pair.value))).toEqual([])
    expect(pairs.filter((pair) => !shape.test(pair.value))).toEqual([])
  })

  test.each([
    ['packaging', 'rec21'],
    ['transport-modes', 'rec19'],
  ] as const)('a wider code of %s belongs to one kind only', (id, name) => {
    const wider = loadCodeList(id).items.flatMap((item) => textsOf(item, `${name}Also`))
    expect(repeated([...column(id, name).map((pair) => pair.value), ...wider])).toEqual([])
  })

  test('all kinds of packaging have a Rec 21 code and come back from it', () => {
    for (const { code } of loadCodeList('packaging').items)
      expect(packagingOfRec21(rec21OfPackaging(code) ?? '')).toBe(code)
    expect(packagingOfRec21('CT')).toBe('22')
    expect(packagingOfRec21('??')).toBeUndefined()
  })

  test('countries go both ways; areas that only customs has do not', () => {
    expect([alpha3Of('CN'), alpha3Of('SG'), alpha2Of('KAZ')]).toEqual(['CHN', 'SGP', 'KZ'])
    expect(countryByAlpha2('SG')).toBe(countryByAlpha3('SGP'))
    const customsOnly = loadCodeList('countries').items.filter((item) => alpha2Of(item.code) === undefined)
    expect(customsOnly.map((item) => item.code).join(' ')).toBe(
      'CAI CEU GAM MAI MEL SOC TUA TUB ZAO ZAS ZEU ZNA ZOC ZSA ZUN ZZZ',
    )
  })

  test('units: measures one by one, counts many to one, those without a counterpart under their national code', () => {
    expect([rec20OfUnit('035'), rec20OfUnit('001'), rec20OfUnit('006')]).toEqual(['KGM', 'C62', 'SET'])
    expect(customsUnitsOf('KGM')).toEqual(['035'])
    expect(customsUnitsOf('C62')).toEqual(expect.arrayContaining(['001', '007', '011']))
    expect(customsUnitsOf('H87')).toEqual(customsUnitsOf('C62'))
    expect(customsUnitsOf('')).toEqual([])
    expect([rec20OfUnit('038'), rec20OfUnit('085'), rec20OfUnit('120')]).toEqual(['CN038', 'CN085', 'CN120'])
    expect([customsUnitsOf('CN120'), customsUnitsOf('CN035'), customsUnitsOf('CN999')]).toEqual([['120'], [], []])
    expect(rec20OfUnit('999')).toBeUndefined()
  })

  test('water is maritime when written, and both maritime and inland when read', () => {
    expect(rec19OfTransportMode('2')).toBe('1')
    expect([transportModeOfRec19('1'), transportModeOfRec19('8')]).toEqual(['2', '2'])
    expect(rec19OfTransportMode('7')).toBeUndefined()
  })

  test('every UN/LOCODE of a port lies in its country, and in the list of locations for China and Singapore', () => {
    const foreign = column('foreign-ports', 'unLocode')
    expect(foreign.filter((p) => p.value.slice(0, 2) !== alpha2Of(p.code.slice(0, 3)))).toEqual([])
    const listed = [...foreign, ...column('domestic-ports', 'unLocode')].filter((p) => /^(CN|SG)/.test(p.value))
    expect(listed.filter((p) => findCode('locations', p.value) === undefined)).toEqual([])
  })

  test('ports come back from their UN/LOCODE, except where several share one', () => {
    const lost = [...column('foreign-ports', 'unLocode')].filter((p) => portOfLocode(p.value) !== p.code)
    expect(lost.map((p) => p.code)).toEqual(['SGP012'])
    const lostAtHome = column('domestic-ports', 'unLocode').filter((p) => domesticPortOfLocode(p.value) !== p.code)
    expect(lostAtHome.map((p) => p.code)).toEqual(['650301'])
  })

  test('the corridor: Chongqing, Yangshan, Alashankou, Singapore, Hamburg', () => {
    expect(['500002', '500601', '311002', '650302', 'SGP000', 'DEU063'].map(locodeOfPort)).toEqual([
      'CNCHQ',
      'CNCKG',
      'CNYSA',
      'CNAKL',
      'SGSIN',
      'DEHAM',
    ])
    expect(portOfLocode('SGSIN')).toBe('SGP000')
  })

  test('a generic port code stands in only where customs has no other for the country', () => {
    expect(portOfLocode('BYMSQ')).toBe('BLR000')
    expect(portOfLocode('KZALA')).toBeUndefined()
    expect(genericPortOf('KZ')).toBe('KAZ000')
    expect(genericPortOf('ZZ')).toBeUndefined()
    expect(locodeOfPort('KAZ000')).toBeUndefined()
  })
})
