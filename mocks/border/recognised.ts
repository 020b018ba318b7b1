import { recognisedFrom } from './parameters.ts'

/** A result of another office as a message carries it 互认结果. */
export interface Result {
  readonly ResultId: string
  readonly Authority: string
  readonly Category: string
  readonly Number: string
  readonly At: string
  readonly Until: string
  readonly Check: string
}

/** The result that spares us boarding, by our own reading: of an office we trust in this, made and not run out by our clock. */
export const sparing = (results: readonly Result[], now: number): Result | undefined =>
  results.find(
    ({ Authority, Category, Check, At, Until }) =>
      Check === 'boarding' &&
      (recognisedFrom[Category] ?? []).includes(Authority) &&
      Date.parse(At) <= now &&
      now < Date.parse(Until),
  )
