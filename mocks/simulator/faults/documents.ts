/** What becomes of a document that is spoilt on its way 回执失真. Functions of the document alone. */
import type { Agency, Outgoing } from '../../agency.ts'
import type { FaultName, OrderOf } from './order.ts'

export interface DocumentFaults {
  readonly lost: boolean
  readonly late?: OrderOf<'LATE'> | undefined
  readonly twice?: boolean
  readonly nonsense?: boolean
  readonly corrupt?: OrderOf<'CORRUPT'> | undefined
  readonly unknownCode?: OrderOf<'UNKNOWNCODE'> | undefined
  readonly version?: 'older' | 'newer' | undefined
  /** Documents with the same key are swapped in pairs; one without a partner waits so long, in simulated time. */
  readonly disorder?: { readonly key: string; readonly waitMs: number } | undefined
}

/** A page a broken proxy puts where a document should be. */
export const nonsense = {
  name: '502.html',
  contentType: 'text/html; charset=utf-8',
  body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n',
} as const

/** The documents that leave in the place of one, in their order. */
export function leavingFor({ variants }: Agency, sound: Outgoing, how: DocumentFaults): Outgoing[] {
  if (how.lost) return []
  const written = how.version === undefined ? sound : (variants?.[how.version](sound) ?? sound)
  const strange = how.unknownCode === undefined ? undefined : variants?.unknownCode(written)
  const before = [
    ...(how.nonsense === true ? [nonsense] : []),
    ...(how.corrupt === undefined ? [] : [damaged(written)]),
    ...(strange === undefined ? [] : [strange]),
  ]
  // A document damaged or made strange once may be said not to come again.
  const isReplaced = how.corrupt?.thenSound === false || (strange !== undefined && how.unknownCode?.thenSound === false)
  const leaving = isReplaced ? before : [...before, written]
  return how.twice === true ? leaving.flatMap((one) => [one, one]) : leaving
}

/** The names of the faults that spoil a document, for the journal. */
export function faultsIn(how: DocumentFaults): FaultName[] {
  const names: (FaultName | false)[] = [
    how.lost && 'LOST',
    how.nonsense === true && 'NONSENSE',
    how.corrupt !== undefined && 'CORRUPT',
    how.unknownCode !== undefined && 'UNKNOWNCODE',
    how.version === 'older' && 'OLDER',
    how.version === 'newer' && 'NEWER',
    how.twice === true && 'TWICE',
    how.late !== undefined && 'LATE',
    how.disorder !== undefined && 'DISORDER',
  ]
  return names.filter((name) => name !== false)
}

/**
 * A document that is illegible from its first quarter to its end, as a failing line leaves it: the last tag or bracket is gone
 * too, so that no reader can take it for whole.
 */
export function damaged(document: Outgoing): Outgoing {
  const legible = Math.floor(document.body.length / 4)
  return { ...document, body: document.body.slice(0, legible).padEnd(document.body.length, '\uFFFD') }
}
