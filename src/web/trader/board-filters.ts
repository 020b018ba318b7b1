import { html } from 'hono/html'
import { type FilingStatus, statuses } from '../../../schemas/status.ts'
import type { Adapters } from '../../filing/plan.ts'
import { directionNames } from '../fees/words.ts'
import { dayField, type Said, wrongAt } from '../form.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { choice, choices } from '../pieces.ts'
import type { TraderDesk } from './board.ts'

/** What can be asked for, as it stands in the address of the page. */
const asked = ['q', 'direction', 'agency', 'procedure', 'filingStatus', 'from', 'to', 'needsAction'] as const
export type Asked = { readonly [name in (typeof asked)[number]]: string }

export const askedIn = (query: Record<string, string>): Asked =>
  Object.fromEntries(asked.map((name) => [name, query[name]?.trim() ?? ''])) as Asked

/** The page's question, as the interface is asked it: days are days of the port's clock, a procedure brings its agency. */
export function questionOf({ from, to, procedure, agency, needsAction, ...rest }: Asked): Record<string, string> {
  const [of = '', name] = procedure.split(':')
  return {
    ...rest,
    ...(name === undefined ? { agency } : { agency: of, procedure: name }),
    ...(needsAction === '' ? {} : { needsAction: 'trader' }),
    ...(from === '' ? {} : { acceptedFrom: `${from}T00:00:00+08:00` }),
    ...(to === '' ? {} : { acceptedTo: dayAfter(to) }),
  }
}
const dayMs = 86_400_000
const dayAfter = (day: string): string => {
  const at = Date.parse(`${day}T00:00:00+08:00`)
  return Number.isNaN(at) ? day : new Date(at + dayMs).toISOString()
}

/** What can be narrowed: the number first, the rest behind a click. What the interface refused stands at its field, else over them all. */
export function filters(desk: TraderDesk, adapters: Adapters, query: Asked, errors: readonly Said[]): Html {
  const { language, t } = desk
  const agencies = Object.entries(adapters)
  const statusChoices = choices(language, statuses as { readonly [S in FilingStatus]: (typeof statuses)[S] })
  const rest = (['direction', 'agency', 'procedure', 'from', 'to'] as const).some((name) => query[name] !== '')
  const day = (name: 'from' | 'to', at: string): Html =>
    dayField({
      name,
      label: t(name),
      value: query[name],
      errors: wrongAt(errors, at, language).length === 0 ? [] : [t('notADay')],
    })
  const others = errors.filter(({ pointer }) => pointer !== '/acceptedFrom' && pointer !== '/acceptedTo')
  return html`${others.length === 0 ? '' : html`<ul role="alert" class="wrong">${others.map((one) => html`<li>${one.pointer.slice(1)}: ${language === 'zh' ? one.detailZh : one.detail}</li>`)}</ul>`}<search><form method="get" action="/declarations" class="finding"><div class="first">
<label class="wide">${t('search')} <input name="q" value="${query.q}" maxlength="100" aria-describedby="q-help"><small id="q-help">${t('searchHelp')}</small></label>
${choice({ name: 'filingStatus', label: t('filingStatus'), all: t('all'), chosen: query.filingStatus }, statusChoices)}
<label class="tick"><input type="checkbox" name="needsAction" value="trader"${query.needsAction === '' ? '' : html` checked`}> ${t('onlyNeeds')}</label>
<button type="submit">${icon('magnifying-glass')} ${t('find')}</button></div>
<details class="further"${rest ? html` open` : ''}><summary>${t('more')}</summary><div class="filters">
${choice({ name: 'direction', label: t('direction'), all: t('all'), chosen: query.direction }, choices(language, directionNames))}
${choice(
  { name: 'agency', label: t('agency'), all: t('all'), chosen: query.agency },
  agencies.map(([value, { name }]) => ({ value, name: name[language] })),
)}
<label>${t('procedure')} <select name="procedure"><option value="">${t('all')}</option>
${agencies.map(
  ([agency, { name, procedures }]) =>
    html`<optgroup label="${name[language]}">${Object.entries(procedures).map(
      ([procedure, one]) =>
        html`<option value="${agency}:${procedure}"${query.procedure === `${agency}:${procedure}` ? html` selected` : ''}>${one.name[language]}</option>`,
    )}</optgroup>`,
)}</select></label>
${day('from', '/acceptedFrom')}${day('to', '/acceptedTo')}</div></details></form></search>`
}
