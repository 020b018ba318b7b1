import type { WireMessage } from '../../adapters/adapter.ts'
import { type NoteLease, namesAt } from '../db/cooperation.ts'
import type { Queryable } from '../db/database.ts'

/** The window's own interface to agencies' systems: `mocks/cooperation.md` tells of it. */
export async function envelopeOf(queryable: Queryable, note: NoteLease): Promise<WireMessage> {
  const { declarationId, firm } = note.about
  const about = {
    ...(declarationId === undefined
      ? {}
      : { declaration: declarationId, ...(await namesAt(queryable, note.agency, declarationId)) }),
    ...(firm === undefined ? {} : { firm }),
  }
  return {
    method: 'POST',
    path: '/cooperation',
    contentType: 'application/json',
    body: JSON.stringify({
      id: `${note.kind}/${note.id}`,
      number: note.number,
      kind: note.kind,
      at: note.at.toISOString(),
      about,
      body: note.body,
    }),
  }
}
