import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { isFromOurPage, sessionCookie } from '../auth.ts'
import type { Role } from '../db/keys.ts'
import { callerOfSession, closeSession, openSession } from '../db/sessions.ts'
import { limits } from '../limits.ts'
import { type Language, languageOf, Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { render } from './layout.ts'
import { homeOf } from './places.ts'
import { say, words } from './words.ts'

/** Who looks at a page. */
export interface Visitor {
  readonly name: string
  readonly role: Role
}

const visitors = new WeakMap<Request, Visitor>()
/** Whoever is signed in. */
export const visitorOf = (context: Context<Env>): Visitor | undefined => visitors.get(context.req.raw)

const languageCookie = 'yuchuang_language'
const yearSeconds = 31_536_000

/** Nothing from elsewhere, no script but ours, in nobody's frame. */
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** What every page needs: the visitor's language (asked for, remembered, or preferred) and session, and what the browser may do. */
export function visiting({ database, now }: Services): MiddlewareHandler<Env> {
  return async (context, next) => {
    greet(context)
    const token = getCookie(context, sessionCookie)
    const caller = token === undefined ? undefined : await callerOfSession(database, token, new Date(now()))
    if (caller !== undefined) visitors.set(context.req.raw, caller)
    if (!['GET', 'HEAD'].includes(context.req.method) && !isFromOurPage(context))
      throw new Problem('forbidden', {
        detail: { en: 'Forms count only from pages of this site', zh: '表单仅限本站页面提交' },
      })
    await next()
  }
}

/** The visitor's language, and what the browser may do. */
export function greet(context: Context<Env>): void {
  context.header('Content-Security-Policy', policy)
  context.header('X-Content-Type-Options', 'nosniff')
  context.header('Referrer-Policy', 'same-origin')
  context.set('language', languageFor(context))
}

function languageFor(context: Context<Env>): Language {
  const asked = context.req.query('lang')
  if (asked === 'zh' || asked === 'en') {
    setCookie(context, languageCookie, asked, { path: '/', maxAge: yearSeconds, sameSite: 'Lax', httpOnly: true })
    return asked
  }
  const remembered = getCookie(context, languageCookie)
  return remembered === 'zh' || remembered === 'en' ? remembered : languageOf(context.req.header('accept-language'))
}

const texts = {
  why: {
    en: 'With the key you use for the interface. You see what that key may see.',
    zh: '使用您的接口密钥登录，可见范围与该密钥一致。',
  },
  key: { en: 'Key', zh: '密钥' },
  wrong: { en: 'This is no valid key.', zh: '密钥无效。' },
} as const

/** Where a visitor goes on to: a path of ours, nothing else; absent, where the work of their role begins. */
const onward = (given: string | undefined) =>
  given !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(given) ? given : undefined

/** Lets the browser show from now on who signed in. */
export function keepSession(context: Context<Env>, token: string): void {
  setCookie(context, sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: limits.sessionMs / 1_000,
    secure: isSecure(context),
  })
}

/** Signing in with a key, and out 登录/退出. */
export function sessionPages({ database, now }: Services): Hono<Env> {
  const pages = new Hono<Env>()
  const form = (context: Context<Env>, isWrong: boolean, next = '') => {
    const language = context.get('language')
    const content = html`<h1>${say(language, words.signIn)}</h1><p>${say(language, texts.why)}</p>
<form method="post" action="/sign-in" class="narrow">
<input type="hidden" name="next" value="${next}">
<label>${say(language, texts.key)} <input name="key" type="password" autocomplete="current-password" required maxlength="220"${isWrong ? html` aria-invalid="true" aria-describedby="wrong"` : ''}></label>
${isWrong ? html`<p id="wrong" role="alert">${say(language, texts.wrong)}</p>` : ''}
<button type="submit">${say(language, words.signIn)}</button></form>`
    return render(context, { title: say(language, words.signIn), status: isWrong ? 401 : 200 }, content)
  }
  pages.get('/sign-in', (context) => form(context, false, onward(context.req.query('next'))))
  pages.post('/sign-in', async (context) => {
    const body = await context.req.parseBody()
    const next = onward(typeof body['next'] === 'string' ? body['next'] : undefined)
    const key = typeof body['key'] === 'string' ? body['key'].trim() : ''
    const opened = key === '' ? undefined : await openSession(database, key, new Date(now()))
    if (opened === undefined) return form(context, true, next)
    keepSession(context, opened.token)
    return context.redirect(next ?? homeOf(opened.caller.role), 303)
  })
  pages.post('/sign-out', async (context) => {
    const token = getCookie(context, sessionCookie)
    if (token !== undefined) await closeSession(database, token)
    deleteCookie(context, sessionCookie, { path: '/', secure: isSecure(context) })
    return context.redirect('/', 303)
  })
  return pages
}

/** Whether the visitor came over TLS, here or at a proxy before us. */
const isSecure = (context: Context) =>
  context.req.header('x-forwarded-proto') === 'https' || new URL(context.req.url).protocol === 'https:'
