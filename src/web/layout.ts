import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { contentLanguage, type Language } from '../problem.ts'
import type { Env } from '../services.ts'
import { type Visitor, visitorOf } from './session.ts'
import { say, words } from './words.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** What a page is beside its content. */
export interface Page {
  readonly title: string
  /** The place in the navigation it belongs to. */
  readonly at?: 'fees' | 'editions' | 'assessments' | 'quote' | 'billCheck' | 'statistics' | 'admin'
  readonly status?: number
  /** Asks the browser to load it again after so many seconds: something is under way. */
  readonly refreshSeconds?: number
  /** Further elements of the head: a feed, another representation. */
  readonly head?: Html
  /** Of the answer to a form that changes nothing: what was sent, so that the other language answers the same. */
  readonly sent?: URLSearchParams
  /** Of the answer to another form: the page of what it is about. */
  readonly here?: string
}

const places = [
  ['fees', '/fees'],
  ['editions', '/fees/editions'],
  ['assessments', '/fees/assessments'],
  ['quote', '/fees/quote'],
  ['billCheck', '/fees/bill-check'],
  ['statistics', '/statistics'],
] as const

/**
 * The frame of every page: usable without script, printable, nothing from another host (the policy says so to the browser), in the
 * visitor's language with a switch to the other.
 */
export async function render(context: Context<Env>, page: Page, content: Html): Promise<Response> {
  const language = context.get('language')
  const visitor = visitorOf(context)
  context.header('Content-Language', contentLanguage[language])
  context.header('Vary', 'Accept-Language, Cookie')
  // The page of somebody signed in is nobody else's.
  if (!context.res.headers.has('cache-control'))
    context.header('Cache-Control', visitor === undefined ? 'no-cache' : 'private, no-store')
  return context.html(
    html`<!doctype html>
<html lang="${contentLanguage[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${say(language, words.title)}</title>
<link rel="stylesheet" href="/assets/pico.css">
<link rel="stylesheet" href="/assets/yuchuang.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${page.refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${page.refreshSeconds}">`}
${page.head ?? ''}
</head>
<body>
<a class="skip" href="#content">${say(language, words.skip)}</a>
<header class="container-fluid site">
<a class="brand" href="/"><strong>${say(language, words.title)}</strong> <small>${say(language, words.about)}</small></a>
<nav aria-label="${say(language, words.fees)}"><ul>
${places.map(([at, href]) => html`<li><a href="${href}"${current(page.at === at)}>${say(language, words[at])}</a></li>`)}
${visitor === undefined ? '' : html`<li><a href="/admin/fees"${current(page.at === 'admin')}>${say(language, words.admin)}</a></li>`}
</ul></nav>
<div class="tools">
${languageSwitch(context, page)}
${signing(language, visitor)}
</div>
</header>
<main id="content" class="container-fluid">${content}</main>
<footer class="container-fluid site"><small><a href="/docs">${say(language, words.reference)}</a> · <a href="/openapi.json">OpenAPI</a></small></footer>
</body>
</html>`,
    (page.status ?? 200) as 200,
  )
}

const current = (isHere: boolean) => (isHere ? raw(' aria-current="page"') : '')

/** The same page in the other language; the choice is remembered. */
function languageSwitch(context: Context<Env>, { sent, here = '/fees' }: Page): Html {
  const language = context.get('language')
  const other = language === 'en' ? 'zh' : 'en'
  const called = html`lang="${contentLanguage[other]}">${say(language, words.otherLanguage)}`
  const url = new URL(context.req.url)
  const isRead = context.req.method === 'GET'
  if (!isRead && sent !== undefined)
    return html`<form method="post" action="${url.pathname}?lang=${other}">${[...sent].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="quiet" type="submit" ${called}</button></form>`
  if (isRead) url.searchParams.set('lang', other)
  return html`<a href="${isRead ? `${url.pathname}${url.search}` : `${here}?lang=${other}`}" hreflang="${contentLanguage[other]}" ${called}</a>`
}

const signing = (language: Language, visitor: Visitor | undefined) =>
  visitor === undefined
    ? html`<a href="/sign-in">${say(language, words.signIn)}</a>`
    : html`<form method="post" action="/sign-out"><span>${visitor.name} (${visitor.role})</span> <button class="quiet" type="submit">${say(language, words.signOut)}</button></form>`
