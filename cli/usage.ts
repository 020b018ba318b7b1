import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { WrongUsage } from '../conformance/usage.ts'

/** Reads flags and plain words. @throws {WrongUsage} a flag nobody knows, or one without its value */
export function readArguments<T extends ParseArgsOptionsConfig>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new WrongUsage((error as Error).message)
  }
}
