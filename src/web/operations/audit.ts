import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { sealAnswer, VerificationAnswer } from '../../../schemas/audit.ts'
import { limits } from '../../limits.ts'
import type { Env, Services } from '../../services.ts'
import { problemOver, type Refused } from '../desk.ts'
import { given, lineField, readForm, wrongAt } from '../form.ts'
import type { Html } from '../layout.ts'
import { atPort, scrolling, withQuery } from '../pieces.ts'
import { auditWords } from './audit-words.ts'
import { type Desk as AnyDesk, cell, deskOf, morePages, reloading, shortId } from './desk.ts'
import type { List } from './lanes.ts'
import { trailPage } from './trail.ts'
import { resultBox, resultTag } from './verification.ts'

export type AuditDesk = AnyDesk<keyof typeof auditWords>
type Seal = z.infer<typeof sealAnswer>

/** What vouches for what was kept 审计: checks of it, seals by day, the trail of a declaration. */
export function auditPages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  const open = (context: Parameters<typeof deskOf>[1]): AuditDesk => deskOf(app, context, services, 'audit', auditWords)

  pages.get('/operations/audit', (context) => overview(open(context), new URLSearchParams()))

  pages.post('/operations/audit/verifications', async (context) => {
    const desk = open(context)
    const form = await readForm(context)
    const wanted = Object.fromEntries(
      (['declarationId', 'key', 'seal'] as const)
        .map((name) => [name, given(form, name).trim()] as const)
        .filter(([, value]) => value !== ''),
    )
    const asked = await desk.api.send<VerificationAnswer>('POST', '/v1/operations/audit/verifications', wanted)
    if (!asked.ok) return overview(desk, form, asked)
    return context.redirect(`/operations/audit/verifications/${asked.body.id}`, 303)
  })

  pages.get('/operations/audit/verifications/:id', async (context) => {
    const desk = open(context)
    const { t } = desk
    const id = encodeURIComponent(context.req.param('id'))
    const read = await desk.api.get<VerificationAnswer>(`/v1/operations/audit/verifications/${id}`)
    if (!read.ok) return desk.refuse(read)
    const isUnderWay = read.body.status === 'waiting' || read.body.status === 'running'
    const about = read.body.declarationId
    return desk.show(
      {
        title: t('check'),
        ...(isUnderWay ? { head: reloading(limits.verificationRefreshSeconds) } : {}),
        scripts: ['operations-live.js'],
      },
      html`<div${isUnderWay ? html` data-live="${limits.verificationRefreshSeconds}"` : ''}><p class="crumbs"><a href="/operations/audit">${t('title')}</a>${about === undefined ? '' : html` › <a href="/operations/audit/declarations/${about}">${t('trail')}</a>`}</p>
<h1>${t('check')} <small>${about === undefined ? t('everything') : html`${t('declaration')} ${shortId(about)}`}</small></h1>${resultBox(desk, read.body)}</div>`,
    )
  })

  trailPage(pages, open)
}

async function overview(desk: AuditDesk, form: URLSearchParams, refused?: Refused): Promise<Response> {
  const { api, t, context, language } = desk
  const { after, q = '' } = context.req.query()
  const [seals, checks] = await Promise.all([
    api.get<List<Seal>>(withQuery('/v1/operations/audit/seals', { after, limit: '31' })),
    api.get<List<VerificationAnswer>>('/v1/operations/audit/verifications?limit=5'),
  ])
  if (!seals.ok) return desk.refuse(seals)
  const wrong = (pointer: string) => wrongAt(refused?.problem.errors, pointer, language)
  const pinned = given(form, 'key') !== '' || given(form, 'seal') !== ''
  return desk.show(
    { title: t('title'), status: refused?.status ?? 200, sent: form, here: '/operations/audit' },
    html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>${refused === undefined ? '' : problemOver(desk, refused)}
<div class="cards">
<section class="panel" aria-labelledby="verify"><h2 id="verify">${t('verify')}</h2><p>${t('verifyAbout')}</p>
<form method="post" action="/operations/audit/verifications" novalidate><details${pinned ? html` open` : ''}><summary>${t('pins')}</summary>
${lineField({ name: 'key', label: t('key'), help: t('keyHelp'), value: given(form, 'key'), max: 100, errors: wrong('/key') })}
${lineField({ name: 'seal', label: t('seal'), help: t('sealHelp'), value: given(form, 'seal'), max: 100, errors: wrong('/seal') })}</details>
<button type="submit">${t('verify')}</button></form></section>
<section class="panel" aria-labelledby="trail"><h2 id="trail">${t('trail')}</h2>
<form method="get" action="/operations/audit/declarations">${lineField({ name: 'q', label: t('which'), value: q, required: true, max: 100 })}<button type="submit">${t('read')}</button></form></section></div>
<section aria-labelledby="checks"><h2 id="checks">${t('checks')}</h2>${checks.ok && checks.body.data.length > 0 ? checksTable(desk, checks.body.data) : html`<p>${t('noChecks')}</p>`}</section>
<section aria-labelledby="seals"><h2 id="seals">${t('seals')}</h2>${seals.body.data.length === 0 ? html`<p>${t('noSeals')}</p>` : sealsTable(desk, seals.body.data)}${morePages(desk, seals.body.nextCursor)}</section>`,
  )
}

const checksTable = (desk: AuditDesk, checks: readonly VerificationAnswer[]): Html => {
  const { t } = desk
  return html`<table class="stack"><thead><tr><th scope="col">${t('started')}</th><th scope="col">${t('check')}</th><th scope="col">${t('state')}</th><th scope="col">${t('by')}</th></tr></thead>
<tbody>${checks.map(
    (check) =>
      html`<tr><th scope="row"><a href="/operations/audit/verifications/${check.id}">${atPort(check.requestedAt)}</a></th>${cell(t('check'), check.declarationId === undefined ? t('everything') : shortId(check.declarationId))}${cell(t('state'), resultTag(desk, check.status))}${cell(t('by'), check.by)}</tr>`,
  )}</tbody></table>`
}

const sealsTable = ({ t }: AuditDesk, seals: readonly Seal[]): Html =>
  scrolling(
    t('seals'),
    html`<table class="stack"><thead><tr><th scope="col">${t('day')}</th><th scope="col" class="number">${t('covers')}</th><th scope="col">${t('hash')}</th><th scope="col">${t('signed')}</th></tr></thead>
<tbody>${seals.map(
      ({ day, count, hash, key }) =>
        html`<tr><th scope="row" class="nowrap">${day}</th>${cell(t('covers'), count, 'number')}${cell(t('hash'), html`<code class="digest">${hash}</code>`)}${cell(t('signed'), key === undefined ? t('notSigned') : html`<code class="digest">${key}</code>`)}</tr>`,
    )}</tbody></table>`,
  )
