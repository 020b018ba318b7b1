/**
 * Sessions 会话: worlds that never see each other. Each has agencies, clock, seed, scripts, faults and journal of its own; the
 * default one serves whoever names none.
 */
import { randomUUID } from 'node:crypto'
import { defaultId, type Keeper, type Settings, type Snapshot } from './keeping.ts'
import { limits } from './limits.ts'
import { Refusal } from './refusal.ts'
import { type House, openWorld, type Resume, runOf, type World } from './world.ts'

export interface Session {
  readonly id: string
  readonly settings: Settings
  readonly world: World
}

export interface Sessions {
  /** The session of this id, woken where an earlier process left it. @throws {Refusal} 404 `no-such-session` */
  of(id: string): Session
  /** Its world: what every request asks for. @throws {Refusal} 404 `no-such-session` */
  worldOf(id: string): World
  /** The default session, without looking it up. */
  readonly usual: Session
  ids(): readonly string[]
  /** A session that is awake; undefined while it was not asked for since the process began. */
  awake(id: string): Session | undefined
  /** @throws {Refusal} 409 `session-exists`, 429 `session-limit` */
  create(id: string | undefined, settings: Settings): Session
  /** As it was when it was made. */
  reset(id: string): Promise<Session>
  /** @throws {Refusal} 409 `snapshot-exists`, `snapshot-limit`, `ledger-overflow` */
  snapshot(id: string, name: string | undefined): Promise<Snapshot>
  snapshots(id: string): readonly string[]
  /** As it was when the snapshot was taken. @throws {Refusal} 404 `no-such-snapshot` */
  restore(id: string, name: string): Promise<Session>
  dropSnapshot(id: string, name: string): void
  /** @throws {Refusal} 409 `default-session` */
  delete(id: string): Promise<void>
  close(): Promise<void>
}

export function createSessions(house: House, keeper: Keeper, usualSettings: Settings): Sessions {
  const asleep = new Map(keeper.found())
  const awake = new Map<string, Session>()
  /** Those of the sessions that are awake: found without a look at the session, of which a request needs nothing else. */
  const worlds = new Map<string, World>()

  const resumed = ({ mode, speed, startAt }: Settings): Resume => ({
    mode,
    speed,
    // While the simulator was away time went on, unless its start was chosen by hand or it stood still.
    at: startAt === undefined && mode !== 'frozen' ? house.timers.now() : 0,
  })
  const put = (id: string, settings: Settings, ledger = keeper.open(id), resume = resumed(settings)): Session => {
    const session = { id, settings, world: openWorld(house, settings, ledger, resume) }
    awake.set(id, session)
    worlds.set(id, session.world)
    return session
  }
  let usual = put(defaultId, usualSettings)

  const of = (id: string): Session => {
    const session = awake.get(id)
    if (session !== undefined) return session
    const settings = asleep.get(id)
    if (settings === undefined) throw noSuch(id)
    asleep.delete(id)
    return put(id, settings)
  }
  /** The world ends before its ledger is written anew: nothing of the old one may be kept in the new. */
  const replace = async (id: string, lines: Iterable<string>, resume?: Resume): Promise<Session> => {
    const { settings, world } = of(id)
    await world.close()
    const session = put(id, settings, keeper.replace(id, lines), resume)
    if (id === defaultId) usual = session
    await session.world.ready
    return session
  }

  return {
    of,
    worldOf: (id) => worlds.get(id) ?? of(id).world,
    get usual() {
      return usual
    },
    ids: () => [...awake.keys(), ...asleep.keys()],
    awake: (id) => awake.get(id),
    create(id = randomUUID(), settings) {
      if (awake.has(id) || asleep.has(id)) throw exists(id)
      if (awake.size + asleep.size > limits.sessions) throw tooMany()
      const run = settings.run ?? (settings.seed === undefined ? undefined : runOf(settings.seed))
      const whole = { ...settings, ...(run === undefined ? {} : { run }) }
      keeper.note(id, whole)
      return put(id, whole)
    },
    reset: (id) => replace(id, []),
    async snapshot(id, name = randomUUID()) {
      const { world } = of(id)
      const names = keeper.snapshots(id)
      if (names.includes(name)) throw snapshotExists(name)
      if (names.length >= limits.snapshotsOfSession) throw tooManySnapshots()
      await world.ready
      return world.clock.still(() => {
        const lines = world.ledger.lines()
        if (lines === undefined) throw forgotten()
        const { now: at, mode, speed } = world.clock.read()
        const snapshot = { name, at, real: house.timers.now(), mode, speed, lines }
        keeper.keepSnapshot(id, snapshot)
        return snapshot
      })
    },
    snapshots: (id) => keeper.snapshots(of(id).id),
    async restore(id, name) {
      const snapshot = keeper.snapshot(of(id).id, name)
      if (snapshot === undefined) throw noSnapshot(name)
      const { lines, at, mode, speed } = snapshot
      return replace(id, lines, { at, mode, speed })
    },
    dropSnapshot(id, name) {
      if (!keeper.dropSnapshot(of(id).id, name)) throw noSnapshot(name)
    },
    async delete(id) {
      if (id === defaultId) throw notTheDefault()
      const { world } = of(id)
      awake.delete(id)
      worlds.delete(id)
      await world.close()
      keeper.remove(id)
    },
    async close() {
      await Promise.all([...awake.values()].map(({ world }) => world.close()))
    },
  }
}

const noSuch = (id: string) =>
  new Refusal(404, 'no-such-session', {
    en: `There is no session ${id}; POST /control/sessions makes one`,
    zh: `没有会话 ${id}；用 POST /control/sessions 新建`,
  })
const exists = (id: string) =>
  new Refusal(409, 'session-exists', { en: `There is a session ${id} already`, zh: `会话 ${id} 已存在` })
const tooMany = () =>
  new Refusal(429, 'session-limit', {
    en: `There are ${limits.sessions} sessions, the most there may be; DELETE /control/sessions/{id} ends one`,
    zh: `会话数已达上限 ${limits.sessions}；用 DELETE /control/sessions/{id} 结束其中一个`,
  })
const notTheDefault = () =>
  new Refusal(409, 'default-session', {
    en: 'The default session cannot be deleted; it can be reset',
    zh: '默认会话不能删除，可以重置',
  })
const noSnapshot = (name: string) =>
  new Refusal(404, 'no-such-snapshot', { en: `There is no snapshot ${name}`, zh: `没有快照 ${name}` })
const snapshotExists = (name: string) =>
  new Refusal(409, 'snapshot-exists', { en: `There is a snapshot ${name} already`, zh: `快照 ${name} 已存在` })
const tooManySnapshots = () =>
  new Refusal(409, 'snapshot-limit', {
    en: `A session has at most ${limits.snapshotsOfSession} snapshots`,
    zh: `每个会话最多 ${limits.snapshotsOfSession} 个快照`,
  })
const forgotten = () =>
  new Refusal(409, 'ledger-overflow', {
    en: `More has happened in this session than memory keeps (${limits.ledgerBytes} bytes for all sessions): reset it, or start the simulator with SIMULATOR_DATA`,
    zh: `该会话的记录已超出内存上限（全部会话共 ${limits.ledgerBytes} 字节）：请重置，或以 SIMULATOR_DATA 启动模拟器`,
  })
