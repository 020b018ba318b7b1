import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Issue } from '../../schemas/issue.ts'
import { mediaTypeOf, readBody, textOfBody } from '../body.ts'
import { type Language, Problem } from '../problem.ts'
import type { Env } from '../services.ts'
import type { Html } from './layout.ts'

/** What a visitor filled in. @throws {Problem} unsupported-media-type, body-too-large, malformed-body */
export async function readForm(context: Context<Env>): Promise<URLSearchParams> {
  if (mediaTypeOf(context) !== 'application/x-www-form-urlencoded') throw new Problem('unsupported-media-type')
  return new URLSearchParams(textOfBody(await readBody(context)))
}

/** Browsers send line ends as CR LF; what was read from the interface has LF. */
export const given = (form: URLSearchParams, name: string): string => (form.get(name) ?? '').replaceAll('\r\n', '\n')

/** An issue, as far as a form needs it. */
export type Said = Pick<Issue, 'pointer' | 'detail' | 'detailZh'>
/** What is wrong at one place. */
export const wrongAt = (errors: readonly Said[] | undefined, at: string, language: Language): string[] =>
  (errors ?? []).filter(({ pointer }) => pointer === at).map((one) => (language === 'zh' ? one.detailZh : one.detail))

/** A field of a form: its name, what it is called, what stands in it, and what is wrong with that. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly errors?: readonly string[] | undefined
  readonly help?: string | undefined
  readonly required?: boolean
  readonly max?: number
  /** Only figures stand in it: a phone shows keys for those. */
  readonly digits?: 'numeric' | 'decimal'
  /** What may stand in it, shown while nothing does. */
  readonly example?: string
}

/** A label with its control, and what is wrong right below it. */
export function labelled(
  { name, label, errors = [], help }: Pick<Field, 'name' | 'label' | 'errors' | 'help'>,
  control: (described: Html) => Html,
): Html {
  const described = [...(help === undefined ? [] : [`${name}-help`]), ...(errors.length === 0 ? [] : [`${name}-wrong`])]
  const attributes = html`${errors.length === 0 ? '' : html` aria-invalid="true"`}${described.length === 0 ? '' : html` aria-describedby="${described.join(' ')}"`}`
  return html`<div class="field"><label for="${name}">${label}</label>${control(attributes)}
${help === undefined ? '' : html`<small id="${name}-help">${help}</small>`}
${errors.length === 0 ? '' : html`<small id="${name}-wrong" class="wrong">${errors.join(' ')}</small>`}</div>`
}

/** One line. @param list id of values to choose from */
export const lineField = (field: Field, list?: string): Html =>
  labelled(
    field,
    (described) =>
      html`<input id="${field.name}" name="${field.name}" value="${field.value}"${requirements(field)}${list === undefined ? '' : html` list="${list}"`}${described}>`,
  )

/** A day. What is none stays as it was written. */
export const dayField = (field: Field): Html =>
  labelled(
    field,
    (described) =>
      html`<input id="${field.name}" name="${field.name}" type="${isDay(field.value) ? 'date' : 'text'}" value="${field.value}"${requirements(field)}${described}>`,
  )

/** What a browser shows where it asks for a day. */
export const isDay = (text: string): boolean =>
  text === '' || (!Number.isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text)

/** Several lines. */
export const areaField = (field: Field, rows = 3): Html =>
  labelled(
    field,
    // The first line break of a text area is not part of its text.
    (described) =>
      html`<textarea id="${field.name}" name="${field.name}" rows="${rows}"${requirements(field)}${described}>
${field.value}</textarea>`,
  )

/** A choice among values. A value that is none of them stays, so that it can be seen and complained about. */
export function choiceField(field: Field, values: readonly { value: string; name: string }[]): Html {
  const isKnown = field.value === '' || values.some(({ value }) => value === field.value)
  return labelled(
    field,
    (described) => html`<select id="${field.name}" name="${field.name}"${requirements(field)}${described}>
<option value=""></option>${isKnown ? '' : html`<option value="${field.value}" selected>${field.value}</option>`}
${values.map(({ value, name }) => html`<option value="${value}"${value === field.value ? html` selected` : ''}>${name}</option>`)}
</select>`,
  )
}

/** Some of several values. */
export const someField = (
  { name, label, errors = [] }: Field,
  chosen: readonly string[],
  values: readonly { value: string; name: string }[],
): Html => {
  // A value that is none of them stays, so that it can be seen and complained about.
  const others = chosen.filter((one) => !values.some(({ value }) => value === one))
  const shown = [...values, ...others.map((value) => ({ value, name: value }))]
  return html`<fieldset id="${name}" class="field some"${errors.length === 0 ? '' : html` aria-describedby="${name}-wrong"`}><legend>${label}</legend>
${shown.map(
  ({ value, name: word }) =>
    html`<label><input type="checkbox" name="${name}" value="${value}"${chosen.includes(value) ? html` checked` : ''}${errors.length === 0 ? '' : html` aria-invalid="true"`}> ${word}</label>`,
)}
${errors.length === 0 ? '' : html`<small id="${name}-wrong" class="wrong">${errors.join(' ')}</small>`}</fieldset>`
}

/** What goes along unseen. */
export const unseen = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`

const requirements = ({ required = false, max, digits, example }: Field) =>
  html`${required ? html` required` : ''}${max === undefined ? '' : html` maxlength="${max}"`}${digits === undefined ? '' : html` inputmode="${digits}"`}${example === undefined ? '' : html` placeholder="${example}"`}`
