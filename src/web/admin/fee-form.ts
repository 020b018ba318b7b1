import { html } from 'hono/html'
import { loadCodeList } from '../../../schemas/codes/index.ts'
import { type Dimension, dimensionWords } from '../../../schemas/fees/conditions.ts'
import { type ColumnId, columnOf } from '../../fees/sheet/columns.ts'
import {
  arisesWords,
  eventWords,
  evidenceWords,
  formWords,
  measureWords,
  natureWords,
  payerWords,
  priceWords,
  dimensionWords as sheetDimensions,
  type Words,
} from '../../fees/sheet/words.ts'
import type { Language } from '../../problem.ts'
import { natureNames } from '../fees/words.ts'
import { areaField, choiceField, dayField, type Field, lineField, someField } from '../form.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import { columnsOf, type FeeValues, fieldName, isBlank, type Row, type Wrong } from './fee-values.ts'
import { feeFormWords, feeHelp } from './fee-words.ts'

/** What a form of a fee is shown with. */
export interface FeeFormView {
  readonly values: FeeValues
  readonly wrong: Wrong
  /** An id that is settled is shown, not asked for. */
  readonly isNew: boolean
  /** Empty rows shown below those that are filled in. */
  readonly spare: { readonly rates: number; readonly exemptions: number }
  readonly payees: readonly Named[]
  readonly ports: readonly Named[]
  readonly bases: readonly Named[]
}
export interface Named {
  readonly id: string
  readonly name: string
}

/** The form of a fee 收费项目表单, every field of it, as it is written in a sheet. It works without script: rows are added by asking for them. */
export function feeForm(language: Language, view: FeeFormView): Html {
  const { values, wrong, isNew, spare, payees, ports, bases } = view
  const t = (name: keyof typeof feeFormWords) => say(language, feeFormWords[name])
  const field = (id: ColumnId): Field => fieldOf(language, wrong, id, 0, values.own[id] ?? '')
  const group = (title: string, fields: readonly (Html | '')[], more: Html | '' = '') =>
    html`<fieldset class="group"><legend>${title}</legend><div class="fields">${fields}</div>${more}</fieldset>`
  return html`${group(t('about'), [
    isNew ? lineField({ ...field('id'), max: 80 }) : html`<input type="hidden" name="id" value="${values.own.id}">`,
    lineField({ ...field('nameZh'), max: 200 }),
    lineField({ ...field('nameEn'), max: 200 }),
    choiceField(field('kind'), kindsIn(language)),
    lineField(field('aliases')),
  ])}
${group(
  t('who'),
  [
    lineField(field('payee'), 'payees'),
    lineField(field('port'), 'ports'),
    choiceField(
      field('nature'),
      Object.keys(natureWords).map((value) => ({
        value,
        name: say(language, natureNames[value as keyof typeof natureNames]),
      })),
    ),
    lineField(field('basis')),
    lineField({ ...field('telephone'), max: 40 }),
  ],
  html`${suggestions('payees', payees)}${suggestions('ports', ports)}
${bases.length === 0 ? '' : html`<details><summary>${t('bases')}</summary><ul>${bases.map(({ id, name }) => html`<li><code>${id}</code> ${name}</li>`)}</ul></details>`}`,
)}
${group(t('service'), [
  areaField({ ...field('serviceZh'), max: 2_000 }),
  areaField({ ...field('serviceEn'), max: 2_000 }),
  someField(field('payers'), values.payers, options(language, payerWords, payerNames)),
  choiceField(field('arises'), options(language, arisesWords, arisesNames)),
  lineField(field('applies')),
])}
${priceGroup(language, view)}
${group(
  t('exemptions'),
  [],
  html`${rowsOf(values.exemptions, spare.exemptions).map(
    (row, at) => html`<fieldset class="row"><legend>${t('exemption')} ${at + 1}</legend><div class="fields">
${columnsOf('exemption').map((id) => partField(language, wrong, id, at, row))}</div></fieldset>`,
  )}
<button type="submit" class="secondary quiet" name="more" value="exemptions">${t('moreExemptions')}</button>`,
)}
${group(t('validity'), [
  dayField(field('validFrom')),
  dayField(field('validTo')),
  areaField({ ...field('noteZh'), max: 2_000 }, 2),
  areaField({ ...field('noteEn'), max: 2_000 }, 2),
  choiceField(field('evidence'), options(language, evidenceWords, evidenceNames)),
  lineField({ ...field('evidenceText'), max: 500 }),
])}`
}

