import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll } from 'vitest'
import type { Simulator } from '../../mocks/server.ts'

/** Lets a simulator answer over HTTP on this machine, as long as the tests of a file last. @returns its address */
export async function serveSimulator({ app }: Pick<Simulator, 'app'>): Promise<string> {
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (address: AddressInfo) =>
      resolve({ server: started, port: address.port }),
    )
  })
  afterAll(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    if ('closeAllConnections' in server) server.closeAllConnections()
    await closed
  })
  return `http://127.0.0.1:${port}`
}
