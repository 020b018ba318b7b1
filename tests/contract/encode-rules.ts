import type { Procedure, Submission, WireMessage } from '../../adapters/adapter.ts'
import { schemaFor } from '../../schemas/declaration/summary.ts'
import { contentTypeOf, type GoldenCase } from '../support/goldens.ts'
import { frozen, procedureOf, type Rule, type Subject, textsIn, thrownBy } from './subject.ts'

const eachCase = (subject: Subject, find: (golden: GoldenCase, procedure: Procedure) => string[]): string[] =>
  subject.cases.flatMap((golden) =>
    find(golden, procedureOf(subject, golden)).map((found) => `${golden.name}: ${found}`),
  )

/** What goes out is what stands in the golden file, byte for byte. */
export const goldenBytes: Rule = (subject) =>
  eachCase(subject, ({ submission, file, bytes }, procedure) => {
    if (file === undefined) return ['no golden bytes: npm run goldens']
    const { method, path, contentType = '', body } = procedure.encode(submission)
    return [
      ...(body === bytes ? [] : [`encodes to other bytes than ${file}`]),
      ...(method === 'POST' && path.startsWith('/') ? [] : [`goes out as ${method} ${path}`]),
      ...(contentType.startsWith(contentTypeOf(file)) ? [] : [`${file} goes out as ${contentType}`]),
    ]
  })

/** Encoding is a pure function: twice the same, and what it was given stays as it was. */
export const sameBytesTwice: Rule = (subject) =>
  eachCase(subject, ({ submission }, procedure) => {
    const frozenSubmission = frozen(structuredClone(submission))
    const once: WireMessage[] = []
    const thrown = thrownBy(() => {
      for (let time = 0; time < 2; time++) once.push(procedure.encode(frozenSubmission))
    })
    if (thrown !== undefined) return [`frozen input: ${thrown}`]
    return JSON.stringify(once[0]) === JSON.stringify(once[1]) ? [] : ['encodes to other bytes the second time']
  })

/** A golden case is a declaration this procedure would take: nothing missing, nothing wrong, and the schema agrees. */
export const casesAreSound: Rule = (subject) =>
  eachCase(subject, ({ submission: { declaration, particulars, change, others = [] } }, procedure) => [
    ...(schemaFor(declaration).safeParse(declaration).success ? [] : ['its declaration breaks the schema']),
    ...(procedure.applies(declaration).files ? [] : ['its procedure does not apply to it']),
    ...[
      ...procedure.missing(declaration, particulars, { ...(change ? { change } : {}), others }),
      ...procedure.check(declaration, particulars, { ...(change ? { change } : {}), others }),
    ].map(({ pointer, code }) => `${pointer} ${code}`),
    ...((change !== undefined) === ((procedure.amends ?? procedure.cancels) !== undefined)
      ? []
      : ['a change is given exactly to procedures that amend or cancel']),
  ])

/** Each procedure has a case; the agency has one with one item, one with two, and one that is hostile. */
export const casesForEverything: Rule = ({ adapter, cases }) => {
  const items = cases.map(({ submission }) => submission.declaration.goodsShipment.items.length)
  return [
    ...Object.keys(adapter.procedures)
      .filter((id) => !cases.some(({ procedure }) => procedure === id))
      .map((id) => `no golden case for ${id}`),
    ...(items.includes(1) ? [] : ['no golden case with one item']),
    ...(items.some((count) => count >= 2) ? [] : ['no golden case with two items']),
    ...(cases.some(({ bytes }) => /中|[\u{1F300}-\u{1FAFF}]/u.test(bytes) && /&amp;|"[^"]*&/.test(bytes))
      ? []
      : ['no golden case with hostile text']),
  ]
}

/** Everything a wire format could choke on; the second for wires that carry ASCII only. */
const hostileTexts = [`A&B <C> "D" 'E' ]]> 中文🚢`, `A&B <C> "D" 'E' ]]>`]
const plain = 'Probe7Q'

/**
 * Whatever text a trader may write arrives as it was written. Tried in every place of a golden case that the document carries
 * and that schema and checks let hostile text into: a goods name, a ship's name, a remark, a crew member.
 */
