/** Reports that were written as JSON 已存报告: read again, to be written in another form. */
import { readFile } from 'node:fs/promises'
import { WrongUsage } from './usage.ts'
import type { Report } from './verdict.ts'

/** @throws {WrongUsage} there is no such file, or no reports are in it */
export async function readReports(file: string): Promise<readonly Report[]> {
  try {
    const { reports } = JSON.parse(await readFile(file, 'utf8')) as { reports?: readonly Report[] }
    if (reports?.every(({ kind, subject, judged }) => kind && typeof subject === 'string' && Array.isArray(judged)))
      return reports
  } catch (cause) {
    throw new WrongUsage(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
  throw new WrongUsage(`${file} is no report of this command`)
}
