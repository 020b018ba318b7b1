import * as z from 'zod'

/** Largest notice. */
const mostBytes = 131_072

const text = (most: number) => z.string().min(1).max(most)

/** A notice. Source: specification §2. */
const notice = z.strictObject({
  reference: text(20),
  message: text(24),
  traderReference: text(40),
  contact: text(60),
  goods: z
    .array(
      z.strictObject({
        line: z.int().min(1),
        code: z.string().regex(/^\d{10}$/),
        name: text(255),
        quantity: z.string().regex(/^\d{1,12}(\.\d{1,6})?$/),
        unit: text(3),
      }),
    )
    .min(1)
    .max(20),
})
export type Notice = z.infer<typeof notice>
const names = z.object({ reference: text(20), message: text(24) })

type Read =
  | { readonly notice: Notice }
  /** Under whose names it came, and what is wrong with it. */
  | { readonly refused: z.infer<typeof names>; readonly why: string }
  | { readonly unreadable: string }

/** Reads a notice, or says why it is not taken. */
export function readNotice(bytes: Uint8Array): Read {
  if (bytes.length > mostBytes) return { unreadable: `more than ${mostBytes} bytes` }
  let given: unknown
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { unreadable: 'not JSON in UTF-8' }
  }
  const read = notice.safeParse(given)
  if (read.success) return { notice: read.data }
  const [first] = read.error.issues
  const why = `/${first?.path.join('/')}: ${first?.message}`
  const known = names.safeParse(given)
  return known.success ? { refused: known.data, why } : { unreadable: why }
}
