import type { Declaration } from '../../schemas/declaration/index.ts'
import { internationalLeg } from '../../schemas/declaration/journey.ts'

/** Where a declaration belongs in the statistics, and what it says itself that figures are made from. */
export interface Facts {
  readonly direction: 'import' | 'export'
  readonly mode: string
  readonly district: string
  /** The firm whose trade it is. */
  readonly firm: string
  /** The level the firm had with an agency at an instant. */
  creditAt(agency: string, at: number): string
  /** Arrivals somebody reported, each an instant. */
  readonly arrivals: readonly string[]
  /** The arrival the declaration gives: a day, or an instant. */
  readonly arrival: string | undefined
  /** Size and type of each container. */
  readonly containers: readonly string[]
}

/** What a declaration says by itself. */
export function factsIn(declaration: Declaration): Omit<Facts, 'creditAt' | 'arrivals'> {
  const { direction, declarationOfficeId, goodsShipment } = declaration
  const { consignment, importer, exporter, owner } = goodsShipment
  const crossing = internationalLeg(declaration)
  return {
    direction,
    mode: crossing?.leg.modeCode ?? consignment.legs[0]?.modeCode ?? '9',
    district: declarationOfficeId,
    firm: (direction === 'import' ? importer : exporter)?.id ?? owner.id,
    arrival:
      direction === 'import'
        ? consignment.legs.slice(crossing?.at ?? 0).findLast(({ arrivalDateTime }) => arrivalDateTime !== undefined)
            ?.arrivalDateTime
        : undefined,
    containers: (consignment.containers ?? []).map(({ typeCode }) => typeCode),
  }
}
