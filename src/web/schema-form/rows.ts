import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import type { Asked } from './controls.ts'
import { valueNames } from './naming.ts'
import { below } from './read.ts'
import { isContainer, isRecord, type JsonSchema, type Kind, kindOf } from './schema.ts'
import type { Sheet } from './sheet.ts'
import { words } from './words.ts'

type WriteField = (sheet: Sheet, schema: JsonSchema, asked: Asked) => Html

/** The rows of a list, each with a button that takes it away, and one that adds another. */
export function list(sheet: Sheet, kind: Kind & { is: 'list' }, asked: Asked, write: WriteField): Html {
  const values: readonly unknown[] = Array.isArray(asked.value) ? asked.value : []
  const { rearranged } = sheet.form
  if (rearranged?.by === 'add' && rearranged.pointer === asked.at) sheet.focus(below(asked.at, values.length - 1))
  const rows = values.map((value, index) =>
    row(sheet, kind.row, { ...asked, at: below(asked.at, index), value, label: `${asked.label} ${index + 1}` }, write),
  )
  const isFull = values.length >= (kind.schema.maxItems ?? Number.POSITIVE_INFINITY)
  return html`${rows}${isFull ? '' : html`<div class="more">${addButton(sheet, asked)}</div>`}`
}

/** Rows that go by a name of their own. */
export function named(sheet: Sheet, kind: Kind & { is: 'named' }, asked: Asked, write: WriteField): Html {
  const { prefix, language, rearranged } = sheet.form
  const values = isRecord(asked.value) ? Object.entries(asked.value) : []
  const last = values.at(-1)
  if (rearranged?.by === 'add' && rearranged.pointer === asked.at && last !== undefined)
    sheet.focus(below(asked.at, last[0]))
  const nameOf = valueNames(kind.names, language)
  const rows = values.map(([name, value]) =>
    row(
      sheet,
      kind.row,
      { ...asked, at: below(asked.at, name), value, label: `${asked.label} ${nameOf(name)}` },
      write,
    ),
  )
  const id = `${prefix}${asked.at}/~name`
  const free = (kind.names.enum ?? []).map(String).filter((name) => !values.some(([taken]) => taken === name))
  const input =
    kind.names.enum === undefined
      ? html`<input id="${id}" name="${id}" value=""${kind.names.maxLength === undefined ? '' : html` maxlength="${kind.names.maxLength}"`}>`
      : html`<select id="${id}" name="${id}"><option value=""></option>${free.map((name) => html`<option value="${name}">${nameOf(name)}</option>`)}</select>`
  return html`${rows}<div class="more named"><label for="${id}">${asked.label} · ${say(language, words.rowName)}</label>${input}${addButton(sheet, asked)}</div>`
}

function row(sheet: Sheet, schema: JsonSchema, asked: Asked, write: WriteField): Html {
  const { naming, schema: root } = sheet.form
  const { list: codes, help } = naming(asked.at, schema) ?? {}
  const inside = write(sheet, schema, { ...asked, help, list: codes ?? asked.list, isRequired: false, isRow: true })
  const isPlain = !isContainer(kindOf(schema, root))
  return html`<div class="${isPlain ? 'line plain' : 'line'}">${inside}${removeButton(sheet, asked)}</div>`
}

function addButton(sheet: Sheet, { at, label }: Asked): Html {
  const { prefix, language, rearranged } = sheet.form
  const goesOn = rearranged?.by === 'remove' && rearranged.pointer === at
  const text = `${say(language, words.add)}${language === 'zh' ? '' : ' '}`
  return html`<button type="submit" class="quiet secondary" name="add" value="${prefix}${at}"${goesOn ? html` autofocus` : ''}>${text}${language === 'zh' ? label : html`<span class="of">(${label})</span>`}</button>`
}

const removeButton = ({ form: { prefix, language } }: Sheet, { at, label }: Asked): Html =>
  html`<button type="submit" class="quiet secondary" name="remove" value="${prefix}${at}" aria-label="${say(language, words.remove)} ${label}">${say(language, words.remove)}</button>`
