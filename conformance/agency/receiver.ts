/** Where an agency pushes its documents to 回执接收端: keeps what comes, and answers as it is told. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { limits } from '../limits.ts'

/** A document as it was pushed. */
export interface Pushed {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** When it came, epoch milliseconds. */
  readonly at: number
  /** What it was answered. */
  readonly answered: number
}

/** What came below one path. */
export interface Letterbox {
  readonly pushed: Pushed[]
  /** The status a document of that id is answered with. */
  answer: (id: string) => number
}

export interface Receiver {
  /** Origin documents are pushed to. */
  readonly url: string
  /** The letterbox of everything pushed below `/{name}/`; the empty name: of whatever no other box takes. */
  box(name: string): Letterbox
  drop(name: string): void
  close(): Promise<void>
}

export interface ReceiverOptions {
  readonly host?: string
  /** 0: any that is free. */
  readonly port?: number
  /** How the endpoint reaches it, when that is another address. */
  readonly publicUrl?: string
}

export async function openReceiver({
  host = '127.0.0.1',
  port = 0,
  publicUrl,
}: ReceiverOptions = {}): Promise<Receiver> {
  const boxes = new Map<string, Letterbox>()
  const box = (name: string): Letterbox => {
    const known = boxes.get(name) ?? { pushed: [], answer: () => 204 }
    boxes.set(name, known)
    return known
  }
  const server = createServer((request, response) => {
    take(request, response, (path) => boxes.get(path.split('/')[1] ?? '') ?? box('')).catch(() => response.destroy())
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port')
  return {
    url: (publicUrl ?? `http://${host}:${address.port}`).replace(/\/+$/, ''),
    box,
    drop: (name) => void boxes.delete(name),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function take(request: IncomingMessage, response: ServerResponse, boxOf: (path: string) => Letterbox) {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > limits.answerBytes) {
      response.writeHead(413).end()
      return
    }
    chunks.push(chunk)
  }
  const path = request.url ?? '/'
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
  const { pushed, answer } = boxOf(path)
  const answered = answer(headers['webhook-id'] ?? '')
  if (pushed.length < limits.pushesKept)
    pushed.push({ path, headers, body: Buffer.concat(chunks).toString('utf8'), at: Date.now(), answered })
  response.writeHead(answered).end()
}
