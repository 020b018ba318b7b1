import type { Context } from 'hono'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'

/** Sheets by the end of their names 表格文件. */
export const sheetTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A file on its way out. */
export interface SentFile {
  /** In any language, with its end. */
  readonly name: string
  /** The same in ASCII, for those who read no other. */
  readonly plainName: string
  readonly mediaType: string
  readonly headers: Readonly<Record<string, string>>
  pieces(): AsyncGenerator<Uint8Array>
}

/** Sends files piece by piece, not too many at once: each takes the processor. @throws {Problem} unavailable */
export function createFileSender(): (context: Context, file: SentFile) => Response {
  let underWay = 0
  return (context, { name, plainName, mediaType, headers, pieces }) => {
    // RFC 6266, RFC 8187.
    const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, escape)
    const all = {
      ...headers,
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="${plainName}"; filename*=UTF-8''${encoded}`,
    }
    if (context.req.method === 'HEAD') return context.body(null, 200, all)
    if (underWay >= limits.sheetsWritten) throw new Problem('unavailable', { headers: { 'Retry-After': '5' } })
    underWay++
    return context.body(
      streamOf(pieces(), () => underWay--),
      200,
      all,
    )
  }
}
const escape = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** Pieces as they are asked for; `end` is called once, when nothing more will be. */
function streamOf(pieces: AsyncGenerator<Uint8Array>, end: () => void): ReadableStream<Uint8Array> {
  let ended = false
  const endOnce = () => {
    if (!ended) end()
    ended = true
  }
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next()
        if (done !== true) return controller.enqueue(value)
        endOnce()
        controller.close()
      } catch (error) {
        endOnce()
        controller.error(error)
      }
    },
    async cancel() {
      endOnce()
      await pieces.return(undefined)
    },
  })
}
