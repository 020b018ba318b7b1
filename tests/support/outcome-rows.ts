import { adapters } from '../../adapters/registry.ts'
import { agencies } from '../../mocks/registry.ts'

/** Every row of the tables by which the simulated agencies decide. */
const rows = agencies.flatMap(({ id, letter, outcomes }) =>
  outcomes.map(({ magic, procedure, does }) => ({ agency: id, letter, procedure, magic, does: does.en })),
)
export type OutcomeRow = (typeof rows)[number]

export const keyOf = ({ agency, procedure, magic }: OutcomeRow): string => `${agency}/${procedure} ${magic}`

const isPlanned = ({ agency, procedure }: OutcomeRow): boolean => {
  const { onRequest, amends, cancels } = adapters[agency]?.procedures[procedure] ?? {}
  return onRequest !== 'only' && amends === undefined && cancels === undefined
}
/** Rows about what is filed with a declaration. */
export const plannedRows = rows.filter(isPlanned)
/** Rows about what changes another filing, or is filed on request. */
export const askedRows = rows.filter((row) => !isPlanned(row))
