import type { Leg } from './consignment.ts'

interface Journey {
  direction: 'import' | 'export'
  goodsShipment: { consignment: { legs: readonly Leg[] } }
}

/** A leg with its place in the journey, for pointers. */
export interface PlacedLeg {
  readonly leg: Leg
  readonly at: number
  readonly pointer: string
}

/** Whether a leg crosses the border: its two ends lie in two countries. */
export const crossesBorder = (leg: { from: { countryCode: string }; to: { countryCode: string } }): boolean =>
  leg.from.countryCode !== leg.to.countryCode

/** All legs with their pointers, in travel order. */
export function placedLegs(declaration: Journey): PlacedLeg[] {
  return declaration.goodsShipment.consignment.legs.map((leg, at) => ({
    leg,
    at,
    pointer: `/goodsShipment/consignment/legs/${at}`,
  }))
}

/** The leg that leaves China (export) or enters it (import): 国际运输段. */
export function internationalLeg(declaration: Journey): PlacedLeg | undefined {
  const crossing = placedLegs(declaration).filter(({ leg }) => crossesBorder(leg))
  return declaration.direction === 'export'
    ? crossing.find(({ leg }) => leg.from.countryCode === 'CN')
    : crossing.findLast(({ leg }) => leg.to.countryCode === 'CN')
}

/** Legs that stay within China: 境内运输段. */
export const domesticLegs = (declaration: Journey): PlacedLeg[] =>
  placedLegs(declaration).filter(({ leg }) => !crossesBorder(leg) && leg.from.countryCode === 'CN')
