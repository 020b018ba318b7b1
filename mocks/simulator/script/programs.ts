/** Scripts ready to run 已编译脚本: sessions that load the same script share one program. It never changes; what does is in `machine.ts`. */
import { hash } from 'node:crypto'
import { compile } from './compile.ts'
import type { Program } from './program.ts'
import type { Script } from './schema.ts'

/** By the digest of the script, for as long as some session has it loaded. */
const programs = new Map<string, WeakRef<Program>>()
const gone = new FinalizationRegistry((digest: string) => {
  if (programs.get(digest)?.deref() === undefined) programs.delete(digest)
})

/** The program of a script that has been read: reading it has compiled it, so it can be. */
export function programOf(script: Script): Program {
  const digest = hash('sha256', JSON.stringify(script), 'base64')
  const known = programs.get(digest)?.deref()
  if (known !== undefined) return known
  const program = compile(script, cannotBe)
  programs.set(digest, new WeakRef(program))
  gone.register(program, digest)
  return program
}

function cannotBe(path: readonly (string | number)[], code: string): never {
  throw new Error(`a script that was never read: ${code} at /${path.join('/')}`)
}
