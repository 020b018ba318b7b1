import type * as z from 'zod'
import { Unintelligible } from './adapter.ts'

/**
 * Reads an agency's JSON document.
 * @throws {Unintelligible} no JSON, or not of the shape
 */
export function readJson<T>(text: string, shape: z.ZodType<T>): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Unintelligible('Not JSON', { cause })
  }
  const read = shape.safeParse(value)
  if (!read.success) throw new Unintelligible(`Not the document expected: ${read.error.issues[0]?.message ?? ''}`)
  return read.data
}

/** Writes a JSON document; keys in the order given, two spaces of indentation. */
export const writeJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
