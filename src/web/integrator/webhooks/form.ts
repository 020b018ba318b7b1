import { html } from 'hono/html'
import { problemOver, type Refused } from '../../desk.ts'
import { areaField, given, lineField, someField, unseen, wrongAt } from '../../form.ts'
import type { Html } from '../../layout.ts'
import { choices } from '../../pieces.ts'
import type { Desk } from './list.ts'
import { type EndpointShown, families } from './words.ts'

const wholeFamily = (name: string) => `yuchuang.${name}.*`
const all: readonly string[] = Object.keys(families).map(wholeFamily)

/** What a form asks for. */
export const endpointIn = (form: URLSearchParams) => ({
  url: given(form, 'url').trim(),
  types: [...form.getAll('types'), ...given(form, 'otherTypes').split('\n')]
    .map((type) => type.trim())
    .filter((type) => type !== ''),
})

/** An endpoint as its form has it. */
export function formOf({ url, description = '', types }: EndpointShown): URLSearchParams {
  const form = new URLSearchParams({ url, description })
  for (const type of types) if (all.includes(type)) form.append('types', type)
  form.set('otherTypes', types.filter((type) => !all.includes(type)).join('\n'))
  return form
}

/** The fields of an endpoint, new or changed. @param hidden what goes along: the key it is made once by, or the state it was read in */
export function endpointForm(
  desk: Desk,
  {
    action,
    button,
    hidden,
    form,
    refused,
  }: { action: string; button: string; hidden: 'once' | 'etag'; form: URLSearchParams; refused?: Refused | undefined },
): Html {
  const { t, language } = desk
  const errors = refused?.problem.errors
  // What is wrong with a type stands at its place in the list; which of both fields it came from, nobody needs to know.
  const wrongTypes = (errors ?? []).filter(({ pointer }) => pointer.startsWith('/types'))
  const field = (name: 'url' | 'description' | 'otherTypes' | 'types') => ({
    name,
    label: t(name),
    value: given(form, name),
    errors:
      name === 'otherTypes'
        ? wrongTypes.map((one) => (language === 'zh' ? one.detailZh : one.detail))
        : name === 'types'
          ? []
          : wrongAt(errors, `/${name}`, language),
  })
  const values = choices(
    language,
    Object.fromEntries(Object.entries(families).map(([name, words]) => [wholeFamily(name), words])),
  )
  return html`${refused === undefined ? '' : problemOver(desk, refused)}
<form method="post" action="${action}" class="entry hook-form" novalidate data-once>${unseen(hidden, given(form, hidden))}
${lineField({ ...field('url'), required: true, max: 2_048, help: t('urlHelp'), example: 'https://' })}
${lineField({ ...field('description'), max: 200 })}
${someField(field('types'), form.getAll('types'), values)}<p class="note">${t('typesHelp')}</p>
${areaField({ ...field('otherTypes'), help: t('otherTypesHelp') }, 2)}
<button type="submit">${button}</button></form>`
}
