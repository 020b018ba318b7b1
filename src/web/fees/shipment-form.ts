import { html } from 'hono/html'
import { loadCodeList } from '../../../schemas/codes/index.ts'
import { dimensions } from '../../../schemas/fees/conditions.ts'
import type { Shipment } from '../../../schemas/fees/shipment.ts'
import { valuesInWords } from '../../fees/pricing/words.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import { choiceField, dayField, type Field, lineField, someField } from '../form.ts'
import type { Html } from '../layout.ts'
import { choices } from '../pieces.ts'
import { say } from '../words.ts'
import {
  consignmentFields,
  containerFields,
  eventNames,
  furtherFields,
  isChoice,
  quantityFields,
  type ShipmentField,
  shipmentWords,
  vesselFields,
} from './shipment-fields.ts'
import { directionNames, feeWords } from './words.ts'
import { type Wrong, wrongsAt } from './wrong.ts'

const several = ['requested', 'happened', 'payees'] as const
/** Fields of the shipment itself; those of containers and of the vessel stand below it. */
const own = [...consignmentFields, ...quantityFields, ...furtherFields]

const textIn = (form: URLSearchParams, name: string) => (form.get(name) ?? '').trim()
const inGroup = (at: number, of: string) => `c${at}-${of}`

/** How many kinds of containers stand in a form, blank ones before others too. */
function groupsIn(form: URLSearchParams): number {
  const given = [...form].flatMap(([name, value]) =>
    value.trim() === '' ? [] : (/^c(\d{1,3})-/.exec(name)?.[1] ?? []),
  )
  return Math.min(Math.max(limits.formContainers, ...given.map((at) => Number(at) + 1)), limits.formContainersMost)
}

/** Which rows of a form are filled in: the first of them is the shipment's first, whatever row it is. */
export const filledGroups = (form: URLSearchParams): number[] =>
  Array.from({ length: groupsIn(form) }, (_, at) => at).filter((at) =>
    containerFields.some(({ of }) => textIn(form, inGroup(at, of)) !== ''),
  )

/** A whole number as it is; what is none goes on as it was written, so that it is complained about at its place. */
const number = (text: string): number | string => (/^\d{1,9}$/.test(text) ? Number(text) : text)

const capital = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

function valuesIn(form: URLSearchParams, fields: readonly ShipmentField[], named = (of: string) => of) {
  const given = fields.map(({ of, as }) => {
    const text = textIn(form, named(of))
    return [of, as === 'whole' ? number(text) : text] as const
  })
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}

/** The shipment a visitor described 计费要素, as the interface wants it. */
export function shipmentIn(form: URLSearchParams): Record<string, unknown> {
  const head = ['port', 'day', 'direction'].map((name) => [name, textIn(form, name)] as const)
  const containers = filledGroups(form).map((at) => valuesIn(form, containerFields, (of) => inGroup(at, of)))
  const vessel = valuesIn(form, vesselFields)
  const chosen = several.map((name) => [name, form.getAll(name)] as const)
  return {
    ...Object.fromEntries(head.filter(([, value]) => value !== '')),
    ...valuesIn(form, own),
    ...(containers.length === 0 ? {} : { containers }),
    ...(Object.keys(vessel).length === 0 ? {} : { vessel }),
    ...Object.fromEntries(chosen.filter(([, values]) => values.length > 0)),
  }
}

/** The form as somebody would have filled it in for a shipment. */
export function formOf(shipment: Shipment): URLSearchParams {
  const form = new URLSearchParams()
  const fill = (of: object, fields: readonly ShipmentField[], named = (name: string) => name) => {
    const values = new Map<string, unknown>(Object.entries(of))
    for (const { of: name } of fields) if (values.has(name)) form.set(named(name), String(values.get(name)))
  }
  for (const name of ['port', 'day', 'direction'] as const) form.set(name, shipment[name] ?? '')
  fill(shipment, own)
  for (const [at, group] of (shipment.containers ?? []).entries()) fill(group, containerFields, (of) => inGroup(at, of))
  fill(shipment.vessel ?? {}, vesselFields)
  for (const name of several) for (const value of shipment[name] ?? []) form.append(name, value)
  return form
}

/** What may be chosen in the form. */
export interface Choices {
  readonly ports: readonly { value: string; name: string }[]
  readonly payees: readonly { value: string; name: string }[]
}

/** The fields of a shipment, as they were filled in, with what is wrong. @param dayHelp which day counts when none is given */
export function shipmentFields(
  language: Language,
  form: URLSearchParams,
  { ports, payees }: Choices,
  wrongs: readonly Wrong[],
  dayHelp: string,
): Html {
  const field = (name: string, label: Field['label']): Field => ({
    name,
    label,
    value: textIn(form, name),
    errors: wrongsAt(wrongs, name),
  })
  const t = (name: keyof typeof shipmentWords) => say(language, shipmentWords[name])
  const control = ({ of, as, label }: ShipmentField, named = (name: string) => name): Html => {
    const about = field(named(of), say(language, label))
    if (!isChoice(as)) return lineField({ ...about, digits: as === 'whole' ? 'numeric' : 'decimal' })
    const values = dimensions[as].map((value) => ({ value, name: capital(say(language, valuesInWords(as, [value]))) }))
    return choiceField(about, values)
  }
  const isFilled = (names: readonly string[]) => names.some((name) => textIn(form, name) !== '')
  const folded = (title: string, names: readonly string[], content: Html): Html =>
    html`<details class="more"${isFilled(names) ? html` open` : ''}><summary>${title}</summary>${content}</details>`
  const namesOf = (fields: readonly ShipmentField[]) => fields.map(({ of }) => of)
  const group = (at: number): Html =>
    html`<div class="containers" role="group" aria-label="${t('container')} ${at + 1}">${containerFields.map((one) => control(one, (of) => inGroup(at, of)))}</div>`
  const rest = Array.from({ length: groupsIn(form) - 1 }, (_, at) => at + 1)
  const some = (name: (typeof several)[number], values: Choices['ports']) =>
    folded(
      `${t(name)}${form.getAll(name).length === 0 ? '' : ` (${form.getAll(name).length})`}`,
      [name],
      someField(field(name, t(name)), form.getAll(name), values),
    )
  const kinds = loadCodeList('fee-kinds').items.map(({ code, en = code, zh = code }) => ({
    value: code,
    name: say(language, { en, zh }),
  }))
  return html`<fieldset class="group"><legend>${t('consignment')}</legend><div class="fields">
${choiceField({ ...field('port', say(language, feeWords.port)), required: true }, ports)}
${choiceField({ ...field('direction', say(language, feeWords.direction)), required: true }, choices(language, directionNames))}
${dayField({ ...field('day', t('day')), help: dayHelp })}${consignmentFields.map((one) => control(one))}</div></fieldset>
<fieldset class="group"><legend>${t('containers')}</legend>${group(0)}
${folded(
  t('others'),
  rest.flatMap((at) => containerFields.map(({ of }) => inGroup(at, of))),
  html`${rest.map(group)}`,
)}</fieldset>
<fieldset class="group"><legend>${t('quantities')}</legend><div class="fields">${quantityFields.map((one) => control(one))}</div>
${folded(t('further'), namesOf(furtherFields), html`<div class="fields">${furtherFields.map((one) => control(one))}</div>`)}
${folded(t('vessel'), namesOf(vesselFields), html`<div class="fields">${vesselFields.map((one) => control(one))}</div>`)}
${some('requested', kinds)}${some('happened', choices(language, eventNames))}${some('payees', payees)}</fieldset>`
}
