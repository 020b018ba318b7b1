import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../../../services.ts'
import { problemOver } from '../../desk.ts'
import { readForm, unseen } from '../../form.ts'
import type { Html } from '../../layout.ts'
import type { DeclarationShown } from '../head.ts'
import { statusMark } from '../marks.ts'
import {
  type ActionDesk,
  actionHead,
  declarationPath,
  type FilingRead,
  filingPath,
  openActionDesk,
} from './action-desk.ts'

const path = '/declarations/:id/filings/:filingId/drop'

/** Dropping a filing that can be asked for again 放弃办理事项. */
export function dropPages(pages: Hono<Env>, app: Hono<Env>): void {
  const look = async (desk: ActionDesk, id: string, filingId: string, over?: Html, status?: number) => {
    const [declaration, filing] = await Promise.all([
      desk.api.get<DeclarationShown>(declarationPath(id)),
      desk.api.get<FilingRead>(filingPath(id, filingId)),
    ])
    if (!declaration.ok) return desk.refuse(declaration)
    if (!filing.ok) return desk.refuse(filing)
    const { language, t } = desk
    const { agencyName, procedureName, etag } = filing.body
    const here = `/declarations/${declaration.body.id}/filings/${filing.body.id}`
    const name = `${agencyName[language]} · ${procedureName[language]}`
    return desk.show(
      { title: `${t('drop')} · ${name}`, here: `${here}/drop`, ...(status === undefined ? {} : { status }) },
      html`${actionHead(declaration.body, t('drop'), name)}${over ?? ''}<p><strong>${name}</strong> ${statusMark(language, filing.body.status)}</p><p>${t('dropWhy')}</p>
<form method="post" action="${here}/drop" class="work">${unseen('etag', etag)}<div class="actions"><button type="submit">${t('drop')}</button> <a href="${here}">${t('back')}</a></div></form>`,
    )
  }

  pages.get(path, (context) => {
    const { id, filingId } = context.req.param()
    return look(openActionDesk(app, context), id, filingId)
  })
  pages.post(path, async (context) => {
    const desk = openActionDesk(app, context)
    const { id, filingId } = context.req.param()
    const etag = (await readForm(context)).get('etag') ?? ''
    const answer = await desk.api.send('DELETE', filingPath(id, filingId), undefined, { 'if-match': etag })
    const now = answer.ok ? undefined : await desk.api.get<FilingRead>(filingPath(id, filingId))
    // Pressed twice: it is done.
    const isDone = now?.ok === true && now.body.status === 'withdrawn'
    if (answer.ok || isDone) return context.redirect(`/declarations/${id}/filings/${filingId}`, 303)
    const over =
      answer.status === 412
        ? html`<section class="problem" role="alert"><p>${desk.t('dropStale')}</p></section>`
        : problemOver(desk, answer)
    return look(desk, id, filingId, over, answer.status)
  })
}
