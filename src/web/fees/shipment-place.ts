import type { Shipment } from '../../../schemas/fees/shipment.ts'
import { containerInWords, valuesInWords } from '../../fees/pricing/words.ts'
import type { Language } from '../../problem.ts'
import { say } from '../words.ts'
import {
  consignmentFields,
  containerFields,
  furtherFields,
  isChoice,
  quantityFields,
  type ShipmentField,
  shipmentWords,
  vesselFields,
} from './shipment-fields.ts'
import { filledGroups } from './shipment-form.ts'
import { directionNames, feeWords } from './words.ts'
import type { Place } from './wrong.ts'

const own = [...consignmentFields, ...quantityFields, ...furtherFields]

/** The field a pointer into a shipment leads to: the row of the form, not the place in the list of containers. */
export function shipmentPlace(language: Language, form: URLSearchParams, pointer: string): Place | undefined {
  const [first = '', second = '', third = ''] = pointer.split('/').slice(1)
  const placed = (fields: readonly ShipmentField[], of: string, name: string, before = ''): Place | undefined => {
    const found = fields.find((one) => one.of === of)
    if (found === undefined) return undefined
    const { as } = found
    return { name, label: `${before}${say(language, found.label)}`, holds: isChoice(as) ? 'choice' : as }
  }
  const words = (name: keyof typeof shipmentWords) => say(language, shipmentWords[name])
  if (first === 'port' || first === 'direction')
    return { name: first, label: say(language, feeWords[first]), holds: 'choice' }
  if (first === 'day') return { name: 'day', label: words('day'), holds: 'day' }
  if (first === 'requested' || first === 'happened' || first === 'payees') return { name: first, label: words(first) }
  if (first === 'vessel') return placed(vesselFields, second, second, `${words('vessel')} · `)
  if (first !== 'containers') return placed(own, first, first)
  const at = filledGroups(form)[Number(second)] ?? 0
  const of = third === '' ? 'count' : third
  return placed(containerFields, of, `c${at}-${of}`, `${words('container')} ${at + 1} · `)
}

/** A shipment in a few words each 计费要素摘要: where, which way, what. */
export function shipmentInWords(
  language: Language,
  shipment: Shipment,
  ports: readonly { value: string; name: string }[],
): string[] {
  const { port, direction, containers = [], vessel = {} } = shipment
  const values = (of: object, fields: readonly ShipmentField[]) => {
    const given = new Map<string, unknown>(Object.entries(of))
    return fields.flatMap(({ of: name, as, label }) => {
      const value = given.get(name)
      if (typeof value !== 'string' && typeof value !== 'number') return []
      return isChoice(as)
        ? [say(language, valuesInWords(as, [`${value}`]))]
        : [`${say(language, label)}${language === 'zh' ? '' : ':'} ${value}`]
    })
  }
  return [
    ports.find(({ value }) => value === port)?.name ?? port,
    say(language, directionNames[direction]),
    ...values(shipment, consignmentFields),
    ...containers.map((group) => {
      const days = values(
        group,
        containerFields.filter(({ of }) => of.endsWith('Days')),
      )
      return [say(language, containerInWords(group)), ...days].join(language === 'zh' ? '，' : ', ')
    }),
    ...values(shipment, [...quantityFields, ...furtherFields]),
    ...values(vessel, vesselFields),
  ]
}
