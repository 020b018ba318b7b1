import { html } from 'hono/html'
import type { Desk } from '../desk.ts'
import type { Html } from '../layout.ts'
import { withQuery } from '../pieces.ts'

/** Ways to the next page of a list and back to its first, filters kept. */
export function morePages({ context, t }: Desk<'next' | 'first'>, next: string | undefined): Html | '' {
  const { after, lang: _, ...query } = context.req.query()
  if (next === undefined && after === undefined) return ''
  const { path } = context.req
  return html`<nav class="pages on-screen" aria-label="${t('next')}">${after === undefined ? '' : html`<a href="${withQuery(path, query)}">${t('first')}</a> `}${next === undefined ? '' : html`<a href="${withQuery(path, { ...query, after: next })}" rel="next">${t('next')}</a>`}</nav>`
}
