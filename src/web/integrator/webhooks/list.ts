import { html } from 'hono/html'
import type { Language } from '../../../problem.ts'
import type { Desk as AnyDesk } from '../../desk.ts'
import type { IconName } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { scrolling } from '../../pieces.ts'
import { type Tone, toneTag } from '../../status.ts'
import { say } from '../../words.ts'
import { type EndpointShown, type hookWords, stateNames, typeName } from './words.ts'

export type Desk = AnyDesk<keyof typeof hookWords>

export const hookPath = (id: string, ...more: readonly string[]): string =>
  ['/webhooks', encodeURIComponent(id), ...more].join('/')
export const endpointApi = (id: string): string => `/v1/webhook-endpoints/${encodeURIComponent(id)}`

const looks: { readonly [state in keyof typeof stateNames]: readonly [Tone, IconName] } = {
  active: ['good', 'check-circle'],
  failing: ['bad', 'exclamation-triangle'],
  owner: ['idle', 'pause-circle'],
  gone: ['bad', 'x-circle'],
  'five-days': ['bad', 'x-circle'],
}

function stateOf({ enabled, disabled, failingSince }: EndpointShown): keyof typeof stateNames {
  if (enabled) return failingSince === undefined ? 'active' : 'failing'
  return disabled?.because === 'failing' ? 'five-days' : (disabled?.because ?? 'owner')
}
export function endpointTag(language: Language, endpoint: EndpointShown): Html {
  const state = stateOf(endpoint)
  return toneTag(...looks[state], say(language, stateNames[state]))
}

/** What an endpoint wants. */
export const wantedTypes = ({ t, language }: Desk, { types }: EndpointShown): Html =>
  types.length === 0
    ? html`${t('everything')}`
    : html`<ul class="tags">${types.map((type) => html`<li>${typeName(language, type)}</li>`)}</ul>`

export function endpointsTable(desk: Desk, endpoints: readonly EndpointShown[]): Html {
  const { t, language } = desk
  if (endpoints.length === 0) return html`<p>${t('none')}</p>`
  return scrolling(
    t('title'),
    html`<table class="stack hooks"><thead><tr><th scope="col">${t('url')}</th><th scope="col">${t('state')}</th><th scope="col">${t('types')}</th></tr></thead><tbody>${endpoints.map(
      (
        one,
      ) => html`<tr><th scope="row"><a class="address" href="${hookPath(one.id)}">${one.url}</a>${one.description === undefined ? '' : html`<small>${one.description}</small>`}</th>
<td data-label="${t('state')}">${endpointTag(language, one)}</td><td data-label="${t('types')}"><div>${wantedTypes(desk, one)}</div></td></tr>`,
    )}</tbody></table>`,
  )
}
