/** The report as it grows 逐行报告: a line of JSON for each subject, and for each verdict as it is given, for programs that follow a run. */
import type { Step } from '../run.ts'
import type { Report } from '../verdict.ts'
import type { Io } from './terminal.ts'

export function createLines({ out }: Pick<Io, 'out'>) {
  const say = (line: object) => out(`${JSON.stringify(line)}\n`)
  return {
    begins: (kind: Report['kind'], subject: string) => say({ kind, subject }),
    /** A verdict with the place of its scenario among all of them; before it nothing. */
    step({ of, judged }: Step): void {
      if (judged !== undefined) say({ of, judged })
    },
    /** All was said on the way. */
    ends: () => undefined,
    sum: () => undefined,
  }
}
