import type { Dimension } from '../../../schemas/fees/conditions.ts'
import type { Measure } from '../../../schemas/fees/price.ts'
import type { Text } from '../../../schemas/text.ts'
import { beyondSteps, missingFact, missingMeasure } from './words.ts'

/** Why an amount is not certain 不确定因素, each reason once. */
export interface Doubts {
  facts(missing: readonly Dimension[]): void
  measures(missing: readonly Measure[]): void
  beyond(measure: Measure): void
  add(text: Text): void
  texts(): readonly Text[]
}

export function noDoubts(): Doubts {
  const told: Text[] = []
  const add = (text: Text) => {
    if (!told.includes(text)) told.push(text)
  }
  return {
    facts(missing) {
      for (const name of missing) add(asking(textOf(facts, name, missingFact)))
    },
    measures(missing) {
      for (const measure of missing) add(asking(textOf(measures, measure, missingMeasure)))
    },
    beyond: (measure) => add(textOf(beyond, measure, beyondSteps)),
    add,
    texts: () => told,
  }
}

/** Whether a reason is that something of the shipment was not told. */
export const isAskable = (reason: Text): boolean => askable.has(reason)
const askable = new Set<Text>()

/** Texts made once, so that the same reason is the same object. */
const facts = new Map<Dimension, Text>()
const measures = new Map<Measure, Text>()
const beyond = new Map<Measure, Text>()
const asking = (text: Text): Text => {
  askable.add(text)
  return text
}
function textOf<K>(known: Map<K, Text>, key: K, make: (key: K) => Text): Text {
  const before = known.get(key)
  if (before !== undefined) return before
  const text = make(key)
  known.set(key, text)
  return text
}
