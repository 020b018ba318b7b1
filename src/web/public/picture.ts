import { html } from 'hono/html'
import type { Text } from '../../../schemas/text.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import type { FrontDesk } from './front.ts'

/** An agency, as far as the picture shows it. */
export interface AgencyShown {
  readonly id: string
  readonly name: Text
  readonly procedures: readonly { readonly id: string; readonly name: Text }[]
}

/** Height of a row in the drawing of the lines; their width is a hundred. */
const row = 10
/** What of an agency's procedures is named; the rest is counted. */
const named = 2

/** One declaration, and lines from it to each agency 一次申报、分别办理: as many as are registered. */
export function fanPicture({ language, t }: FrontDesk, agencies: readonly AgencyShown[]): Html {
  const height = agencies.length * row
  const middle = height / 2
  const lines = agencies.map((_, at) => {
    const end = at * row + row / 2
    return html`<path d="M0 ${middle}C50 ${middle} 50 ${end} 100 ${end}"/>`
  })
  return html`<figure class="fan" aria-label="${t('picture')}"><div class="fan-from">${icon('document-text')}<strong>${t('declaration')}</strong><small>${t('forms')}</small></div>
<svg class="fan-lines" viewBox="0 0 100 ${height}" preserveAspectRatio="none" aria-hidden="true">${lines}</svg>
<ul class="fan-to">${agencies.map(({ name, procedures }) => {
    const rest = procedures.length - named
    const shown = procedures.slice(0, named).map((one) => say(language, one.name))
    return html`<li><div><strong>${say(language, name)}</strong> <small>${shown.join(' · ')}${rest > 0 ? html` <span class="nowrap">+${rest} ${t('more')}</span>` : ''}</small></div></li>`
  })}</ul></figure>`
}
