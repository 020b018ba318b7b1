import { html } from 'hono/html'
import type { Html } from '../layout.ts'

/** Deepest nesting shown as lists; what is deeper stands as JSON. */
const deepest = 4

/** Any data as a person can read it: names with values, lists as lists. */
export function dataBox(value: unknown, depth = 0): Html {
  if (value === null || value === undefined) return html`–`
  if (typeof value !== 'object') return html`${String(value as string | number | boolean)}`
  if (depth >= deepest) return html`<code>${JSON.stringify(value)}</code>`
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object' || one === null)) return html`${value.join(', ')}`
    return html`<ol class="data">${value.map((one: unknown) => html`<li>${dataBox(one, depth + 1)}</li>`)}</ol>`
  }
  return html`<dl class="data">${Object.entries(value).map(
    ([name, one]: [string, unknown]) => html`<div><dt>${name}</dt><dd>${dataBox(one, depth + 1)}</dd></div>`,
  )}</dl>`
}
