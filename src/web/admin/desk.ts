import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { type Language, Problem } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, type Api, apiOf } from '../api.ts'
import { type Html, type Page, render } from '../layout.ts'
import { problemBox } from '../pieces.ts'
import { say } from '../words.ts'
import { adminWords } from './words.ts'

/** What a page of the catalogue work is made with. */
export interface Desk {
  readonly context: Context<Env>
  readonly language: Language
  readonly api: Api
  /** Our words in the visitor's language. */
  t(name: keyof typeof adminWords): string
  show(page: Pick<Page, 'title' | 'status' | 'refreshSeconds'>, content: Html): Promise<Response>
  /** A page that is nothing but what the interface refused. @throws {Problem} unauthenticated */
  refuse(answered: Refused): Promise<Response>
}
export type Refused = Extract<Answered<unknown>, { ok: false }>

export function deskOf(app: Hono<Env>, context: Context<Env>): Desk {
  const language = context.get('language')
  const show: Desk['show'] = (page, content) => render(context, { ...page, at: 'admin' }, content)
  return {
    context,
    language,
    api: apiOf(app, context),
    t: (name) => say(language, adminWords[name]),
    show,
    async refuse({ problem, status }) {
      // Who is not signed in any more is told where to.
      if (status === 401) throw new Problem('unauthenticated')
      return show({ title: problem.title, status }, html`<h1>${problem.title}</h1>${problemBox(language, problem)}`)
    },
  }
}

/** A problem over a form that keeps what was filled in; who is not signed in any more can be again, elsewhere, and go on here. */
export const problemOver = ({ language, t }: Desk, { problem, status }: Refused): Html =>
  status === 401
    ? html`<section class="problem" role="alert"><h2>${t('notSaved')}</h2><p>${t('signInAgain')}
<a href="/sign-in" target="_blank" rel="noopener">${t('signIn')}</a></p></section>`
    : problemBox(language, problem)

/** The address of a draft, or of something of it. */
export const draftPath = (id: string, ...more: readonly string[]): string =>
  ['/admin/fees/drafts', id, ...more].map((part, at) => (at === 0 ? part : encodeURIComponent(part))).join('/')
