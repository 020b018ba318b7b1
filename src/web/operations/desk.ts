import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'
import type { Env, Services } from '../../services.ts'
import { type Desk as AnyDesk, openDesk } from '../desk.ts'
import type { Html } from '../layout.ts'
import { atPort, withQuery } from '../pieces.ts'
import type { PlaceId } from '../places.ts'
import { say } from '../words.ts'
import { sharedWords } from './words.ts'

/** What a page of the operators is made with. */
export interface Desk<Word extends string = never> extends AnyDesk<Word | keyof typeof sharedWords> {
  readonly now: number
  /** What an agency, or an issuer of certificates, is called. */
  nameOf(agency: string): string
  /** What a procedure of an agency is called. */
  procedureName(agency: string, procedure: string): string
}

/** @param texts the words of the page beside those all of these pages share */
export function deskOf<Word extends string = never>(
  app: Hono<Env>,
  context: Context<Env>,
  services: Services,
  at: PlaceId,
  texts: { readonly [W in Word]: Text },
): Desk<Word> {
  const { adapters, certificates, now } = services
  const words: { readonly [W in Word | keyof typeof sharedWords]: Text } = { ...sharedWords, ...texts }
  const desk = openDesk<Word | keyof typeof sharedWords>(app, context, at, words)
  const own = <T>(all: { readonly [id: string]: T }, id: string) => (Object.hasOwn(all, id) ? all[id] : undefined)
  const named = (name: Text | undefined, id: string) => (name === undefined ? id : say(desk.language, name))
  return {
    ...desk,
    now: now(),
    nameOf: (id) => named(own(adapters, id)?.name ?? own(certificates.issuers, id)?.name, id),
    procedureName: (agency, id) => named(own(own(adapters, agency)?.procedures ?? {}, id)?.name, id),
  }
}

/** An idempotency key for a form: sent twice, it is one order. */
export const newOnce = (): string => randomUUID()

const units = [
  { seconds: 86_400, en: 'd', zh: '天' },
  { seconds: 3_600, en: 'h', zh: '小时' },
  { seconds: 60, en: 'min', zh: '分' },
  { seconds: 1, en: 's', zh: '秒' },
] as const

/** How long ago something was, in its two largest units. */
export function ageOf(language: Language, since: string, now: number): string {
  let left = Math.max(0, Math.floor((now - Date.parse(since)) / 1_000))
  const parts: string[] = []
  for (const { seconds, ...name } of units) {
    const count = Math.floor(left / seconds)
    left -= count * seconds
    if (count > 0 || (seconds === 1 && parts.length === 0))
      parts.push(language === 'zh' ? `${count}${name.zh}` : `${count} ${name.en}`)
    else if (parts.length > 0) break
    if (parts.length === 2) break
  }
  return parts.join(' ')
}

/** How long ago something was, with the instant for who asks. */
export const aged = ({ language, now }: Pick<Desk, 'language' | 'now'>, since: string): Html =>
  html`<time datetime="${since}" title="${atPort(since)}">${ageOf(language, since, now)}</time>`

/** The page of a declaration, or of one of its filings. */
export const declarationHref = (id: string, filing?: string): string =>
  `/declarations/${encodeURIComponent(id)}${filing === undefined ? '' : `/filings/${encodeURIComponent(filing)}`}`

/** The last characters of an id, which tell it from others; the whole of it for who asks. */
export const shortId = (id: string): Html => html`<code title="${id}">…${id.slice(-8)}</code>`

/** Ways to the next page of a list and back to its first, filters kept. @param name of the parameter that says where the page before ended */
export function morePages(
  { context, t }: Pick<Desk, 'context' | 't'>,
  next: string | undefined,
  name = 'after',
): Html | '' {
  const { [name]: after, lang: _, ...query } = context.req.query()
  if (next === undefined && after === undefined) return ''
  const { path } = context.req
  return html`<nav class="pages on-screen" aria-label="${t('next')}">${after === undefined ? '' : html`<a href="${withQuery(path, query)}">${t('first')}</a> `}${next === undefined ? '' : html`<a href="${withQuery(path, { ...query, [name]: next })}" rel="next">${t('next')}</a>`}</nav>`
}

/** A page loaded again by a browser that runs no script; where one runs, it brings what changed. */
export const reloading = (seconds: number): Html =>
  html`<noscript><meta http-equiv="refresh" content="${seconds}"></noscript>`

/** A cell of a table whose rows are small tables of their own on a narrow screen. */
export const cell = (label: string, content: Html | string | number, kind = ''): Html =>
  html`<td data-label="${label}"${kind === '' ? '' : html` class="${kind}"`}>${content === '' ? '' : html`<div>${content}</div>`}</td>`
