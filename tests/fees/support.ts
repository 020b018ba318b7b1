import type { Entry } from '../../schemas/fees/entries.ts'
import type { Price, Rate } from '../../schemas/fees/price.ts'
import type { Shipment } from '../../schemas/fees/shipment.ts'
import { type Catalogue, catalogueOf } from '../../src/fees/catalogue.ts'
import { basis, bySize, evidence, fee, fixed, named, payee, port, rates } from './builders.ts'

export { basis, bySize, fee, fixed, payee, port, rates } from './builders.ts'

/** Credit codes of invented payees, with right check characters; their keys have these as tenants. */
export const terminalFirm = '91500000MA5PAY001U'
export const tallyFirm = '91500000MA5PAY002Y'

const places: readonly Entry[] = [
  port('guoyuan', {
    name: named('Guoyuan Port', '果园港'),
    modes: ['water', 'rail'],
    locations: ['CNCHQ'],
    terminals: ['果园港'],
    entryExitPorts: ['500002'],
  }),
  port('jiangbei', {
    name: named('Jiangbei Airport', '江北国际机场'),
    modes: ['air'],
    locations: ['CNCKG'],
    terminals: ['江北机场'],
    entryExitPorts: ['500601'],
  }),
  payee('guoyuan-terminal', { name: named('Guoyuan Terminal', '果园码头'), creditCode: terminalFirm }),
  payee('qingtian-tally', { name: named('Qingtian Tally', '青田理货'), type: 'tally', creditCode: tallyFirm }),
  payee('ansteel-fumigation', { name: named('Anjie Fumigation', '安洁熏蒸'), type: 'fumigation' }),
  payee('broker-east', { name: named('East Brokers', '东方报关'), type: 'customs-agent' }),
  payee('broker-west', { name: named('West Brokers', '西方报关'), type: 'customs-agent' }),
  payee('longriver-line', { name: named('Long River Line', '长河航运'), type: 'carrier' }),
  payee('harbour-pilots', { name: named('Harbour Pilots', '港湾引航'), type: 'pilotage' }),
  payee('jiangbei-cargo', { name: named('Jiangbei Cargo', '江北货站'), type: 'air-cargo', ports: ['jiangbei'] }),
  basis('1', {
    regulates: [
      {
        kind: 'cargo-dues',
        how: 'set',
        when: { trades: ['foreign'] },
        rates: [
          { form: 'fixed', when: { sizes: ['20'], directions: ['import'] }, per: ['container'], amount: '34' },
          { form: 'fixed', when: { sizes: ['40', '45'], directions: ['import'] }, per: ['container'], amount: '68' },
          { form: 'fixed', when: { sizes: ['20'], directions: ['export'] }, per: ['container'], amount: '17' },
          { form: 'fixed', when: { sizes: ['40', '45'], directions: ['export'] }, per: ['container'], amount: '34' },
        ],
        validFrom: '2026-01-01',
      },
      {
        kind: 'port-security',
        how: 'ceiling',
        rates: [
          { form: 'fixed', when: { sizes: ['20'] }, per: ['container'], amount: '8' },
          { form: 'fixed', when: { sizes: ['40', '45'] }, per: ['container'], amount: '12' },
        ],
        validFrom: '2026-01-01',
      },
    ],
  }),
  basis('2', { cancels: [{ kind: 'port-construction', from: '2021-01-01' }], validFrom: '2021-01-01' }),
]

const days = (twenty: readonly string[], forty: readonly string[], highCube: readonly string[]): Price => {
  const ends = ['7', '14', '21']
  const sliced = (when: Rate['when'], amounts: readonly string[]): Rate => ({
    form: 'slices',
    when,
    per: ['container', 'detention-day'],
    of: 'detention-day',
    steps: amounts.map((amount, at) => ({ ...(ends[at] === undefined ? {} : { upTo: ends[at] }), amount })),
  })
  return rates(
    sliced({ sizes: ['20'] }, twenty),
    sliced({ sizes: ['40', '45'], heights: ['standard'] }, forty),
    sliced({ sizes: ['40', '45'], heights: ['high-cube'] }, highCube),
  )
}

