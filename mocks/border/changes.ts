import { everyone, passageOf } from './checks.ts'
import type { Attempt, Changing, Filing } from './filing.ts'
import type { Body } from './message.ts'
import { clearedForHours } from './parameters.ts'
import type { Fault } from './shape.ts'

type Filings = ReadonlyMap<string, Filing>

/** States in which a filing cannot be changed any more. */
const over = ['REJECTED', 'CANCELLED', 'DEPARTED', 'ARRIVED']
/** States of a change that is not decided. */
const undecided = ['RECEIVED', 'SCREENING']

const base = '/EPCMessage/EPCRequestBody'

/** The newest attempt of the conveyance's filing that a change names, when there is one and it is the one described. */
export function changedBy(filings: Filings, { OurReference, ClearanceNumber }: Changing, procedure: string) {
  const filing = filings.get(OurReference)
  const attempt = filing?.attempts.at(-1)
  if (filing === undefined || attempt === undefined || attempt.changing !== undefined) return undefined
  if (attempt.body.Procedure !== procedure) return undefined
  if (ClearanceNumber !== '' && ClearanceNumber !== filing.number) return undefined
  return { filing, attempt }
}

/** What forbids a change as things stand 不予变更. `self` is the change itself, which is no other change. */
export function against(filings: Filings, changing: Changing, body: Body, self: string): Fault[] {
  const changed = changedBy(filings, changing, body.Procedure)
  if (changed === undefined) return [fault('BI-401', 'Change/OurReference')]
  if (over.includes(changed.attempt.status)) return [fault('BI-402', 'Change/OurReference')]
  if (isBeingChanged(filings, changing.OurReference, self)) return [fault('BI-403', 'Change/OurReference')]
  return changing.kind === 'cancellation' ? [] : againstReplacement(changed.attempt, body)
}

/** How often the same was asked of a filing before: whoever is refused may ask again under another number. */
export const timesAsked = (filings: Filings, { kind, OurReference }: Changing): number =>
  [...filings.values()]
    .flatMap(({ attempts }) => attempts)
    .filter(({ changing }) => changing?.kind === kind && changing.OurReference === OurReference).length

function isBeingChanged(filings: Filings, ourReference: string, self: string): boolean {
  return [...filings].some(([reference, { attempts }]) => {
    const last = attempts.at(-1)
    return reference !== self && last?.changing?.OurReference === ourReference && undecided.includes(last.status)
  })
}

function againstReplacement({ body: before, clearedFor }: Attempt, after: Body): Fault[] {
  const call = after.PortCall
  const latest = (clearedFor ?? Number.NaN) + clearedForHours.value * 3_600_000
  return [
    ...(identityOf(before) === identityOf(after)
      ? []
      : [fault('BI-404', `PortCall/Conveyance/${call.Conveyance.ImoNumber === '' ? 'RegistrationId' : 'ImoNumber'}`)]),
    ...(before.PortCall.Port.UNLoCode === call.Port.UNLoCode ? [] : [fault('BI-404', 'PortCall/Port/UNLoCode')]),
    ...(Date.parse(passageOf(after)) > latest
      ? [fault('BI-405', `PortCall/${after.Procedure === 'arrival' ? 'ETA' : 'ETD'}`)]
      : []),
  ]
}

const identityOf = ({ PortCall: { Conveyance } }: Body): string =>
  `${Conveyance.Type} ${Conveyance.ImoNumber === '' ? Conveyance.RegistrationId : Conveyance.ImoNumber}`

const fault = (code: string, below: string): Fault => ({ code, location: `${base}/${below}` })

/** Whether the new lists name a person who was not on the old ones: then all are screened anew. */
export function hasNewPersons(before: Body, after: Body): boolean {
  const keyOf = ({ person: { IdDocument } }: ReturnType<typeof everyone>[number]) =>
    `${IdDocument.IssuingNation} ${IdDocument.IdNumber}`
  const known = new Set(everyone(before).map(keyOf))
  return everyone(after).some((one) => !known.has(keyOf(one)))
}
