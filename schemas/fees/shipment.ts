import * as z from 'zod'
import { day } from '../formats.ts'
import { dimensions } from './conditions.ts'

/** A count or a measured quantity, as decimal text. */
const counted = z.string().regex(/^(0|[1-9]\d{0,9})(\.\d{1,4})?$/)
const whole = z.int().min(0).max(100_000)
const name = z.string().regex(/^[a-z0-9](-?[a-z0-9]){1,79}$/)

/** One container, or several alike 集装箱. */
export const shippedContainers = z.strictObject({
  count: z.int().min(1).max(1_000),
  size: z.enum(dimensions.sizes),
  height: z.enum(dimensions.heights).optional(),
  state: z.enum(dimensions.states).optional(),
  temperature: z.enum(dimensions.temperatures).optional(),
  hazard: z.enum(dimensions.hazards).optional(),
  load: z.enum(dimensions.loads).optional(),
  storageDays: whole.optional(),
  detentionDays: whole.optional(),
  powerDays: whole.optional(),
})

/** What is known of a consignment when its port fees are worked out 计费要素. What is absent is not known: then the answer says so. */
export const shipment = z.strictObject({
  port: name,
  /** The day whose list counts; today when absent. */
  day: day.optional(),
  direction: z.enum(dimensions.directions),
  trade: z.enum(dimensions.trades).optional(),
  cargo: z.enum(dimensions.cargoes).optional(),
  place: z.enum(dimensions.places).optional(),
  time: z.enum(dimensions.times).optional(),
  /** Alike ones together. */
  containers: z.array(shippedContainers).max(20).optional(),
  hazard: z.enum(dimensions.hazards).optional(),
  /** How many of each, by name of the measure. */
  bills: whole.optional(),
  declarations: whole.optional(),
  documents: whole.optional(),
  seals: whole.optional(),
  packages: whole.optional(),
  samples: whole.optional(),
  vehicles: whole.optional(),
  wagons: whole.optional(),
  documentDays: whole.optional(),
  /** Of goods that lie in no container; of containers each group has its own. */
  storageDays: whole.optional(),
  hours: counted.optional(),
  haulageKilometres: counted.optional(),
  grossMassTonnes: counted.optional(),
  volumeCubicMetres: counted.optional(),
  chargeableKilograms: counted.optional(),
  vessel: z
    .strictObject({
      type: z.enum(dimensions.vesselTypes).optional(),
      waters: z.enum(dimensions.waters).optional(),
      netTonnage: counted.optional(),
      lengthMetres: counted.optional(),
      berthDays: whole.optional(),
      pilotageKilometres: counted.optional(),
      tugCalls: whole.optional(),
      voyages: whole.optional(),
    })
    .optional(),
  /** Kinds of fees asked for 委托服务. */
  requested: z.array(z.string().max(60)).max(60).optional(),
  /** What happened 发生的情形, by the names of `events`. */
  happened: z.array(z.string().max(40)).max(20).optional(),
  /** Whom the trader deals with; absent: anybody at the port. */
  payees: z.array(name).max(60).optional(),
})
export type Shipment = z.infer<typeof shipment>
export type ShippedContainers = z.infer<typeof shippedContainers>
