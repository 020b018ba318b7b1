/**
 * A regular expression somebody else wrote 正则表达式: matched in time linear in the text, whatever it is, since a script is not
 * to hold the simulator up. Therefore RE2's syntax: no backreferences, no lookaround; those are refused when the script is loaded.
 */
import { RE2JS, RE2JSException } from 're2js'
import { limits } from '../limits.ts'

export type Pattern = (text: string) => boolean

/** @throws {SyntaxError} when it is no regular expression, or not one that can be matched in linear time. */
export function compilePattern(source: string): Pattern {
  if (source.length > limits.patternCharacters)
    throw new SyntaxError(`longer than ${limits.patternCharacters} characters`)
  try {
    const pattern = RE2JS.compile(source)
    return (text) => pattern.matcher(text.slice(0, limits.patternTextCharacters)).find()
  } catch (error) {
    if (error instanceof RE2JSException) throw new SyntaxError(error.message)
    throw error
  }
}
