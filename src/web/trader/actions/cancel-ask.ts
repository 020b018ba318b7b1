import type { z } from 'zod'
import type { requestedChangeAnswer } from '../../../../schemas/answers.ts'
import { limits } from '../../../limits.ts'
import type { Answered } from '../../api.ts'
import type { Refused } from '../../desk.ts'
import type { JsonSchema } from '../../schema-form/index.ts'
import type { DeclarationShown } from '../head.ts'
import { type ActionDesk, declarationPath, readSchema } from './action-desk.ts'

/** Whom a cancellation concerns, and whom not. */
export type Reach = z.infer<typeof requestedChangeAnswer>

/** What would follow 影响范围, with what each procedure concerned may ask. */
export interface Subject {
  readonly declaration: DeclarationShown
  readonly reach: Reach
  readonly schemas: readonly Asking[]
}
export interface Asking {
  readonly agency: string
  readonly procedure: string
  readonly schema: JsonSchema
}

/** Names of fields of a procedure begin with this. */
export const prefixOf = ({ agency, procedure }: Pick<Asking, 'agency' | 'procedure'>): string =>
  `particulars/${agency}/${procedure}`

/** What somebody saw of whom it concerns: as long as that is so, what else moves need not stop them. */
export const seenOf = ({ filings, unaffected }: Reach): string =>
  [filings.map(({ changes = '' }) => changes).toSorted(), unaffected.map(({ filingId }) => filingId).toSorted()]
    .map((ids) => ids.join(' '))
    .join('/')

interface Looked {
  readonly declaration: DeclarationShown
  readonly etag: string
  readonly reach: Reach
}
/** The declaration and what a cancellation would bring about; nothing is asked of anybody. */
async function lookOnce({ api }: ActionDesk, id: string, reason: string): Promise<Looked | Refused> {
  const read = await api.get<DeclarationShown>(declarationPath(id))
  if (!read.ok) return read
  const etag = read.headers.get('etag') ?? ''
  const path = `${declarationPath(id)}/cancellations?dryRun=true`
  const would = await api.send<Reach>('POST', path, { reason }, { 'if-match': etag })
  return would.ok ? { declaration: read.body, etag, reach: would.body } : would
}

/** The same, again where it moved in between: agencies answer while somebody looks. */
export async function look(desk: ActionDesk, id: string, reason: string): Promise<Looked | Refused> {
  for (let tries = 1; ; tries++) {
    const looked = await lookOnce(desk, id, reason)
    if (!('problem' in looked) || looked.status !== 412 || tries === limits.cancellationLooks) return looked
  }
}

/** Asks for it, if it still concerns whom somebody saw; `undefined`: it concerns others now. */
export async function ask(
  desk: ActionDesk,
  id: string,
  { key, reason, seen, particulars }: { key: string; reason: string; seen: string; particulars: object },
): Promise<Answered<Reach> | undefined> {
  for (let tries = 1; ; tries++) {
    const looked = await look(desk, id, reason)
    const isThere = !('problem' in looked)
    if (isThere && seenOf(looked.reach) !== seen) return undefined
    // Where it cannot be any more it may be because it was done: the same key gets the same answer.
    const headers = { 'idempotency-key': key, 'if-match': isThere ? looked.etag : '"none"' }
    const path = `${declarationPath(id)}/cancellations`
    const answer = await desk.api.send<Reach>('POST', path, { reason, ...particulars }, headers)
    if (answer.ok) return answer
    if (!isThere) return looked
    if (answer.status !== 412 || tries === limits.cancellationLooks) return answer
  }
}

/** What each procedure may ask of a change; those that ask for nothing are left out. */
export async function readSchemas(
  desk: ActionDesk,
  asked: readonly Pick<Asking, 'agency' | 'procedure'>[],
): Promise<Asking[]> {
  const read = await Promise.all(
    asked.slice(0, limits.asksOfCancellation).map(async ({ agency, procedure }) => {
      const schema = await readSchema(desk, agency, procedure)
      return schema.ok && Object.keys(schema.body.properties ?? {}).length > 0
        ? [{ agency, procedure, schema: schema.body }]
        : []
    }),
  )
  return read.flat()
}

/** What was filled in for each agency; what was left empty is asked for later. */
export function particularsIn(schemas: readonly Asking[], values: ReadonlyMap<string, unknown>) {
  const particulars: { [agency: string]: { [procedure: string]: unknown } } = {}
  for (const one of schemas) {
    const value = values.get(prefixOf(one))
    if (!isBlank(value)) (particulars[one.agency] ??= {})[one.procedure] = value
  }
  return Object.keys(particulars).length === 0 ? {} : { particulars }
}
const isBlank = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
