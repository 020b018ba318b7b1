import type { Gate } from '../../schemas/gate.ts'

/** A hold in force as PostgreSQL gives it as JSON. */
export interface HoldRow {
  readonly id: string
  readonly at: string
}

/** Holds in force on a declaration as one JSON value, for a statement that reads declarations. */
export const holdsSql = `(SELECT json_agg(json_build_object('id', id, 'at', at) ORDER BY id)
  FROM assistance WHERE assistance.declaration_id = declaration.id AND act = 'hold' AND status IN ('open', 'in-force'))`

/** What keeps a filing from going because of a hold. The trader reads no more than this, whoever asked and why. */
export const gateOf = ({ id, at }: HoldRow): Gate => ({
  kind: 'assistance',
  id,
  because: { en: 'Held at an agency’s request', zh: '应有关部门要求暂缓办理' },
  since: new Date(at).toISOString(),
})
