import type { Declaration } from '../../schemas/declaration/index.ts'
import { decFreeTxt, decHead, type Elements } from './encode-head.ts'
import { decGoodsLimits, decList, lateElements, type PlacedItem, placedItems } from './encode-items.ts'
import type { Particulars } from './particulars.ts'

/** A line of goods as customs is sent it. */
export interface GoodsLine {
  readonly placed: PlacedItem
  readonly list: Elements
  readonly late: Elements
  readonly limits: readonly Elements[]
}

/** Head, free text and goods of a declaration as customs is sent them, before anything is written. */
export interface Sections {
  readonly head: Elements
  readonly freeText: Elements
  readonly lines: readonly GoodsLine[]
}

const known = new WeakMap<Particulars, { readonly declaration: Declaration; readonly sections: Sections }>()

/** The sections of a declaration: measured when it is checked, written when it is encoded, put together once. */
export function sectionsOf(declaration: Declaration, particulars: Particulars): Sections {
  const before = known.get(particulars)
  if (before?.declaration === declaration) return before.sections
  const sections = {
    head: decHead(declaration, particulars),
    freeText: decFreeTxt(declaration, particulars),
    lines: placedItems(declaration, particulars).map((placed) => ({
      placed,
      list: decList(placed, declaration, particulars),
      late: lateElements(placed),
      limits: decGoodsLimits(placed, particulars),
    })),
  }
  known.set(particulars, { declaration, sections })
  return sections
}