const government: readonly Entry[] = [
  fee('guoyuan-cargo-dues', {
    kind: 'cargo-dues',
    name: named('Cargo dues', '货物港务费'),
    nature: 'government-set',
    basis: [{ id: '1', article: '第三条' }],
    applies: { trades: ['foreign'], cargoes: ['container'] },
    price: rates(
      { form: 'fixed', when: { sizes: ['20'], directions: ['import'] }, per: ['container'], amount: '34' },
      { form: 'fixed', when: { sizes: ['40', '45'], directions: ['import'] }, per: ['container'], amount: '68' },
      { form: 'fixed', when: { sizes: ['20'], directions: ['export'] }, per: ['container'], amount: '17' },
      { form: 'fixed', when: { sizes: ['40', '45'], directions: ['export'] }, per: ['container'], amount: '34' },
    ),
    exemptions: [{ text: named('Empty containers', '空箱'), when: { states: ['empty'] } }],
  }),
  fee('guoyuan-security', {
    kind: 'port-security',
    name: named('Port facility security', '港口设施保安费'),
    nature: 'government-guided',
    basis: [{ id: '1' }],
    price: bySize('8', '12'),
  }),
  fee('guoyuan-pilotage', {
    kind: 'pilotage',
    name: named('Pilotage', '引航费'),
    payee: 'harbour-pilots',
    nature: 'government-guided',
    payers: ['vessel'],
    price: rates({
      form: 'bands',
      per: ['net-tonne', 'pilotage-kilometre'],
      of: 'net-tonne',
      steps: [{ upTo: '1000', amount: '0.045' }, { upTo: '3000', amount: '0.038' }, { amount: '0.03' }],
    }),
  }),
]

const market: readonly Entry[] = [
  fee('guoyuan-lump-sum', {
    kind: 'handling-lump-sum',
    name: named('Cargo handling, lump sum', '港口作业包干费'),
    aliases: ['包干费'],
    applies: { cargoes: ['container'] },
    price: bySize('480', '720'),
    includes: ['loading-unloading', 'weighing'],
  }),
  fee('guoyuan-weighing', { name: named('Weighing', '过磅费') }),
  fee('guoyuan-detention', {
    kind: 'detention',
    name: named('Container detention', '滞箱费'),
    payee: 'longriver-line',
    price: days(['0', '85', '170', '340'], ['0', '170', '340', '680'], ['0', '190', '380', '760']),
  }),
  fee('guoyuan-tally', {
    kind: 'tally',
    name: named('Container tally', '理箱费'),
    payee: 'qingtian-tally',
    price: rates(
      ...(
        [
          ['foreign', '14', '28'],
          ['domestic', '10', '20'],
          ['transhipment', '7', '14'],
        ] as const
      ).flatMap(([trade, twenty, forty]): Rate[] => [
        { form: 'fixed', when: { trades: [trade], sizes: ['20'] }, per: ['container'], amount: twenty },
        { form: 'fixed', when: { trades: [trade], sizes: ['40', '45'] }, per: ['container'], amount: forty },
      ]),
    ),
  }),
  fee('guoyuan-cargo-tally', {
    kind: 'cargo-tally',
    name: named('General cargo tally', '件杂货理货费'),
    payee: 'qingtian-tally',
    applies: { cargoes: ['general'] },
    price: fixed('2', { largerOf: ['tonne', 'cubic-metre'] }),
  }),
  fee('guoyuan-fumigation', {
    kind: 'fumigation',
    name: named('Fumigation', '熏蒸费'),
    payee: 'ansteel-fumigation',
    arises: { when: 'on-request' },
    price: bySize('180', '360'),
  }),
  fee('east-declaration', {
    kind: 'customs-declaration',
    name: named('Declaration service', '报关服务费'),
    payee: 'broker-east',
    price: rates(
      { form: 'fixed', when: { directions: ['export'] }, per: ['bill'], amount: '190' },
      { form: 'fixed', when: { directions: ['import'] }, per: ['bill'], amount: '200' },
    ),
  }),
  fee('west-declaration', {
    kind: 'customs-declaration',
    name: named('Declaration service', '报关服务费'),
    payee: 'broker-west',
    price: rates({ form: 'range', per: ['bill'], least: '150', most: '260' }),
  }),
  fee('guoyuan-inspection', {
    kind: 'inspection-handling',
    name: named('Handling for inspection', '查验作业费'),
    arises: { when: 'on-event', event: 'inspection' },
    price: bySize('400', '600'),
    exemptions: [
      { text: named('Nothing was found: the state pays', '查验无问题的由财政承担'), event: 'inspection-clean' },
    ],
  }),
  fee('guoyuan-lashing', {
    kind: 'lashing',
    name: named('Lashing', '捆绑加固费'),
    arises: { when: 'on-request' },
    price: {
      kind: 'agreement',
      currency: 'CNY',
      disclosure: named('Quoted in writing before the work', '作业前书面报价'),
    },
  }),
  fee('line-terminal-handling', {
    kind: 'terminal-handling',
    name: named('Terminal handling charge', '码头操作费'),
    payee: 'longriver-line',
    price: { kind: 'pass-through', currency: 'CNY', of: named('the seaport’s charge', '进出境口岸码头的收费') },
  }),
  fee('jiangbei-handling', {
    kind: 'air-handling',
    name: named('Air cargo handling', '航空货站操作费'),
    payee: 'jiangbei-cargo',
    port: 'jiangbei',
    price: rates({ form: 'fixed', per: ['chargeable-kilogram'], amount: '0.35', minimum: '50' }),
  }),
]

