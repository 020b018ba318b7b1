import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Role } from '../db/keys.ts'
import { contentLanguage, type Language } from '../problem.ts'
import type { Env } from '../services.ts'
import { assetPath } from './assets.ts'
import { icon } from './icons.ts'
import { type PlaceId, sectionsFor } from './places.ts'
import { type Visitor, visitorOf } from './session.ts'
import { say, words } from './words.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** What a page is beside its content. */
export interface Page {
  readonly title: string
  /** The place in the navigation it belongs to. */
  readonly at?: PlaceId
  readonly status?: number
  /** Asks the browser to load it again after so many seconds: something is under way. */
  readonly refreshSeconds?: number
  /** Further elements of the head: a feed, another representation. */
  readonly head?: Html
  /** Scripts of ours, by their names in `assets/`: modules that make a page better which works without them. */
  readonly scripts?: readonly string[]
  /** Of the answer to a form that changes nothing: what was sent, so that the other language answers the same. */
  readonly sent?: URLSearchParams
  /** Of the answer to another form: the page of what it is about. */
  readonly here?: string
}

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
<link rel="stylesheet" href="${assetPath('pico.css')}">
<link rel="stylesheet" href="${assetPath('yuchuang.css')}">
<link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">
${(page.scripts ?? []).map((name) => html`<script type="module" src="${assetPath(name)}"></script>`)}
${page.refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${page.refreshSeconds}">`}
${page.head ?? ''}
</head>
<body>
<a class="skip" href="#content">${say(language, words.skip)}</a>
<header class="container-fluid site">
<a class="brand" href="/">${mark}<strong>${say(language, words.title)}</strong> <small>${say(language, words.about)}</small></a>
<details class="menu"><summary>${icon('bars-3')} ${say(language, words.menu)}</summary></details>
${navigation(language, visitor?.role, page.at)}
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

/** The window's sign: the same as in `icon.svg`, in the colours of the page. */
const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="6"/><path d="M7 8h18v16H7zM7 16h18M16 8v16"/></svg>`

/** The sections of the window, and the pages of the one we are in. On a narrow screen the sections show when the menu before them is open. */
function navigation(language: Language, role: Role | undefined, at: PlaceId | undefined): Html {
  const shown = sectionsFor(role)
  const here = shown.find(({ pages }) => pages.some(({ id }) => id === at))
  return html`<nav class="sections" aria-label="${say(language, words.sections)}"><ul>
${shown.map(
  ({ section, pages }) =>
    html`<li><a href="${pages[0]?.href ?? '/'}"${current(section === here?.section, 'true')}>${icon(section.icon)} ${say(language, section.name)}</a></li>`,
)}
</ul></nav>${
    here === undefined
      ? ''
      : html`<nav class="within" aria-label="${say(language, here.section.name)}"><ul>
${here.pages.map(({ id, href, name }) => html`<li><a href="${href}"${current(id === at)}>${say(language, name)}</a></li>`)}
</ul></nav>`
  }`
}

const current = (isHere: boolean, what = 'page') => (isHere ? raw(` aria-current="${what}"`) : '')

/** The same page in the other language; the choice is remembered. */
function languageSwitch(context: Context<Env>, { sent, here = '/' }: Page): Html {
  const language = context.get('language')
  const other = language === 'en' ? 'zh' : 'en'
  const called = html`lang="${contentLanguage[other]}">${say(language, words.otherLanguage)}`
  const url = new URL(context.req.url)
  const isRead = context.req.method === 'GET'
  if (!isRead && sent !== undefined)
    return html`<form method="post" action="${url.pathname}?lang=${other}">${[...sent].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="quiet" type="submit" ${called}</button></form>`
  if (isRead) url.searchParams.set('lang', other)
  return html`<a href="${isRead ? `${url.pathname}${url.search}` : `${here}${here.includes('?') ? '&' : '?'}lang=${other}`}" hreflang="${contentLanguage[other]}" ${called}</a>`
}

const signing = (language: Language, visitor: Visitor | undefined) =>
  visitor === undefined
    ? html`<a href="/sign-in">${say(language, words.signIn)}</a>`
    : html`<form method="post" action="/sign-out"><span>${visitor.name} (${visitor.role})</span> <button class="quiet" type="submit">${say(language, words.signOut)}</button></form>`
