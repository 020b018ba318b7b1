/** Scripts of corridors 通道动态脚本: what carriers, stations and ports would tell of one container on its way. Data; nothing here decides. */
import { readFileSync } from 'node:fs'
import * as z from 'zod'

const hours = z.number().min(0).max(2_000)
const text = z.strictObject({ en: z.string(), zh: z.string() })

const corridor = z.strictObject({
  id: z.string(),
  name: text,
  source: z.string(),
  /** Who tells, by a word of the script. */
  publishers: z.record(z.string(), z.strictObject({ name: z.string(), role: z.string() })),
  /** Places as an event names them. */
  places: z.record(
    z.string(),
    z.strictObject({
      UNLocationCode: z.string().optional(),
      locationName: z.string().optional(),
      countryCode: z.string().optional(),
      facilityName: z.string().optional(),
    }),
  ),
  /** What carries it, as an event names it. */
  legs: z.record(z.string(), z.looseObject({ modeOfTransport: z.string() })),
  steps: z
    .array(
      z.strictObject({
        /** Hours after the start. */
        hours,
        by: z.string(),
        type: z.enum(['TRANSPORT', 'EQUIPMENT']),
        code: z.string(),
        place: z.string(),
        leg: z.string().optional(),
        remark: z.string().optional(),
      }),
    )
    .min(1),
})
export type Corridor = z.infer<typeof corridor>

const files = ['europe-rail', 'europe-rail-alashankou', 'land-sea', 'yangtze']

/** Every corridor there is a script of, by its id. */
export const corridors: ReadonlyMap<string, Corridor> = new Map(
  files.map((file) => {
    const read = corridor.parse(
      JSON.parse(readFileSync(new URL(`corridors/${file}.json`, import.meta.url), 'utf8')) as unknown,
    )
    return [read.id, read]
  }),
)
