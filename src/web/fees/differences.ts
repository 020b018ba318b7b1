import { html } from 'hono/html'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import { fieldCalled, valueShown } from './field-values.ts'
import { feeWords } from './words.ts'

/** One field that differs. */
export interface Difference {
  readonly pointer: string
  readonly before?: unknown
  readonly after?: unknown
}

/** What differs, field by field 字段差异. */
export function differenceTable(language: Language, differences: readonly Difference[]): Html {
  const t = (name: 'field' | 'before' | 'after') => say(language, feeWords[name])
  if (differences.length === 0) return html`<p>${say(language, feeWords.noDifferences)}</p>`
  return scrolling(
    say(language, feeWords.differences),
    html`<table class="differences"><thead><tr><th scope="col">${t('field')}</th><th scope="col">${t('before')}</th><th scope="col">${t('after')}</th></tr></thead>
<tbody>${differences.map(
      (
        one,
      ) => html`<tr><th scope="row">${fieldShown(language, one.pointer)}</th><td>${one.before === undefined ? '' : html`<del>${valueShown(language, one.pointer, one.before)}</del>`}</td>
<td>${one.after === undefined ? '' : html`<ins>${valueShown(language, one.pointer, one.after)}</ins>`}</td></tr>`,
    )}</tbody></table>`,
  )
}

/** The field by its name, with the pointer that says exactly where. */
function fieldShown(language: Language, pointer: string): Html {
  if (!pointer.startsWith('/')) return html`${pointer}`
  const called = fieldCalled(language, pointer)
  return called === undefined
    ? html`<code>${pointer}</code>`
    : html`${called}<br><small><code>${pointer}</code></small>`
}
