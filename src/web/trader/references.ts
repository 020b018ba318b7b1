import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import type { TraderDesk } from './board.ts'
import type { DeclarationShown, FilingShown } from './head.ts'

/** A number that can be copied, where scripts run. */
export const number = (value: string): Html => html`<code data-copy>${value}</code>`

/** The numbers of one filing as rows of a list of facts. */
export const numbersOf = ({ language }: TraderDesk, { references }: FilingShown): Html[] =>
  references.map(
    ({ scheme, value, name }) =>
      html`<div><dt>${name === undefined ? scheme : say(language, name)}</dt><dd>${number(value)}</dd></div>`,
  )

/** Every number a declaration goes by 编号: our own, and what each agency gave. */
export function referencesOf(desk: TraderDesk, declaration: DeclarationShown): Html {
  const { language, t } = desk
  const named = declaration.filings.filter(({ references }) => references.length > 0)
  return html`<section id="references" data-live class="references" aria-labelledby="references-head" data-copy-word="${t('copy')}" data-copied-word="${t('copied')}"><h2 id="references-head">${t('references')}</h2>
<dl><div><dt>${t('ownNumber')}</dt><dd>${number(declaration.functionalReferenceId)}</dd></div><div><dt>${t('ourNumber')}</dt><dd>${number(declaration.id)}</dd></div></dl>
${named.length === 0 ? html`<p class="note">${t('noReferences')}</p>` : ''}
${named.map(
  (filing) =>
    html`<h3>${say(language, filing.agencyName)} <small>${say(language, filing.procedureName)}</small></h3><dl>${numbersOf(desk, filing)}</dl>`,
)}</section>`
}
