import type { CreditLevel, CreditScheme } from '../../adapters/adapter.ts'
import type { Adapters } from '../filing/plan.ts'

/** A credit scheme with the agency it belongs to. */
export interface OwnedScheme extends CreditScheme {
  readonly agency: string
}

/** Every scheme there is. */
export const schemesOf = (adapters: Adapters): OwnedScheme[] =>
  Object.entries(adapters).flatMap(([agency, { credit }]) => (credit === undefined ? [] : [{ ...credit, agency }]))

export const findScheme = (adapters: Adapters, scheme: string): OwnedScheme | undefined =>
  schemesOf(adapters).find((one) => one.scheme === scheme)

export const findLevel = ({ levels }: CreditScheme, level: string): CreditLevel | undefined =>
  levels.find(({ code }) => code === level)

/** Levels everybody may know the firms of. */
export const publishedLevels = (adapters: Adapters) =>
  schemesOf(adapters).flatMap((scheme) =>
    scheme.levels.flatMap(({ code, published }) => (published ? [{ scheme: scheme.scheme, level: code }] : [])),
  )
