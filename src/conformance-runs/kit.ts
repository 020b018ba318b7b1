import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { type ConformanceSubject, type JudgedScenario, judgedScenario } from '../../schemas/conformance.ts'
import type { RunDocument } from '../db/conformance-runs.ts'
import { limits } from '../limits.ts'

/** The kit's own command, as anybody runs it; in a process of its own, so that what never returns can be ended. */
const command = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))
const beside = (name: string) => new URL(name, import.meta.url).href

/** One thing to be judged. */
export interface Target {
  readonly what: ConformanceSubject
  readonly id: string
  /** Of an agency: where it answers. */
  readonly url?: string | undefined
  /** The simulator's control, where it is the simulator's. */
  readonly control?: string | undefined
}

/** What the kit has said so far. */
export interface Said {
  subject: string
  /** How many scenarios there are; 0 while nothing was judged. */
  scenarios: number
  readonly judged: JudgedScenario[]
}

/** How a process is run. */
export interface Room {
  /** Ends it at once. */
  readonly signal: AbortSignal
  /** Longest it may take. */
  readonly ms: number
  /** Only addresses of the public internet may be called. */
  readonly guarded: boolean
  /** The program, for tests of programs that misbehave; default the kit's command. */
  readonly program?: string | undefined
}

/** Why a target was not judged to its end. */
export class KitTrouble extends Error {
  override readonly name = 'KitTrouble'
  readonly code: 'too-slow' | 'too-much' | 'no-verdict'
  constructor(code: KitTrouble['code'], what: string) {
    super(what)
    this.code = code
  }
}

const line = z.union([
  z.object({ of: z.int(), judged: judgedScenario }),
  z.object({ kind: z.string(), subject: z.string() }),
])

/** Judges one target. @param told of each verdict as it is given @throws {KitTrouble} what was said until then stands in `said` */
export async function judgeTarget(target: Target, said: Said, told: () => void, room: Room): Promise<void> {
  const { what, id, url, control } = target
  const subject = what === 'adapter' ? [id] : [url ?? '', '--agency', id]
  const argv = [
    'conform',
    what,
    ...subject,
    ...(control === undefined ? [] : ['--control', control]),
    '--format',
    'lines',
    '--timeout',
    String(limits.conformanceScenarioSeconds),
  ]
  await runKit(argv, room, (text) => {
    const read = line.safeParse(parsed(text))
    if (!read.success) return
    if ('subject' in read.data) said.subject = read.data.subject
    else {
      said.scenarios = read.data.of
      said.judged.push(read.data.judged)
      told()
    }
  })
  if (said.scenarios === 0 || said.judged.length < said.scenarios)
    throw new KitTrouble('no-verdict', `${said.judged.length} of ${said.scenarios} scenarios were judged`)
}

const files = { json: 'conformance.json', junit: 'conformance.xml', markdown: 'conformance.md' } as const

/** The documents of what was said of all targets, as the kit writes them. */
export async function writeDocuments(
  reports: readonly {
    readonly kind: ConformanceSubject
    readonly subject: string
    readonly judged: readonly JudgedScenario[]
  }[],
  room: Room,
): Promise<RunDocument[]> {
  const folder = await mkdtemp(join(tmpdir(), 'yuchuang-conformance-'))
  try {
    const kept = join(folder, 'kept.json')
    await writeFile(kept, JSON.stringify({ reports }))
    const documents: RunDocument[] = []
    for (const language of ['en', 'zh'] as const) {
      await runKit(
        ['conform', 'report', kept, '--format', 'json,junit,markdown', '--out', folder, '--lang', language],
        room,
        () => undefined,
      )
      for (const [format, file] of Object.entries(files) as [RunDocument['format'], string][])
        if (format !== 'json' || language === 'en') {
          const content = await readFile(join(folder, file), 'utf8')
          // PostgreSQL's text has no U+0000.
          documents.push({ format, language, content: content.replaceAll('\u0000', '\uFFFD') })
        }
    }
    return documents
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs the command, line by line. @throws {KitTrouble} too slow, too much said, ended otherwise than it should */
async function runKit(
  argv: readonly string[],
  { signal, ms, guarded, program = command }: Room,
  take: (line: string) => void,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${limits.conformanceHeapMiB}`,
      `--import=${beside('warden.ts')}`,
      ...(guarded ? [`--import=${beside('guard.ts')}`] : []),
      program,
      ...argv,
    ],
    // Nothing of ours is its business: no address of the database, no secret.
    { stdio: ['ignore', 'pipe', 'pipe'], env: { CONFORMANCE_UNTIL: String(Date.now() + ms + graceMs) } },
  )
  let [bytes, complaint] = [0, '']
  let why: KitTrouble | undefined
  const end = (trouble?: KitTrouble) => {
    why ??= trouble
    child.kill('SIGKILL')
  }
  const stop = () => end()
  const timer = setTimeout(() => end(new KitTrouble('too-slow', `not finished after ${ms / 1_000} s`)), ms)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.conformanceBytes)
      end(new KitTrouble('too-much', `more than ${limits.conformanceBytes} bytes were said`))
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString('utf8')}`.slice(-limits.conformanceComplaint)
  })
  const lines = createInterface({ input: child.stdout }).on('line', (text) => {
    if (why === undefined) take(text)
  })
  const read = new Promise((resolve) => lines.once('close', resolve))
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once('error', reject).once('close', resolve),
    )
    await read
    signal.throwIfAborted()
    if (why !== undefined) throw why
    if (code !== 0 && code !== 1) throw new KitTrouble('no-verdict', complaint.trim() || `it ended with ${code}`)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

/** The warden comes after us: it is for when we are gone. */
const graceMs = 5_000

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
