import type { Client } from '../db/database.ts'
import { readVersions, versionsTold } from '../db/sharing-subscriptions.ts'
import type { Case, Changes, Filing } from '../filing/case.ts'
import { differences } from '../filing/difference.ts'
import { pointersIn } from './select.ts'

/** What a step changed in the shared view of a declaration, as pointers; never a value. */
export interface Changed {
  readonly at: Case
  /** What somebody may have read as it was, and is not any more: in the document above all. */
  readonly corrected: readonly string[]
  /** In where its filings stand, and in the other parts of the view. */
  readonly moved: readonly string[]
}

/** What a step changed 变更字段, declaration by declaration. */
export async function changedIn(client: Client, changes: Changes): Promise<Changed[]> {
  const corrected = await correctedIn(client, changes)
  return [...changes.cases].map((at) => {
    const mine = [...changes.filings].filter(({ declarationId }) => declarationId === at.id)
    const moved = mine.flatMap((filing) => movedIn(at, filing, changes))
    return {
      at,
      corrected: [
        ...new Set([...(corrected.get(at.id) ?? []), ...broughtIn(at, changes), ...toldIn(at, changes, takenBack)]),
      ],
      moved: [...new Set([...moved, ...toldIn(at, changes, news)])],
    }
  })
}

/** What happens to other parts of the view, by what the timeline tells of it. Which member it is, whoever is told finds by reading again. */
const news: { readonly [type: string]: string } = {
  'certificate.committed': '/certificates/*/status',
  'certificate.refused': '/certificates/*/status',
  'certificate.released': '/certificates/*/status',
  'certificate.reserved': '/certificates/*/status',
  'movement.actual': '/movements/*/code',
}
/** What was told of the goods, and was not so. */
const takenBack: { readonly [type: string]: string } = {
  'movement.left': '/movements/*/code',
  'movement.retracted': '/movements/*/code',
}
const toldIn = (at: Case, { happenings }: Changes, told: { readonly [type: string]: string }): string[] =>
  happenings.flatMap(({ declarationId, type }) => (declarationId === at.id ? (told[type] ?? []) : []))

const correcting: ReadonlySet<string> = new Set(['declaration.revised', 'declaration.amended'])

/** Fields that differ between the version that counted and the one that counts from now on. */
async function correctedIn(client: Client, { cases, happenings }: Changes): Promise<Map<string, string[]>> {
  const news = new Map(
    happenings.flatMap(({ declarationId, type, data }) =>
      correcting.has(type) ? [[declarationId, data['version'] as number] as const] : [],
    ),
  )
  if (news.size === 0) return new Map()
  const ids = [...cases].map(({ id }) => id).filter((id) => news.has(id))
  const before = await versionsTold(client, ids)
  const wanted = ids.flatMap((id) => [
    { id, version: before.get(id) ?? 1 },
    { id, version: news.get(id) ?? 1 },
  ])
  const texts = new Map(
    (await readVersions(client, wanted)).map(({ id, version, document }) => [`${id} ${version}`, document]),
  )
  const documentOf = (id: string, version: number) => ({
    declaration: JSON.parse(texts.get(`${id} ${version}`) ?? '{}') as unknown,
  })
  return new Map(
    ids.map((id) => {
      const found = differences(documentOf(id, before.get(id) ?? 1), documentOf(id, news.get(id) ?? 1))
      return [id, [...new Set(found.flatMap(pointersOf))]]
    }),
  )
}

/** Particulars that were brought, or brought again. */
const broughtIn = (at: Case, { happenings }: Changes): string[] =>
  happenings.flatMap(({ declarationId, type, filingId }) => {
    const filing =
      type === 'filing.particulars' && declarationId === at.id
        ? at.filings.find(({ id }) => id === filingId)
        : undefined
    if (filing === undefined) return []
    return pointersIn(filing.particulars, ['declaration', 'particulars', filing.agency, filing.procedure])
  })

/** A difference may be a whole item that came or went: then it is every value of it. */
function pointersOf({
  pointer,
  before,
  after,
}: {
  readonly pointer: string
  readonly before?: unknown
  readonly after?: unknown
}): string[] {
  return [...pointersIn(before), ...pointersIn(after)].map((below) => pointer + below)
}

/** What moved of a filing. */
function movedIn(at: Case, filing: Filing, { happenings, learned, added }: Changes): string[] {
  const place = at.filings
    .filter(({ agency, procedure }) => agency === filing.agency && procedure === filing.procedure)
    .indexOf(filing)
  const self = `/filings/${filing.agency}/${filing.procedure}/${place}`
  const types = new Set(happenings.flatMap(({ filingId, type }) => (filingId === filing.id ? [type] : [])))
  const receipt = types.has('filing.receipt') ? filing.receipts.at(-1)?.receipt : undefined
  const names = learned.some((one) => one.filing === filing)
  return [
    ...(added.includes(filing) ? [`${self}/id`] : []),
    ...(types.has('filing.status') ? [`${self}/status`] : []),
    ...((receipt?.sets?.length ?? 0) + (receipt?.lifts?.length ?? 0) > 0 ? [`${self}/holds/0`] : []),
    ...(names ? [`${self}/references/${filing.references.length - 1}/value`] : []),
    ...(types.has('filing.amended') ? [`${self}/version`] : []),
    ...((receipt?.money?.length ?? 0) > 0 ? ['/duties/said/*/amount', '/duties/totals/*/due'] : []),
  ]
}
