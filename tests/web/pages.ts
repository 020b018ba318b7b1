import { pino } from 'pino'
import { jobs } from '../../src/jobs/registry.ts'
import { runJobsOnce } from '../../src/jobs/runner.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { furnishStatistics } from '../statistics/support.ts'
import { type Clerk, clerkOf, type Seen } from './clerk.ts'
import { furnishFees } from './fee-places.ts'
import type { Form } from './forms.ts'
import { hostile } from './hostile-names.ts'
import type { Site } from './site.ts'

/** A page that is looked at: by whom, and what it shows of a fee with a hostile name. */
export interface Place {
  readonly path: string
  readonly as?: 'admin' | 'second' | 'payee' | 'trader'
  readonly shows?: string
  /** It loads itself again while something is under way; it is looked at as it stands. */
  readonly refreshes?: true
}

/** Pages there are without anything having happened. Whoever adds a page puts it here. */
const standing: readonly Place[] = [
  { path: '/fees' },
  { path: '/fees?whole=1&day=2026-06-01' },
  { path: '/fees?port=nowhere' },
  { path: '/fees/items/guoyuan-cargo-dues' },
  { path: '/fees/editions' },
  { path: '/fees/editions/1' },
  { path: '/fees/quote' },
  { path: '/fees/bill-check' },
  { path: '/fees/bill-check/kept', as: 'trader' },
  { path: '/fees/assessments' },
  { path: '/fees/complaints', as: 'trader' },
  { path: '/statistics' },
  { path: '/sign-in' },
  { path: '/fees/editions/99' },
  { path: '/nowhere' },
  { path: '/admin/fees', as: 'trader' },
  { path: '/admin/fees', as: 'admin' },
  { path: '/admin/fees', as: 'payee' },
  { path: '/admin/fees/drafts', as: 'admin' },
  { path: '/admin/fees/drafts/new', as: 'admin' },
  { path: '/admin/fees/drafts/nowhere', as: 'admin' },
]

/** Something that is to be done before there is anything to see. */
export function done(seen: Seen): string {
  if (seen.status !== 303) throw new Error(`${seen.status}: ${seen.html}`)
  return seen.location
}

/** Draws up a draft with a fee of a hostile name and a new price in it. */
async function drafted(clerk: Clerk, title: string, amount: string): Promise<string> {
  const given = { title, reason: `For the pages: ${hostile}`, validFrom: '2027-01-01' }
  const location = done(await clerk.send(await clerk.get('/admin/fees/drafts/new'), /drafts$/, given))
  const form = await clerk.get(`${location}/entries/fee/guoyuan-weighing`)
  const names = { nameEn: hostile, nameZh: hostile, serviceZh: hostile }
  done(await clerk.send(form, /guoyuan-weighing$/, { ...names, 'rate.0.amount': amount }))
  return location
}

/** What a site has to show when people have worked with it: the pages of all that. */
export async function furnish(site: Site): Promise<readonly Place[]> {
  const { world, keys } = site
  await furnishStatistics(world.database)
  const [author, officer, anybody] = await Promise.all([
    clerkOf(world, keys.admin),
    clerkOf(world, keys.second),
    clerkOf(world),
  ])
  const published = await drafted(author, 'An edition', '66')
  done(await author.send(await author.get(published), /submit$/))
  const edition = done(await officer.send(await officer.get(published), /approve$/))
  const say = async (name: string, text: string) =>
    done(await anybody.send(await anybody.get(edition), /comments$/, { name, text }))
  await say(hostile.slice(0, 50), hostile)
  await say('Somebody', 'And more')
  const toAnswer = await officer.get(edition)
  const [answer, hiding] = [/answer$/, /hide$/].map((what) => toAnswer.forms.filter(({ action }) => what.test(action)))
  const write = async (form: Form | undefined, text: string) => {
    const name = Object.keys(form?.fields ?? {}).find((one) => one.startsWith('text-')) ?? ''
    done(await officer.post(form?.action ?? '', { ...form?.fields, [name]: text }))
  }
  await write(answer?.[0], hostile)
  await write(hiding?.[1], hostile)
  const open = await drafted(author, hostile, '67')
  done(
    await author.send(await author.get(`${open}/entries/fee/guoyuan-tally`), /guoyuan-tally$/, {
      payee: 'nobody-known',
    }),
  )
  const submitted = await drafted(author, 'To be approved', '68')
  done(await author.send(await author.get(submitted), /submit$/))
  const upload = (file: string) => imported(world, keys.admin, open.split('/').at(-1) ?? '', file)
  const template = await (await world.call('GET', '/v1/fee-imports/template.csv')).text()
  const refused = await upload(template.replaceAll('库场使用费（示例）', '').replaceAll('固定', '<b data-hostile>'))
  const failed = await upload('id,kind')
  await runJobsOnce({
    database: world.database,
    rules: ownRules,
    jobs: async () => jobs,
    log: pino({ level: 'silent' }),
    now: world.now,
  })
  const waiting = await upload('id')
  const shown = (path: string, shows?: string): Place => ({
    path,
    as: 'admin',
    ...(shows === undefined ? {} : { shows }),
  })
  return [
    ...standing,
    { path: edition, shows: hostile },
    { path: `${edition}/fees/guoyuan-weighing`, shows: hostile },
    { path: '/fees?day=2027-02-01&q=data-hostile', shows: hostile },
    { path: '/fees/items/guoyuan-weighing', shows: hostile },
    shown(edition, hostile),
    shown(`/admin/fees/editions/${edition.split('/').at(-1)}/withdraw`),
    shown(published, hostile),
    shown(open, hostile),
    shown(submitted, hostile),
    { path: submitted, as: 'second', shows: hostile },
    shown(`${open}/edit`, hostile),
    shown(`${open}/find?q=data-hostile`, hostile),
    shown(`${open}/entries`),
    shown(`${open}/entries/fee`),
    shown(`${open}/entries/fee/guoyuan-weighing`, hostile),
    shown(`${open}/entries/fee/guoyuan-detention`),
    shown(`${open}/entries/port/guoyuan`),
    shown(`${open}/import`),
    shown(refused, '<b data-hostile>'),
    shown(failed),
    { ...shown(waiting), refreshes: true },
    ...(await furnishFees(site)),
  ]
}

async function imported(world: Site['world'], key: string, draft: string, file: string): Promise<string> {
  const response = await world.call(
    'POST',
    `/v1/fee-imports?draft=${draft}&fileName=${encodeURIComponent(hostile.slice(0, 99))}.csv`,
    {
      key,
      body: file,
      contentType: 'text/csv',
      headers: { 'idempotency-key': `import ${file.length}` },
    },
  )
  return `/admin/fees/imports/${((await response.json()) as { id: string }).id}`
}
