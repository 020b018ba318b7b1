import { expect } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type DeclarationMovements, declarationMovements, movementsAnswer } from '../../schemas/movement.ts'
import { makeKey } from '../../src/db/keys.ts'
import { tellMovements } from '../../src/movement/tell.ts'
import { laptops, openWorld } from '../support/world.ts'

export interface Way {
  readonly from?: string
  readonly to?: string
  readonly voyage?: string
  readonly paper?: string
}

/** Laptops in a container, under papers and on voyages of their own. */
export function shipped(box: string, { from, to, voyage = `V${box.slice(-4)}`, paper = `P${box}` }: Way = {}) {
  const declaration: Declaration = laptops()
  const { consignment } = declaration.goodsShipment
  for (const [at, leg] of consignment.legs.entries()) {
    leg.transportDocumentId = `${paper}${at}`
    leg.voyageNumber = `${voyage}${at}`
    if (from !== undefined) leg.departureDateTime = `${from}T0${at}:00:00Z`
    if (to !== undefined) leg.arrivalDateTime = `${to}T0${at}:00:00Z`
  }
  for (const container of consignment.containers ?? []) container.id = box
  return { ...declaration, particulars: {} }
}

/** The world of the movement tests: two who tell, and a broker whose goods they are. */
export async function openDesk() {
  const world = await openWorld({ adapters: {} })
  const ship = await makeKey(world.database, { name: 'ship', role: 'carrier', tenant: 'TEST-LINE' })
  const port = await makeKey(world.database, { name: 'port', role: 'carrier', tenant: 'TEST-PORT' })

  /** Hands it in. @returns its id */
  async function declare(box: string, way?: Way): Promise<string> {
    const { status, body } = await world.post(shipped(box, way))
    expect({ status, errors: body.errors }).toMatchObject({ status: 202 })
    return body.id
  }
  /** Tells events, and gives what became of each. */
  async function tell(events: readonly unknown[], key = ship) {
    const response = await world.call('POST', '/v1/movements', { key, body: { events } })
    expect(response.status).toBe(207)
    return movementsAnswer.parse(await response.json()).results
  }
  const outcomes = async (events: readonly unknown[], key?: string) =>
    (await tell(events, key)).map(({ status, result }) => `${status} ${result}`)
  async function whereabouts(id: string): Promise<DeclarationMovements> {
    const response = await world.call('GET', `/v1/declarations/${id}/movements`)
    expect(response.status).toBe(200)
    return declarationMovements.parse(await response.json())
  }
  /** What the timeline of a declaration tells of its goods, oldest first. */
  const told = async (id: string): Promise<string[]> => {
    await tellMovements(world.database, adapters, new Date(world.now()))
    const { timeline = [] } = await world.read(id)
    return timeline.flatMap(({ type, data }) =>
      type.startsWith('yuchuang.movement.') ? [`${type.slice(18)} ${(data as { eventID: string }).eventID}`] : [],
    )
  }
  return { world, ship, port, declare, tell, outcomes, whereabouts, told }
}