const others: readonly Entry[] = [
  {
    type: 'basket',
    id: 'export-20',
    content: {
      name: named('One 20-foot container, export', '出口20尺重箱一个'),
      shipment: {
        port: 'guoyuan',
        direction: 'export',
        trade: 'foreign',
        containers: [
          { count: 1, size: '20', height: 'standard', state: 'laden', temperature: 'ambient', hazard: 'ordinary' },
        ],
        bills: 1,
      },
      evidence,
    },
  },
  {
    type: 'peer',
    id: 'other-port-tally',
    content: {
      port: named('Another port', '他港'),
      kind: 'tally',
      when: { trades: ['foreign'], sizes: ['20'] },
      per: ['container'],
      least: '12',
      most: '13',
      seenOn: '2026-03-01',
      evidence,
    },
  },
  {
    type: 'rule',
    id: 'comparison',
    content: {
      rule: 'comparison',
      name: named('Against other ports', '与他港比较'),
      thresholds: { comparisonsAtLeast: '1', watchRatio: '1.2', highRatio: '1.5', highPercentile: '75' },
      source: named('invented', '虚构'),
      validFrom: '2026-01-01',
      evidence,
    },
  },
]

/** A small catalogue, invented: two ports, eight payees, every shape of a price. */
export const someEntries = (): Entry[] => structuredClone([...places, ...government, ...market, ...others])

/** Entries as an edition in memory that holds from the beginning of 2026. */
export const someCatalogue = (entries: readonly Entry[] = someEntries(), number = 1): Catalogue =>
  catalogueOf({ number, title: `Edition ${number}`, validFrom: '2026-01-01', digest: `digest-${number}` }, entries)

/** Two 40-foot containers and one of 20 feet, for export from Guoyuan: all that its fees ask for is known. */
export const someShipment = (changes: Partial<Shipment> = {}): Shipment => ({
  port: 'guoyuan',
  direction: 'export',
  trade: 'foreign',
  containers: [
    { count: 2, size: '40', height: 'high-cube', state: 'laden', detentionDays: 10 },
    { count: 1, size: '20', height: 'standard', state: 'laden', detentionDays: 3 },
  ],
  bills: 1,
  ...changes,
})
