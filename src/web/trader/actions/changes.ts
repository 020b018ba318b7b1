import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import type { changeAnswer, differencesAnswer } from '../../../../schemas/answers.ts'
import { declaration as schema } from '../../../../schemas/declaration/index.ts'
import { rankOf } from '../../../../schemas/status.ts'
import type { Env } from '../../../services.ts'
import { problemOver } from '../../desk.ts'
import type { Html } from '../../layout.ts'
import { atPort, fact, scrolling } from '../../pieces.ts'
import { type JsonSchema, ownNaming, placeName } from '../../schema-form/index.ts'
import { colon } from '../../words.ts'
import type { DeclarationShown } from '../head.ts'
import { statusMark } from '../marks.ts'
import { type ActionDesk, actionHead, declarationPath, openActionDesk, shown } from './action-desk.ts'

type Change = z.infer<typeof changeAnswer>
const declarationSchema = schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as JsonSchema

/** Amendments and cancellations of a declaration 修撤单, with what each agency answered; one of them, with what changes. */
export function changePages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/declarations/:id/changes', async (context) => {
    const desk = openActionDesk(app, context)
    const { t } = desk
    const self = declarationPath(context.req.param('id'))
    const [declaration, changes] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<{ data: readonly Change[] }>(`${self}/changes`),
    ])
    if (!declaration.ok) return desk.refuse(declaration)
    if (!changes.ok) return desk.refuse(changes)
    const { data } = changes.body
    return desk.show(
      { title: `${t('changes')} · ${declaration.body.functionalReferenceId}` },
      html`${actionHead(declaration.body, t('changes'))}${
        data.length === 0
          ? html`<p class="notice">${t('changesNone')}</p><p><a href="/declarations/${declaration.body.id}">${t('back')}</a></p>`
          : data
              .toReversed()
              .map(
                (change) =>
                  html`<section id="change-${change.id}" class="change"><h2><a href="/declarations/${declaration.body.id}/changes/${change.id}">${t(change.kind)}</a>${colon(desk.language)}${t(change.status)}</h2>${changeBox(desk, declaration.body.id, change)}</section>`,
              )
      }`,
    )
  })

  const one = async (desk: ActionDesk, id: string, changeId: string, over?: Html, status?: number) => {
    const { t } = desk
    const self = declarationPath(id)
    const [declaration, change] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<Change>(`${self}/changes/${encodeURIComponent(changeId)}`),
    ])
    if (!declaration.ok) return desk.refuse(declaration)
    if (!change.ok) return desk.refuse(change)
    const { differences } = change.body.links
    const compared =
      differences === undefined ? undefined : await desk.api.get<z.infer<typeof differencesAnswer>>(differences)
    const path = `/declarations/${declaration.body.id}/changes/${change.body.id}`
    return desk.show(
      {
        title: `${t(change.body.kind)} · ${declaration.body.functionalReferenceId}`,
        here: path,
        ...(status === undefined ? {} : { status }),
      },
      html`${actionHead(declaration.body, `${t(change.body.kind)}${colon(desk.language)}${t(change.body.status)}`, t('changes'))}${over ?? ''}${changeBox(desk, declaration.body.id, change.body)}
${compared?.ok === true ? differencesBox(desk, compared.body.data) : ''}
${change.body.status === 'pending' ? takeBackBox(desk, path, change.body) : ''}<p class="on-screen"><a href="/declarations/${declaration.body.id}">${t('back')}</a></p>`,
    )
  }
  pages.get('/declarations/:id/changes/:changeId', (context) => {
    const { id, changeId } = context.req.param()
    return one(openActionDesk(app, context), id, changeId)
  })
  pages.post('/declarations/:id/changes/:changeId/withdraw', async (context) => {
    const desk = openActionDesk(app, context)
    const { id, changeId } = context.req.param()
    const answer = await desk.api.send('DELETE', `${declarationPath(id)}/changes/${encodeURIComponent(changeId)}`)
    const here = `${declarationPath(id)}/changes/${encodeURIComponent(changeId)}`
    const now = answer.ok ? undefined : await desk.api.get<Change>(here)
    // Pressed twice: it is done.
    const isDone = now?.ok === true && now.body.status === 'withdrawn'
    if (answer.ok || isDone) return context.redirect(`/declarations/${id}/changes/${changeId}`, 303)
    return one(desk, id, changeId, problemOver(desk, answer), answer.status)
  })
}

/** Why it was asked, when, and where it stands with each agency, in the agency's own words. */
function changeBox(
  { language, t }: ActionDesk,
  declarationId: string,
  { reason, at, settledAt, filings }: Change,
): Html {
  return html`<dl class="facts">${fact(t('why'), reason)}${fact(t('asked'), html`<time datetime="${at}">${atPort(at)}</time>`)}${fact(t('settled'), settledAt === undefined ? undefined : atPort(settledAt))}</dl>
${
  filings.length === 0
    ? ''
    : scrolling(
        t('answers'),
        html`<table class="stack"><thead><tr><th scope="col">${t('agency')}</th><th scope="col">${t('status')}</th><th scope="col">${t('answer')}</th></tr></thead>
<tbody>${filings.map(
          ({ id: filingId, agencyName, procedureName, status, lastReceipt }) =>
            html`<tr><th scope="row" data-label="${t('agency')}"><a href="/declarations/${declarationId}/filings/${filingId}">${agencyName[language]} · ${procedureName[language]}</a></th><td data-label="${t('status')}">${statusMark(language, status)}</td><td data-label="${t('answer')}">${lastReceipt === undefined ? t('noAnswer') : html`<q lang="und">${lastReceipt.text === '' ? lastReceipt.code : lastReceipt.text}</q>`}</td></tr>`,
        )}</tbody></table>`,
      )
}`
}

/** The way to take it back; once an agency has heard of it, that there is none. */
const takeBackBox = ({ t }: ActionDesk, path: string, { filings }: Change): Html =>
  filings.every(({ status }) => rankOf(status) <= rankOf('queued'))
    ? html`<form method="post" action="${path}/withdraw" class="work"><p>${t('takeBackWhy')}</p><button type="submit" class="secondary">${t('takeBack')}</button></form>`
    : html`<p class="notice">${t('takeBackNoMore')}</p>`

/** What changes, field by field, in the words of the declaration. */
function differencesBox(
  { language, t }: ActionDesk,
  differences: z.infer<typeof differencesAnswer>['data'],
): Html | '' {
  if (differences.length === 0) return ''
  const naming = ownNaming(language)
  return html`<h2>${t('differences')}</h2>${scrolling(
    t('differences'),
    html`<table class="stack"><thead><tr><th scope="col">${t('place')}</th><th scope="col">${t('before')}</th><th scope="col">${t('after')}</th></tr></thead>
<tbody>${differences.map(({ pointer, before, after }) => html`<tr><th scope="row" data-label="${t('place')}">${placeName(declarationSchema, naming, pointer)}</th><td data-label="${t('before')}">${shown(before)}</td><td data-label="${t('after')}">${shown(after)}</td></tr>`)}</tbody></table>`,
  )}`
}
