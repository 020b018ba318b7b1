/** What an adapter is as a value 适配器自述: names, procedures, conditions, what is missing. */
import * as z from 'zod'
import type { Issue } from '../../schemas/issue.ts'
import { rankOf, statuses } from '../../schemas/status.ts'
import type { Finding } from '../verdict.ts'
import { inWords, isBilingual, pointerTo, type Rule, type Subject, thrownBy } from './subject.ts'

const proceduresOf = ({ adapter }: Subject) => Object.entries(adapter.procedures)

/** What a person reads exists in both languages: names, reasons, references, issues. */
export const textsAreBilingual: Rule = (subject) => {
  const { adapter, samples, cases } = subject
  const declarations = [
    ...samples,
    ...cases.map(({ name, submission }) => ({ name, declaration: submission.declaration })),
  ]
  const named = [
    ['/name', adapter.name],
    ...Object.entries(adapter.references).map(([scheme, text]) => [pointerTo('references', scheme), text] as const),
    ...proceduresOf(subject).map(([id, { name }]) => [pointerTo('procedures', id, 'name'), name] as const),
    ...proceduresOf(subject).flatMap(([id, { applies }]) =>
      declarations.map(
        ({ name, declaration }) =>
          [pointerTo('procedures', id, 'applies'), applies(declaration).because, `why ${id} of ${name}`] as const,
      ),
    ),
    ...askedFor(subject).map(
      ({ pointer, detail, detailZh }) => [pointer, { en: detail, zh: detailZh }, `issue ${pointer}`] as const,
    ),
  ] as const
  return named
    .filter(([, text]) => !isBilingual(text))
    .map(([pointer, text, what = pointer]) => ({ pointer, what: `${what}: “${text.en}” / “${text.zh}”` }))
}

/** Statuses come from the one table; those before the agency has it are ours to give. */
export const statusesAreInTheTable: Rule = (subject) =>
  proceduresOf(subject).flatMap(([id, { statuses: claimed }]) => {
    const pointer = pointerTo('procedures', id, 'statuses')
    return [
      ...claimed.flatMap((status, at) =>
        statuses[status] === undefined || rankOf(status) < rankOf('acknowledged')
          ? [{ what: `${id} claims ${status}`, pointer: `${pointer}/${at}` }]
          : [],
      ),
      ...(new Set(claimed).size === claimed.length ? [] : [{ what: `${id} claims a status twice`, pointer }]),
      ...(claimed.includes('refused') ? [] : [{ what: `${id} can never be refused`, pointer }]),
    ]
  })

/** Where the decision is polled there is a mailbox, and only there. */
export const polledMeansMailbox: Rule = ({ adapter }) => {
  const polled = Object.values(adapter.procedures).some(({ replies }) => replies === 'polled')
  return polled === (adapter.mailbox !== undefined)
    ? []
    : [
        {
          pointer: '/mailbox',
          what: polled ? 'polled, but without a mailbox' : 'a mailbox that nothing is polled from',
        },
      ]
}

/** Conditions name procedures that exist and statuses those can reach, and none waits for itself. */
export const conditionsCanBeMet: Rule = (subject) =>
  proceduresOf(subject).flatMap(([id, { after = [] }]) => {
    const pointer = pointerTo('procedures', id, 'after')
    const met = ({ agency, procedure, status }: (typeof after)[number]) =>
      subject.registry[agency]?.procedures[procedure]?.statuses.includes(status) === true
    return [
      ...after.flatMap((condition, at) => {
        const { agency, procedure, status } = condition
        const what = `${id} waits for ${agency}/${procedure} to be ${status}, which never happens`
        return met(condition) ? [] : [{ what, pointer: `${pointer}/${at}` }]
      }),
      ...(waitsFor(subject, subject.agency, id).has(`${subject.agency}/${id}`)
        ? [{ what: `${id} waits for itself`, pointer }]
        : []),
    ]
  })

