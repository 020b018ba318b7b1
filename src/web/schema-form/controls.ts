import { html } from 'hono/html'
import { readStrictJson } from '../../strict-json.ts'
import { isDay, labelled } from '../form.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import { meaningOf, valueNames } from './naming.ts'
import type { JsonSchema, Kind } from './schema.ts'
import type { Sheet } from './sheet.ts'
import { words } from './words.ts'

/** A field that is asked for: where it is, what stands there, what it is called. */
export interface Asked {
  readonly at: string
  readonly value: unknown
  readonly label: string
  readonly help?: string | undefined
  readonly list?: string | undefined
  readonly isRequired: boolean
  /** One of several: it is there as long as nobody takes it away. */
  readonly isRow?: boolean
}

/** One field with its label, its help and what is wrong with it. */
export function control(sheet: Sheet, kind: Kind, asked: Asked): Html {
  const { at, label, isRequired } = asked
  const name = sheet.form.prefix + at
  const help = helpOf(sheet, kind, asked)
  const errors = sheet.wrongAt(at)
  const field = { name, label, errors, help }
  return labelled(field, (described) => {
    const common = html`id="${name}" name="${name}"${isRequired ? html` aria-required="true"` : ''}${sheet.takesFocus(at) ? html` autofocus` : ''}${described}`
    switch (kind.is) {
      case 'choice':
        return select(
          common,
          textIn(asked.value),
          kind.values.map(String),
          valueNames(kind.schema, sheet.form.language),
        )
      case 'yes-no':
        return select(common, textIn(asked.value), ['true', 'false'], (value) =>
          say(sheet.form.language, value === 'true' ? words.yes : words.no),
        )
      case 'free':
        return html`<textarea ${common} rows="4" spellcheck="false">
${jsonIn(asked.value)}</textarea>`
      case 'day':
        return html`<input ${common} type="${isDay(textIn(asked.value)) ? 'date' : 'text'}" value="${textIn(asked.value)}">`
      default:
        return line(sheet, kind.schema, asked, common)
    }
  })
}

function line({ form: { language } }: Sheet, schema: JsonSchema, { value, list }: Asked, common: Html): Html {
  const text = textIn(value)
  const mode = inputModeOf(schema)
  const limits = html`${schema.maxLength === undefined ? '' : html` maxlength="${schema.maxLength}"`}${mode === undefined ? '' : html` inputmode="${mode}"`}${isPlain(schema.default) ? html` placeholder="${String(schema.default)}"` : ''}`
  if (list === undefined) return html`<input ${common} value="${text}"${limits}>`
  const column = columnOf(schema, list)
  const meaning = meaningOf(list, text, column, language)
  return html`<input ${common} value="${text}"${limits} data-codes="${list}"${column === undefined ? '' : html` data-code-column="${column}"`} autocomplete="off">
<small class="code">${meaning === undefined ? '' : html`<output>${meaning}</output> `}<a href="/codes/${list}" target="_blank" rel="noopener">${say(language, words.codeList)}</a></small>`
}

const columnOf = (schema: JsonSchema, list: string): string | undefined => {
  const column = schema['x-code-list'] === list ? schema['x-code-column'] : undefined
  return typeof column === 'string' ? column : undefined
}

function helpOf({ form: { language } }: Sheet, kind: Kind, { help }: Asked): string | undefined {
  const more =
    kind.is === 'free'
      ? words.json
      : kind.schema.anyOf?.some(({ format }) => format === 'date')
        ? words.moment
        : undefined
  if (more === undefined) return help
  return help === undefined ? say(language, more) : `${help} ${say(language, more)}`
}

/** A choice. A value that is none of them stays, so that it can be seen and complained about. */
function select(common: Html, chosen: string, values: readonly string[], nameOf: (value: string) => string): Html {
  const isKnown = chosen === '' || values.includes(chosen)
  return html`<select ${common}><option value=""></option>${isKnown ? '' : html`<option value="${chosen}" selected>${chosen}</option>`}
${values.map((value) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${nameOf(value)}</option>`)}
</select>`
}

/** Which keys a phone shows: figures, where nothing else can stand in the field. */
function inputModeOf({ type, pattern = '' }: JsonSchema): 'numeric' | 'decimal' | undefined {
  if (type === 'integer' || /^\^\\d\{[\d,]+\}\$$/.test(pattern)) return 'numeric'
  return type === 'number' || /^\^\(0\|\[1-9\]\\d\{0,\d+\}\)/.test(pattern) ? 'decimal' : undefined
}

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'
const textIn = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** What may be anything, as JSON; a text that is none stays as it was written. */
function jsonIn(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string' && value !== '' && readStrictJson(value).issues !== undefined) return value
  return JSON.stringify(value, undefined, 1)
}
