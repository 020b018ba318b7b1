import type { EventLine, ProofLine } from '../../schemas/export.ts'
import { type Binding, readBinding } from './bind.ts'
import { Broken } from './broken.ts'
import { beginning, eventHash } from './hash.ts'
import { dayOf } from './seal.ts'

/** Something that is kept of a declaration, and how it must be bound. */
export interface Piece extends Binding {
  /** Names it to a person. */
  readonly what: string
}

interface Bound extends Binding {
  readonly event: number
}

/**
 * The chain of one declaration 一票之链, event by event; then what was kept against what the events bind, and its head of each
 * sealed day against the proofs.
 */
export class ChainCheck {
  readonly #declarationId: string
  readonly #hashes = new Set<string>()
  /** The newest event of each day. */
  readonly #heads = new Map<string, { readonly number: number; readonly hash: string }>()
  readonly #bound = new Map<string, Bound>()
  #count = 0
  #head = beginning

  constructor(declarationId: string) {
    this.#declarationId = declarationId
  }

  get count(): number {
    return this.#count
  }

  #broken(what: string, place: { event?: number; record?: string; day?: string } = {}): Broken {
    return new Broken({ declarationId: this.#declarationId, ...place }, what)
  }

  /** @throws {Broken} */
  next(event: EventLine): void {
    const { number, hash, at } = event
    const expected = this.#count + 1
    if (number !== expected)
      throw this.#broken(number > expected ? `is missing: ${number} comes instead` : `has the number ${number}`, {
        event: expected,
      })
    if (eventHash(this.#head, this.#declarationId, event) !== hash)
      throw this.#broken('its content and the hash of the event before do not give its hash', { event: number })
    for (const [place, text] of event.binds.entries()) {
      const binding = readBinding(text, at)
      if (binding === undefined) throw this.#broken(`binds what cannot be read: ${text}`, { event: number })
      this.#bound.set(slotOf(binding, `${number}.${place}`), { ...binding, event: number })
    }
    this.#count = number
    this.#head = hash
    this.#hashes.add(hash)
    this.#heads.set(dayOf(at), { number, hash })
  }

  /** Where the chain is said to end. @throws {Broken} */
  end(said: { readonly eventCount: number; readonly head: string }): void {
    if (said.eventCount > this.#count)
      throw this.#broken(`is missing: there are said to be ${said.eventCount}, the tail was cut`, {
        event: this.#count + 1,
      })
    if (said.eventCount < this.#count)
      throw this.#broken(`there are said to be only ${said.eventCount} events: it was added`, {
        event: said.eventCount + 1,
      })
    if (said.head !== this.#head)
      throw this.#broken(`the chain is said to end with ${said.head}, not with ${this.#head}`, { event: this.#count })
    if (this.#count === 0) throw this.#broken('is missing: a declaration has one at least', { event: 1 })
  }

  /** Everything that is kept must be bound as it is, and everything bound must be kept. @throws {Broken} */
  kept(pieces: readonly Piece[]): void {
    const open = Map.groupBy(this.#bound.values(), contentOf)
    const unbound: Piece[] = []
    for (const piece of pieces) if (open.get(contentOf(piece))?.shift() === undefined) unbound.push(piece)
    const [missing] = [...open.values()].flat().sort((a, b) => a.event - b.event)
    if (missing !== undefined) {
      const instead = unbound.find(
        ({ kind, key }) => kind === missing.kind && (isNamed(kind) ? key === missing.key : true),
      )
      const name = isNamed(missing.kind) ? `${missing.kind} ${missing.key}` : `a ${missing.kind}`
      throw this.#broken(
        instead === undefined
          ? `binds ${name} that is not there (${missing.digest})`
          : `binds ${name} otherwise than it is: ${instead.what}`,
        { event: missing.event, record: missing.kind },
      )
    }
    const [extra] = unbound
    if (extra !== undefined) throw this.#broken(`no event binds ${extra.what}`, { record: extra.kind })
  }

  /**
   * Its head at the end of each sealed day.
   * @param sealed whether there is a seal of a day that can be read here
   * @throws {Broken}
   */
  sealed(proofs: readonly ProofLine[], sealed: (day: string) => boolean): void {
    let before = ''
    for (const { day, head } of proofs) {
      if (day <= before) throw this.#broken('its proofs are not one a day, in order', { day })
      before = day
      const mine = this.#heads.get(day)
      if (mine?.hash === head) continue
      throw this.#hashes.has(head)
        ? this.#broken(`the seal has another event as the day’s last than ${mine?.number ?? 'none'}`, { day })
        : this.#broken(`the seal has a head that no event here has: the tail was cut or written anew`, {
            event: mine?.number ?? this.#count + 1,
            day,
          })
    }
    const proved = new Set(proofs.map(({ day }) => day))
    for (const [day, { number }] of this.#heads)
      if (!proved.has(day) && sealed(day))
        throw this.#broken('its day is sealed, but not with it', { event: number, day })
  }
}

/** Whether a kind's newest binding counts; the others are all there for ever. */
const isNamed = (kind: Binding['kind']) => kind !== 'message' && kind !== 'receipt'
const contentOf = ({ kind, key, digest, at }: Binding) => `${kind} ${isNamed(kind) ? key : ''} ${digest} ${at ?? ''}`
const slotOf = ({ kind, key }: Binding, place: string) => `${kind} ${key === '-' && !isNamed(kind) ? place : key}`
