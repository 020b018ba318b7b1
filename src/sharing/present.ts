import { purposes } from '../../schemas/sharing/purposes.ts'
import { searchFields, searchKinds } from '../../schemas/sharing/view.ts'
import type { Text } from '../../schemas/text.ts'
import type { ChainedRead } from '../db/sharing-reads.ts'
import type { SubscriptionRow } from '../db/sharing-subscriptions.ts'
import type { Adapters } from '../filing/plan.ts'
import { maySearch, type Permission } from './permission.ts'
import type { Reader, SharedAnswer } from './read.ts'

/** By what terms something was shown. */
export const presentTerms = ({ permission, caseNumber }: Reader) => ({
  agency: permission.agency,
  purpose: permission.purpose,
  case: caseNumber,
  basis: permission.basis,
  policy: permission.policy,
  withheld: permission.withheld,
})

/** What a purpose lets an agency see. */
export const presentPermission = (permission: Permission, name: Text) => ({
  purpose: permission.purpose,
  purposeName: name,
  reach: permission.reach,
  fields: permission.fields,
  searches: searchKinds.filter((kind) => maySearch(permission, searchFields[kind])),
  disclosedAfterDays: permission.discloseAfterDays,
  basis: permission.basis,
  policy: permission.policy,
})

/** A declaration as an agency is shown it. */
export const presentShared = ({ view, selected }: SharedAnswer) => ({
  id: view.id,
  version: view.version,
  data: selected.data ?? {},
})

/** A reading. @param operator also sees where it stands in the chain */
export function presentRead(adapters: Adapters, read: ChainedRead, operator: boolean) {
  const { id, agency, by, purpose, caseNumber, kind, version, fields, basis, policy, at, discloseAt } = read
  const known: { readonly [id: string]: Text } = purposes
  return {
    id,
    agency,
    agencyName: adapters[agency]?.name ?? { en: agency, zh: agency },
    by,
    purpose,
    purposeName: known[purpose] ?? { en: purpose, zh: purpose },
    case: caseNumber,
    kind,
    version,
    fields: JSON.parse(fields) as string[],
    basis: JSON.parse(basis) as Text,
    policy,
    at: at.toISOString(),
    ...(discloseAt > at ? { disclosedAt: discloseAt.toISOString() } : {}),
    ...(operator ? { chain: { number: read.number, hash: read.hash } } : {}),
  }
}

/** A subscription. */
export const presentSubscription = ({ filter, value, caseNumber, at, endedAt, fields, ...row }: SubscriptionRow) => ({
  id: row.id,
  agency: row.agency,
  by: row.by,
  purpose: row.purpose,
  case: caseNumber,
  filter: { [filter]: value },
  ...(fields === undefined ? {} : { fields }),
  at: at.toISOString(),
  ...(endedAt === undefined ? {} : { endedAt: endedAt.toISOString() }),
})