/** What is changed is a procedure of the same agency that is filed by itself; a change changes one way. */
export const changesNameProcedures: Rule = (subject) =>
  proceduresOf(subject).flatMap(([id, { amends, cancels, onRequest, after }]) => {
    const changed = [...(amends ?? []), ...(cancels ?? [])]
    const other = (name: string) => subject.adapter.procedures[name]
    const wrong = [
      ...changed
        .filter((name) => other(name) === undefined || (other(name)?.amends ?? other(name)?.cancels) !== undefined)
        .map((name) => `${id} changes ${name}, which is nothing to be changed`),
      ...(amends !== undefined && cancels !== undefined ? [`${id} both amends and cancels`] : []),
      ...(changed.length > 0 && (onRequest ?? after) !== undefined ? [`${id} is a change and nothing else`] : []),
    ]
    return wrong.map((what) => ({ what, pointer: pointerTo('procedures', id) }))
  })

/** Everything a procedure waits for, and what that waits for. */
function waitsFor({ registry }: Subject, ofAgency: string, ofProcedure: string): Set<string> {
  const found = new Set<string>()
  const ask = (agency: string, procedure: string) => {
    for (const condition of registry[agency]?.procedures[procedure]?.after ?? []) {
      const name = `${condition.agency}/${condition.procedure}`
      if (found.has(name)) continue
      found.add(name)
      ask(condition.agency, condition.procedure)
    }
  }
  ask(ofAgency, ofProcedure)
  return found
}

/** Particulars can be shown to a trader as JSON Schema. */
export const particularsHaveASchema: Rule = (subject) =>
  proceduresOf(subject).flatMap(([id, { particulars }]) => {
    const thrown = thrownBy(() => z.toJSONSchema(particulars, { io: 'input' }))
    return thrown === undefined
      ? []
      : [{ what: `${id}: ${thrown}`, pointer: pointerTo('procedures', id, 'particulars') }]
  })

/** What is missing can be asked of any declaration, with no particulars at all, and points at where it is due. */
export const missingNeverThrows: Rule = (subject) => {
  const { agency, samples } = subject
  return [
    ...proceduresOf(subject).flatMap(([id, procedure]) =>
      samples.flatMap(({ name, declaration }) => {
        const thrown = thrownBy(() => procedure.missing(declaration, undefined))
        return thrown === undefined
          ? []
          : [{ what: `${id} of ${name}: ${thrown}`, pointer: pointerTo('procedures', id, 'missing') }]
      }),
    ),
    ...askedFor(subject)
      .filter(
        (found) =>
          found.agency !== agency ||
          !/^(\/([^~/]|~[01])+)+$/.test(found.pointer) ||
          !/^[a-z]+(-[a-z0-9]+)*$/.test(found.code),
      )
      .map(
        ({ pointer, code, agency: asks }): Finding => ({ what: `${pointer} ${code} of ${asks ?? 'nobody'}`, pointer }),
      ),
  ]
}

/** What is asked for of the samples, where they bring no particulars. */
function askedFor(subject: Subject): Issue[] {
  return proceduresOf(subject).flatMap(([, procedure]) =>
    subject.samples.flatMap(({ declaration }) => {
      let issues: Issue[] = []
      thrownBy(() => void (issues = procedure.missing(declaration, undefined)))
      return issues
    }),
  )
}

/** A mailbox is asked the same way every time, and from where it was left. */
export const mailboxIsAskedFromACursor: Rule = ({ adapter: { mailbox } }) => {
  if (mailbox === undefined) return []
  const [start, again, later] = [mailbox.encode('0'), mailbox.encode('0'), mailbox.encode('7')].map((one) =>
    JSON.stringify(one),
  )
  const { method, path } = mailbox.encode('0')
  return inWords(
    ...(start === again ? [] : ['asks with other bytes the second time']),
    ...(start === later ? ['asks the same whatever the cursor'] : []),
    ...(['GET', 'POST'].includes(method) && path.startsWith('/') ? [] : [`asks with ${method} ${path}`]),
  )
}