/** 收费标准: how it is priced, and its rates one by one. */
function priceGroup(language: Language, { values, wrong, spare }: FeeFormView): Html {
  const t = (name: keyof typeof feeFormWords) => say(language, feeFormWords[name])
  const field = (id: ColumnId): Field => fieldOf(language, wrong, id, 0, values.own[id] ?? '')
  return html`<fieldset class="group"><legend>${t('price')}</legend><div class="fields">
${choiceField(field('price'), options(language, priceWords, priceNames))}
${lineField(field('saidZh'))}${lineField(field('saidEn'))}${lineField(field('includes'))}</div>
<p><small>${t('emptied')}</small></p>
${rowsOf(values.rates, spare.rates).map(
  (row, at) => html`<fieldset class="row"><legend>${t('rate')} ${at + 1}</legend><div class="fields">
${columnsOf('rate').map((id) => partField(language, wrong, id, at, row))}</div></fieldset>`,
)}
<button type="submit" class="secondary quiet" name="more" value="rates">${t('moreRates')}</button>
<details><summary>${t('allowed')}</summary>${allowed(language)}</details></fieldset>`
}

/** A field of a rate or an exemption. */
function partField(language: Language, wrong: Wrong, id: ColumnId, at: number, row: Row): Html {
  const field = fieldOf(language, wrong, id, at, row[id] ?? '')
  // One word about it is enough.
  const shown = at === 0 ? field : { ...field, help: undefined }
  if (id === 'form') return choiceField(shown, options(language, formWords, formNames))
  if (id === 'exemptionEvent') return choiceField(shown, options(language, eventWords, arisesNames))
  return lineField(shown)
}

function fieldOf(language: Language, wrong: Wrong, id: ColumnId, at: number, value: string): Field {
  const name = fieldName(id, at)
  const help = feeHelp[id]
  return {
    name,
    label: columnOf(id)[language],
    value,
    errors: wrong.get(name),
    help: help === undefined ? undefined : say(language, help),
  }
}

/** Rows as far as one is filled in, and some empty ones. */
function rowsOf(rows: readonly Row[], spare: number): readonly Row[] {
  const last = rows.findLastIndex((row) => !isBlank(row))
  return [...rows.slice(0, last + 1), ...Array.from({ length: spare }, () => ({}))]
}

const suggestions = (id: string, named: readonly Named[]): Html =>
  html`<datalist id="${id}">${named.map((one) => html`<option value="${one.id}">${one.name}</option>`)}</datalist>`

const kindsIn = (language: Language) =>
  loadCodeList('fee-kinds').items.map(({ code, en = code, zh = code }) => ({ value: code, name: { en, zh }[language] }))

const options = (language: Language, words: Words, english: Words = {}) =>
  Object.entries(words).map(([value, zh]) => ({ value, name: language === 'zh' ? zh : (english[value] ?? value) }))

/** What can be written in a condition, and what can be counted, in the visitor's words. */
const allowed = (language: Language): Html =>
  html`<dl class="facts">${(Object.keys(sheetDimensions) as Dimension[]).map((dimension) => {
    const [zh, values] = sheetDimensions[dimension]
    const words = language === 'zh' ? Object.values(values) : Object.keys(values)
    return html`<dt>${language === 'zh' ? zh : dimension}</dt><dd>${words.join(language === 'zh' ? '、' : ', ')}${language === 'zh' ? '' : html` <small>(${say(language, dimensionWords[dimension].name)})</small>`}</dd>`
  })}
<dt>${columnOf('per')[language]}</dt><dd>${(language === 'zh' ? Object.values(measureWords) : Object.keys(measureWords)).join(language === 'zh' ? '、' : ', ')}</dd></dl>`

const payerNames = { shipper: 'Shipper', consignee: 'Consignee', carrier: 'Carrier', vessel: 'Vessel', agent: 'Agent' }
const arisesNames = {
  always: 'Always',
  'on-request': 'On request',
  inspection: 'Upon inspection',
  'inspection-clean': 'Upon inspection that found nothing',
  amendment: 'Upon amendment',
  cancellation: 'Upon cancellation',
  transit: 'Upon transit',
  overdue: 'When overdue',
  reissue: 'When papers are issued again',
  split: 'When papers are split or joined',
  damage: 'Upon damage',
}
const priceNames = { rates: 'By rates', 'pass-through': 'Handed on without mark-up', agreement: 'By agreement' }
const formNames = { fixed: 'Fixed', range: 'Range', slices: 'Slices, each at its own', bands: 'Bands, one for all' }
const evidenceNames = { source: 'Has a source', unverified: 'To be confirmed', synthetic: 'Invented' }
