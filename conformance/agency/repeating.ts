/** The same submission more than once 重复报送: one answer, one effect. */
import type { Submission, WireMessage } from '../../adapters/adapter.ts'
import { type Answer, found } from '../http.ts'
import { limits } from '../limits.ts'
import type { Finding } from '../verdict.ts'
import { atPlace, each, lettersOf, lifeOf, longestMs, moves, said } from './life.ts'
import type { Letter, Place } from './place.ts'
import { plainCase, submit } from './prelude.ts'
import {
  type AgencyCase,
  type AgencyScenario,
  type AgencySubject,
  isIsolated,
  oneOfEach,
  procedureOf,
} from './subject.ts'

const repeatHasOneEffect: AgencyScenario = {
  id: 'repeat-has-one-effect',
  group: 'idempotency',
  title: {
    en: 'The same bytes again get the first answer again, and have no second effect',
    zh: '相同报文重复报送得到相同应答，不产生第二次效果',
  },
  judge: (subject) =>
    each(oneOfEach(subject), (written) =>
      atPlace(subject, written, async ({ place, golden }) => {
        const first = await submit(subject, place, golden)
        await place.pass(longestMs)
        const [letters, known] = [await place.letters(), await inquire(subject, place, golden)]
        const second = await submit(subject, place, golden)
        await place.pass(longestMs)
        const after = await place.letters()
        return [
          ...sameAnswer(first, second, 'the second time'),
          ...noMore(subject, letters, after, 'after the repeat'),
          ...(isIsolated(subject) ? sameStanding(subject, known, await inquire(subject, place, golden)) : []),
        ]
      }),
    ),
}

const twinsHaveOneEffect: AgencyScenario = {
  id: 'twins-have-one-effect',
  group: 'idempotency',
  title: {
    en: `${limits.twins} identical submissions at once are one: one answer, one effect`,
    zh: `同时到达的 ${limits.twins} 份相同报文视为一份：一个应答，一次效果`,
  },
  judge: (subject) =>
    each([plainCase(subject)], (written) =>
      atPlace(subject, written, async ({ place, golden }) => {
        const single = await lifeOf(subject, written)
        const answers = await Promise.all(Array.from({ length: limits.twins }, () => submit(subject, place, golden)))
        await place.pass(longestMs)
        const [first, ...others] = answers
        if (first === undefined) return []
        const letters = await lettersOf(place, golden, subject.adapter.decode(first))
        const odd = others.find((one) => one.body !== first.body || one.status !== first.status)
        return [
          ...(odd === undefined ? [] : sameAnswer(first, odd, 'to a twin')),
          ...noMore(subject, single.letters, letters, `after ${limits.twins} at once, where one alone has`),
        ]
      }),
    ),
}

/** Another document under the name of one that was taken: the same attempt with other content, or an attempt too many. */
interface Variant {
  readonly what: string
  of(subject: AgencySubject, golden: AgencyCase): WireMessage | undefined
}

const variants: readonly Variant[] = [
  {
    what: 'the same attempt with other content',
    of: (subject, golden) => differing(subject, golden, golden.submission),
  },
  {
    what: 'a second attempt while the first is not refused',
    of(subject, golden) {
      const { reference, attempt } = golden.submission
      const next = { ...golden.submission, attempt: attempt + 1, messageId: `${reference}-${attempt + 1}` }
      return differing(subject, golden, next)
    },
  },
]

const nameIsUsedOnce: AgencyScenario = {
  id: 'name-is-used-once',
  group: 'idempotency',
  title: {
    en: 'Other bytes under a name in use are refused, or start an attempt as the rules say: never a second acceptance',
    zh: '已用编号下的不同报文被拒绝或按规则另起一次，绝不二次受理',
  },
  judge: (subject) =>
    each(oneOfEach(subject), async (written) => {
      const findings: Finding[] = []
      const single = await lifeOf(subject, written)
      for (const { what, of } of variants)
        await atPlace(subject, written, async ({ place, golden }) => {
          const message = of(subject, golden)
          if (message === undefined) return
          const earlier = (await place.letters()).length
          const first = await submit(subject, place, golden)
          const second = await place.ask(message)
          await place.pass(longestMs)
          const letters = await lettersOf(place, golden, subject.adapter.decode(first), earlier)
          const taken = second.body === first.body ? [] : subject.adapter.decode(second).filter(moves)
          findings.push(
            ...taken.map((one) => found(`${what} is taken: ${said(one)}`, second.exchange, '/response/body')),
            ...noMore(subject, single.letters, letters, `because of ${what}, where the first alone has`),
          )
        })
      return findings
    }),
}

/** The document of a submission, with something in it that is different from the case's: its instant, or one word more. */
function differing(subject: AgencySubject, golden: AgencyCase, submission: Submission): WireMessage | undefined {
  const procedure = procedureOf(subject, golden)
  const { body } = procedure.encode(golden.submission)
  const later = new Date(Date.parse(submission.instant) + 1_000).toISOString()
  const plain = procedure.encode(submission)
  return [
    plain,
    procedure.encode({ ...submission, instant: later }),
    { ...plain, body: withOneMoreWord(plain.body ?? '') },
  ].find((message) => message.body !== body)
}

/** In the middle of a person's words, where it is a slip of the pen and no other structure. */
const withOneMoreWord = (document: string): string => document.replace(/(\p{Script=Han})(\p{Script=Han})/u, '$1改$2')

export const inquire = (subject: AgencySubject, place: Place, golden: AgencyCase): Promise<Answer> =>
  place.ask(procedureOf(subject, golden).encodeInquiry(golden.submission))

const sameAnswer = (first: Answer, second: Answer, when: string): Finding[] =>
  second.body === first.body && second.status === first.status
    ? []
    : [found(`answered otherwise ${when}: ${second.status} instead of ${first.status}`, second.exchange, '/response')]

/**
 * More documents than there should be. Where time cannot be moved documents of the one filing are still coming: there, what was
 * told once must not be told twice.
 */
export function noMore(
  subject: AgencySubject,
  expected: readonly Letter[],
  letters: readonly Letter[],
  when: string,
): Finding[] {
  const told = (all: readonly Letter[]) => all.flatMap(({ receipts }) => receipts.map(({ code }) => code))
  const known = told(expected)
  const times = (codes: readonly string[], code: string) => codes.filter((one) => one === code).length
  const isMore = isIsolated(subject)
    ? letters.length > expected.length
    : told(letters).some((code, _, all) => times(all, code) > Math.max(1, times(known, code)))
  return isMore
    ? [found(`${letters.length} documents ${when} ${expected.length}: a second effect`, letters.at(-1)?.exchange)]
    : []
}

/** An inquiry tells the same receipts; when it was answered may differ. */
function sameStanding({ adapter }: AgencySubject, before: Answer, after: Answer): Finding[] {
  const standing = (answer: Answer) =>
    adapter.decode(answer).map(({ status, code, references }) => JSON.stringify([status, code, references]))
  return standing(before).join() === standing(after).join()
    ? []
    : [found('an inquiry tells something else after the repeat', after.exchange, '/response/body')]
}

export const repeating: readonly AgencyScenario[] = [repeatHasOneEffect, twinsHaveOneEffect, nameIsUsedOnce]
