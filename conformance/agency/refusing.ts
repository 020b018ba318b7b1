/** What an agency turns away 拒收: documents against its rules, and changes of what it does not have. */
import { Unintelligible } from '../../adapters/adapter.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { rankOf } from '../../schemas/status.ts'
import { type Answer, found, foundByError } from '../http.ts'
import type { Finding } from '../verdict.ts'
import { each, longestMs, said } from './life.ts'
import { type Letter, openPlace } from './place.ts'
import { before, submit } from './prelude.ts'
import { type Model, modelsFor, underNames } from './refused.ts'
import {
  type AgencyCase,
  type AgencyScenario,
  type AgencySubject,
  instantOf,
  isIsolated,
  procedureOf,
  type RefusedDocument,
} from './subject.ts'

/** By then a document against the rules has been refused: the slowest office decides after some minutes. */
const refusedWithinMs = 3_600_000

const refusedDocumentsAreRefused: AgencyScenario = {
  id: 'refused-documents-are-refused',
  group: 'schema',
  title: {
    en: 'Every document against its rules is turned away, by the code of the rule, and nothing comes of it',
    zh: '每份违规报文均按相应代码被拒，且不产生任何效果',
  },
  notApplicable: ({ refused }) => (refused.length === 0 ? 'there are no documents that it must refuse' : undefined),
  async judge(subject) {
    const findings: Finding[] = []
    for (const document of subject.refused) {
      try {
        const said = await judgeRefused(subject, document)
        findings.push(...said.map((one) => ({ ...one, what: `${document.file}: ${one.what}` })))
      } catch (error) {
        findings.push(foundByError(error, document.file))
      }
    }
    return findings
  },
}

/** At the door it looks made for, then where what it rests on was filed before, then at the other doors. */
async function judgeRefused(subject: AgencySubject, document: RefusedDocument): Promise<readonly Finding[]> {
  let findings: readonly Finding[] | undefined
  for (const model of modelsFor(subject, document))
    for (const earlier of startsFor(subject, model)) {
      const said = await judgeAtDoor(subject, document, model, earlier)
      if (said.length === 0) return said
      findings ??= said
    }
  return findings ?? [{ what: 'no golden case goes a way it could go' }]
}

/** What may have to be filed before a document: nothing, or what its model rests on. */
function startsFor(subject: AgencySubject, { golden }: Model): readonly (readonly AgencyCase[])[] {
  const earlier = before(subject, golden)
  return earlier.length === 0 ? [[]] : [[], earlier]
}

async function judgeAtDoor(
  subject: AgencySubject,
  document: RefusedDocument,
  model: Model,
  earlier: readonly AgencyCase[],
): Promise<Finding[]> {
  const { golden, message } = model
  const place = await openPlace(subject, instantOf(golden))
  try {
    for (const one of earlier) {
      await submit(subject, place, place.named(one))
      await place.pass(longestBeforeMs)
    }
    const heard = earlier.length === 0 ? 0 : (await place.letters()).length
    const body = underNames(document.body, model, place.named(golden))
    const answer = await place.ask({ ...message, contentType: document.contentType, body })
    const receipts = readable(subject, answer)
    const isOver = answer.status >= 400 || receipts.some(({ status }) => status === 'refused')
    // Where no clock can be moved it is not waited for what a refusal in the answer leaves nothing of.
    if (isOver && !isIsolated(subject)) return judgeRefusal(document, answer, receipts, [])
    await place.pass(refusedWithinMs)
    return judgeRefusal(document, answer, receipts, (await place.letters()).slice(heard))
  } finally {
    await place.close()
  }
}

/** By then what another document rests on is granted. */
const longestBeforeMs = 4 * 3_600_000

function judgeRefusal(
  { code }: RefusedDocument,
  answer: Answer,
  answered: readonly Receipt[],
  letters: readonly Letter[],
): Finding[] {
  const all = [...answered, ...letters.flatMap(({ receipts }) => receipts)]
  const granted = all.filter(({ status }) => status === 'approved' || status === 'closed')
  const isNamed =
    String(answer.status) === code ||
    [...all.map((one) => JSON.stringify(one)), ...bodyOf(answer, all)].some(naming(code))
  const isRefused =
    answer.status >= 400 ||
    (all.length === 0 && isNamed) ||
    all.some(({ status, sets }) => status === 'refused' || (sets !== undefined && sets.length > 0))
  return [
    ...(answer.status < 500 ? [] : [found(`answered ${answer.status}`, answer.exchange, '/response/status')]),
    ...(isRefused ? [] : [found(`not refused: ${all.map(said).join('; ') || 'nothing said'}`, answer.exchange)]),
    ...(isNamed
      ? []
      : [found(`not by its code ${code}`, letters.at(-1)?.exchange ?? answer.exchange, '/response/body')]),
    ...granted.map((one) => found(`granted nevertheless: ${said(one)}`, answer.exchange)),
  ]
}

/** An answer about no filing may still name the code: a document without a number of its sender's cannot be answered otherwise. */
const bodyOf = (answer: Answer, receipts: readonly Receipt[]): string[] => (receipts.length === 0 ? [answer.body] : [])

const naming = (code: string) => {
  const token = new RegExp(`(?<![\\w-])${code.replaceAll(/[^\w-]/g, '')}(?![\\w-])`)
  return (text: string) => token.test(text)
}

/** The receipts of an answer; none, where it is no document about a filing. */
export function readable({ adapter }: AgencySubject, answer: Answer): Receipt[] {
  try {
    return adapter.decode(answer)
  } catch (error) {
    if (error instanceof Unintelligible) return []
    throw error
  }
}

const changesNeedWhatTheyChange: AgencyScenario = {
  id: 'changes-need-what-they-change',
  group: 'sequence',
  title: {
    en: 'A change or a cancellation of what never came is refused',
    zh: '对从未收到的申报提出修改或撤销，一律拒绝',
  },
  notApplicable: (subject) =>
    changesOf(subject).length === 0 ? 'no golden case changes or takes back a filing' : undefined,
  judge: (subject) =>
    each(changesOf(subject), async (written) => {
      const place = await openPlace(subject, instantOf(written))
      try {
        const golden = place.named(written)
        const answer = await submit(subject, place, golden)
        await place.pass(longestMs)
        const letters = await place.letters()
        const all = [...readable(subject, answer), ...letters.flatMap(({ receipts }) => receipts)]
        const granted = all.filter(
          ({ status }) => status !== undefined && rankOf(status) >= rankOf('approved') && status !== 'refused',
        )
        return [
          ...(answer.status < 500 ? [] : [found(`answered ${answer.status}`, answer.exchange, '/response/status')]),
          ...(answer.status >= 400 || all.some(({ status }) => status === 'refused')
            ? []
            : [found('is not refused', answer.exchange, '/response/body')]),
          ...granted.map((one) => found(`granted: ${said(one)}`, answer.exchange)),
        ]
      } finally {
        await place.close()
      }
    }),
}

const changesOf = (subject: AgencySubject) =>
  subject.cases.filter((golden) => {
    const { amends, cancels } = procedureOf(subject, golden)
    return amends !== undefined || cancels !== undefined
  })

export const refusing: readonly AgencyScenario[] = [refusedDocumentsAreRefused, changesNeedWhatTheyChange]
