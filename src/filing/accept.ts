import { createHash } from 'node:crypto'
import { issue } from '../../schemas/issue.ts'
import type { CertificateDesk } from '../certificates/desk.ts'
import { keepAcceptances, type Rows, releaseRows, rowsOf } from '../db/accept.ts'
import { keptAnswer } from '../db/answers.ts'
import type { Database } from '../db/database.ts'
import { Problem } from '../problem.ts'
import { type AcceptRequest, type Composed, type Composer, refusalOf } from './compose.ts'
import { gatherAcceptances } from './gather.ts'
import { type Given, isUniqueViolation, replayed } from './once.ts'

/** An answer as it is given, kept and replayed. */
export interface Answer extends Given {
  /** Id of the declaration, when one was accepted by this very request. */
  readonly declarationId?: string
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url')

/** Takes declarations in, each exactly once, in groups. */
export interface Acceptor {
  accept(request: AcceptRequest): Promise<Answer>
  /** Waits for what is under way. */
  stop(): Promise<void>
}

/** What of a certificate desk acceptance needs. */
type Certifying = Pick<CertificateDesk, 'networkAt' | 'verify'>

/** @param desk where certificates are verified; without one none is networked */
export function createAcceptor(database: Database, composer: Composer, now: () => number, desk?: Certifying): Acceptor {
  const underWay = new Map<string, { bodyHash: string; answer: Promise<Answer> }>()
  let composing = 0
  const { keep, look } = gatherAcceptances<Rows>(
    (group) => keepAcceptances(database, group, new Date(now())),
    () => composing,
  )
  /** Not counted is the time its issuers take: nobody waits for those but itself. */
  const counted: Composer['compose'] = async (...asked) => {
    composing++
    try {
      const composed = await composer.compose(...asked)
      composing--
      return composed
    } catch (error) {
      composing--
      look()
      throw error
    }
  }

  /** Composes a request; where it uses certificates, their issuers are asked before anything is kept. */
  const compose = async (request: AcceptRequest): Promise<Pick<Composed, 'answer' | 'declaration' | 'rows'>> => {
    const at = now()
    const network = desk?.networkAt(at)
    const composed = await counted(request, at, { network })
    if (desk === undefined || composed.uses.length === 0) return composed
    // What waits for the others is not to wait for issuers.
    look()
    const { issues, warnings } = await desk.verify(composed.uses, at, true)
    if (issues.length === 0 && warnings.length === 0) return composed
    releaseRows(composed.rows)
    if (issues.length === 0) return counted(request, at, { network, warnings })
    const refusal = refusalOf(request, issues)
    return { answer: refusal.answer, rows: rowsOf(refusal) }
  }
  /** What another gateway has answered to the key, where it could not be kept for that. @throws whatever else was wrong */
  const answeredMeanwhile = async ({ tenant, key, bodyHash }: AcceptRequest, error: unknown) => {
    if (!isUniqueViolation(error)) throw error
    const kept = await keptAnswer(database.pool, tenant, key)
    return kept && replayed(kept, bodyHash)
  }
  const decide = async (request: AcceptRequest): Promise<Answer> => {
    const { answer, declaration, rows } = await compose(request)
    try {
      await keep(rows)
    } catch (error) {
      const kept = await answeredMeanwhile(request, error)
      if (kept !== undefined) return kept
      if (declaration === undefined) throw error
      return decideAgain(request, declaration.functionalReferenceId)
    } finally {
      releaseRows(rows)
    }
    return { ...answer, replayed: false, ...(declaration ? { declarationId: declaration.id } : {}) }
  }
  /** The trader's own number stands on another declaration: that is an issue of this one. */
  const decideAgain = async (request: AcceptRequest, lrn: string): Promise<Answer> => {
    const used = issue('/functionalReferenceId', 'reference-used', {
      en: `${lrn} is already the number of another of your declarations`,
      zh: `企业自编编号${lrn}已用于其他申报单`,
    })
    const refusal = refusalOf(request, [used])
    try {
      await keep(rowsOf(refusal))
    } catch (error) {
      const kept = await answeredMeanwhile(request, error)
      if (kept === undefined) throw error
      return kept
    }
    return { ...refusal.answer, replayed: false }
  }
  return {
    async accept(request) {
      const slot = `${request.tenant} ${request.key}`
      const twin = underWay.get(slot)
      if (twin !== undefined) {
        if (twin.bodyHash !== request.bodyHash) throw new Problem('idempotency-key-reused')
        return { ...(await twin.answer), replayed: true }
      }
      const answer = decide(request)
      underWay.set(slot, { bodyHash: request.bodyHash, answer })
      try {
        return await answer
      } finally {
        underWay.delete(slot)
      }
    },
    async stop() {
      await Promise.allSettled([...underWay.values()].map(({ answer }) => answer))
    },
  }
}
