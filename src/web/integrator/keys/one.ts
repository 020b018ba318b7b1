import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import type { KeyReadAnswer } from '../../../../schemas/keys.ts'
import type { Adapters } from '../../../filing/plan.ts'
import { limits } from '../../../limits.ts'
import { problemOver, type Refused } from '../../desk.ts'
import { lineField, unseen, wrongAt } from '../../form.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { atPort, fact } from '../../pieces.ts'
import { say } from '../../words.ts'
import { type Desk, hintOf, holderOf, keyPath, stateTag } from './list.ts'
import { stepNames } from './words.ts'

/** What was tried from this page and not done. */
export interface Tried {
  readonly refused?: Refused
  readonly unsure?: boolean
  readonly overlap?: string
}

/** One key: whose it is, how it stands, what was done with it, replacing and revoking it. */
export function keyPage(desk: Desk, key: KeyReadAnswer, adapters: Adapters, tried: Tried): Promise<Response> {
  const { t, language } = desk
  const { refused, unsure = false } = tried
  const isLive = key.state === 'active' || key.state === 'ending'
  const other = (id: string | undefined) => id && html`<a href="${keyPath(id)}">${id}</a>`
  return desk.show(
    {
      title: key.name,
      status: refused?.status ?? (unsure ? 422 : 200),
      here: keyPath(key.id),
      scripts: ['copy.js'],
    },
    html`<nav class="crumbs"><a href="/keys">${t('title')}</a></nav>
<h1>${key.name} ${stateTag(language, key.state)}</h1>
${refused === undefined ? '' : problemOver(desk, refused)}
<dl class="facts">${fact(t('holder'), holderOf(language, key, adapters))}${fact(t('key'), hintOf(key))}
${fact(t('made'), atPort(key.createdAt))}${fact(t('used'), key.lastUsedOn ?? t('unused'))}${fact(t('ends'), key.expiresAt && atPort(key.expiresAt))}
${fact(t('replaces'), other(key.replaces))}${fact(t('replacedBy'), other(key.replacedBy))}</dl>
${isLive ? html`<div class="cards key-cards">${key.state === 'active' ? replaceCard(desk, key, tried) : ''}${revokeCard(desk, key, unsure)}</div>` : ''}
<section aria-labelledby="history"><h2 id="history">${t('history')}</h2><ol class="key-steps">${key.steps.map(
      ({ what, by, at }) =>
        html`<li><strong>${say(language, stepNames[what])}</strong> <small>${atPort(at)} · ${by ?? t('operator')}</small></li>`,
    )}</ol></section>`,
  )
}

function replaceCard({ t, language }: Desk, { id }: KeyReadAnswer, { refused, overlap }: Tried): Html {
  return html`<article><h3>${icon('arrow-path')} ${t('replace')}</h3><p>${t('replaceAbout')}</p>
<form method="post" action="${keyPath(id)}/replace" novalidate data-once>${unseen('once', randomUUID())}
${lineField({
  name: 'overlapHours',
  label: t('overlap'),
  value: overlap ?? String(limits.keyOverlapHours),
  errors: wrongAt(refused?.problem.errors, '/overlapHours', language),
  digits: 'numeric',
  max: 4,
})}
<button type="submit">${t('replace')}</button></form></article>`
}

function revokeCard({ t }: Desk, { id, own }: KeyReadAnswer, unsure: boolean): Html {
  return html`<article><h3>${icon('trash')} ${t('revoke')}</h3><p>${t('revokeAbout')}${own ? html` <strong>${t('revokeOwn')}</strong>` : ''}</p>
<form method="post" action="${keyPath(id)}/revoke">
<label><input type="checkbox" name="sure" value="yes"${unsure ? html` aria-invalid="true" aria-describedby="sure-wrong"` : ''}> ${t('sure')}</label>
${unsure ? html`<p id="sure-wrong" role="alert" class="wrong">${t('notSure')}</p>` : ''}
<button type="submit" class="danger">${t('revoke')}</button></form></article>`
}
