import type { FigureKind } from '../../schemas/statistics.ts'

/** A finest group of a month 最细分组: what is measured, whose time it is, and where it belongs. */
export interface Cell {
  readonly kind: FigureKind
  readonly agency: string
  readonly procedure: string
  readonly direction: string
  readonly mode: string
  readonly district: string
  readonly credit: string
}

const separator = '|'

/** A cell as a key; none of its parts holds a `|`: all are codes. */
export const keyOf = ({ kind, agency, procedure, direction, mode, district, credit }: Cell): string =>
  [kind, agency, procedure, direction, mode, district, credit].join(separator)

/** The cell of a key. */
export function cellOf(key: string): Cell {
  const [kind, agency = '', procedure = '', direction = '', mode = '', district = '', credit = ''] =
    key.split(separator)
  return { kind: kind as FigureKind, agency, procedure, direction, mode, district, credit }
}
