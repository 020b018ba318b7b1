import { html } from 'hono/html'
import type { Adapters } from '../../../filing/plan.ts'
import { problemOver, type Refused } from '../../desk.ts'
import { choiceField, dayField, given, lineField, unseen, wrongAt } from '../../form.ts'
import { choices } from '../../pieces.ts'
import { visitorOf } from '../../session.ts'
import { say } from '../../words.ts'
import type { Desk } from './list.ts'
import { roleNames } from './words.ts'

/** What a form asks for; what was left open is left out. */
export function requestOf(form: URLSearchParams): Record<string, string> {
  const asked = Object.fromEntries(
    (['name', 'role', 'tenant', 'agency'] as const).flatMap((name) => {
      const value = given(form, name).trim()
      // Nobody becomes an administrator by leaving a choice open.
      return value === '' && (name !== 'role' || !form.has('role')) ? [] : [[name, value]]
    }),
  )
  const last = given(form, 'expiresAt')
  // The end of the port's day.
  return { name: '', ...asked, ...(last === '' ? {} : { expiresAt: `${last}T23:59:59+08:00` }) }
}

/** The form of a new key: for an administrator with whose it is to be. */
export async function newKeyForm(
  desk: Desk,
  adapters: Adapters,
  form: URLSearchParams,
  refused?: Refused,
): Promise<Response> {
  const { t, language, context } = desk
  const field = (name: 'name' | 'role' | 'tenant' | 'agency' | 'expiresAt') => ({
    name,
    label: t(name === 'expiresAt' ? 'ends' : name),
    value: given(form, name),
    errors: wrongAt(refused?.problem.errors, `/${name}`, language),
  })
  const agencies = Object.entries(adapters).map(([value, { name }]) => ({ value, name: say(language, name) }))
  return desk.show(
    { title: t('make'), status: refused?.status ?? 200, scripts: ['copy.js'], here: '/keys/new' },
    html`<nav class="crumbs"><a href="/keys">${t('title')}</a></nav><h1>${t('make')}</h1>
${refused === undefined ? '' : problemOver(desk, refused)}
<form method="post" action="/keys" class="narrow" novalidate data-once>${unseen('once', given(form, 'once'))}
${lineField({ ...field('name'), required: true, max: 100, help: t('nameHelp') })}
${
  visitorOf(context)?.role === 'admin'
    ? html`${choiceField({ ...field('role'), required: true }, choices(language, roleNames))}
${lineField({ ...field('tenant'), max: 40, help: t('tenantHelp') })}
${choiceField({ ...field('agency'), help: t('agencyHelp') }, agencies)}`
    : ''
}
${dayField({ ...field('expiresAt'), help: t('endsHelp') })}
<button type="submit">${t('make')}</button></form>`,
  )
}
