/** What tests of recordings share: a real endpoint on a port, requests to it, a recorder with a recording begun. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import type { Asked } from '../../mocks/simulator/exchange.ts'
import { createRecorder, type Recorder } from '../../mocks/simulator/recorder.ts'
import { recordingOrder } from '../../mocks/simulator/recorder-order.ts'
import { handTimers } from './support.ts'

export const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A real endpoint on a port of its own. */
export async function endpoint(answer: RequestListener): Promise<{ url: string; got: IncomingMessage[] }> {
  const got: IncomingMessage[] = []
  const server = createServer((request, response) => {
    got.push(request)
    answer(request, response)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got }
}

export const ask = (path: string, more: Partial<Omit<Asked, 'body'>> & { body?: string } = {}): Asked => ({
  method: 'GET',
  path,
  headers: [],
  ...more,
  body: Buffer.from(more.body ?? ''),
})

export function recording(
  target: string,
  more: { fields?: string[]; timers?: ReturnType<typeof handTimers> } = {},
): Recorder {
  const { fields = [], timers = handTimers() } = more
  const recorder = createRecorder({ timers })
  recorder.start(recordingOrder.parse({ agency: 'harbour', target, mask: { fields } }))
  return recorder
}
