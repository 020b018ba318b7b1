import { describe, expect, test } from 'vitest'
import { loadCodeList } from '../../schemas/codes/index.ts'
import type { Factor } from '../../schemas/fees/price.ts'
import { hintsOf } from '../../src/fees/bills/hints.ts'
import { bigramsOf, formsOf, likeness, plainFirm, plainName, shortFormsOf } from '../../src/fees/bills/names.ts'
import { unitFits, unitOf } from '../../src/fees/bills/units.ts'

describe('a name is the same however it is printed', () => {
  test.each([
    ['港口作业包干费', '港口作业包干'],
    ['港口作业包干费用', '港口作业包干'],
    ['港口 作业·包干费', '港口作业包干'],
    ['港口作業包乾費', '港口作业包干'],
    ['ＴＨＣ', 'thc'],
    ['THC Charge', 'thc'],
    ['Seal fees', 'seal'],
    ['二十尺理箱费', '20尺理箱'],
    ['肆拾尺理箱费', '40尺理箱'],
    ['四十五尺', '45尺'],
    ['２０尺理箱費', '20尺理箱'],
    ['', ''],
    ['费', ''],
  ])('%s', (printed, plain) => {
    expect(plainName(printed)).toBe(plain)
  })

  test('what stands in brackets may be left out, in whatever brackets', () => {
    for (const printed of ["港口作业包干费（40'）", '港口作业包干费(重箱)', '港口作业包干费【出口】'])
      expect(formsOf(printed)).toContain('港口作业包干')
    expect(formsOf('报关服务费（出口）')[0]).toBe('报关服务出口')
  })

  test('a list’s name is known by its short form and by the letters in its brackets', () => {
    expect(shortFormsOf('港口建设费')).toEqual(['港建'])
    expect(shortFormsOf('码头操作费（THC）')).toEqual(['thc', '码操'])
    expect(shortFormsOf('Weighing')).toEqual([])
  })

  test('no two kinds of fees have the same name', () => {
    const names = loadCodeList('fee-kinds').items.flatMap(({ zh = '', en = '' }) => [plainName(zh), plainName(en)])
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    expect(names).not.toContain('')
  })

  test('firms are not told apart by width and brackets, but by their words', () => {
    expect(plainFirm('重庆果园港（集团） 有限公司')).toBe(plainFirm('重庆果园港(集团)有限公司'))
    expect(plainFirm('费氏物流')).not.toBe(plainFirm('氏物流'))
  })
})

describe('likeness', () => {
  const like = (one: string, other: string) => {
    const [a, b] = [bigramsOf(plainName(one)), bigramsOf(plainName(other))]
    return likeness(a.intersection(b).size, a.size, b.size)
  }
  test.each([
    ['港口作业包干费', '港口作业包干费', 1],
    ['港口作业包干', '港口包干作业', 0.6],
    ['检验检疫费', '出入境检验检疫费', 0.67],
    ['理货费', '理货单证费', 0.5],
    ['过磅费', '熏蒸费', 0],
    ['费', '费', 0],
  ])('%s and %s: %d', (one, other, score) => {
    expect(like(one, other)).toBe(score)
    expect(like(other, one)).toBe(score)
  })
})

describe('containers a line speaks of', () => {
  test.each([
    ["包干费 40'HQ", { sizes: '40', heights: 'high-cube' }],
    ['包干费（20尺重箱）', { sizes: '20', states: 'laden' }],
    ['20GP 1个, 40GP 2个', {}],
    ['二十尺柜', { sizes: '20' }],
    ['四十五尺箱', { sizes: '45' }],
    ["2 × 40' high cube laden", { sizes: '40', heights: 'high-cube', states: 'laden' }],
    ['2个40尺高箱重箱', { sizes: '40', heights: 'high-cube', states: 'laden' }],
    ['空柜', { states: 'empty' }],
    ["40'RH 冷藏", { sizes: '40', heights: 'high-cube', temperatures: 'reefer' }],
    ['危险品附加', { hazards: 'dangerous' }],
    ['2026年20日', {}],
    ['单价120元', {}],
    ['140尺', {}],
  ])('%s', (printed, hints) => {
    expect(hintsOf(printed)).toEqual(hints)
  })
})

describe('units', () => {
  test.each([
    ['元/箱', ['container'], 'whole'],
    ['柜', ['container'], 'whole'],
    ["元/20'柜", ['container'], 'whole'],
    ['元/票', ['container'], 'other'],
    ['票', ['bill'], 'whole'],
    ['元/箱·天', ['container', 'storage-day'], 'whole'],
    ['元/箱', ['container', 'storage-day'], 'part'],
    ['天', ['container', 'detention-day'], 'part'],
    ['元/吨', [{ largerOf: ['tonne', 'cubic-metre'] }], 'whole'],
    ['元/立方米', [{ largerOf: ['tonne', 'cubic-metre'] }], 'whole'],
    ['kgs', ['chargeable-kilogram'], 'whole'],
    ['元/吨', ['chargeable-kilogram'], 'other'],
    ['containers', ['container'], 'whole'],
    ['每票', ['bill'], 'whole'],
    ['票', ['declaration'], 'whole'],
    ['个', ['seal'], 'whole'],
    ['个', ['container'], 'whole'],
    ['吨', ['bill'], 'other'],
    ['元/箱·天', ['container'], 'other'],
  ] satisfies [string, Factor[], string][])('%s against %j: %s', (printed, per, fit) => {
    const unit = unitOf(printed)
    expect(unit && unitFits(unit, per)).toBe(fit)
  })

  test.each(['次', '项', '元', '', '元/次·箱'])('“%s” says nothing', (printed) => {
    expect(unitOf(printed)).toBeUndefined()
  })
})
