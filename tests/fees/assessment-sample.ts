import type { Thresholds } from '../../schemas/fees/assessment.ts'
import type { Verdict } from '../../schemas/fees/bill.ts'
import type { Conditions } from '../../schemas/fees/conditions.ts'
import type { Entry, Fee } from '../../schemas/fees/entries.ts'
import { assess } from '../../src/fees/assessment/assess.ts'
import type { AssessmentInputs, ComplaintSum, JudgedSum } from '../../src/fees/assessment/inputs.ts'
import { canonicalJson, sha256Hex } from '../../src/fees/canonical.ts'
import { type Catalogue, catalogueOf } from '../../src/fees/catalogue.ts'
import { basis, fee, fixed, payee, port, rates } from './support.ts'

/** Whatever stands in this file was invented: three ports, worked out by hand in the tests beside it. */
const evidence = { kind: 'synthetic', text: 'invented for tests' } as const
const named = (en: string, zh = en) => ({ en, zh })

/** Credit code of the terminal at Guoyuan: its keys have it as their tenant. */
export const guoyuanFirm = '91500000MA5PAY001U'
/** Credit code of the terminal at Cuntan. */
export const cuntanFirm = '91500000MA5PAY002Y'

/** The thresholds every test has in mind. */
export const thresholds = {
  legality: {},
  ceiling: {},
  charged: {
    linesAtLeast: '5',
    watchSharePercent: '2',
    violationSharePercent: '10',
    violationOverYuan: '2000',
    outsideViolationLines: '3',
    watchComplaints: '3',
  },
  comparison: { comparisonsAtLeast: '3', watchRatio: '1.2', highRatio: '1.5', highPercentile: '75' },
  double: { violationLines: '2' },
  'mark-up': { violationYuan: '100', watchUnvouchedLines: '2' },
  movement: { watchPercent: '10' },
  'compliance-cost': {
    watchRisePercent: '5',
    highRisePercent: '15',
    mostYuanTwenty: '1000',
    mostYuanForty: '1800',
  },
} as const satisfies { readonly [R in keyof typeof ruleNumbers]: Thresholds<R> }
const ruleNumbers = {
  legality: 1,
  ceiling: 2,
  charged: 3,
  comparison: 4,
  double: 5,
  'mark-up': 6,
  movement: 7,
  'compliance-cost': 8,
} as const
export type RuleName = keyof typeof ruleNumbers

type RuleEntry = Extract<Entry, { type: 'rule' }>
export const rule = (name: RuleName, changes: Partial<RuleEntry['content']> = {}): RuleEntry => ({
  type: 'rule',
  id: `rule-${name}`,
  content: {
    rule: name,
    name: named(`Rule ${ruleNumbers[name]}`, `规则${ruleNumbers[name]}`),
    thresholds: thresholds[name],
    source: named(`source of ${name}`, `${name}的来源`),
    validFrom: '2026-01-01',
    evidence,
    ...changes,
  },
})

const at =
  (place: 'guoyuan' | 'cuntan' | 'luohuang') =>
  (id: string, kind: string, amount: string, changes: Partial<Fee> = {}) =>
    fee(`${place}-${id}`, {
      kind,
      name: named(`${id} at ${place}`, `${place}${id}`),
      port: place,
      payee: `${place}-terminal`,
      price: fixed(amount, 'container'),
      ...changes,
    })
const [guoyuan, cuntan, luohuang] = [at('guoyuan'), at('cuntan'), at('luohuang')]
const onRequest = { arises: { when: 'on-request' } } as const

const seen = (id: string, kind: string, most: string, when?: Conditions): Entry => ({
  type: 'peer',
  id,
  content: {
    port: named(id),
    kind,
    ...(when === undefined ? {} : { when }),
    per: ['container'],
    least: most,
    most,
    seenOn: '2026-03-01',
    evidence,
  },
})

const basket = (id: string, place: string, size: '20' | '40'): Entry => ({
  type: 'basket',
  id,
  content: {
    name: named(`One ${size}' at ${place}`, `${place}${size}尺`),
    shipment: {
      port: place,
      direction: 'export',
      trade: 'foreign',
      containers: [{ count: 1, size, height: 'standard', state: 'laden' }],
    },
    evidence,
  },
})

