import { html } from 'hono/html'
import type { KeyAnswer } from '../../../../schemas/keys.ts'
import { type Adapters, findAdapter } from '../../../filing/plan.ts'
import type { Language } from '../../../problem.ts'
import type { Desk as AnyDesk } from '../../desk.ts'
import type { IconName } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { atPort, scrolling } from '../../pieces.ts'
import { type Tone, toneTag } from '../../status.ts'
import { say } from '../../words.ts'
import { type keyWords, roleNames, stateNames } from './words.ts'

export type Desk = AnyDesk<keyof typeof keyWords>

export const keyPath = (id: string): string => `/keys/${encodeURIComponent(id)}`

const looks: { readonly [state in KeyAnswer['state']]: readonly [Tone, IconName] } = {
  active: ['good', 'check-circle'],
  ending: ['care', 'clock'],
  revoked: ['idle', 'x-circle'],
  expired: ['idle', 'clock'],
}
export const stateTag = (language: Language, state: KeyAnswer['state']): Html =>
  toneTag(...looks[state], say(language, stateNames[state]))

/** Whose a key is: the role, with the firm or the agency. */
export const holderOf = (language: Language, { role, tenant, agency }: KeyAnswer, adapters: Adapters): Html => {
  const name = agency === undefined ? undefined : findAdapter(adapters, agency)?.name
  const whose = name === undefined ? (tenant ?? agency) : say(language, name)
  return html`${say(language, roleNames[role])}${whose === undefined ? '' : html` <small>${whose}</small>`}`
}

/** The characters a key ends with. */
export const hintOf = ({ hint }: KeyAnswer): Html | '' => (hint === undefined ? '' : html`<code>…${hint}</code>`)

/** Keys, newest first. */
export function keysTable(
  { t, language }: Desk,
  keys: readonly KeyAnswer[],
  { isAdmin, adapters }: { isAdmin: boolean; adapters: Adapters },
): Html {
  if (keys.length === 0) return html`<p>${t('none')}</p>`
  const columns = ['name', ...(isAdmin ? (['holder'] as const) : []), 'key', 'state', 'used', 'made', 'ends'] as const
  return scrolling(
    t('title'),
    html`<table class="stack keys"><thead><tr>${columns.map((name) => html`<th scope="col">${t(name)}</th>`)}</tr></thead><tbody>${keys.map(
      (
        key,
      ) => html`<tr><th scope="row"><a href="${keyPath(key.id)}">${key.name}</a>${key.own ? html` <span class="tag">${t('own')}</span>` : ''}</th>
${isAdmin ? html`<td data-label="${t('holder')}"><span>${holderOf(language, key, adapters)}</span></td>` : ''}<td data-label="${t('key')}">${hintOf(key)}</td>
<td data-label="${t('state')}">${stateTag(language, key.state)}</td><td class="nowrap" data-label="${t('used')}">${key.lastUsedOn ?? t('unused')}</td>
<td class="nowrap" data-label="${t('made')}">${atPort(key.createdAt)}</td><td class="nowrap" data-label="${t('ends')}">${key.revokedAt === undefined ? (key.expiresAt === undefined ? '' : atPort(key.expiresAt)) : atPort(key.revokedAt)}</td></tr>`,
    )}</tbody></table>`,
  )
}