export const hostileTextSurvives: Rule = (subject) => {
  const survived = new Set<string>()
  const lost = eachCase(subject, (golden, procedure) =>
    placesOf(golden, subject.agency).flatMap((path) => {
      if (!arrives(subject, golden, procedure, path, plain)) return []
      return hostileTexts.flatMap((text) => {
        const fate = fateOf(subject, golden, procedure, path, text)
        if (fate === 'survived') survived.add(golden.procedure)
        return fate === 'survived' || fate === 'refused' ? [] : [`${text} at /${path.join('/')}: ${fate}`]
      })
    }),
  )
  const untried = Object.keys(subject.adapter.procedures).filter((id) => !survived.has(id))
  return [...lost, ...untried.map((id) => `${id}: hostile text has no place to go in any case`)]
}

/** What becomes of a text: refused by the checks, survived, or a defect in words. */
function fateOf(subject: Subject, golden: GoldenCase, procedure: Procedure, path: Path, text: string): string {
  try {
    if (!isTaken(subject, golden, procedure, path, text)) return 'refused'
    return arrives(subject, golden, procedure, path, text) ? 'survived' : 'lost'
  } catch (error) {
    return `the checks throw ${(error as Error).message}`
  }
}

type Path = readonly (string | number)[]

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
  subject: Subject,
  { submission, procedure }: GoldenCase,
  path: Path,
  text: string,
): Submission | undefined {
  const declaration = structuredClone(submission.declaration)
  let at = declaration as unknown as { [key: string | number]: unknown }
  for (const key of path.slice(0, -1)) at = at[key] as typeof at
  at[path.at(-1) ?? ''] = text
  const given = declaration.particulars?.[subject.agency]?.[procedure]
  // An amendment carries the declaration as it is to be.
  const { change } = submission
  const changing = change?.after === undefined ? {} : { change: { ...change, after: { ...change.after, declaration } } }
  if (given === undefined) return { ...submission, ...changing, declaration }
  const read = subject.adapter.procedures[procedure]?.particulars.safeParse(given)
  return read?.success === true ? { ...submission, ...changing, declaration, particulars: read.data } : undefined
}

function arrives(subject: Subject, golden: GoldenCase, procedure: Procedure, path: Path, text: string): boolean {
  const submission = changed(subject, golden, path, text)
  if (submission === undefined) return false
  let body: string | undefined
  // An encoder may throw for what its checks would have refused: a code that is none, a day that is none.
  if (thrownBy(() => void (body = procedure.encode(submission).body)) !== undefined || body === undefined) return false
  let texts: string[] = []
  return thrownBy(() => void (texts = textsIn(body ?? ''))) === undefined && texts.some((one) => one.includes(text))
}

/** Schema and checks let it through. */
function isTaken(subject: Subject, golden: GoldenCase, procedure: Procedure, path: Path, text: string): boolean {
  const submission = changed(subject, golden, path, text)
  if (submission === undefined) return false
  const read = schemaFor(submission.declaration).safeParse(submission.declaration)
  if (!read.success) return false
  const { declaration, particulars, change, others = [] } = submission
  const about = { ...(change ? { change } : {}), others }
  return (
    [...procedure.missing(declaration, particulars, about), ...procedure.check(declaration, particulars, about)]
      .length === 0
  )
}

/** An inquiry asks for our own reference, the same way every time. */
export const inquiriesAreStable: Rule = (subject) =>
  eachCase(subject, ({ submission }, procedure) => {
    const frozenSubmission = frozen(structuredClone(submission))
    const [once, twice] = [procedure.encodeInquiry(frozenSubmission), procedure.encodeInquiry(frozenSubmission)]
    const isPath = URL.canParse(once.path, 'http://agency.test') && /^\/[!-~]*$/.test(once.path)
    return [
      ...(JSON.stringify(once) === JSON.stringify(twice) ? [] : ['asks with other bytes the second time']),
      ...(isPath && ['GET', 'POST'].includes(once.method) ? [] : [`asks with ${once.method} ${once.path}`]),
      ...((once.method === 'GET') === (once.body === undefined)
        ? []
        : [`a ${once.method} ${once.body === undefined ? 'without' : 'with'} a body`]),
    ]
  })
