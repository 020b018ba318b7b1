import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterAll, vi } from 'vitest'
import type { z } from 'zod'
import { eventAnswer } from '../../schemas/answers.ts'

export type CloudEvent = z.infer<typeof eventAnswer>

/** A request as a receiver got it. */
export interface Received {
  readonly headers: Record<string, string>
  readonly body: string
  readonly path: string
}

export interface Receiver {
  readonly url: string
  readonly received: readonly Received[]
  /** How many connections were ever made to it. */
  readonly connections: () => number
  /** Ids of the events that came, in the order of their coming. */
  ids(): string[]
  /** What it answers from now on. */
  answer: (request: Received, response: ServerResponse, raw: IncomingMessage) => void
}

/** A trader's own server, on this machine. It answers 204 until it is told otherwise. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let connections = 0
  const receiver: Omit<Receiver, 'url'> = {
    received,
    connections: () => connections,
    ids: () => received.map(({ headers }) => headers['webhook-id'] ?? ''),
    answer: (_, response) => response.writeHead(204).end(),
  }
  const server = createServer((raw, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of raw as AsyncIterable<Buffer>) chunks.push(chunk)
      const request = {
        headers: raw.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
        path: raw.url ?? '',
      }
      received.push(request)
      receiver.answer(request, response, raw)
    })()
  })
  server.on('connection', () => connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return Object.assign(receiver, { url: `http://127.0.0.1:${address.port}/hooks` })
}

/**
 * Checks a notice as its receiver would, with the library of the standard, and reads it.
 * @param at the receiver's clock: the library goes by the machine's, and a story may play on another day
 * @throws when the signature is not this secret's
 */
export function verified(
  secret: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  at: number = Date.now(),
): CloudEvent {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(at)
  try {
    const event = eventAnswer.strict().parse(new Webhook(secret).verify(body, { ...headers }))
    if (event.id !== headers['webhook-id']) throw new Error('webhook-id is not the id of the event')
    return event
  } finally {
    clock.mockRestore()
  }
}
