import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** An answer as bytes, with what validates it. Never changed. */
export interface KeptAnswer {
  readonly body: Buffer
  /** SHA-256 over the bytes: another answer has another. */
  readonly digest: string
  /** Cursor of the next page. */
  readonly next: string | undefined
}

export const answerOf = (body: Buffer, next?: string): KeptAnswer => ({
  body,
  digest: hash('sha256', body, 'base64url'),
  next,
})

/** Answers by what was asked, the last used of them, up to so many bytes. */
export interface KeptAnswers {
  /** The answer to a question; made when it is not there. @throws whatever `make` throws: then nothing is kept */
  get(question: string, make: () => KeptAnswer): KeptAnswer
  /** The bytes of an answer, compressed once. */
  compressed(question: string, answer: KeptAnswer): Promise<Buffer>
  /** How many bytes are held. */
  bytes(): number
}

interface Kept {
  readonly answer: KeptAnswer
  compressed: Promise<Buffer> | undefined
  bytes: number
}

const compress = promisify(gzip)

/** @param mostBytes of all answers; @param largestBytes of one: what is larger is made anew each time */
export function createKeptAnswers(mostBytes: number, largestBytes: number): KeptAnswers {
  const kept = new Map<string, Kept>()
  let bytes = 0
  let newest: Kept | undefined
  const add = (question: string, one: Kept, more: number) => {
    if (kept.get(question) !== one) return
    one.bytes += more
    bytes += more
    // The one used last stands last.
    for (const [oldest, { bytes: freed }] of kept) {
      if (bytes <= mostBytes) break
      kept.delete(oldest)
      bytes -= freed
    }
  }
  return {
    get(question, make) {
      const found = kept.get(question)
      if (found !== undefined) {
        if (found !== newest) {
          kept.delete(question)
          kept.set(question, found)
          newest = found
        }
        return found.answer
      }
      const answer = make()
      // A question takes room too: two bytes a character.
      const size = answer.body.byteLength + question.length * 2
      if (size > largestBytes) return answer
      const fresh: Kept = { answer, compressed: undefined, bytes: 0 }
      kept.set(question, fresh)
      newest = fresh
      add(question, fresh, size)
      return answer
    },
    async compressed(question, answer) {
      const found = kept.get(question)
      if (found?.answer !== answer) return compress(answer.body)
      if (found.compressed !== undefined) return found.compressed
      const packing = compress(answer.body)
      found.compressed = packing
      try {
        add(question, found, (await packing).byteLength)
      } catch (error) {
        found.compressed = undefined
        throw error
      }
      return packing
    },
    bytes: () => bytes,
  }
}
