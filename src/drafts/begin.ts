import type { Declaration } from '../../schemas/declaration/index.ts'
import type { DraftGuess } from '../../schemas/declaration-draft.ts'
import type { Text } from '../../schemas/text.ts'
import type { Client } from '../db/database.ts'
import type { DraftBasis } from '../db/declaration-drafts.ts'
import { readVersion } from '../db/reads.ts'
import { readDeclarationView } from '../db/views.ts'
import { Problem } from '../problem.ts'
import { valueAt } from './guesses.ts'

/** The declaration a draft is begun from. */
export interface DraftOrigin {
  readonly declarationId: string
  readonly purpose: 'copy' | DraftBasis['purpose']
}

/** What a draft takes from the declaration it is begun from. */
export interface Begun {
  readonly document: { readonly [key: string]: unknown }
  readonly guesses?: readonly DraftGuess[]
  /** Absent for a copy, which has no more to do with it. */
  readonly basis?: DraftBasis
}

/** @throws {Problem} not-found, also for somebody else's */
export async function beginFrom(
  client: Client,
  tenant: string,
  { declarationId, purpose }: DraftOrigin,
): Promise<Begun> {
  const view = await readDeclarationView({ pool: client }, declarationId, tenant)
  const version = view && (await readVersion({ pool: client }, view.id, view.version))
  if (view === undefined || version === undefined) throw new Problem('not-found')
  const document = JSON.parse(version.document) as Declaration
  if (purpose === 'copy') return copyOf(document)
  return { document, basis: { declarationId, purpose, version: version.version } }
}

/** A copy 复制: without its number and its days, which are no other consignment's; what is often another's is to be confirmed. */
function copyOf({ functionalReferenceId, issueDateTime: _day, ...rest }: Declaration): Begun {
  const { consignment } = rest.goodsShipment
  const legs = consignment.legs.map(
    ({
      departureDateTime: _from,
      arrivalDateTime: _to,
      unloadingDateTime: _off,
      transportDocumentId: _paper,
      ...leg
    }) => leg,
  )
  const document = { ...rest, goodsShipment: { ...rest.goodsShipment, consignment: { ...consignment, legs } } }
  const because: Text = {
    en: `Copied from ${functionalReferenceId}: is it the same this time?`,
    zh: `复制自 ${functionalReferenceId}，请确认本次是否相同`,
  }
  const guesses = oftenAnother(document).flatMap((pointer) => {
    const value = valueAt(document, pointer)
    return value === undefined ? [] : [{ pointer, value, because, sure: 'guessed' as const }]
  })
  return { document, guesses }
}

/** Fields that hold for one consignment more often than for two. */
const oftenAnother = ({ goodsShipment }: Pick<Declaration, 'goodsShipment'>): string[] => [
  '/goodsShipment/contractNumber',
  '/goodsShipment/invoice/id',
  '/goodsShipment/invoice/issueDate',
  ...goodsShipment.consignment.legs.flatMap((_, at) => [
    `/goodsShipment/consignment/legs/${at}/voyageNumber`,
    `/goodsShipment/consignment/legs/${at}/conveyance/name`,
  ]),
  ...(goodsShipment.consignment.containers ?? []).map((_, at) => `/goodsShipment/consignment/containers/${at}/id`),
]
