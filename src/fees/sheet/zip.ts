import { createInflateRaw } from 'node:zlib'
import { limits } from '../../limits.ts'
import { FileTrouble } from './header.ts'

/** A file of parts 压缩包, as workbooks are: opened by its directory, its parts unpacked one by one and counted as they grow. */
export interface Archive {
  has(name: string): boolean
  /** The bytes of a part, as they are unpacked. @throws {FileTrouble} when it is not there, broken, or grows beyond what all parts may have */
  open(name: string): AsyncGenerator<Buffer>
}

interface Part {
  readonly start: number
  readonly packed: number
  readonly unpacked: number
  readonly method: number
}

const signatures = { end: 0x06054b50, directory: 0x02014b50, part: 0x04034b50 } as const
/** Bytes of the fixed part of each record. Source: PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.16. */
const sizes = { end: 22, directory: 46, part: 30 } as const
const mostComment = 65_535

/**
 * @param mostBytes all its parts may unpack to
 * @throws {FileTrouble} when the bytes are no such file, or say that they hold more than they may
 */
export function openArchive(bytes: Buffer, mostBytes: number = limits.sheetUnpackedBytes): Archive {
  const parts = directoryOf(bytes)
  // What parts say of their size is believed only where it condemns them: what comes out is counted.
  const total = [...parts.values()].reduce((sum, { unpacked }) => sum + unpacked, 0)
  if (total > mostBytes) throw tooLarge()
  let left = mostBytes
  return {
    has: (name) => parts.has(name),
    async *open(name) {
      const part = parts.get(name)
      if (part === undefined) throw broken(`no part ${name}`)
      const { start, packed, method } = part
      if (start + sizes.part > bytes.length || bytes.readUInt32LE(start) !== signatures.part) throw broken(name)
      const from = start + sizes.part + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
      if (from + packed > bytes.length) throw broken(name)
      const content = bytes.subarray(from, from + packed)
      for await (const chunk of method === 0 ? slices(content) : inflated(content, name)) {
        left -= chunk.length
        if (left < 0) throw tooLarge()
        yield chunk
      }
    },
  }
}

/** The parts by name. */
function directoryOf(bytes: Buffer): Map<string, Part> {
  const end = endOf(bytes)
  const count = bytes.readUInt16LE(end + 10)
  if (count > limits.sheetParts) throw tooLarge()
  const parts = new Map<string, Part>()
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + sizes.directory > end || bytes.readUInt32LE(at) !== signatures.directory) throw broken('directory')
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)]
    const [packed, unpacked] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)]
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + sizes.directory, at + sizes.directory + nameLength).replace(/^\//, '')
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw broken(name)
    if (parts.has(name)) throw broken(`${name} twice`)
    parts.set(name, { start: bytes.readUInt32LE(at + 42), packed, unpacked, method })
    at += sizes.directory + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}

/** Where the directory is told: at the end, before a comment. */
function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - sizes.end - mostComment)
  for (let at = bytes.length - sizes.end; at >= first; at--) if (bytes.readUInt32LE(at) === signatures.end) return at
  throw new FileTrouble('not-a-workbook', {
    en: 'Not an .xlsx file (an older .xls, or one with a password, cannot be read)',
    zh: '不是 .xlsx 文件（不支持旧版 .xls 或加密文件）',
  })
}

const sliceBytes = 65_536
function* slices(content: Buffer): Generator<Buffer> {
  for (let from = 0; from < content.length; from += sliceBytes) yield content.subarray(from, from + sliceBytes)
}

async function* inflated(content: Buffer, name: string): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: sliceBytes })
  stream.end(content)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk
  } catch (cause) {
    throw broken(name, cause)
  } finally {
    stream.destroy()
  }
}

const broken = (what: string, cause?: unknown) =>
  new FileTrouble(
    'workbook-broken',
    { en: `The workbook is broken: ${what.slice(0, 100)}`, zh: `工作簿已损坏：${what.slice(0, 100)}` },
    [],
    cause,
  )
const tooLarge = () =>
  new FileTrouble('file-too-large', {
    en: `The workbook unpacks to more than ${limits.sheetUnpackedBytes} bytes, or has too many parts`,
    zh: `工作簿解压后超过${limits.sheetUnpackedBytes}字节，或部件过多`,
  })
