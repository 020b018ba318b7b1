import type { NoteAnswer, NoteKind } from '../../schemas/cooperation.ts'
import { followReply } from '../assistance/answer.ts'
import type { NoteLease } from '../db/cooperation.ts'
import type { Client } from '../db/database.ts'
import type { Adapters } from '../filing/plan.ts'

/** What follows from an agency's answer to a note, in the transaction that keeps the answer. `answer` undefined: it will not have the note. */
export type Follow = (
  room: { readonly client: Client; readonly adapters: Adapters; readonly now: Date },
  note: NoteLease,
  answer: NoteAnswer | undefined,
) => Promise<void>

/** By kind of note, where anything follows at all. */
export const follows: { readonly [kind in NoteKind]?: Follow } = { assistance: followReply }
