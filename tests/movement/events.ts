import type { Movement } from '../../schemas/movement.ts'

type Payload = NonNullable<Movement['payload']>
type Call = NonNullable<Payload['transportCall']>

interface Beside {
  readonly id?: string
  readonly classifier?: Payload['eventClassifierCode']
  readonly retracts?: string
  readonly toldAt?: string
  readonly call?: Call
  readonly papers?: readonly string[]
  readonly box?: string
  readonly empty?: 'EMPTY' | 'LADEN'
}

let count = 0
/** A number no other event of this test file has. */
const fresh = () => `event-${++count}`

const about = (at: string, { id = fresh(), retracts, toldAt = at, classifier }: Beside) => ({
  eventID: id,
  eventCreatedDateTime: classifier === undefined || classifier === 'ACT' ? toldAt : '2026-11-20T00:00:00Z',
  ...(retracts === undefined ? {} : { retractedEventID: retracts }),
  publisherRole: 'CA' as const,
})
const said = (at: string, { classifier = 'ACT', call, papers, box, empty }: Beside) => ({
  eventClassifierCode: classifier,
  eventDateTime: at,
  ...(call === undefined ? {} : { transportCall: call }),
  ...(papers === undefined ? {} : { documentReferences: papers.map((value) => ({ type: 'BKG', value })) }),
  ...(box === undefined ? {} : { equipmentReference: box }),
  ...(empty === undefined ? {} : { emptyIndicatorCode: empty }),
})

/** What a conveyance does. */
export const transportEvent = (
  code: NonNullable<Payload['transportEventTypeCode']>,
  at: string,
  beside: Beside & { readonly call: Call },
): Movement => ({
  metadata: { ...about(at, beside), eventType: 'TRANSPORT' },
  payload: { ...said(at, beside), transportEventTypeCode: code },
})

/** What is done to a container. */
export const equipmentEvent = (
  code: NonNullable<Payload['equipmentEventTypeCode']>,
  at: string,
  box: string,
  beside: Beside = {},
): Movement => ({
  metadata: { ...about(at, beside), eventType: 'EQUIPMENT' },
  payload: { ...said(at, { ...beside, box }), equipmentEventTypeCode: code },
})

/** A call at a place. */
export const callAt = (
  modeOfTransport: Call['modeOfTransport'],
  UNLocationCode: string,
  beside: Partial<Call> & { readonly facility?: string } = {},
): Call => {
  const { facility, ...rest } = beside
  return {
    modeOfTransport,
    location: { UNLocationCode, ...(facility === undefined ? {} : { facilityName: facility }) },
    ...rest,
  }
}
