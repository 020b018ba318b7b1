import { expect, test } from 'vitest'
import { type Price, price, type Rate } from '../../schemas/fees/price.ts'
import { priceInWords, unitInWords } from '../../src/fees/wording.ts'
import { bySize, fixed, rates } from './support.ts'

const container = (amount: string, when: Rate['when']): Rate => ({ form: 'fixed', when, per: ['container'], amount })
const said = { en: 'as the seaport charges', zh: '进出境港口收费' }

/** Shapes of a published list: 收费标准, 计价单位, and both in English. */
const shapes: readonly (readonly [string, Price, string, string, string, string])[] = [
  ['by size', bySizes('180', '360'), '20尺 180；40尺 360', '元/箱', "20' 180; 40' 360", 'yuan per container'],
  [
    'by size, and another unit for what is in no container',
    rates(container('180', { sizes: ['20'] }), container('360', { sizes: ['40'] }), {
      form: 'fixed',
      when: { cargoes: ['general'] },
      per: ['cubic-metre'],
      amount: '10.8',
    }),
    '20尺 180、40尺 360；件杂货 10.8元/立方米',
    '元/箱；元/立方米',
    "20' 180, 40' 360; general cargo 10.8 yuan per cubic metre",
    'yuan per container; yuan per cubic metre',
  ],
  [
    'by trade and size',
    rates(
      container('14', { trades: ['foreign'], sizes: ['20'] }),
      container('28', { trades: ['foreign'], sizes: ['40'] }),
      container('10', { trades: ['domestic'], sizes: ['20'] }),
      container('20', { trades: ['domestic'], sizes: ['40'] }),
      container('7', { trades: ['transhipment'], sizes: ['20'] }),
      container('14', { trades: ['transhipment'], sizes: ['40'] }),
    ),
    '外贸：20尺 14、40尺 28；内贸：20尺 10、40尺 20；中转：20尺 7、40尺 14',
    '元/箱',
    "foreign trade: 20' 14, 40' 28; domestic trade: 20' 10, 40' 20; transhipment: 20' 7, 40' 14",
    'yuan per container',
  ],
  [
    'by trade, place and size',
    rates(
      container('38', { trades: ['foreign'], places: ['on-site'], sizes: ['20'] }),
      container('76', { trades: ['foreign'], places: ['on-site'], sizes: ['40'] }),
      container('28', { trades: ['foreign'], places: ['direct'], sizes: ['20'] }),
      container('56', { trades: ['foreign'], places: ['direct'], sizes: ['40'] }),
      container('28', { trades: ['domestic'], sizes: ['20'] }),
      container('56', { trades: ['domestic'], sizes: ['40'] }),
    ),
    '外贸现场：20尺 38、40尺 76；外贸直场：20尺 28、40尺 56；内贸：20尺 28、40尺 56',
    '元/箱',
    "foreign trade, on site: 20' 38, 40' 76; foreign trade, direct: 20' 28, 40' 56; domestic trade: 20' 28, 40' 56",
    'yuan per container',
  ],
  ['one amount', fixed('5', 'seal'), '5', '元/枚', '5', 'yuan per seal'],
  [
    'the larger of two',
    fixed('2', { largerOf: ['tonne', 'cubic-metre'] }),
    '2',
    '元/吨（或立方米，择大）',
    '2',
    'yuan per tonne (or cubic metre, whichever is larger)',
  ],
  [
    'export and import',
    rates(
      { form: 'fixed', when: { directions: ['export'] }, per: ['bill'], amount: '190' },
      { form: 'fixed', when: { directions: ['import'] }, per: ['bill'], amount: '200' },
    ),
    '出口 190；进口 200',
    '元/票',
    'export 190; import 200',
    'yuan per transport document',
  ],
  [
    'a range',
    rates({ form: 'range', per: ['bill'], least: '50', most: '90' }),
    '50–90',
    '元/票',
    '50–90',
    'yuan per transport document',
  ],
  [
    'free days and steps, by size',
    rates(
      detention({ sizes: ['20'] }, '0', '85', '170', '340'),
      detention({ sizes: ['40'] }, '0', '170', '340', '680'),
    ),
    '第1-7天免费；第8-14天 20尺85、40尺170；第15-21天 20尺170、40尺340；第22天起 20尺340、40尺680',
    '元/箱·天',
    "days 1–7 free; days 8–14: 20' 85, 40' 170; days 15–21: 20' 170, 40' 340; from day 22: 20' 340, 40' 680",
    'yuan per container per day the container is out',
  ],
  [
    'free days of one price',
    rates({
      form: 'slices',
      per: ['storage-day'],
      of: 'storage-day',
      steps: [{ upTo: '1', amount: '0' }, { amount: '5' }],
    }),
    '第1天免费；第2天起 5',
    '元/箱·天',
    'day 1 free; from day 2 5',
    'yuan per container per day in store',
  ],
  [
    'free days that differ',
    rates(
      {
        form: 'slices',
        when: { sizes: ['20'] },
        per: ['storage-day'],
        of: 'storage-day',
        steps: [{ upTo: '7', amount: '0' }, { amount: '5' }],
      },
      {
        form: 'slices',
        when: { sizes: ['40'] },
        per: ['storage-day'],
        of: 'storage-day',
        steps: [{ upTo: '4', amount: '0' }, { amount: '10' }],
      },
    ),
    '20尺：第1-7天免费，第8天起 5；40尺：第1-4天免费，第5天起 10',
    '元/箱·天',
    "20': days 1–7 free, from day 8 5; 40': days 1–4 free, from day 5 10",
    'yuan per container per day in store',
  ],
  [
    'bands of net tonnage by kilometre, on two waters',
    rates(pilotage(['yangtze'], '0.045', '0.03'), pilotage(['jialing'], '0.06', '0.04')),
    '长江：1000净吨及以下 0.045，1000净吨以上 0.03；嘉陵江：1000净吨及以下 0.06，1000净吨以上 0.04',
    '元/净吨·千米',
    'Yangtze: up to 1000 net tons of the vessel 0.045, over 1000 net tons of the vessel 0.03; Jialing: up to 1000 net tons of the vessel 0.06, over 1000 net tons of the vessel 0.04',
    'yuan per net ton of the vessel per kilometre of pilotage',
  ],
  [
    'bands of the vessel’s length',
    rates({
      form: 'bands',
      per: ['tug-call'],
      of: 'vessel-metre',
      steps: [{ upTo: '80', amount: '3000' }, { upTo: '120', amount: '4200' }, { amount: '5000' }],
    }),
    '船长80米及以下 3000；船长80至120米 4200；船长120米以上 5000',
    '元/拖轮艘次',
    'up to 80 metres of the vessel’s length 3000; over 80 up to 120 metres of the vessel’s length 4200; over 120 metres of the vessel’s length 5000',
    'yuan per call of a tug',
  ],
  [
    'parts of a weight',
    rates({ form: 'slices', per: ['tonne'], of: 'tonne', steps: [{ upTo: '10', amount: '2' }, { amount: '1.5' }] }),
    '10吨及以下部分 2；10吨以上部分 1.5',
    '元/吨',
    'the part up to 10 tonnes 2; the part over 10 tonnes 1.5',
    'yuan per tonne',
  ],
  [
    'a least and a most',
    rates({ form: 'fixed', per: ['chargeable-kilogram'], amount: '0.35', minimum: '50', maximum: '900' }),
    '0.35（最低50，最高900）',
    '元/计费千克',
    '0.35 (at least 50, at most 900)',
    'yuan per chargeable kilogram',
  ],
  [
    'free for some',
    rates(container('68', { sizes: ['40'], states: ['laden'] }), container('0', { sizes: ['40'], states: ['empty'] })),
    '40尺重箱 68；40尺空箱 免费',
    '元/箱',
    "40' laden 68; 40' empty free",
    'yuan per container',
  ],
  [
    'several sizes at one price',
    bySize('8', '12'),
    '20尺 8；40尺/45尺 12',
    '元/箱',
    "20' 8; 40'/45' 12",
    'yuan per container',
  ],
  [
    'handed on',
    { kind: 'pass-through', currency: 'CNY', of: said },
    '按实代收，不加价：进出境港口收费',
    '按实',
    'Handed on as charged, without mark-up: as the seaport charges',
    'as charged',
  ],
  [
    'by agreement',
    { kind: 'agreement', currency: 'CNY', disclosure: { en: 'quoted before the work', zh: '作业前书面报价' } },
    '协议定价：作业前书面报价',
    '协议',
    'By agreement: quoted before the work',
    'as agreed',
  ],
  [
    'by agreement, from a reference',
    {
      kind: 'agreement',
      currency: 'CNY',
      disclosure: { en: 'quoted before the work', zh: '作业前书面报价' },
      reference: [container('400', { sizes: ['20'] })],
    },
    '协议定价：作业前书面报价（参考：20尺 400，元/箱）',
    '协议',
    "By agreement: quoted before the work (for reference: 20' 400 yuan per container)",
    'as agreed',
  ],
]

test.each(shapes)('%s', (_, given, standard, unit, standardEn, unitEn) => {
  price.parse(given)
  expect(priceInWords(given)).toEqual({ zh: standard, en: standardEn })
  expect(unitInWords(given)).toEqual({ zh: unit, en: unitEn })
})

function bySizes(twenty: string, forty: string): Price {
  return rates(container(twenty, { sizes: ['20'] }), container(forty, { sizes: ['40'] }))
}

function detention(when: Rate['when'], ...amounts: readonly string[]): Rate {
  const ends = ['7', '14', '21']
  return {
    form: 'slices',
    when,
    per: ['container', 'detention-day'],
    of: 'detention-day',
    steps: amounts.map((amount, at) => ({ amount, ...(ends[at] === undefined ? {} : { upTo: ends[at] }) })),
  }
}

function pilotage(waters: ('yangtze' | 'jialing')[], small: string, large: string): Rate {
  return {
    form: 'bands',
    when: { waters },
    per: ['net-tonne', 'pilotage-kilometre'],
    of: 'net-tonne',
    steps: [{ upTo: '1000', amount: small }, { amount: large }],
  }
}
