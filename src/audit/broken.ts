/** Where a chain is broken. */
export interface Place {
  readonly declarationId?: string
  readonly event?: number
  /** The kind of line or row that is not as it was bound. */
  readonly record?: string
  readonly day?: string
  /** Line of an exported file. */
  readonly line?: number
}

/** The first broken link 断链: where it is, and what differs. */
export class Broken extends Error {
  override readonly name = 'Broken'
  readonly place: Place
  constructor(place: Place, what: string) {
    super(what)
    this.place = place
  }
}

/** `declaration 01K… · event 3 · its content does not give its hash` */
export const describeBroken = ({ place, message }: Broken): string =>
  [
    ...(place.line === undefined ? [] : [`line ${place.line}`]),
    ...(place.declarationId === undefined ? [] : [`declaration ${place.declarationId}`]),
    ...(place.event === undefined ? [] : [`event ${place.event}`]),
    ...(place.record === undefined ? [] : [place.record]),
    ...(place.day === undefined ? [] : [`seal of ${place.day}`]),
    message,
  ].join(' · ')
