import { html } from 'hono/html'
import { loadCodeList } from '../../../schemas/codes/index.ts'
import type { Dimension } from '../../../schemas/fees/conditions.ts'
import { dimensions } from '../../../schemas/fees/conditions.ts'
import { events } from '../../../schemas/fees/entries.ts'
import type { Text } from '../../../schemas/text.ts'
import { valuesInWords } from '../../fees/pricing/words.ts'
import type { Language } from '../../problem.ts'
import { choiceField, dayField, type Field, lineField, type Said, someField, wrongAt } from '../form.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import { directionNames, feeWords } from './words.ts'

/** Groups of containers a form has room for. */
const groups = 3

const labels = {
  day: { en: 'Day of the service', zh: '服务日期' },
  trade: { en: 'Trade', zh: '贸易类型' },
  cargo: { en: 'Cargo', zh: '货物形态' },
  place: { en: 'Place of work', zh: '作业地点' },
  containers: { en: 'Containers', zh: '集装箱' },
  count: { en: 'How many', zh: '数量' },
  size: { en: 'Size', zh: '箱型' },
  height: { en: 'Height', zh: '箱高' },
  state: { en: 'Laden or empty', zh: '空重' },
  temperature: { en: 'Temperature', zh: '温控' },
  hazard: { en: 'Hazard', zh: '危险性' },
  storageDays: { en: 'Days in store', zh: '堆存天数' },
  detentionDays: { en: 'Days out', zh: '用箱天数' },
  powerDays: { en: 'Days on power', zh: '制冷天数' },
  quantities: { en: 'Quantities', zh: '数量与重量' },
  bills: { en: 'Transport documents', zh: '提（运）单份数' },
  declarations: { en: 'Customs declarations', zh: '报关单份数' },
  packages: { en: 'Packages', zh: '件数' },
  vehicles: { en: 'Vehicles', zh: '车辆数' },
  grossMassTonnes: { en: 'Gross mass, tonnes', zh: '毛重（吨）' },
  volumeCubicMetres: { en: 'Volume, cubic metres', zh: '体积（立方米）' },
  chargeableKilograms: { en: 'Chargeable weight, kg', zh: '计费重量（千克）' },
  haulageKilometres: { en: 'Haulage, kilometres', zh: '拖运里程（千米）' },
  vessel: { en: 'Vessel', zh: '船舶' },
  netTonnage: { en: 'Net tonnage', zh: '净吨' },
  lengthMetres: { en: 'Length, metres', zh: '船长（米）' },
  berthDays: { en: 'Days at berth', zh: '靠泊天数' },
  pilotageKilometres: { en: 'Pilotage, kilometres', zh: '引航里程（千米）' },
  tugCalls: { en: 'Tug calls', zh: '拖轮艘次' },
  requested: { en: 'Services asked for', zh: '委托的服务' },
  happened: { en: 'What happened', zh: '发生的情形' },
} as const satisfies Record<string, Text>
type Label = keyof typeof labels

const eventNames = {
  inspection: { en: 'Inspected', zh: '查验' },
  'inspection-clean': { en: 'Inspected, nothing found', zh: '查验无问题' },
  amendment: { en: 'Declaration amended', zh: '改单' },
  cancellation: { en: 'Declaration cancelled', zh: '撤单' },
  transit: { en: 'Customs transit', zh: '转关' },
  overdue: { en: 'Overdue', zh: '超期' },
  reissue: { en: 'Bill reissued', zh: '重出单' },
  split: { en: 'Bills split or merged', zh: '分并单' },
  damage: { en: 'Damaged', zh: '残损' },
} as const satisfies Record<(typeof events)[number], Text>

const whole = ['bills', 'declarations', 'packages', 'vehicles'] as const
const measured = ['grossMassTonnes', 'volumeCubicMetres', 'chargeableKilograms', 'haulageKilometres'] as const
const ofVessel = ['netTonnage', 'lengthMetres', 'berthDays', 'pilotageKilometres', 'tugCalls'] as const
const wholeOfVessel: readonly string[] = ['berthDays', 'tugCalls']
const ofContainers = ['size', 'height', 'state', 'temperature', 'hazard'] as const
const daysOfContainers = ['storageDays', 'detentionDays', 'powerDays'] as const
const dimensionOf = {
  size: 'sizes',
  height: 'heights',
  state: 'states',
  temperature: 'temperatures',
  hazard: 'hazards',
} as const
const ofConsignment = { trade: 'trades', cargo: 'cargoes', place: 'places' } as const

/** A whole number as it is; what is none goes on as it was written, so that it is complained about at its place. */
const number = (text: string): number | string => (/^\d{1,9}$/.test(text) ? Number(text) : text)
const filled = (pairs: readonly (readonly [string, unknown])[]) =>
  Object.fromEntries(pairs.filter(([, value]) => value !== '' && value !== undefined))

