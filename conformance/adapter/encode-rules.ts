/** What goes out 报送报文: golden bytes, the same twice, and cases that are declarations an agency would take. */
import type { Procedure, WireMessage } from '../../adapters/adapter.ts'
import { schemaFor } from '../../schemas/declaration/summary.ts'
import type { Finding } from '../verdict.ts'
import { firstDifference } from './document.ts'
import { contentTypeOf, type GoldenCase } from './goldens.ts'
import { frozen, inWords, procedureOf, type Rule, type Subject, thrownBy, under } from './subject.ts'

const hourMs = 3_600_000

const eachCase = (subject: Subject, find: (golden: GoldenCase, procedure: Procedure) => Finding[]): Finding[] =>
  subject.cases.flatMap((golden) => under(golden.name, find(golden, procedureOf(subject, golden))))

const differs = (what: string, one: string, other: string): Finding => {
  const pointer = firstDifference(one, other)
  return { what, ...(pointer === undefined ? {} : { pointer }) }
}

/** What goes out is what stands in the golden file, byte for byte. */
export const goldenBytes: Rule = (subject) =>
  eachCase(subject, ({ submission, file, bytes }, procedure) => {
    if (file === undefined) return inWords('no golden bytes: npm run goldens')
    const { method, path, contentType = '', body = '' } = procedure.encode(submission)
    return [
      ...(body === bytes ? [] : [differs(`encodes to other bytes than ${file}`, bytes, body)]),
      ...inWords(
        ...(method === 'POST' && path.startsWith('/') ? [] : [`goes out as ${method} ${path}`]),
        ...(contentType.startsWith(contentTypeOf(file)) ? [] : [`${file} goes out as ${contentType}`]),
      ),
    ]
  })

/** Encoding is a pure function: twice the same, and what it was given stays as it was. */
export const sameBytesTwice: Rule = (subject) =>
  eachCase(subject, ({ submission }, procedure) => {
    const frozenSubmission = frozen(structuredClone(submission))
    const sent: WireMessage[] = []
    const thrown = thrownBy(() => {
      for (let time = 0; time < 2; time++) sent.push(procedure.encode(frozenSubmission))
    })
    if (thrown !== undefined) return inWords(`frozen input: ${thrown}`)
    const [once, twice] = sent
    return JSON.stringify(once) === JSON.stringify(twice)
      ? []
      : [differs('encodes to other bytes the second time', once?.body ?? '', twice?.body ?? '')]
  })

/**
 * A corrected submission, later by an hour, is another message: an agency that has the first would take the same bytes for the
 * same submission.
 */
export const nextAttemptIsAnotherMessage: Rule = (subject) =>
  eachCase(subject, ({ submission }, procedure) => {
    const attempt = submission.attempt + 1
    const corrected = {
      ...submission,
      attempt,
      messageId: `${submission.reference}-${attempt}`,
      instant: new Date(Date.parse(submission.instant) + hourMs).toISOString(),
    }
    const [once, next] = [submission, corrected].map((one) => procedure.encode(one))
    return JSON.stringify(once) === JSON.stringify(next)
      ? inWords(`attempt ${attempt} goes out as the very bytes of attempt ${submission.attempt}`)
      : []
  })

/** A golden case is a declaration this procedure would take: nothing missing, nothing wrong, and the schema agrees. */
export const casesAreSound: Rule = (subject) =>
  eachCase(subject, ({ submission: { declaration, particulars, change, others = [] } }, procedure) => {
    const about = { ...(change ? { change } : {}), others }
    const read = schemaFor(declaration).safeParse(declaration)
    return [
      ...(read.error?.issues ?? []).map(({ path, message }) => ({
        what: `its declaration breaks the schema: ${message}`,
        pointer: `/${path.join('/')}`,
      })),
      ...inWords(...(procedure.applies(declaration).files ? [] : ['its procedure does not apply to it'])),
      ...[
        ...procedure.missing(declaration, particulars, about),
        ...procedure.check(declaration, particulars, about),
      ].map(({ pointer, code, detail }) => ({ what: `${pointer} ${code}: ${detail}`, pointer })),
      ...inWords(
        ...((change !== undefined) === ((procedure.amends ?? procedure.cancels) !== undefined)
          ? []
          : ['a change is given exactly to procedures that amend or cancel']),
      ),
    ]
  })

/** Each procedure has a case; the agency has one with one item, one with two, and one that is hostile. */
export const casesForEverything: Rule = ({ adapter, cases }) => {
  const items = cases.map(({ submission }) => submission.declaration.goodsShipment.items.length)
  return inWords(
    ...Object.keys(adapter.procedures)
      .filter((id) => !cases.some(({ procedure }) => procedure === id))
      .map((id) => `no golden case for ${id}`),
    ...(items.includes(1) ? [] : ['no golden case with one item']),
    ...(items.some((count) => count >= 2) ? [] : ['no golden case with two items']),
    ...(cases.some(({ bytes }) => /中|[\u{1F300}-\u{1FAFF}]/u.test(bytes) && /&amp;|"[^"]*&/.test(bytes))
      ? []
      : ['no golden case with hostile text']),
  )
}

/** An inquiry asks for our own reference, the same way every time. */
export const inquiriesAreStable: Rule = (subject) =>
  eachCase(subject, ({ submission }, procedure) => {
    const frozenSubmission = frozen(structuredClone(submission))
    const [once, twice] = [procedure.encodeInquiry(frozenSubmission), procedure.encodeInquiry(frozenSubmission)]
    const isPath = URL.canParse(once.path, 'http://agency.test') && /^\/[!-~]*$/.test(once.path)
    return inWords(
      ...(JSON.stringify(once) === JSON.stringify(twice) ? [] : ['asks with other bytes the second time']),
      ...(isPath && ['GET', 'POST'].includes(once.method) ? [] : [`asks with ${once.method} ${once.path}`]),
      ...((once.method === 'GET') === (once.body === undefined)
        ? []
        : [`a ${once.method} ${once.body === undefined ? 'without' : 'with'} a body`]),
    )
  })
