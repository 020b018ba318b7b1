import { Unintelligible } from '../../adapters/adapter.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { schemaFor } from '../../schemas/declaration/summary.ts'
import { type Issue, issue, issuesOf } from '../../schemas/issue.ts'
import type { Plan } from '../../schemas/plan.ts'
import { readAs } from '../../schemas/reading.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import { readStrictJson } from '../strict-json.ts'
import { type Adapters, planOf } from './plan.ts'
import { issuesOfFiling, particularsOf, strayParticulars } from './prepare.ts'

/** A declaration as it was handed in, in the canonical form but not yet checked. */
export interface HandedIn {
  readonly mediaType: string
  readonly raw: string
  readonly candidate: unknown
  /** Canonical JSON, when the bytes are not that already. */
  readonly document: string | undefined
  readonly issues: readonly Issue[]
  readonly warnings: readonly Issue[]
}

/** The media types a declaration may come in: canonical JSON, and every format an adapter has a door for. */
export const mediaTypes = (adapters: Adapters): string[] => [
  'application/json',
  ...Object.values(adapters).flatMap(({ door }) => (door ? [door.mediaType] : [])),
]

/** Reads a declaration from its bytes. @throws {Problem} malformed-body, unsupported-media-type */
export function readDeclaration(adapters: Adapters, mediaType: string, raw: string): HandedIn {
  if (mediaType === 'application/json') {
    const read = readStrictJson(raw)
    if (read.issues !== undefined) throw new Problem('malformed-body', { errors: read.issues })
    return { mediaType, raw, candidate: read.value, document: undefined, issues: [], warnings: [] }
  }
  const doors = Object.values(adapters).flatMap(({ door }) => (door?.mediaType === mediaType ? [door] : []))
  if (doors.length === 0)
    throw new Problem('unsupported-media-type', {
      detail: {
        en: `Send one of: ${mediaTypes(adapters).join(', ')}`,
        zh: `请使用：${mediaTypes(adapters).join('、')}`,
      },
    })
  const refusals: string[] = []
  for (const door of doors) {
    try {
      const { declaration, issues, warnings } = door.read(raw)
      return { mediaType, raw, candidate: declaration, document: JSON.stringify(declaration), issues, warnings }
    } catch (error) {
      if (!(error instanceof Unintelligible)) throw error
      refusals.push(error.message)
    }
  }
  const reason = refusals.join('; ').slice(0, limits.parserMessage)
  throw new Problem('malformed-body', {
    errors: [issue('', 'malformed-document', { en: reason, zh: `报文无法解析：${reason}` })],
  })
}

/** What a declaration looks like from every side. */
export interface Examined {
  readonly declaration: Declaration | undefined
  readonly plan: Plan | undefined
  readonly issues: readonly Issue[]
}

/** Issues that leave the shape whole: the value is wrong, but it is a value, and agencies can look at the rest. */
const shapeHolds = (issues: readonly { code: string; path: readonly PropertyKey[] }[]) =>
  issues.every(({ code }) => code === 'custom')

/**
 * Checks a declaration as everyone concerned will: its own rules, then every demand of every agency it is filed with. One
 * list. `particularsFor` may bring particulars that came in separately.
 */
export function examine(
  adapters: Adapters,
  candidate: unknown,
  tenant: string,
  particularsFor: (declaration: Declaration, agency: string, procedure: string) => unknown = particularsOf,
): Examined {
  const read = readAs(schemaFor(candidate), candidate)
  const issues: Issue[] = read.success ? [] : issuesOf(read.error)
  if (!read.success && !shapeHolds(read.error.issues)) return { declaration: undefined, plan: undefined, issues }
  const declaration = (read.success ? read.data : candidate) as Declaration
  issues.push(...strayParticulars(adapters, declaration), ...notAParty(declaration, tenant))
  const plan = planOf(adapters, declaration)
  for (const { agency, procedure, files } of plan)
    if (files)
      issues.push(
        ...issuesOfFiling(adapters, declaration, {
          agency,
          procedure,
          particulars: particularsFor(declaration, agency, procedure),
        }),
      )
  return { declaration, plan, issues }
}

/** A trader hands in what concerns it: as agent, submitter, exporter, importer or owner. */
function notAParty({ agent, submitter, goodsShipment }: Declaration, tenant: string): Issue[] {
  const parties = [
    agent,
    submitter,
    goodsShipment.exporter,
    goodsShipment.importer,
    goodsShipment.owner,
    goodsShipment.payer,
  ]
  if (parties.some((party) => party?.id === tenant)) return []
  return [
    issue('/agent/id', 'tenant-not-party', {
      en: `The firm of your key (${tenant}) is none of the parties of this declaration`,
      zh: `您的密钥所属企业（${tenant}）不是本申报单的当事人`,
    }),
  ]
}
