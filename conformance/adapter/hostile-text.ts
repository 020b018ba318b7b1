/** Text that wires choke on 特殊字符: whatever a trader may write arrives as it was written. */
import type { Procedure, Submission } from '../../adapters/adapter.ts'
import { schemaFor } from '../../schemas/declaration/summary.ts'
import type { Finding } from '../verdict.ts'
import { textsIn } from './document.ts'
import type { GoldenCase } from './goldens.ts'
import { pointerTo, procedureOf, type Rule, type Subject, thrownBy } from './subject.ts'

/** Everything a wire format could choke on; the second for wires that carry ASCII only. */
const hostileTexts = [`A&B <C> "D" 'E' ]]> 中文🚢`, `A&B <C> "D" 'E' ]]>`]
/** No wire writes it otherwise. */
const plain = 'Probe7Q'

/**
 * Whatever text a trader may write arrives as it was written. Tried in every place of a golden case that the document carries
 * and that schema and checks let hostile text into: a goods name, a ship's name, a remark, a crew member.
 */
export const hostileTextSurvives: Rule = (subject) => {
  const survived = new Set<string>()
  const found: Finding[] = []
  for (const golden of subject.cases) {
    const place = placeIn(subject, golden)
    for (const path of placesOf(golden, subject.agency)) {
      if (place.sent(path, plain)?.includes(plain) !== true) continue
      for (const text of hostileTexts) {
        const fate = fateOf(place, path, text, survived.has(golden.procedure))
        if (fate === 'survived') survived.add(golden.procedure)
        if (fate !== 'survived' && fate !== 'refused')
          found.push({ what: `${golden.name}: ${text}: ${fate}`, pointer: pointerTo(...path) })
      }
    }
  }
  const untried = Object.keys(subject.adapter.procedures).filter((id) => !survived.has(id))
  return [...found, ...untried.map((id) => ({ what: `${id}: hostile text has no place to go in any case` }))]
}

type Path = readonly (string | number)[]

/** A golden case in which one text is changed. */
interface Place {
  /** The bytes that go out; undefined when particulars or encoder do not take it: a code that is none, a day that is none. */
  sent(path: Path, text: string): string | undefined
  /** Whether the schema lets it through. */
  isDeclaration(path: Path, text: string): boolean
  /** Whether the adapter's own checks let it through. */
  isTaken(path: Path, text: string): boolean
}

/**
 * What becomes of a text: refused by schema or checks, survived, or a defect in words. The schema is asked last, and not at
 * all for what arrived where the procedure is known to carry text: it takes longer than all the rest.
 */
function fateOf(place: Place, path: Path, text: string, isKnown: boolean): string {
  const arrived = isIn(place.sent(path, text), text)
  let taken = false
  const thrown = thrownBy(() => void (taken = place.isTaken(path, text)))
  if (thrown !== undefined) return place.isDeclaration(path, text) ? `the checks throw ${thrown}` : 'refused'
  if (!taken) return 'refused'
  if (arrived && isKnown) return 'survived'
  if (!place.isDeclaration(path, text)) return 'refused'
  return arrived ? 'survived' : 'lost'
}

/**
 * Whether a text stands in a document. Escaped as XML or JSON always may be, and nowhere as it is: then it need not be read,
 * which takes longer than to write it.
 */
function isIn(body: string | undefined, text: string): boolean {
  if (body === undefined) return false
  if (!body.includes(text) && (body.includes(inXml(text)) || body.includes(inJson(text)))) return true
  let texts: string[] = []
  return thrownBy(() => void (texts = textsIn(body))) === undefined && texts.some((one) => one.includes(text))
}

const entities: { readonly [sign: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
}
const inXml = (text: string): string => text.replaceAll(/[&<>'"]/g, (sign) => entities[sign] ?? sign)
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

function placeIn(subject: Subject, golden: GoldenCase): Place {
  const procedure = procedureOf(subject, golden)
  const submissionWith = (path: Path, text: string) => changed(subject, golden, procedure, path, text)
  return {
    sent(path, text) {
      const submission = submissionWith(path, text)
      let body: string | undefined
      if (submission !== undefined) thrownBy(() => void (body = procedure.encode(submission).body))
      return body
    },
    isDeclaration(path, text) {
      const declaration = submissionWith(path, text)?.declaration
      return declaration !== undefined && schemaFor(declaration).safeParse(declaration).success
    },
    isTaken(path, text) {
      const submission = submissionWith(path, text)
      if (submission === undefined) return false
      const { declaration, particulars, change, others = [] } = submission
      const about = { ...(change ? { change } : {}), others }
      return (
        procedure.missing(declaration, particulars, about).length === 0 &&
        procedure.check(declaration, particulars, about).length === 0
      )
    },
  }
}

/** Where texts stand in a declaration: this procedure's particulars, not those of others. */
function placesOf({ submission, procedure }: GoldenCase, agency: string): Path[] {
  const walk = (value: unknown, at: Path): Path[] => {
    if (typeof value === 'string') return [at]
    if (Array.isArray(value)) return value.flatMap((one, index) => walk(one, [...at, index]))
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, one]) => walk(one, [...at, key]))
  }
  const { particulars, ...rest } = submission.declaration
  return [...walk(rest, []), ...walk(particulars?.[agency]?.[procedure], ['particulars', agency, procedure])]
}

/** The same submission with one text changed; undefined when the particulars do not take it. */
function changed(
  { agency }: Subject,
  { submission, procedure: id }: GoldenCase,
  procedure: Procedure,
  path: Path,
  text: string,
): Submission | undefined {
  const declaration = withText(submission.declaration, path, text)
  const given = declaration.particulars?.[agency]?.[id]
  // An amendment carries the declaration as it is to be.
  const { change } = submission
  const changing = change?.after === undefined ? {} : { change: { ...change, after: { ...change.after, declaration } } }
  if (given === undefined) return { ...submission, ...changing, declaration }
  if (path[0] !== 'particulars') return { ...submission, ...changing, declaration }
  const read = procedure.particulars.safeParse(given)
  return read.success ? { ...submission, ...changing, declaration, particulars: read.data } : undefined
}

/** A copy in which one text is another; everything that is not on the way to it is shared. */
function withText<T>(value: T, [step, ...rest]: Path, text: string): T {
  if (step === undefined) return text as T
  const inside = (value as { readonly [step: string | number]: unknown })[step]
  if (!Array.isArray(value)) return { ...value, [step]: withText(inside, rest, text) }
  return value.with(Number(step), withText(inside, rest, text)) as T
}