const places: readonly Entry[] = [
  port('guoyuan', { name: named('Guoyuan', '果园港') }),
  port('cuntan', { name: named('Cuntan', '寸滩港') }),
  port('luohuang', { name: named('Luohuang', '珞璜港') }),
  payee('guoyuan-terminal', { name: named('Guoyuan Terminal', '果园码头'), creditCode: guoyuanFirm }),
  payee('cuntan-terminal', { name: named('Cuntan Terminal', '寸滩码头'), ports: ['cuntan'], creditCode: cuntanFirm }),
  payee('luohuang-terminal', { name: named('Luohuang Terminal', '珞璜码头'), ports: ['luohuang'] }),
  basis('dues', {
    number: '试价〔2026〕1号',
    regulates: [
      {
        kind: 'cargo-dues',
        how: 'set',
        rates: [{ form: 'fixed', per: ['container'], amount: '34' }],
        validFrom: '2026-01-01',
      },
      {
        kind: 'port-security',
        how: 'ceiling',
        rates: [{ form: 'fixed', per: ['container'], amount: '8' }],
        validFrom: '2026-01-01',
      },
    ],
  }),
  basis('cancelling', {
    number: '试废〔2021〕2号',
    validFrom: '2021-01-01',
    cancels: [{ kind: 'port-construction', from: '2021-01-01' }],
  }),
  basis('ended', { validFrom: '2020-01-01', validTo: '2026-06-30' }),
]

/** The list as it is on the last day of the period. */
export const listNow = (): Entry[] => [
  ...places,
  // The set price; not the set price; above the ceiling; counted otherwise than the ceiling.
  guoyuan('dues', 'cargo-dues', '34', { nature: 'government-set', basis: [{ id: 'dues' }] }),
  cuntan('dues', 'cargo-dues', '36', { nature: 'government-set', basis: [{ id: 'dues' }] }),
  luohuang('security', 'port-security', '10', { nature: 'government-guided', basis: [{ id: 'dues' }] }),
  guoyuan('security', 'port-security', '8', {
    nature: 'government-guided',
    basis: [{ id: 'dues' }],
    price: fixed('8', 'bill'),
    ...onRequest,
  }),
  // Cancelled; without a basis that holds; with one that does not beside one that does.
  cuntan('construction', 'port-construction', '64', { nature: 'fund', basis: [{ id: 'dues' }] }),
  luohuang('inspection', 'inspection-quarantine', '20', { nature: 'administrative' }),
  guoyuan('storage', 'yard', '5', {
    nature: 'government-guided',
    basis: [{ id: 'dues' }, { id: 'ended' }],
    ...onRequest,
  }),
  // Weighing: 100 against 60, 50, 62 and 58. Tally: 70 against 50, 52, 54. Seals: 16 against 10, 10, 30. Lashing: against 40 alone.
  guoyuan('weighing', 'weighing', '100', onRequest),
  cuntan('weighing', 'weighing', '60'),
  luohuang('weighing', 'weighing', '50'),
  seen('seen-weighing-one', 'weighing', '62'),
  seen('seen-weighing-two', 'weighing', '58', { cargoes: ['container'] }),
  guoyuan('tally', 'tally', '70', onRequest),
  cuntan('tally', 'tally', '50'),
  seen('seen-tally-one', 'tally', '52'),
  seen('seen-tally-two', 'tally', '54'),
  guoyuan('seal', 'seal', '16', onRequest),
  seen('seen-seal-one', 'seal', '10'),
  seen('seen-seal-two', 'seal', '10'),
  seen('seen-seal-three', 'seal', '30'),
  guoyuan('lashing', 'lashing', '45', onRequest),
  cuntan('lashing', 'lashing', '40', onRequest),
  // The lump sum covers loading, listed beside it, and stuffing, which must be asked for.
  guoyuan('lump', 'handling-lump-sum', '0', {
    price: rates(
      { form: 'fixed', when: { sizes: ['20'] }, per: ['container'], amount: '900' },
      { form: 'fixed', when: { sizes: ['40', '45'] }, per: ['container'], amount: '1900' },
    ),
    includes: ['loading-unloading', 'stuffing'],
  }),
  guoyuan('loading', 'loading-unloading', '300'),
  guoyuan('stuffing', 'stuffing', '200', onRequest),
  guoyuan('handed-on', 'terminal-handling', '0', {
    price: { kind: 'pass-through', currency: 'CNY', of: named('the seaport’s charge', '海港收费') },
    ...onRequest,
  }),
  basket('guoyuan-20', 'guoyuan', '20'),
  basket('guoyuan-40', 'guoyuan', '40'),
  basket('cuntan-20', 'cuntan', '20'),
  basket('luohuang-20', 'luohuang', '20'),
  ...(Object.keys(ruleNumbers) as RuleName[]).map((name) => rule(name)),
]

