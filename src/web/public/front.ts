import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { DemonstrationsAnswer } from '../../../schemas/demonstration.ts'
import type { Text } from '../../../schemas/text.ts'
import type { Env } from '../../services.ts'
import type { Answered } from '../api.ts'
import { type Desk, openDesk, type Refused } from '../desk.ts'
import { type IconName, icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { problemBox } from '../pieces.ts'
import { homeOf, sections } from '../places.ts'
import { visitorOf } from '../session.ts'
import { say, words } from '../words.ts'
import { askFacts, factsBox } from './facts.ts'
import { type AgencyShown, fanPicture } from './picture.ts'
import { frontWords } from './words.ts'

export type FrontDesk = Desk<keyof typeof frontWords>

/** The window's front page 首页. @param refused what became of an attempt to try it */
export async function frontPage(app: Hono<Env>, context: Context<Env>, refused?: Refused): Promise<Response> {
  const desk = openDesk(app, context, 'home', frontWords)
  const { api, t } = desk
  const [agencies, samples, facts] = await Promise.all([
    api.get<{ data: AgencyShown[] }>('/v1/agencies'),
    api.get<DemonstrationsAnswer>('/v1/demonstrations'),
    askFacts(api),
  ])
  const content = html`${refused === undefined ? '' : problemBox(desk.language, refused.problem)}
<div class="hero"><div><p class="kind">${t('kind')}</p><h1>${t('title')}</h1><p class="lead">${t('lead')}</p>${tryBox(desk, samples)}</div>
${agencies.ok ? fanPicture(desk, agencies.body.data) : ''}</div>
${factsBox(desk, facts)}
${doorsBox(desk)}
<aside class="law" aria-labelledby="law"><h2 id="law">${icon('scale')} ${t('law')}</h2><p>${t('lawText')}</p><p><strong>${t('lawCaution')}</strong></p></aside>`
  return desk.show(
    { title: t('title'), here: '/', ...(refused === undefined ? {} : { status: refused.status }) },
    content,
  )
}

/** A sample handed in with one click, where that is possible; else what can be done instead. */
function tryBox({ context, language, t }: FrontDesk, samples: Answered<DemonstrationsAnswer>): Html {
  const visitor = visitorOf(context)
  if (samples.ok && samples.body.mayBegin) {
    const [first, ...others] = samples.body.data
    if (first !== undefined)
      return html`<form method="post" action="/try" class="try on-screen">
<button type="submit" name="sample" value="${first.id}">${icon('play')} ${t('try')}</button>
<p class="what-sample">${say(language, first.name)}</p>
<details class="more"><summary>${t('otherSamples')}</summary>${others.map(({ id, name }) => html`<p><button class="quiet outline" type="submit" name="sample" value="${id}">${t('handIn')}</button> ${say(language, name)}</p>`)}</details>
<small>${t('tryAbout')}</small>${visitor === undefined ? '' : html`<p><a href="${homeOf(visitor.role)}">${t('tried')} ${icon('arrow-right')}</a></p>`}</form>`
  }
  return visitor === undefined
    ? html`<p class="notice">${t('noTry')}</p>`
    : html`<p class="on-screen"><a role="button" href="${homeOf(visitor.role)}">${t('ownWork')} ${icon('arrow-right')}</a></p>`
}

interface Door {
  readonly name: keyof typeof frontWords
  readonly about: keyof typeof frontWords
  readonly icon: IconName
  readonly links: readonly { readonly href: string; readonly name: Text }[]
  readonly needsKey: boolean
}
const { declarations, integration, operations, fees, open } = sections
/** Whom the window is for, each with where their work is. */
const doors: readonly Door[] = [
  {
    name: 'traders',
    about: 'tradersAbout',
    icon: 'document-text',
    needsKey: true,
    links: [declarations.pages.newDraft, declarations.pages.board, declarations.pages.drafts],
  },
  {
    name: 'integrators',
    about: 'integratorsAbout',
    icon: 'beaker',
    needsKey: true,
    links: [
      integration.pages.simulator,
      integration.pages.webhooks,
      integration.pages.conformance,
      { href: '/docs', name: words.reference },
    ],
  },
  {
    name: 'admins',
    about: 'adminsAbout',
    icon: 'wrench-screwdriver',
    needsKey: true,
    links: [operations.pages.operations, operations.pages.stuck, fees.pages.admin, operations.pages.audit],
  },
  {
    name: 'everybody',
    about: 'everybodyAbout',
    icon: 'globe-asia-australia',
    needsKey: false,
    links: [
      fees.pages.fees,
      fees.pages.quote,
      fees.pages.billCheck,
      open.pages.statistics,
      open.pages.draws,
      open.pages.codes,
    ],
  },
]

const doorsBox = ({ language, t }: FrontDesk): Html =>
  html`<section aria-labelledby="doors"><h2 id="doors">${t('doors')}</h2><ul class="doors">${doors.map(
    (door) =>
      html`<li><h3>${icon(door.icon)} ${t(door.name)}</h3><p>${t(door.about)}</p><ul>${door.links.map(({ href, name }) => html`<li><a href="${href}">${say(language, name)}</a></li>`)}</ul>${door.needsKey ? html`<small>${t('needsKey')}</small>` : ''}</li>`,
  )}</ul></section>`
