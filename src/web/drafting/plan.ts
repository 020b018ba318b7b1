import { html } from 'hono/html'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import type { Check, Desk } from './desk.ts'
import { fieldName } from './field-name.ts'

type Entry = Check['plan'][number]

/** The plan as it grows 申报计划: whom the declaration will be filed with and why, and what each of them still lacks. */
export function planAside(desk: Desk, { plan }: Check): Html {
  const { t } = desk
  const filed = plan.filter(({ files }) => files === true)
  const later = plan.filter(({ files }) => files === undefined)
  const not = plan.filter(({ files }) => files === false)
  return html`<aside class="plan" id="plan" aria-label="${t('plan')}"><h2>${t('plan')} <small>${filed.length}</small></h2>
${filed.length === 0 ? '' : html`<ul>${filed.map((entry) => line(desk, entry))}</ul>`}
${later.length === 0 ? '' : html`<h3>${t('planLater')}</h3><ul>${later.map((entry) => line(desk, entry))}</ul>`}
${not.length === 0 ? '' : html`<details><summary>${t('planNot')} (${not.length})</summary><ul>${not.map((entry) => line(desk, entry))}</ul></details>`}</aside>`
}

function line({ t, language }: Desk, { files, agencyName, name, because, awaits, open }: Entry): Html {
  const state =
    files !== true
      ? ''
      : open === 0
        ? html`<span class="good">${icon('check-circle')} ${t('ready')}</span>`
        : html`<span class="dim">${icon('pencil-square')} ${open} ${t('open')}</span>`
  const field = awaits === undefined ? '' : fieldName(language, awaits)
  const why = because !== undefined ? say(language, because) : field === '' ? '' : `${t('planAwaits')} ${field}`
  return html`<li><strong>${say(language, agencyName)}</strong> ${say(language, name)} ${state}<small>${why}</small></li>`
}