/** The shipment a visitor described 计费要素, as the interface wants it. */
export function shipmentIn(form: URLSearchParams): Record<string, unknown> {
  const text = (name: string) => (form.get(name) ?? '').trim()
  const containers = Array.from({ length: groups }, (_, at) => {
    const of = (name: string) => text(`c${at}-${name}`)
    if (of('count') === '' && of('size') === '') return undefined
    return filled([
      ['count', number(of('count'))],
      ...ofContainers.map((name) => [name, of(name)] as const),
      ...daysOfContainers.map((name) => [name, number(of(name))] as const),
    ])
  }).filter((group) => group !== undefined)
  const vessel = filled(
    ofVessel.map((name) => [name, wholeOfVessel.includes(name) ? number(text(name)) : text(name)] as const),
  )
  const some = (name: string) => {
    const given = form.getAll(name)
    return given.length === 0 ? undefined : given
  }
  return filled([
    ['port', text('port')],
    ['day', text('day')],
    ['direction', text('direction')],
    ...(Object.keys(ofConsignment) as (keyof typeof ofConsignment)[]).map((name) => [name, text(name)] as const),
    ['containers', containers.length === 0 ? undefined : containers],
    ...whole.map((name) => [name, number(text(name))] as const),
    ...measured.map((name) => [name, text(name)] as const),
    ['vessel', Object.keys(vessel).length === 0 ? undefined : vessel],
    ['requested', some('requested')],
    ['happened', some('happened')],
  ])
}

/** What the fields say of a value of a dimension. */
const valuesOf = (language: Language, dimension: Dimension) =>
  dimensions[dimension].map((value) => ({ value, name: say(language, valuesInWords(dimension, [value])) }))

/**
 * The fields of a shipment. @param errors what is wrong, at pointers below `under`
 * @param ports what may be chosen
 */
export function shipmentFields(
  language: Language,
  form: URLSearchParams,
  ports: readonly { value: string; name: string }[],
  errors: readonly Said[],
  under = '',
): Html {
  const field = (name: string, label: Label | Text, at: string): Field => ({
    name,
    label: say(language, typeof label === 'string' ? labels[label] : label),
    value: (form.get(name) ?? '').trim(),
    errors: wrongAt(errors, `${under}/${at}`, language),
  })
  const line = (name: Label) => lineField(field(name, name, name))
  let placed = -1
  const group = (at: number): Html => {
    const of = (name: string) => `c${at}-${name}`
    const isGiven = (form.get(of('count')) ?? '') !== '' || (form.get(of('size')) ?? '') !== ''
    if (isGiven) placed += 1
    const where = isGiven ? `containers/${placed}` : 'none'
    return html`<div class="fields group">${lineField(field(of('count'), 'count', `${where}/count`))}
${ofContainers.map((name) => choiceField(field(of(name), name, `${where}/${name}`), valuesOf(language, dimensionOf[name])))}
${daysOfContainers.map((name) => lineField(field(of(name), name, `${where}/${name}`)))}</div>`
  }
  const kinds = loadCodeList('fee-kinds').items.map(({ code, en = code, zh = code }) => ({
    value: code,
    name: say(language, { en, zh }),
  }))
  const happenings = events.map((value) => ({ value, name: say(language, eventNames[value]) }))
  return html`<div class="fields">
${choiceField({ ...field('port', feeWords.port, 'port'), required: true }, ports)}
${choiceField(
  { ...field('direction', feeWords.direction, 'direction'), required: true },
  (['export', 'import'] as const).map((value) => ({ value, name: say(language, directionNames[value]) })),
)}
${dayField(field('day', 'day', 'day'))}
${(['trade', 'cargo', 'place'] as const).map((name) => choiceField(field(name, name, name), valuesOf(language, ofConsignment[name])))}
</div>
<fieldset><legend>${say(language, labels.containers)}</legend>${Array.from({ length: groups }, (_, at) => group(at))}</fieldset>
<fieldset><legend>${say(language, labels.quantities)}</legend><div class="fields">${whole.map(line)}${measured.map(line)}</div></fieldset>
<details${ofVessel.some((name) => (form.get(name) ?? '') !== '') ? html` open` : ''}><summary>${say(language, labels.vessel)}</summary><div class="fields">${ofVessel.map((name) => lineField(field(name, name, `vessel/${name}`)))}</div></details>
<details${form.getAll('requested').length > 0 ? html` open` : ''}><summary>${say(language, labels.requested)}</summary>${someField({ ...field('requested', 'requested', 'requested') }, form.getAll('requested'), kinds)}</details>
<details${form.getAll('happened').length > 0 ? html` open` : ''}><summary>${say(language, labels.happened)}</summary>${someField({ ...field('happened', 'happened', 'happened') }, form.getAll('happened'), happenings)}</details>`
}
