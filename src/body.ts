import { createGunzip } from 'node:zlib'
import type { Context } from 'hono'
import { limits } from './limits.ts'
import { Problem } from './problem.ts'

const tooLarge = (mostBytes: number) =>
  new Problem('body-too-large', {
    detail: {
      en: `At most ${mostBytes} bytes, decompressed`,
      zh: `请求体不得超过${mostBytes}字节（解压后）`,
    },
  })

/**
 * Reads a body to its end, capped while it streams in (and again while it is decompressed): an attacker's gigabyte is cut
 * off at the first byte too many.
 * @throws {Problem} body-too-large, malformed-body, unsupported-media-type
 */
export async function readBody(context: Context, mostBytes: number = limits.bodyBytes): Promise<Uint8Array> {
  const declared = Number(context.req.header('content-length') ?? '0')
  if (declared > mostBytes) throw tooLarge(mostBytes)
  const encoding = context.req.header('content-encoding')?.toLowerCase() ?? 'identity'
  if (encoding === 'identity') {
    if (declared > 0 && declared <= limits.bodyBytes && context.req.header('transfer-encoding') === undefined)
      return new Uint8Array(await context.req.arrayBuffer())
    return collect(context.req.raw.body, mostBytes, declared)
  }
  if (encoding !== 'gzip')
    throw new Problem('unsupported-media-type', {
      detail: { en: 'Content-Encoding: gzip or none', zh: '仅支持 gzip 压缩' },
    })
  return gunzip(await collect(context.req.raw.body, mostBytes), mostBytes)
}

/** @param declared bytes there should be: they go to their place at once, so that a large body is not held twice */
async function collect(
  stream: ReadableStream<Uint8Array> | null,
  mostBytes: number,
  declared = 0,
): Promise<Uint8Array> {
  let whole = Buffer.allocUnsafeSlow(declared)
  let size = 0
  const more: Uint8Array[] = []
  if (stream !== null)
    for await (const chunk of stream) {
      size += chunk.byteLength
      if (size > mostBytes) throw tooLarge(mostBytes)
      if (size <= declared) whole.set(chunk, size - chunk.byteLength)
      else more.push(chunk)
    }
  if (more.length === 0) return whole.subarray(0, size)
  whole = whole.subarray(0, size - more.reduce((sum, chunk) => sum + chunk.byteLength, 0))
  return Buffer.concat([whole, ...more])
}

function gunzip(bytes: Uint8Array, mostBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const stream = createGunzip()
    stream.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      chunks.push(chunk)
      if (size > mostBytes) stream.destroy(tooLarge(mostBytes))
    })
    stream.once('end', () => resolve(Buffer.concat(chunks)))
    stream.once('error', (error) =>
      reject(
        error instanceof Problem
          ? error
          : new Problem('malformed-body', { detail: { en: 'Not gzip', zh: '不是 gzip 数据' }, cause: error }),
      ),
    )
    stream.end(bytes)
  })
}

/**
 * Bytes as text: UTF-8, or the Chinese encoding an XML prolog names (brokers' older software writes GB2312).
 * @throws {Problem} malformed-body when the bytes are not what they claim to be
 */
export function textOfBody(bytes: Uint8Array): string {
  const prolog = Buffer.from(bytes.subarray(0, 100)).toString('latin1')
  const named = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(prolog)?.[1]?.toLowerCase()
  const encoding = named !== undefined && /^gb(2312|k|18030)$/.test(named) ? 'gb18030' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (text.includes('\u0000')) throw new TypeError('U+0000')
    return text
  } catch (cause) {
    throw new Problem('malformed-body', {
      detail: { en: `Not ${encoding} text`, zh: `不是有效的 ${encoding} 文本` },
      cause,
    })
  }
}

/** The media type of a request, without parameters. */
export const mediaTypeOf = (context: Context): string =>
  (context.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
