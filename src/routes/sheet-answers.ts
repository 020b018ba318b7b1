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

/**
 * Sends files piece by piece, as fast as they are read, and so many at once.
 * @param idleMs how long one that nobody reads keeps its place
 */
export function createFileSender(
  most: number = limits.sheetsSent,
  idleMs: number = limits.sheetIdleMs,
): (context: Context, file: SentFile) => Response {
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
    if (underWay >= most) throw new Problem('unavailable', { headers: { 'Retry-After': '5' } })
    underWay++
    return context.body(
      streamOf(pieces(), idleMs, () => underWay--),
      200,
      all,
    )
  }
}
const escape = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** Pieces as they are asked for; `end` is called once, when nothing more will be. */
function streamOf(pieces: AsyncGenerator<Uint8Array>, idleMs: number, end: () => void): ReadableStream<Uint8Array> {
  let idle: NodeJS.Timeout | undefined
  let ended = false
  const stop = () => {
    clearTimeout(idle)
    if (!ended) end()
    ended = true
  }
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(idle)
      try {
        const { value, done } = await pieces.next()
        if (done === true) {
          stop()
          return controller.close()
        }
        controller.enqueue(value)
        idle = setTimeout(() => {
          stop()
          controller.error(new Error(`Nobody read for ${idleMs} ms`))
          void pieces.return(undefined)
        }, idleMs).unref()
      } catch (error) {
        stop()
        controller.error(error)
      }
    },
    async cancel() {
      stop()
      await pieces.return(undefined)
    },
  })
}
