import { pino } from 'pino'
import type { Entry } from '../../schemas/fees/entries.ts'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { rule } from '../fees/assessment-sample.ts'
import { publishable } from '../fees/published.ts'
import { clerkOf } from './clerk.ts'
import { hostile } from './hostile-names.ts'
import { done, type Place } from './pages.ts'
import type { Site } from './site.ts'

/** A list that can be assessed: with the rules for it. */
export const assessable = (): Entry[] => [
  ...publishable(),
  ...(['legality', 'ceiling', 'charged', 'double'] as const).map((name) => rule(name)),
]

const consignment = {
  port: 'guoyuan',
  direction: 'import',
  trade: 'foreign',
  cargo: 'container',
  'c0-count': '2',
  'c0-size': '40',
  'c0-height': 'standard',
  'c0-state': 'laden',
  bills: '1',
}
/** A bill with much wrong in it, one line of it with a hostile name. */
export const wrongBill = {
  ...consignment,
  billNumber: 'B-9',
  issuedOn: '2026-10-12',
  day: '2026-10-10',
  payee: 'guoyuan-terminal',
  lines: [
    '港口作业包干费 | 2 | 元/箱 | 750.00 | 1,500.00',
    '货物港务费 | 136.00',
    '货物港务费 | 136.00',
    `${hostile} | 30.00`,
  ].join('\n'),
}
export const askedFor = new URLSearchParams(consignment).toString()

/** What there is to see when quotes were asked for, a bill was checked and complained about, and a round is open. */
export async function furnishFees({ world, keys }: Site): Promise<readonly Place[]> {
  const [trader, payee, officer] = await Promise.all([
    clerkOf(world, keys.trader),
    clerkOf(world, keys.payee),
    clerkOf(world, keys.admin),
  ])
  const check = done(
    await trader.send(await trader.post('/fees/bill-check', wrongBill), /bill-check$/, { billNumber: 'B-9' }),
  )
  const complaint = done(await trader.send(await trader.get(check), /complaints$/, { text: hostile }))
  const answer = { accepted: 'yes', money: '30', 'text-answer': hostile }
  done(await payee.send(await payee.get(complaint), /answer$/, answer))
  const period = { from: '2026-10-01', to: '2026-10-31' }
  const ask = async (title: string) =>
    done(await officer.send(await officer.get('/fees/assessments'), /assessments$/, { ...period, title }))
  const round = await ask(hostile)
  await runJobsOnce({
    database: world.database,
    rules: ownRules,
    jobs: async () => jobs,
    log: pino({ level: 'silent' }),
    now: world.now,
  })
  const reply = (await payee.get(round)).forms.find(({ action }) => action.endsWith('reply'))
  const [name = ''] = Object.keys(reply?.fields ?? {}).filter((one) => one.startsWith('text-'))
  done(await payee.post(reply?.action ?? '', { ...reply?.fields, [name]: hostile }))
  const asked = await ask('Under way')
  return [
    { path: `/fees/quote?${askedFor}` },
    { path: `/fees/quote?${askedFor}&c1-count=many&netTonnage=x`, as: 'trader' },
    { path: check, as: 'trader', shows: hostile },
    { path: '/fees/bill-check/nowhere', as: 'trader' },
    { path: complaint, as: 'trader', shows: hostile },
    { path: complaint, as: 'payee', shows: hostile },
    { path: complaint, as: 'admin', shows: hostile },
    { path: '/fees/complaints', as: 'admin' },
    { path: '/fees/assessments', as: 'admin', shows: hostile },
    { path: round, as: 'admin', shows: hostile },
    { path: round, as: 'payee', shows: hostile },
    { path: `${round}?level=high`, as: 'admin', shows: hostile },
    { path: asked, as: 'admin', refreshes: true },
  ]
}
