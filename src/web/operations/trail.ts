import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { TrailAnswer } from '../../../schemas/audit.ts'
import type { Env } from '../../services.ts'
import { atPort, fact, withQuery } from '../pieces.ts'
import type { AuditDesk } from './audit.ts'
import { cell, declarationHref, morePages } from './desk.ts'
import type { List } from './lanes.ts'

/** The trail of one declaration 单票存证链, found by its id or by the trader's own reference. */
export function trailPage(pages: Hono<Env>, open: (context: Context<Env>) => AuditDesk): void {
  pages.get('/operations/audit/declarations', async (context) => {
    const desk = open(context)
    const q = (context.req.query('q') ?? '').trim()
    if (/^[0-9A-HJKMNP-TV-Z]{20}$/.test(q)) return context.redirect(`/operations/audit/declarations/${q}`, 303)
    const found = await desk.api.get<List<{ id: string }>>(
      withQuery('/v1/declarations', { functionalReferenceId: q.slice(0, 36), limit: '2' }),
    )
    const [one] = found.ok && q !== '' ? found.body.data : []
    if (one !== undefined) return context.redirect(`/operations/audit/declarations/${one.id}`, 303)
    const { t } = desk
    return desk.show(
      { title: t('trail'), status: 404 },
      html`<p class="crumbs"><a href="/operations/audit">${t('title')}</a></p><h1>${t('trail')}</h1><p role="alert">${t('notFound')} <code>${q}</code></p><p><a href="${withQuery('/operations/audit', { q })}">${t('back')}</a></p>`,
    )
  })

  pages.get('/operations/audit/declarations/:id', async (context) => {
    const desk = open(context)
    const id = encodeURIComponent(context.req.param('id'))
    const { after } = context.req.query()
    const read = await desk.api.get<TrailAnswer>(
      withQuery(`/v1/operations/audit/declarations/${id}`, { after, limit: '100' }),
    )
    return read.ok ? show(desk, read.body) : desk.refuse(read)
  })
}

function show(desk: AuditDesk, trail: TrailAnswer): Promise<Response> {
  const { t } = desk
  const { declarationId, functionalReferenceId, events, head, proofs, data, nextCursor } = trail
  const file = `declaration-${declarationId}.ndjson`
  return desk.show(
    { title: `${t('trail')} ${functionalReferenceId}` },
    html`<p class="crumbs"><a href="/operations/audit">${t('title')}</a></p><h1>${t('trail')} <small>${functionalReferenceId}</small></h1>
<dl class="facts">${fact(t('declaration'), html`<a href="${declarationHref(declarationId)}"><code>${declarationId}</code></a>`)}${fact(t('events'), String(events))}${fact(t('head'), html`<code class="digest">${head}</code>`)}${fact(t('sealedOn'), proofs.map(({ day }) => day).join(', '))}</dl>
<div class="actions"><form method="post" action="/operations/audit/verifications"><input type="hidden" name="declarationId" value="${declarationId}"><button type="submit">${t('verifyOne')}</button></form>
<a href="/v1/declarations/${declarationId}/export" download="${file}">${t('export')}</a></div>
<p class="note">${t('offline')}: <code>npm run audit:verify -- ${file}</code></p>
<table class="stack"><thead><tr><th scope="col">${t('event')}</th><th scope="col">${t('at')}</th><th scope="col">${t('binds')}</th><th scope="col">${t('hash')}</th></tr></thead>
<tbody>${data.map(
      ({ number, type, at, binds, hash, sealedOn }) =>
        html`<tr><th scope="row">${number} <small>${type}</small></th>${cell(t('at'), atPort(at), 'nowrap')}${cell(t('binds'), `${binds} ${t('rows')}`)}${cell(t('hash'), html`<code class="digest">${hash}</code>${sealedOn === undefined ? '' : html`<small>${t('sealedWith')} ${sealedOn}</small>`}`)}</tr>`,
    )}</tbody></table>${morePages(desk, nextCursor)}`,
  )
}
