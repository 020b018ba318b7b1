import { adapters } from '../../adapters/registry.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type DeclarationMovements, declarationMovements } from '../../schemas/movement.ts'
import { makeKey } from '../../src/db/keys.ts'
import { tellMovements } from '../../src/movement/tell.ts'
import { openWorld, type World } from '../support/world.ts'

const hour = 3_600_000

/** A world whose carriers tell where goods are. */
export interface CorridorWorld {
  readonly world: World
  /** Orders a journey of the simulator. @param publishers who tells under a key of its own */
  play(corridor: string, order: Record<string, unknown>, publishers?: readonly string[]): Promise<PlayedAnswer>
  /** Lets the agencies' clock move, and everything that is told on the way arrive. */
  pass(hours: number): Promise<void>
  whereabouts(id: string): Promise<DeclarationMovements>
  /** What the timeline of a declaration tells of its goods, oldest first. */
  told(id: string): Promise<{ type: string; code: string; at: string }[]>
}
export interface PlayedAnswer {
  readonly events: number
  readonly taken: number
  readonly refused: number
  readonly lost: number
}

export async function openCorridorWorld(): Promise<CorridorWorld> {
  const world = await openWorld({ adapters: {} })
  const common = await makeKey(world.database, { name: 'a carrier', role: 'carrier', tenant: 'CARRIER' })
  const control = (method: string, path: string, body?: unknown) =>
    world.simulator.app.request(`/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  return {
    world,
    async play(corridor, order, publishers = []) {
      const made = await Promise.all(
        publishers.map(async (name) => {
          const tenant = `CARRIER-${name.toUpperCase()}`
          return [name, await makeKey(world.database, { name, role: 'carrier', tenant })] as const
        }),
      )
      const answer = await control('POST', `/corridors/${corridor}`, {
        key: common,
        keys: Object.fromEntries(made),
        ...order,
      })
      if (answer.status !== 202) throw new Error(await answer.text())
      return (await answer.json()) as PlayedAnswer
    },
    async pass(hours) {
      await world.simulator.clock.advance(hours * hour)
      await world.simulator.settled()
    },
    async whereabouts(id) {
      const response = await world.call('GET', `/v1/declarations/${id}/movements`)
      return declarationMovements.parse(await response.json())
    },
    async told(id) {
      await tellMovements(world.database, adapters, new Date(world.now()))
      const { timeline = [] } = await world.read(id)
      return timeline.flatMap(({ type, data }) => {
        const { code, happenedAt } = data as { code: string; happenedAt: string }
        return type.startsWith('yuchuang.movement.') ? [{ type: type.slice(18), code, at: happenedAt }] : []
      })
    },
  }
}

type Leg = Declaration['goodsShipment']['consignment']['legs'][number]
/** A sample on another way: its legs, its container; without what only its agencies would ask. */
export function onItsWay(sample: Declaration, legs: readonly Leg[], box: string): Declaration {
  const { consignment } = sample.goodsShipment
  const containers = (consignment.containers ?? []).map((one) => ({ ...one, id: box }))
  return {
    ...sample,
    particulars: {},
    goodsShipment: { ...sample.goodsShipment, consignment: { ...consignment, legs: [...legs], containers } },
  }
}
