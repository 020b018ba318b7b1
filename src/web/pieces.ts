import { html } from 'hono/html'
import type { Text } from '../../schemas/text.ts'
import type { Language } from '../problem.ts'
import type { ProblemShown } from './api.ts'
import type { Html } from './layout.ts'
import { say } from './words.ts'

/** A problem, for people: what is wrong, and each thing at its place. Without a title where it stands above already. */
export function problemBox(language: Language, { title, detail, errors = [] }: ProblemShown): Html {
  return html`<section class="problem" role="alert">${title === '' ? '' : html`<h2>${title}</h2>`}${detail === title ? '' : html`<p>${detail}</p>`}
${errors.length === 0 ? '' : html`<ul>${errors.map((one) => html`<li><code>${one.pointer}</code> ${language === 'zh' ? one.detailZh : one.detail}</li>`)}</ul>`}</section>`
}

/** A choice among values, with `all` first where none need be made. */
export function choice(
  about: { name: string; label: string; all?: string; chosen: string | undefined },
  values: readonly { value: string; name: string }[],
): Html {
  return html`<label>${about.label} <select name="${about.name}">
${about.all === undefined ? '' : html`<option value="">${about.all}</option>`}
${values.map(({ value, name }) => html`<option value="${value}"${value === about.chosen ? html` selected` : ''}>${name}</option>`)}
</select></label>`
}

/** A term with what is said of it. */
export const fact = (name: string, value: Html | string | undefined): Html | '' =>
  value === undefined || value === '' ? '' : html`<dt>${name}</dt><dd>${value}</dd>`

/** A table that scrolls by itself where the screen is narrow. */
export const scrolling = (label: string, table: Html): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${table}</div>`

/** Values with their names, for a choice. */
export const choices = (language: Language, names: { readonly [value: string]: Text }) =>
  Object.entries(names).map(([value, name]) => ({ value, name: say(language, name) }))

/** A path with a query; what is empty is left out. */
export function withQuery(path: string, query: { readonly [name: string]: string | undefined }): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}

/** A day and a time of the port's clock. */
export const atPort = (instant: string): string => portClock.format(new Date(instant))
const portClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})
