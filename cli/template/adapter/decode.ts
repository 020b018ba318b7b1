import { type Reply, readJson, rowOf } from 'yuchuang/adapter'
import type { Receipt } from 'yuchuang/schemas'
import * as z from 'zod'
import { decisions } from './codes.ts'

/** Every document of the station has this form; what a later version adds is passed over. Source: specification §3, §6. */
const document = z.object({
  reference: z.string().min(1),
  message: z.string().min(1),
  number: z.string().min(1).optional(),
  code: z.string().min(1),
  text: z.string(),
  at: z.iso.datetime({ offset: true }),
})
/** Nothing is known of a notice that was asked for. Source: specification §4. */
const unknownHere = z.strictObject({ unknown: z.string().min(1) })

/**
 * The receipt 回执 in an answer or a pushed document.
 * @throws {Unintelligible} no document of the station
 */
export function decode({ body }: Reply): Receipt[] {
  const said = readJson(body, z.union([document, unknownHere]))
  if ('unknown' in said) return []
  const { reference, message, number, code, text, at } = said
  return [
    {
      references: [
        { scheme: 'filing', value: reference },
        { scheme: 'message', value: message },
        ...(number === undefined ? [] : [{ scheme: 'notice-number', value: number }]),
      ],
      ...rowOf(decisions, code),
      code,
      text,
      at,
    },
  ]
}
