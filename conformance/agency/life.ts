/** The whole life of a golden case at an endpoint 全程: filed once, followed to its end, and looked at by several scenarios. */
import type { Receipt } from '../../schemas/receipt.ts'
import { type Answer, foundByError } from '../http.ts'
import type { Finding } from '../verdict.ts'
import type { Letter, Place } from './place.ts'
import { type Prepared, prepare, submit } from './prelude.ts'
import type { AgencyCase, AgencySubject } from './subject.ts'

/** Longest any agency takes over an ordinary filing. */
export const longestMs = 60 * 86_400_000
/** By then every agency has something to tell of a filing. */
export const firstWordMs = 60_000

export interface Life {
  readonly golden: AgencyCase
  readonly answer: Answer
  readonly receipts: readonly Receipt[]
  /** What was sent later about this filing, in the order it came. */
  readonly letters: readonly Letter[]
  /** What was sent later and is known to belong to no filing of the place. */
  readonly strangers: readonly Letter[]
  /** Names by which the filing goes in the end. */
  readonly names: ReadonlySet<string>
}

const lives = new WeakMap<AgencySubject, Map<string, Promise<Life>>>()

/** Files a case and follows it to its end; the same life however often it is asked for. */
export function lifeOf(subject: AgencySubject, golden: AgencyCase): Promise<Life> {
  const known = lives.get(subject) ?? new Map<string, Promise<Life>>()
  lives.set(subject, known)
  const life = known.get(golden.name) ?? live(subject, golden)
  known.set(golden.name, life)
  return life
}

function live(subject: AgencySubject, written: AgencyCase): Promise<Life> {
  return atPlace(subject, written, async ({ place, golden, before }) => {
    const earlier = before === 0 ? 0 : (await place.letters()).length
    const answer = await submit(subject, place, golden)
    const receipts = subject.adapter.decode(answer)
    await place.pass(longestMs)
    const { ours, others } = sorted(golden, receipts, (await place.letters()).slice(earlier))
    const alone = before === 0 && subject.controlUrl !== undefined && subject.session === undefined
    return {
      golden,
      answer,
      receipts,
      letters: ours,
      strangers: alone ? others : [],
      names: namesOf(golden, receipts, ours),
    }
  })
}

/** Does something at a place prepared for a case, and closes it. */
export async function atPlace<T>(
  subject: AgencySubject,
  golden: AgencyCase,
  act: (prepared: Prepared) => Promise<T>,
): Promise<T> {
  const prepared = await prepare(subject, golden)
  try {
    return await act(prepared)
  } finally {
    await prepared.place.close()
  }
}

/** Judges each of some cases; what cannot be done with one is a finding of that one. */
export async function each(
  cases: readonly AgencyCase[],
  judge: (golden: AgencyCase) => Promise<readonly Finding[]>,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const golden of cases) {
    try {
      const said = await judge(golden)
      findings.push(...said.map((one) => ({ ...one, what: `${golden.name}: ${one.what}` })))
    } catch (error) {
      findings.push(foundByError(error, golden.name))
    }
  }
  return findings
}

/** What an agency says of one filing at a place, answers aside. @param from how many letters had come before it was filed */
export async function lettersOf(
  place: Place,
  golden: AgencyCase,
  receipts: readonly Receipt[],
  from = 0,
): Promise<Letter[]> {
  return sorted(golden, receipts, (await place.letters()).slice(from)).ours
}

/** Which letters are about a filing: each is found by a name that it, its answer, or a letter before taught. */
export function sorted(
  golden: AgencyCase,
  receipts: readonly Receipt[],
  letters: readonly Letter[],
): { ours: Letter[]; others: Letter[] } {
  const known = namesOf(golden, receipts, [])
  const ours: Letter[] = []
  const others: Letter[] = []
  for (const letter of letters) {
    const names = letter.receipts.flatMap(({ references }) => references.map(({ value }) => value))
    if (!names.some((name) => known.has(name))) others.push(letter)
    else {
      ours.push(letter)
      for (const name of names) known.add(name)
    }
  }
  return { ours, others }
}

export const namesOf = (
  { submission }: AgencyCase,
  receipts: readonly Receipt[],
  letters: readonly Letter[],
): Set<string> =>
  new Set([
    submission.reference,
    submission.messageId,
    ...[...receipts, ...letters.flatMap((letter) => letter.receipts)].flatMap(({ references }) =>
      references.map(({ value }) => value),
    ),
  ])

export const said = ({ status, code, text }: Receipt): string => `${status ?? 'no status'}, ${code} ${text}`

/** Whether a receipt moves a filing on: neither a refusal nor something that says nothing of it. */
export const moves = ({ status }: Receipt): boolean =>
  status !== undefined && status !== 'refused' && status !== 'withdrawn'
