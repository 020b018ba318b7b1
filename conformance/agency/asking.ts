/** Asking what became of a filing 查询: what came is known, what never came is not. */
import { found } from '../http.ts'
import type { Finding } from '../verdict.ts'
import { atPlace, each, firstWordMs, lettersOf, lifeOf, longestMs, namesOf, said } from './life.ts'
import { type Letter, openPlace } from './place.ts'
import { plainCases, submit } from './prelude.ts'
import { inquire } from './repeating.ts'
import { type AgencyScenario, type AgencySubject, instantOf, isIsolated, oneOfEach } from './subject.ts'

const inquiryKnowsWhatCame: AgencyScenario = {
  id: 'inquiry-knows-what-came',
  group: 'timeout',
  title: {
    en: 'Asked by the sender’s own number it tells of what came, and knows nothing of what never came',
    zh: '按报送方编号查询：已收到的可查，从未收到的不可查',
  },
  judge: (subject) =>
    each(oneOfEach(subject), (written) =>
      atPlace(subject, written, async ({ place, golden }) => {
        const unknown = await inquire(subject, place, golden)
        await submit(subject, place, golden)
        await place.pass(firstWordMs)
        const known = await inquire(subject, place, golden)
        const receipts = subject.adapter.decode(known)
        return [
          ...(unknown.status < 500 ? [] : [found('an inquiry is its trouble', unknown.exchange, '/response/status')]),
          ...subject.adapter
            .decode(unknown)
            .map((one) => found(`told of what never came: ${said(one)}`, unknown.exchange, '/response/body')),
          ...(receipts.length > 0 ? [] : [found('told nothing of what it has', known.exchange, '/response/body')]),
          ...receipts
            .filter(({ status }) => status === 'refused' || status === undefined)
            .map((one) => found(`told of what it took: ${said(one)}`, known.exchange, '/response/body')),
        ]
      }),
    ),
}

const filingsStayApart: AgencyScenario = {
  id: 'filings-stay-apart',
  group: 'disorder',
  title: {
    en: 'Two filings handed in one after the other have names and documents of their own, the same as each alone',
    zh: '先后报送的两票互不混淆：编号与回执各自独立',
  },
  notApplicable: (subject) =>
    pairOf(subject) === undefined ? 'no two golden cases stand alone at one instant' : undefined,
  judge: async (subject) => {
    const pair = pairOf(subject)
    if (pair === undefined) return []
    const [one] = pair
    const place = await openPlace(subject, instantOf(one))
    try {
      const filed = pair.map((golden) => place.named(golden))
      const answers = await Promise.all(filed.map((golden) => submit(subject, place, golden)))
      await place.pass(longestMs)
      const findings: Finding[] = []
      const names: string[][] = []
      for (const [index, golden] of filed.entries()) {
        const answer = answers[index]
        const written = pair[index]
        if (answer === undefined || written === undefined) continue
        const receipts = subject.adapter.decode(answer)
        const letters = await lettersOf(place, golden, receipts)
        const alone = await lifeOf(subject, written)
        if (isIsolated(subject) && codesOf(letters) !== codesOf(alone.letters))
          findings.push(
            found(
              `${golden.name}: told ${codesOf(letters)}, alone ${codesOf(alone.letters)}`,
              letters.at(-1)?.exchange,
            ),
          )
        names.push([...namesOf(golden, receipts, letters)])
      }
      const [mine = [], theirs = []] = names
      const shared = mine.find((name) => theirs.includes(name))
      return shared === undefined
        ? findings
        : [...findings, { what: `both filings are called ${shared}`, pointer: '/references' }]
    } finally {
      await place.close()
    }
  },
}

const codesOf = (letters: readonly Letter[]): string =>
  letters.flatMap(({ receipts }) => receipts.map(({ code }) => code)).join(' ') || 'nothing'

/** Two cases of one procedure at one instant, under names of their own. */
function pairOf(subject: AgencySubject) {
  const plain = plainCases(subject)
  for (const one of plain) {
    const other = plain.find(
      (two) =>
        two.name !== one.name &&
        two.procedure === one.procedure &&
        instantOf(two) === instantOf(one) &&
        two.submission.reference !== one.submission.reference,
    )
    if (other !== undefined) return [one, other] as const
  }
  return undefined
}

export const asking: readonly AgencyScenario[] = [inquiryKnowsWhatCame, filingsStayApart]