/** The list of the round before. */
export const listBefore = (): Entry[] => [
  ...listNow().filter(({ id }) => !['guoyuan-stuffing', ...risen.map((one) => one.id)].includes(id)),
  ...risen,
]
const risen: readonly Extract<Entry, { type: 'fee' }>[] = [
  // 50 to 60: 20 % up. 48 to 50: 4.17 %. 40 to 50: 25 %. From nothing to 16. 50 to 45: 10 % down. By container and day, now by container.
  cuntan('weighing', 'weighing', '50'),
  luohuang('weighing', 'weighing', '48'),
  cuntan('tally', 'tally', '40'),
  guoyuan('seal', 'seal', '0', onRequest),
  guoyuan('lashing', 'lashing', '50', onRequest),
  guoyuan('storage', 'yard', '5', {
    nature: 'government-guided',
    basis: [{ id: 'dues' }, { id: 'ended' }],
    price: fixed('5', 'container', 'storage-day'),
    ...onRequest,
  }),
  luohuang('security', 'port-security', '8', { nature: 'government-guided', basis: [{ id: 'dues' }] }),
  luohuang('inspection', 'inspection-quarantine', '2', { nature: 'administrative' }),
  guoyuan('gone', 'container-cleaning', '30', onRequest),
]

/** So many lines of a fee that were judged alike. */
export const judged = (
  subject: string | undefined,
  verdict: Verdict,
  lines: number,
  charged: string,
  over = '0.00',
): JudgedSum => {
  const about = listNow().find(({ id }) => id === subject)
  const place = subject?.split('-')[0] ?? 'guoyuan'
  return {
    port: place,
    payee: subject === undefined ? undefined : `${place}-terminal`,
    fee: about?.type === 'fee' ? subject : undefined,
    kind: about?.type === 'fee' ? about.content.kind : undefined,
    verdict,
    lines,
    charged,
    over,
  }
}

export const complaints = (
  place: 'guoyuan' | 'cuntan',
  status: string,
  count: number,
  amount: string,
): ComplaintSum => ({
  port: place,
  payee: `${place}-terminal`,
  status,
  complaints: count,
  amount,
})

/** Entries as an edition in memory, with a digest of them as editions have, whatever order they come in. */
const editionOf = (number: number, validFrom: string, entries: readonly Entry[]): Catalogue => {
  const digest = sha256Hex(
    entries
      .map((entry) => canonicalJson(entry))
      .sort()
      .join('\n'),
  )
  return catalogueOf({ number, title: `Edition ${number}`, validFrom, digest }, entries)
}

/** What a round is computed from; without bills unless a test brings some. */
export const inputsOf = (changes: {
  readonly now?: readonly Entry[]
  readonly before?: readonly Entry[] | undefined
  readonly lines?: readonly JudgedSum[]
  readonly complaints?: readonly ComplaintSum[]
}): AssessmentInputs => ({
  period: { from: '2026-07-01', to: '2026-09-30' },
  catalogue: editionOf(2, '2026-07-01', changes.now ?? listNow()),
  previous:
    'before' in changes && changes.before === undefined
      ? undefined
      : { to: '2026-06-30', catalogue: editionOf(1, '2026-01-01', changes.before ?? listBefore()) },
  lines: changes.lines ?? [],
  complaints: changes.complaints ?? [],
})

/** What one rule found, as lines a person can compare: what it is about, the level, the figures. */
export function foundBy(name: RuleName, inputs: AssessmentInputs): string[] {
  return assess(inputs)
    .findings.filter((finding) => finding.rule === name)
    .map(({ port: where, payee: who, fee: what, level, figures }) =>
      [what ?? who ?? where, level, ...figures.map((one) => `${one.name}=${one.value}`)].join(' '),
    )
}
