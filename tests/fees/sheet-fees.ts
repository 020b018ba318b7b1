import fc from 'fast-check'
import { loadCodeList } from '../../schemas/codes/index.ts'
import { type Conditions, dimensions } from '../../schemas/fees/conditions.ts'
import { events, type Fee, fee as feeSchema, natures } from '../../schemas/fees/entries.ts'
import { type Measure, measures } from '../../schemas/fees/price.ts'

const optional = { requiredKeys: [] as [] }
const hostile = fc.constantFrom(
  '=1+1',
  "'=1+1",
  "''@SUM(A1)",
  '+8623',
  '-1',
  '＝HYPERLINK("http://x")',
  ' =cmd|x',
  '[]',
  '\\',
  'a；b',
  'a;b|c',
  ' edges ',
  '"quoted"',
  '_x000D_ _x0041_',
  '#',
  '1,5',
  '007',
  '<b>&amp;',
)
/** Any characters text may have, halves of pairs left out: no file could hold those. */
const text = (max: number) =>
  fc.oneof(
    hostile,
    fc.string({ unit: 'binary', minLength: 1, maxLength: Math.min(max, 60) }),
    fc.constantFrom('\tTab', '\r\nlines\r\nof\rtext\n', '\u0000\u0007\uFFFE\u007F', '服务内容，含“引号”'),
  )
/** One line: what `line` of the schema takes. */
const line = (max: number) => text(max).filter((one) => /^[^\p{Cc}]*$/u.test(one))
const both = <T>(one: fc.Arbitrary<T>) => fc.record({ en: one, zh: one })
const amount = fc.constantFrom('0', '1', '180', '180.00', '0.005', '12.5', '9999999.9999', '1.1', '1234.5')
const quantity = fc.constantFrom('0', '7', '14.5', '9999999999.9999')
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
const days = day.map((one) => one.toISOString().slice(0, 10))
const oneOf = (values: readonly string[]) => fc.constantFrom(...values)
const id = oneOf(['guoyuan', 'payee-2', '0a', 'x1-y2-z3'])
const kind = oneOf(loadCodeList('fee-kinds').items.map(({ code }) => code))
const measure = oneOf(Object.keys(measures)) as fc.Arbitrary<Measure>
const some = (values: readonly string[], minLength = 1) => fc.uniqueArray(oneOf(values), { minLength, maxLength: 5 })

const conditions = fc.record(
  Object.fromEntries(Object.entries(dimensions).map(([name, values]) => [name, some(values)])),
  optional,
) as fc.Arbitrary<Conditions>

const steps = fc
  .tuple(fc.uniqueArray(fc.nat(500), { maxLength: 5 }), fc.boolean())
  .chain(([ends, open]) => {
    const upTo = [...ends].sort((a, b) => a - b).map(String)
    return fc.tuple(
      ...(open || upTo.length === 0 ? [...upTo, undefined] : upTo).map((end) => fc.tuple(fc.constant(end), amount)),
    )
  })
  .map((all) => all.map(([upTo, one]) => ({ ...(upTo === undefined ? {} : { upTo }), amount: one })))
const factor = fc.oneof(
  measure,
  fc.tuple(measure, measure).map((two) => ({ largerOf: two })),
)
const shared = {
  when: fc.option(conditions, { nil: undefined }),
  per: fc.array(factor, { minLength: 1, maxLength: 4 }),
  minimum: fc.option(amount, { nil: undefined }),
  maximum: fc.option(amount, { nil: undefined }),
}
const rate = fc.oneof(
  fc.record({ form: fc.constant('fixed'), ...shared, amount }),
  fc.record({ form: fc.constant('range'), ...shared, least: amount, most: amount }),
  fc.record({ form: fc.constant('slices'), ...shared, of: measure, steps }),
  fc.record({ form: fc.constant('bands'), ...shared, of: measure, steps, least: quantity }),
)
const ratesOf = (minLength: number) =>
  fc.uniqueArray(rate, { minLength, maxLength: 6, selector: (one) => JSON.stringify(one) })
const said = both(fc.oneof(fc.constant(''), text(2_000)))
const price = fc.oneof(
  fc.record({ kind: fc.constant('rates'), currency: fc.constant('CNY'), rates: ratesOf(1) }),
  fc.record({ kind: fc.constant('pass-through'), currency: fc.constant('CNY'), of: said }),
  fc.record(
    { kind: fc.constant('agreement'), currency: fc.constant('CNY'), disclosure: said, reference: ratesOf(0) },
    { requiredKeys: ['kind', 'currency', 'disclosure'] },
  ),
)
const wanted = fc.record(
  {
    kind,
    name: both(line(200)),
    aliases: fc.array(line(100), { maxLength: 4 }),
    payee: id,
    port: id,
    nature: oneOf(natures),
    basis: fc.array(fc.record({ id, article: line(100) }, { requiredKeys: ['id'] }), { maxLength: 4 }),
    service: both(text(2_000)),
    payers: some(['shipper', 'consignee', 'carrier', 'vessel', 'agent']),
    applies: conditions,
    arises: fc.oneof(
      fc.constantFrom({ when: 'always' }, { when: 'on-request' }),
      fc.record({ when: fc.constant('on-event'), event: oneOf(events) }),
    ),
    price,
    includes: fc.uniqueArray(kind, { maxLength: 3 }),
    exemptions: fc.array(
      fc.record({ text: both(text(2_000)), when: conditions, event: oneOf(events) }, { requiredKeys: ['text'] }),
      { maxLength: 4 },
    ),
    telephone: fc.constantFrom('023-12345678', '+86 23 6789 0123', '12360', '02367890123'),
    validFrom: days,
    validTo: days,
    note: both(text(2_000)),
    evidence: fc.record({
      kind: oneOf(['source', 'unverified', 'synthetic']),
      text: fc.oneof(fc.constant(''), text(500)),
    }),
  },
  {
    requiredKeys: [
      ...(['kind', 'name', 'payee', 'port', 'nature', 'service', 'payers', 'arises', 'price'] as const),
      ...(['telephone', 'validFrom', 'evidence'] as const),
    ],
  },
)

/** Any fee the language allows. What rates it would refuse are left out; a fee none is left to is not given. */
export const anyFee: fc.Arbitrary<Fee> = wanted
  .map((one) => JSON.parse(JSON.stringify(one)) as { price: { rates?: unknown[]; reference?: unknown[] } })
  .map((one) => {
    const { price } = one
    const allowed = (rates: readonly unknown[]) =>
      rates
        .map((rate) => {
          const { least: _, ...bands } = rate as { least?: string; form: string }
          return bands.form === 'bands' ? bands : rate
        })
        .filter((rate) => feeSchema.shape.price.safeParse({ kind: 'rates', currency: 'CNY', rates: [rate] }).success)
    if (price.rates !== undefined) return { ...one, price: { ...price, rates: allowed(price.rates) } }
    if (price.reference?.length) return { ...one, price: { ...price, reference: allowed(price.reference) } }
    return one
  })
  .filter((one): one is Fee & typeof one => feeSchema.safeParse(one).success)
