/**
 * A thread that composes 拟稿线程: it gets what was handed in, gives back what is to be kept, and asks for serial numbers. It has
 * no database, no network and no clock: what it needs of them comes with the message.
 */
import { parentPort, type Transferable } from 'node:worker_threads'
import { adapters } from '../../adapters/registry.ts'
import { warmCodes } from '../../schemas/codes/index.ts'
import type { Network } from '../certificates/network.ts'
import { Problem } from '../problem.ts'
import { createComposer } from './compose.ts'
import { errorOf, type FromThread, failureOf, type ToThread } from './composer-link.ts'

const port = parentPort
if (port === null) throw new Error('A composer is a thread of the gateway')
const say = (message: FromThread, transfer: readonly Transferable[] = []) => port.postMessage(message, transfer)

const asked = new Map<number, { resolve(first: number): void; reject(error: Error): void }>()
let asks = 0
const composer = createComposer(
  adapters,
  (agency, count) =>
    new Promise((resolve, reject) => {
      asked.set(++asks, { resolve, reject })
      say({ kind: 'serials', ask: asks, agency, count })
    }),
)

let network: Network | undefined

async function compose({ job, request, at, warnings }: ToThread & { kind: 'compose' }): Promise<void> {
  try {
    const composed = await composer.compose(request, at, { network, ...(warnings === undefined ? {} : { warnings }) })
    say({ kind: 'composed', job, composed }, [composed.rows.bytes.buffer])
  } catch (error) {
    if (!(error instanceof Problem)) {
      say({ kind: 'failed', job, failure: failureOf(error) })
      return
    }
    const { code, detail, errors, headers } = error
    say({ kind: 'refused', job, code, options: { ...(detail ? { detail } : {}), errors, headers } })
  }
}

function use({ ask, first, failure }: ToThread & { kind: 'serials' }): void {
  if (first !== undefined) asked.get(ask)?.resolve(first)
  else if (failure !== undefined) asked.get(ask)?.reject(errorOf(failure))
  asked.delete(ask)
}

port.on('message', (message: ToThread) => {
  if (message.kind === 'compose') void compose(message)
  else if (message.kind === 'network') network = message.network
  else use(message)
})
warmCodes()
say({ kind: 'ready' })
