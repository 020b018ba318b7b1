import type { Context } from 'hono'
import { html } from 'hono/html'
import { type Problem, problemDocument } from '../problem.ts'
import type { Env } from '../services.ts'
import { type Html, render } from './layout.ts'
import { homeOf, pageRoots } from './places.ts'
import { greet, visitorOf } from './session.ts'
import { say } from './words.ts'

const pagePaths = new RegExp(String.raw`^/(?:(?:${pageRoots.join('|')})(?:/.*)?)?$`)

/** Whether the answer to a request is for eyes: never on the interface, on a page's path unless something else is asked for, elsewhere where a browser asks. */
export function wantsPage({ req }: Context<Env>): boolean {
  if (/^\/v1(\/|$)/.test(req.path)) return false
  const accepted = req.header('accept') ?? '*/*'
  return (pagePaths.test(req.path) ? /text\/(html|\*)|\*\/\*/ : /text\/html/).test(accepted)
}

const texts = {
  signIn: { en: 'Sign in and go on here', zh: '登录后继续' },
  signedIn: { en: 'You are signed in as', zh: '当前登录' },
  another: { en: 'Sign in with another key', zh: '更换密钥登录' },
  soon: { en: 'Try again in so many seconds:', zh: '请在以下秒数后重试：' },
  again: { en: 'Try again', zh: '重试' },
  request: { en: 'Number of the request, should you ask us about it', zh: '请求编号（反馈问题时请提供）' },
  home: { en: 'To the front page', zh: '返回首页' },
} as const

/** A problem as a page 出错页面: what is wrong, what can be done about it, the status kept. */
export function errorPage(context: Context<Env>, problem: Problem): Promise<Response> {
  greet(context)
  const language = context.get('language')
  const document = problemDocument(problem, {
    instance: context.req.path,
    requestId: context.get('requestId'),
    language,
  })
  const t = (name: keyof typeof texts) => say(language, texts[name])
  const { pathname, search } = new URL(context.req.url)
  const isRead = context.req.method === 'GET'
  const visitor = visitorOf(context)
  const here = isRead ? pathname + search : homeOf(visitor?.role)
  const signIn = `/sign-in?${new URLSearchParams({ next: here }).toString()}`
  const wait = problem.headers['Retry-After']
  const advice: Html[] = []
  if (document.status === 401) advice.push(html`<p><a href="${signIn}">${t('signIn')}</a></p>`)
  if (document.status === 403 && visitor !== undefined)
    advice.push(
      html`<p>${t('signedIn')} ${visitor.name} (${visitor.role}). <a href="${signIn}">${t('another')}</a></p>`,
    )
  if (wait !== undefined)
    advice.push(html`<p>${t('soon')} ${wait}. ${isRead ? html`<a href="${here}">${t('again')}</a>` : ''}</p>`)
  if (document.status >= 500)
    advice.push(html`<p class="digest"><small>${t('request')}: <code>${document.requestId}</code></small></p>`)
  return render(
    context,
    { title: document.title, status: document.status },
    html`<h1><small>${document.status}</small> ${document.title}</h1>${document.detail === document.title ? '' : html`<p>${document.detail}</p>`}
${
  document.errors === undefined
    ? ''
    : html`<ul>${document.errors.map((one) => html`<li><code>${one.pointer}</code> ${language === 'zh' ? one.detailZh : one.detail}</li>`)}</ul>`
}${advice}<p><a href="/">${t('home')}</a></p>`,
  )
}
