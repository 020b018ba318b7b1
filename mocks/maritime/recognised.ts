import { instantOf } from './formats.ts'
import { recognisedFrom } from './parameters.ts'

/** A result of another office as a document carries it 互认结果. */
export interface Result {
  readonly ResultId: string
  readonly Authority: string
  readonly Category: string
  readonly Number: string
  readonly At: string
  readonly Until: string
  readonly Check: string
  readonly ContainerNumber: readonly string[]
}

/**
 * The result that spares us opening a box, by our own reading: of an office we trust in this, made and not run out by our clock, and of
 * every container there is.
 */
export const sparing = (results: readonly Result[], containers: readonly string[], now: number): Result | undefined =>
  results.find(
    ({ Authority, Category, Check, At, Until, ContainerNumber }) =>
      Check === 'box-opening' &&
      (recognisedFrom[Category] ?? []).includes(Authority) &&
      instantOf(At) <= now &&
      now < instantOf(Until) &&
      containers.length > 0 &&
      containers.every((one) => ContainerNumber.includes(one)),
  )
