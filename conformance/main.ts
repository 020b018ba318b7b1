/** `yuchuang conform`: judges an adapter, a running agency or a running gateway 符合性测试命令. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Candidate, Environment } from './candidates.ts'
import { readReports } from './kept.ts'
import { type Format, type Options, readOptions } from './options.ts'
import { jsonOf } from './report/json.ts'
import { junitOf } from './report/junit.ts'
import { createLines } from './report/lines.ts'
import { markdownOf } from './report/markdown.ts'
import { createTeller, type Io } from './report/terminal.ts'
import { isKept, type Language } from './report/words.ts'
import { usage, WrongUsage } from './usage.ts'
import type { Report } from './verdict.ts'

export type { Io } from './report/terminal.ts'

const documents: {
  readonly [format in Exclude<Format, 'terminal' | 'lines'>]: {
    readonly file: string
    of(reports: readonly Report[], language: Language): string
  }
} = {
  junit: { file: 'conformance.xml', of: junitOf },
  json: { file: 'conformance.json', of: jsonOf },
  markdown: { file: 'conformance.md', of: markdownOf },
}

/** What the command ends with: 0 kept (or not applicable), 1 something is not, 2 called wrongly. */
export async function conform(
  argv: readonly string[],
  io: Io,
  environment: Environment = process.env,
): Promise<number> {
  try {
    const options = readOptions(argv)
    if (options.help) {
      io.out(usage)
      return 0
    }
    const reports =
      options.kind === 'report'
        ? await readReports(options.subject)
        : await judgeAll(await candidatesIn(options, environment), options, io)
    await handOut(reports, options, io)
    return isKept(reports) ? 0 : 1
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error
    io.err(`${error.message}\nyuchuang conform --help says how it is called.\n`)
    return 2
  }
}

/** Loaded when something is to be judged: whoever writes a report in another form needs no adapter. */
const candidatesIn = async (options: Options, environment: Environment) =>
  (await import('./candidates.ts')).candidatesFor(options, environment)

async function judgeAll(candidates: readonly Candidate[], options: Options, io: Io): Promise<readonly Report[]> {
  const { only, waived, timeoutMs, language } = options
  const ids = new Set(candidates.flatMap((one) => one.ids))
  const unknown = [...(only ?? []), ...waived.keys()].find((id) => !ids.has(id))
  if (unknown !== undefined) throw new WrongUsage(`There is no scenario ${unknown}. There are: ${[...ids].join(', ')}`)
  const asked = candidates.filter((one) => only === undefined || one.ids.some((id) => only.includes(id)))
  if (asked.length === 0) throw new WrongUsage('--only names no scenario: nothing would be judged')
  const teller = options.formats.includes('terminal')
    ? createTeller(io, language)
    : options.formats.includes('lines')
      ? createLines(io)
      : undefined
  const reports: Report[] = []
  for (const candidate of asked) {
    teller?.begins(candidate.kind, candidate.name)
    const report = await candidate.judge({
      waived,
      timeoutMs,
      ...(only === undefined ? {} : { only }),
      ...(teller === undefined ? {} : { progress: teller.step }),
    })
    teller?.ends(report)
    reports.push(report)
  }
  teller?.sum(reports)
  return reports
}

async function handOut(reports: readonly Report[], { formats, out, language }: Options, io: Io): Promise<void> {
  for (const format of formats) {
    if (format === 'terminal' || format === 'lines') continue
    const { file, of } = documents[format]
    const text = of(reports, language)
    if (out === undefined) io.out(text)
    else await write(out, file, text)
  }
}

async function write(folder: string, file: string, text: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, file), text)
  } catch (cause) {
    throw new WrongUsage(`${join(folder, file)} cannot be written: ${(cause as Error).message}`, { cause })
  }
}
