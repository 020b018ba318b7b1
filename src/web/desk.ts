import type { Context, Hono, MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import type { Text } from '../../schemas/text.ts'
import { type Language, Problem } from '../problem.ts'
import type { Env } from '../services.ts'
import { type Answered, type Api, apiOf } from './api.ts'
import { type Html, type Page, render } from './layout.ts'
import { problemBox } from './pieces.ts'
import { homeOf, type PlaceId } from './places.ts'
import { visitorOf } from './session.ts'
import { say, words } from './words.ts'

/** What a page is made with: whom it is for, what the gateway answers them, and words of its own. */
export interface Desk<Word extends string = string> {
  readonly context: Context<Env>
  readonly language: Language
  readonly api: Api
  /** Our words in the visitor's language. */
  t(name: Word): string
  show(page: Omit<Page, 'at'>, content: Html): Promise<Response>
  /** A page that is nothing but what the interface refused. @throws {Problem} unauthenticated */
  refuse(answered: Refused): Promise<Response>
}
export type Refused = Extract<Answered<unknown>, { ok: false }>

/** @param at where in the navigation the page stands @param texts the words of its folder */
export function openDesk<Word extends string>(
  app: Hono<Env>,
  context: Context<Env>,
  at: PlaceId,
  texts: { readonly [W in Word]: Text },
): Desk<Word> {
  const language = context.get('language')
  const show: Desk['show'] = (page, content) => render(context, { ...page, at }, content)
  return {
    context,
    language,
    api: apiOf(app, context),
    t: (name) => say(language, texts[name]),
    show,
    async refuse({ problem, status }) {
      // Who is not signed in any more is told where to.
      if (status === 401) throw new Problem('unauthenticated')
      const { title, detail, errors = [] } = problem
      const isTold = detail === title && errors.length === 0
      const back = html`<p><a href="${homeOf(visitorOf(context)?.role)}">${say(language, words.back)}</a></p>`
      const box = isTold ? '' : problemBox(language, { ...problem, title: '' })
      return show({ title, status }, html`<h1>${title}</h1>${box}${back}`)
    },
  }
}

/** A problem over a form that keeps what was filled in; who is not signed in any more can be again, elsewhere, and go on here. */
export const problemOver = ({ language }: Pick<Desk, 'language'>, { problem, status }: Refused): Html =>
  status === 401
    ? html`<section class="problem" role="alert"><h2>${say(language, words.notSaved)}</h2><p>${say(language, words.signInAgain)}
<a href="/sign-in" target="_blank" rel="noopener">${say(language, words.signIn)}</a></p></section>`
    : problemBox(language, problem)

/** Shows who is not signed in the way to, and back. What was sent by somebody whose session ended is answered by its page, which keeps it. */
export const signedIn: MiddlewareHandler<Env> = async (context, next) => {
  if (visitorOf(context) !== undefined || !['GET', 'HEAD'].includes(context.req.method)) return next()
  const { pathname, search } = new URL(context.req.url)
  return context.redirect(`/sign-in?${new URLSearchParams({ next: pathname + search }).toString()}`, 303)
}
