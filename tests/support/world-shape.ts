/** What a story has in hand, and how its world may differ from the usual one. */
import type { Hono } from 'hono'
import type { Simulator } from '../../mocks/server.ts'
import type { Database } from '../../src/db/database.ts'
import type { Catalogues } from '../../src/fees/catalogues.ts'
import type { Adapters } from '../../src/filing/plan.ts'
import type { Worker } from '../../src/filing/worker.ts'
import type { Env, Services } from '../../src/services.ts'
import type { Transport } from '../../src/transport/transport.ts'
import type { Accepted, Seen } from './seen.ts'

export interface World {
  readonly app: Hono<Env>
  /** What the gateway is made of, to make another beside it. */
  readonly services: Services
  readonly database: Database
  /** Address of the database. */
  readonly url: string
  readonly simulator: Simulator
  /** Where it answers, if it is served. */
  readonly simulatorUrl: string | undefined
  readonly worker: Worker
  readonly catalogues: Catalogues
  readonly keys: {
    readonly trader: string
    readonly stranger: string
    readonly admin: string
    readonly integrator: string
  }
  /** The story's time: it starts at `startAt`, whatever day it is, and goes on as time does. */
  now(): number
  /** A request as some key's holder; JSON unless a content type is given. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>
  /** Hands in a declaration and gives the answer. */
  post(body: unknown, options?: CallOptions): Promise<{ status: number; body: Accepted; headers: Headers }>
  read(id: string): Promise<Seen>
  /** Pushes a document as an agency would, signed with its secret. */
  push(agency: string, document: { body: string; contentType?: string }): Promise<Response>
  /** Lets the agencies' clock move, from event to event or in strides, until the declaration is as wanted. */
  until(id: string, wanted: (seen: Seen) => boolean, strideMs?: number): Promise<Seen>
  /** Lets the gateway go on until the declaration is as wanted, while the agencies' clock stands still. */
  meanwhile(id: string, wanted: (seen: Seen) => boolean): Promise<Seen>
  /** Whether everything that was on its way has arrived, and nobody works on anything. */
  calm(): Promise<boolean>
  /** Lets the gateway go on until something is so, while the agencies' clock stands still. */
  eventually(wanted: () => Promise<boolean>): Promise<void>
  /** What the agencies' world has because of a declaration, oldest first, numbers left out: nothing of it may stand there twice. */
  effects(lrn: string): string[]
  /** Documents an agency sent about a declaration, oldest first. */
  documents(agency: string, lrn: string): string[]
  /**
   * Lets everything that can happen happen, until the agencies have nothing more to say.
   * @param strideMs how far their clock moves at a time, when not from event to event
   */
  idle(strideMs?: number): Promise<void>
}
export interface CallOptions {
  readonly key?: string | undefined
  readonly body?: unknown
  readonly contentType?: string
  readonly headers?: Record<string, string>
}
export interface WorldOptions {
  readonly adapters?: Adapters
  /** Puts something between the gateway and the agencies. */
  readonly transport?: (agencies: Transport) => Transport
  readonly seed?: string
  /** Requests a key may make in a minute, and an address of what needs none; without it more than any story makes. */
  readonly ratePerWindow?: number
  /** Agencies the others' clock does not wait for: what is on its way to them may stay there. */
  readonly apart?: readonly string[]
  /** The simulator can be ordered about through the gateway: it answers over HTTP, too. */
  readonly simulatorServed?: boolean
  /** Whether anybody may try the gateway without a key; so it is, if not told otherwise. */
  readonly demonstrates?: boolean
  /** Its connections to the database are meant to break. */
  readonly troubled?: boolean
}
