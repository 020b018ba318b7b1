/** A fault as somebody orders it 故障指令: its name and its parameters, each with a default, so that the name alone is enough. */
import * as z from 'zod'
import { limits } from '../limits.ts'

const instant = z.iso.datetime({ offset: true })
const whole = (least: number, most: number) => z.int().min(least).max(most)
const simulatedSeconds = whole(1, limits.faultSimulatedS)
const realMs = whole(1, limits.faultRealMs)

/** The order of each fault; `faults` in `table.ts` says what each does. */
export const faultOrder = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('LATE'), byS: simulatedSeconds.default(limits.lateSimulatedMs / 1_000) }),
  z.strictObject({ fault: z.literal('TWICE') }),
  z.strictObject({ fault: z.literal('DISORDER'), waitS: simulatedSeconds.default(limits.disorderSimulatedMs / 1_000) }),
  z.strictObject({ fault: z.literal('NONSENSE') }),
  z.strictObject({ fault: z.literal('LOST') }),
  z.strictObject({ fault: z.literal('CORRUPT'), thenSound: z.boolean().default(true) }),
  z.strictObject({ fault: z.literal('UNKNOWNCODE'), thenSound: z.boolean().default(true) }),
  z.strictObject({ fault: z.literal('OLDER') }),
  z.strictObject({ fault: z.literal('NEWER') }),
  z.strictObject({ fault: z.literal('DOWN') }),
  z.strictObject({
    fault: z.literal('BURST5XX'),
    /** Absent: 503. */
    status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).optional(),
  }),
  z.strictObject({ fault: z.literal('BUSY'), retryAfterS: whole(0, 86_400).default(limits.busyRetryAfterS) }),
  z
    .strictObject({
      fault: z.literal('MAINTENANCE'),
      /** Simulated; absent: from the moment it is ordered, or first met by the reference that asks for it. */
      from: instant.optional(),
      until: instant.optional(),
      forS: simulatedSeconds.optional(),
    })
    .refine(({ until, forS }) => until === undefined || forS === undefined, 'either until or forS, not both')
    .refine(
      ({ from, until }) => from === undefined || until === undefined || Date.parse(from) < Date.parse(until),
      'until comes after from',
    ),
  z
    .strictObject({
      fault: z.literal('LATENCY'),
      medianMs: realMs.default(limits.latencyMedianMs),
      p95Ms: realMs.default(limits.latencyP95Ms),
    })
    .refine(({ medianMs, p95Ms }) => medianMs <= p95Ms, 'p95Ms is at least medianMs'),
  z.strictObject({ fault: z.literal('SLOW'), delayMs: realMs.default(limits.slowReplyMs) }),
  z.strictObject({ fault: z.literal('TIMEOUT'), holdMs: realMs.default(limits.timeoutHoldMs) }),
  z.strictObject({ fault: z.literal('RESET') }),
  z.strictObject({ fault: z.literal('TRUNCATED') }),
  z.strictObject({
    fault: z.literal('DRIBBLE'),
    bytesPerSecond: whole(1, 1_000_000).default(limits.dribbleBytesPerSecond),
  }),
])

/** A fault somebody ordered, with all its parameters. */
export type FaultOrder = z.output<typeof faultOrder>
export type FaultName = FaultOrder['fault']
/** The order of one fault. */
export type OrderOf<F extends FaultName> = Extract<FaultOrder, { fault: F }>

const plain = new Map(
  faultOrder.options.map((one) => {
    const { fault } = one.shape
    return [fault.value, faultOrder.parse({ fault: fault.value })] as const
  }),
)

/** The order a name alone stands for: every parameter at its default. */
export function plainOrder<F extends FaultName>(fault: F): OrderOf<F> {
  const order = plain.get(fault)
  if (order === undefined) throw new RangeError(`no fault ${fault}`)
  return order as OrderOf<F>
}

/** What each parameter of a fault may be, as JSON Schema: its type, bounds and what it is when nothing is said. */
export function parameterSchemasOf(fault: FaultName): Record<string, unknown> {
  const option = faultOrder.options.find((one) => one.shape.fault.value === fault)
  const { properties = {} } = option?.toJSONSchema({ io: 'input' }) ?? {}
  const { fault: _, ...parameters } = properties
  return parameters
}

/** The names of a fault's parameters, in the order they are told of. */
export function parametersOf(fault: FaultName): string[] {
  const option = faultOrder.options.find((one) => one.shape.fault.value === fault)
  return Object.keys(option?.shape ?? {}).filter((name) => name !== 'fault')
}
