/** The simulated agencies as a story reaches them: over in-memory HTTP. */
import type { Simulator } from '../../mocks/server.ts'
import { type Transport, Unreachable } from '../../src/transport/transport.ts'

/** Calls the simulated agencies without a network. */
export function simulatedTransport(simulator: Simulator): Transport {
  return {
    async call(agency, message, trace) {
      const headers: Record<string, string> = {}
      if (message.contentType !== undefined) headers['content-type'] = message.contentType
      if (trace.messageId !== undefined) headers['message-id'] = trace.messageId
      try {
        const response = await simulator.app.request(`/${agency}${message.path}`, {
          method: message.method,
          headers,
          ...(message.body === undefined ? {} : { body: message.body }),
        })
        return {
          status: response.status,
          contentType: response.headers.get('content-type') ?? '',
          body: await response.text(),
        }
      } catch (cause) {
        throw new Unreachable((cause as Error).message, 'unknown', { cause })
      }
    },
    close: async () => undefined,
  }
}

/** Whether every mailbox document was fetched. */
export function mailboxesAreRead(simulator: Simulator): Promise<boolean> {
  return Promise.resolve(simulator.app.request('/control/health'))
    .then((response) => response.json() as Promise<{ inFlight: { documents: number; pushes: number } }>)
    .then(({ inFlight }) => inFlight.documents === 0 && inFlight.pushes === 0)
}
