import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { colon, say } from '../words.ts'
import { type Asked, control } from './controls.ts'
import { placeName } from './places.ts'
import { below } from './read.ts'
import { list, named } from './rows.ts'
import { alternativeOf, isContainer, isRecord, type JsonSchema, type Kind, kindOf } from './schema.ts'
import { type FormOf, openSheet, type Sheet } from './sheet.ts'
import { words } from './words.ts'

/** The fields for a value of a schema: to be put into a form, whose own button comes after them. */
export function schemaFields(form: FormOf): Html {
  const sheet = openSheet(form)
  const kind = kindOf(form.schema, form.schema)
  const fields =
    kind.is === 'group' && (form.value === undefined || isRecord(form.value))
      ? html`<div class="fields">${members(sheet, kind, form.value, '')}</div>`
      : field(sheet, form.schema, { at: '', value: form.value, label: '', isRequired: false })
  // The first button of a form is what the enter key presses: it saves, and takes no row away.
  return html`<button type="submit" class="unseen" tabindex="-1" aria-hidden="true"></button>
${wrongs(sheet)}${fields}`
}

/** What is wrong above the fields: what none of them is about, and where asked for the others, each a way to its field. */
function wrongs(sheet: Sheet): Html | '' {
  const { isListed = false, language, prefix, schema, naming } = sheet.form
  const [untold, told] = [sheet.untold(), isListed ? sheet.told() : []]
  const count = untold.length + told.length
  if (count === 0) return ''
  const title = isListed ? `${say(language, words.toPutRight)} (${count})` : say(language, words.elsewhere)
  return html`<section class="problem" role="alert"><h2>${title}</h2><ul>${told.map(({ pointer, text }) => html`<li><a href="#${prefix}${pointer}">${placeName(schema, naming, pointer)}</a>${colon(language)}${text}</li>`)}${untold.map(({ pointer, text }) => html`<li>${pointer === '' ? '' : html`<code>${pointer}</code> `}${text}</li>`)}</ul></section>`
}

/** What a star beside a label means. */
export const requiredNote = (language: FormOf['language']): Html =>
  html`<p><small>${say(language, words.requiredNote)}</small></p>`

/** Every field of a group, and what stands there that the schema does not know. */
function members(sheet: Sheet, { fields, schema }: Kind & { is: 'group' }, value: unknown, at: string): Html[] {
  const values = isRecord(value) ? value : {}
  const known = fields.map(([name, one, isRequired]) =>
    member(sheet, one, below(at, name), Object.hasOwn(values, name) ? values[name] : undefined, name, isRequired),
  )
  const strangers = Object.keys(values).filter((name) => !Object.hasOwn(schema.properties ?? {}, name))
  return [
    ...known,
    ...strangers.map((name) =>
      control(
        sheet,
        { is: 'free', schema: {} },
        { at: below(at, name), value: values[name], label: name, isRequired: false },
      ),
    ),
  ]
}

function member(sheet: Sheet, schema: JsonSchema, at: string, value: unknown, name: string, isRequired: boolean): Html {
  const { naming } = sheet.form
  const { label, help, list: codes } = naming(at, schema) ?? { label: schema.title ?? name }
  return field(sheet, schema, { at, value, label, help, list: codes, isRequired })
}

/** One field, whatever it is. */
export function field(sheet: Sheet, schema: JsonSchema, asked: Asked): Html {
  const { schema: root } = sheet.form
  const kind = kindOf(schema, root)
  const { at, value } = asked
  if (isContainer(kind) && value !== undefined && isRecord(value) === (kind.is === 'list'))
    return control(sheet, { is: 'free', schema }, asked)
  switch (kind.is) {
    case 'group':
      return group(sheet, asked, members(sheet, kind, value, at))
    case 'list':
      return group(sheet, asked, list(sheet, kind, asked, field))
    case 'named':
      return group(sheet, asked, named(sheet, kind, asked, field))
    case 'one-of':
      return alternatives(sheet, kind, asked)
    default:
      return control(sheet, kind, asked)
  }
}

/** Fields that belong together. What need not be there is folded away while nothing stands in it. */
function group(sheet: Sheet, { at, value, label, help, isRequired, isRow }: Asked, inside: Html | Html[]): Html {
  const isOpen = !isEmpty(value) || sheet.isWrongWithin(at) || sheet.form.rearranged?.pointer === at
  const wrong = sheet.wrongAt(at)
  const id = `${sheet.form.prefix}${at}`
  const said = html`${help === undefined ? '' : html`<small class="help">${help}</small>`}${wrong.length === 0 ? '' : html`<small id="${id}-wrong" class="wrong">${wrong.join(' ')}</small>`}<div class="fields">${inside}</div>`
  const described = wrong.length === 0 ? '' : html` aria-describedby="${id}-wrong"`
  if (isRow) return html`<fieldset class="row" id="${id}"${described}><legend>${label}</legend>${said}</fieldset>`
  return isRequired
    ? html`<fieldset class="group" id="${id}"${described}><legend class="must">${label}</legend>${said}</fieldset>`
    : html`<details class="group" id="${id}"${isOpen ? html` open` : ''}><summary>${label}</summary><fieldset class="inside" aria-label="${label}"${described}>${said}</fieldset></details>`
}

/** Whether nothing stands in it, however deep. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && value !== null && Object.values(value).every(isEmpty))

/** A choice of what it is, and the fields of that. */
function alternatives(sheet: Sheet, kind: Kind & { is: 'one-of' }, asked: Asked): Html {
  const { form } = sheet
  const name = `${form.prefix}${asked.at}`
  const chosen = alternativeOf(kind.alternatives, asked.value, form.schema)
  const one = kind.alternatives[chosen]
  const titled = (schema: JsonSchema, at: number) =>
    form.naming(asked.at, schema)?.label ?? schema.title ?? `${say(form.language, words.alternative)} ${at + 1}`
  const label = `${asked.label} · ${say(form.language, words.alternative)}`
  return html`<div class="alternatives"><div class="field"><label for="${name}/~one">${label}</label><select id="${name}/~one" name="${name}/~one">
${kind.alternatives.map((schema, at) => html`<option value="${at}"${at === chosen ? html` selected` : ''}>${titled(schema, at)}</option>`)}
</select><button type="submit" class="quiet" name="choose" value="${name}">${say(form.language, words.choose)}</button></div>
${one === undefined ? '' : field(sheet, one, asked)}</div>`
}
