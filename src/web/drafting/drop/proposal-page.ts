import { isDeepStrictEqual } from 'node:util'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { DeclarationDraftAnswer } from '../../../../schemas/declaration-draft.ts'
import { type DraftProposalAnswer, fileKindNames, type Guess, type Sureness } from '../../../../schemas/proposal.ts'
import type { Env } from '../../../services.ts'
import { openDesk, problemOver } from '../../desk.ts'
import { given, readForm, unseen } from '../../form.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { scrolling } from '../../pieces.ts'
import { colon, say } from '../../words.ts'
import { draftApi, draftPath, putDraft, turnAway } from '../desk.ts'
import { read, type Tree, write } from '../document.ts'
import { fieldName } from '../field-name.ts'
import { placeOf } from '../steps.ts'
import { draftingWords } from '../words.ts'
import { codeName } from './code-names.ts'
import { dropWords } from './words.ts'

type Draft = DeclarationDraftAnswer
const words = { ...draftingWords, ...dropWords }
type Desk = ReturnType<typeof deskOf>
const deskOf = (app: Hono<Env>, context: Parameters<typeof openDesk>[1]) => openDesk(app, context, 'drafts', words)

/** What was read from the documents of a draft, side by side with where it stands 识读结果. */
export function proposalPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/drafts/:id/proposal', (context) => showProposal(deskOf(app, context), context.req.param('id')))

  pages.post('/drafts/:id/proposal', async (context) => {
    const desk = deskOf(app, context)
    const id = context.req.param('id')
    const form = await readForm(context)
    const answered = await desk.api.get<Draft>(draftApi(id))
    if (!answered.ok) return turnAway(desk, answered)
    const draft = answered.body
    const revision = Number(given(form, 'revision'))
    if (revision !== draft.revision)
      return showProposal(desk, id, 412, html`<p class="notice" role="alert">${desk.t('moved')}</p>`)
    const { document, guesses } = confirm(draft, form)
    const put = await putDraft(desk, draft, revision, { document, guesses })
    if (put.ok) return context.redirect(draftPath(id, 'proposal'), 303)
    if (put.status === 412)
      return showProposal(desk, id, 412, html`<p class="notice" role="alert">${desk.t('moved')}</p>`)
    return showProposal(desk, id, put.status, problemOver(desk, put))
  })
}

/** What a form confirms: one field, all of one sureness; where there is a choice, with the value chosen. */
function confirm(draft: Draft, form: URLSearchParams): { document: Tree; guesses: Draft['guesses'] } {
  const accepted = given(form, 'accept')
  const isAccepted = ({ pointer, sure }: Draft['guesses'][number]) => accepted === pointer || accepted === `all ${sure}`
  let document: Tree = draft.document
  for (const guess of draft.guesses.filter(isAccepted)) {
    const place = Number(given(form, `instead:${guess.pointer}`))
    const other = guess.alternatives?.[place - 1]
    if (other !== undefined) document = write(document, guess.pointer, other.value)
  }
  return { document, guesses: draft.guesses.filter((guess) => !isAccepted(guess)) }
}

async function showProposal(desk: Desk, id: string, status?: number, over: Html | '' = ''): Promise<Response> {
  const { t } = desk
  const path = draftApi(id)
  const [draft, proposal] = await Promise.all([
    desk.api.get<Draft>(path),
    desk.api.get<DraftProposalAnswer>(`${path}/proposal`),
  ])
  if (!draft.ok) return turnAway(desk, draft)
  if (!proposal.ok) return turnAway(desk, proposal)
  const title = draft.body.title ?? draft.body.functionalReferenceId ?? t('draft')
  const { guesses } = proposal.body
  const open = new Set(draft.body.guesses.map(({ pointer }) => pointer))
  const sections = (['guessed', 'derived', 'read'] as const).map((sure) =>
    section(desk, draft.body, guesses, open, sure),
  )
  return desk.show(
    {
      title: `${t('proposal')} · ${title}`,
      here: draftPath(id, 'proposal'),
      ...(status === undefined ? {} : { status }),
    },
    html`<p class="crumbs"><a href="/drafts">${t('drafts')}</a></p><h1>${t('proposal')} <small>${title}</small></h1>${over}
<p class="ways"><a role="button" href="${draftPath(id, 'check')}">${t('toDraft')} ${icon('arrow-right')}</a></p>
${documents(desk, proposal.body)}${doubts(desk, proposal.body)}
${
  guesses.length === 0
    ? html`<p class="notice">${t('nothingGuessed')}</p>`
    : html`<form method="post" action="${draftPath(id, 'proposal')}" class="proposal">${unseen('revision', String(draft.body.revision))}
${open.size === 0 ? html`<p class="good">${icon('check-circle')} ${t('allConfirmed')}</p>` : ''}
${
  draft.body.guesses.some(({ sure }) => sure === 'read')
    ? html`<p><button type="submit" class="secondary" name="accept" value="all read">${icon('check-circle')} ${t('acceptRead')}</button></p>`
    : ''
}
${sections}</form>`
}`,
  )
}

