/** The window's notes to agencies 协同通知, as `cooperation.md` tells: every office takes them at `/cooperation`. */
import { Hono } from 'hono'
import * as z from 'zod'
import type { Desk } from './agency.ts'

const name = z.string().min(1).max(200)
const envelope = z.strictObject({
  id: z
    .string()
    .min(3)
    .max(300)
    .regex(/^[a-z]+\/.+$/),
  number: z.int().positive(),
  kind: z.enum(['assistance', 'credit', 'recognition', 'shared']),
  at: z.iso.datetime({ offset: true }),
  about: z.strictObject({
    declaration: name.optional(),
    traderReference: name.optional(),
    filings: z
      .array(
        z.strictObject({
          reference: name,
          procedure: name,
          references: z.array(z.strictObject({ scheme: name, value: name })),
        }),
      )
      .optional(),
    firm: name.optional(),
  }),
  body: z.record(z.string(), z.unknown()),
})

/** One thing the window tells: of a declaration (with the office's own filings of it), of a firm, or of both. */
export type Note = z.infer<typeof envelope>

/** What an office says to a note. */
export interface NoteReply {
  /** `done`: it acted; `noted`: it knows now; `pending`: it will say later; `declined`: it will not. */
  readonly outcome: 'done' | 'noted' | 'pending' | 'declined'
  readonly text?: string
  readonly [more: string]: unknown
}

/**
 * An office's letter box for notes. The same note twice (by its id) gets the first answer and has no second effect.
 * @param act what this office does with a note; left out, it takes note of everything
 */
export function takeNotes(desk: Desk, act?: (note: Note) => NoteReply | undefined): Hono {
  const taken = new Map<string, NoteReply>()
  const app = new Hono()
  app.post('/cooperation', async (c) => {
    const text = await c.req.text()
    let read: z.ZodSafeParseResult<Note>
    try {
      read = envelope.safeParse(JSON.parse(text))
    } catch {
      return c.json({ error: 'not JSON' }, 400)
    }
    if (!read.success) return c.json({ error: z.prettifyError(read.error) }, 400)
    const note = read.data
    const known = taken.get(note.id)
    if (known !== undefined) return c.json(known)
    desk.effect(note.about.filings?.[0]?.reference ?? note.id, `note taken: ${note.id}`)
    const reply = act?.(note) ?? { outcome: 'noted' }
    taken.set(note.id, reply)
    return c.json(reply)
  })
  return app
}
