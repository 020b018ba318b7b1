import type { Assistance, StepRow } from '../db/assistance.ts'

export const assistanceEtag = (id: string, revision: number): string => `"${id}.${revision}"`

/** A request as it is read; its log for agencies and operators alone. */
export const presentAssistance = (one: Assistance, steps?: readonly StepRow[]) => ({
  id: one.id,
  act: one.act,
  from: one.from,
  to: one.to,
  declarationId: one.declarationId,
  visibility: one.visibility,
  reason: one.reason,
  status: one.status,
  dueAt: one.dueAt.toISOString(),
  ...(one.expiresAt === undefined ? {} : { expiresAt: one.expiresAt.toISOString() }),
  ...(one.escalatedAt === undefined ? {} : { escalatedAt: one.escalatedAt.toISOString() }),
  ...(one.appointment === undefined ? {} : { appointment: one.appointment }),
  ...(one.result === undefined ? {} : { result: one.result }),
  at: one.at.toISOString(),
  updatedAt: one.updatedAt.toISOString(),
  etag: assistanceEtag(one.id, one.revision),
  ...(steps === undefined
    ? {}
    : {
        steps: steps.map(({ at, data, ...step }) => ({
          ...step,
          at: at.toISOString(),
          data: JSON.parse(data) as Record<string, unknown>,
        })),
      }),
})