const documents = ({ t, language }: Desk, { files }: DraftProposalAnswer): Html =>
  html`<ul class="tags" aria-label="${t('documents')}">${files.map(
    ({ name, kind, lines }) =>
      html`<li>${icon('document-text')} ${name} <small>${say(language, fileKindNames[kind])}${lines === 0 ? '' : ` · ${t('lines')}${colon(language)}${lines}`}</small></li>`,
  )}</ul>`

const doubts = ({ t, language }: Desk, { issues }: DraftProposalAnswer): Html | '' =>
  issues.length === 0
    ? ''
    : html`<section class="notice" aria-labelledby="doubts"><h2 id="doubts">${icon('exclamation-triangle')} ${t('doubts')} (${issues.length})</h2><ul>${issues
        .slice(0, 100)
        .map(
          (one) =>
            html`<li><strong>${fieldName(language, one.pointer)}</strong> ${language === 'zh' ? one.detailZh : one.detail}</li>`,
        )}</ul></section>`

function section(
  desk: Desk,
  draft: Draft,
  all: readonly Guess[],
  open: ReadonlySet<string>,
  sure: Sureness,
): Html | '' {
  const { t } = desk
  const guesses = all.filter((one) => one.sure === sure)
  if (guesses.length === 0) return ''
  const left = guesses.filter(({ pointer }) => open.has(pointer)).length
  const table = html`<table><thead><tr><th scope="col">${t('field')}</th><th scope="col">${t('value')}</th><th scope="col">${t('state')}</th><th scope="col">${t('source')}</th><th scope="col">${t('because')}</th></tr></thead>
<tbody>${guesses.map((one) => row(desk, draft, one, open.has(one.pointer)))}</tbody></table>`
  return html`<section aria-labelledby="sure-${sure}"><h2 id="sure-${sure}">${t(sure)} <small>${left === 0 ? t('confirmed') : `${left} ${t('open')}`}</small></h2>
${left === 0 || sure === 'read' ? '' : html`<p><button type="submit" class="quiet secondary" name="accept" value="all ${sure}">${t('acceptSection')}</button></p>`}
${scrolling(t(sure), table)}</section>`
}

const shown = (value: unknown): string =>
  (Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300)

function row(desk: Desk, draft: Draft, guess: Guess, isOpen: boolean): Html {
  const { t, language } = desk
  const { pointer, value, source, because, alternatives = [] } = guess
  const name = fieldName(language, pointer)
  const now = read(draft.document, pointer)
  const where = [source.file, source.sheet].filter((part) => part !== undefined && part !== '').join(' · ')
  const named = (one: unknown) => codeName(language, pointer, one)
  const choice =
    isOpen && alternatives.length > 0
      ? html`<select name="instead:${pointer}" aria-label="${t('insteadOf')}: ${name}"><option value="0">${shown(value)} ${named(value)}</option>${alternatives.map(
          (other, at) =>
            html`<option value="${at + 1}">${shown(other.value)} ${named(other.value) ?? say(language, other.because)}</option>`,
        )}</select>`
      : html`<span class="said">${shown(value)}</span> <small class="dim">${named(value)}</small>`
  const state = isOpen
    ? html`<button type="submit" class="quiet secondary" name="accept" value="${pointer}" aria-label="${t('accept')} ${name}">${t('accept')}</button>`
    : isDeepStrictEqual(now, value)
      ? html`<span class="good">${icon('check-circle')} ${t('confirmed')}</span>`
      : html`<span>${now === undefined ? t('removed') : html`${t('changed')} <span class="said">${shown(now)}</span> <small class="dim">${named(now)}</small>`}</span>`
  return html`<tr><th scope="row"><a href="${draftPath(draft.id, placeOf(pointer))}#${pointer}">${name}</a></th><td>${choice}</td><td>${state}</td><td><small>${where}</small> <code>${source.cell ?? ''}</code></td><td><small>${say(language, because)}</small></td></tr>`
}
