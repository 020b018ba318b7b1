/** The book of an issuer 发证台账: its certificates, what is booked on each, and what it has against a use. The same for every issuer, in no one's words. */
import { Big } from 'big.js'

/** A certificate in the register. */
export interface Certificate {
  readonly number: string
  readonly type: string
  readonly holder: string
  readonly direction: 'import' | 'export' | 'both'
  /** Beginnings of HS codes. */
  readonly goods: readonly string[]
  /** Empty: any. */
  readonly origins: readonly string[]
  readonly offices: readonly string[]
  /** Days before and after the issuer's world began; without them it always holds. */
  readonly valid?: { readonly from: number; readonly to: number }
  readonly status: 'active' | 'void'
  /** In `unit`; absent: not for a quantity. */
  readonly quantity?: string
  readonly unit?: string
  readonly amount?: string
  readonly currency?: string
  /** How often it may be used; absent: without limit. */
  readonly uses?: number
  /** By how many per cent the quantity may be exceeded. */
  readonly tolerance?: string
  /** The body that issued it, and what it found, where it is a report. */
  readonly body?: string
  readonly conforms?: boolean
}

/** What somebody wants to use. */
export interface Wanted {
  readonly type: string
  readonly number: string
  readonly holder: string
  readonly direction: string
  readonly office: string
  readonly goods: readonly {
    readonly hs: string
    readonly origin: string
    readonly measures: readonly { readonly amount: string; readonly unit: string }[]
    readonly amount: string
    readonly currency: string
  }[]
}

/** What stands against it; `line` from 0. */
export type Reason =
  | 'unknown'
  | 'void'
  | 'holder'
  | 'goods'
  | 'office'
  | 'quantity'
  | 'used-up'
  | 'direction'
  | 'origin'
  | 'amount'
  | 'unit'
  | 'not-conforming'
  | 'released'
export interface Objection {
  readonly reason: Reason
  readonly line?: number
}

interface Booking {
  readonly id: string
  readonly certificate: Certificate
  readonly quantity: Big
  readonly amount: Big
  /** What of it counts beside the booking it replaces. */
  held: Big
  heldAmount: Big
  heldUses: number
  state: 'reserved' | 'committed' | 'released'
  readonly reference: string
  readonly replaces: string | undefined
}

/** Units of one kind, each in how many of the first: the office's own table. */
export type Units = readonly { readonly [unit: string]: string }[]

const dayMs = 86_400_000

export function openBook(certificates: readonly Certificate[], units: Units, openedAt: number) {
  const register = new Map(certificates.map((one) => [`${one.type} ${one.number}`, one]))
  const bookings = new Map<string, Booking>()
  /** Given back before they were ever booked: one that comes late is refused. */
  const cancelled = new Set<string>()
  let serial = 0

  const find = (type: string, number: string) => register.get(`${type} ${number}`)
  const sums = new Map<Certificate, { quantity: Big; amount: Big; uses: number }>()
  const taken = (certificate: Certificate) =>
    sums.get(certificate) ?? { quantity: new Big(0), amount: new Big(0), uses: 0 }
  /** Sets what a booking holds; the sum of its certificate follows. */
  const hold = (booking: Booking, quantity: Big, amount: Big, uses: number) => {
    const before = taken(booking.certificate)
    sums.set(booking.certificate, {
      quantity: before.quantity.plus(quantity).minus(booking.held),
      amount: before.amount.plus(amount).minus(booking.heldAmount),
      uses: before.uses + uses - booking.heldUses,
    })
    Object.assign(booking, { held: quantity, heldAmount: amount, heldUses: uses })
  }
  /** Quantity wanted in the unit of the certificate; the line that cannot be converted. */
  const measured = (wanted: Wanted, unit: string): Big | number => {
    let total = new Big(0)
    for (const [line, { measures }] of wanted.goods.entries()) {
      const found = measures.flatMap(({ amount, unit: from }) => {
        const kind =
          from === unit ? { [unit]: '1' } : units.find((one) => one[from] !== undefined && one[unit] !== undefined)
        return kind === undefined ? [] : [new Big(amount).times(kind[from] ?? '1').div(kind[unit] ?? '1')]
      })[0]
      if (found === undefined) return line
      total = total.plus(found)
    }
    return total
  }
  const isValid = ({ valid, status }: Certificate, now: number) =>
    status === 'active' &&
    (valid === undefined || (now >= openedAt + valid.from * dayMs && now <= openedAt + valid.to * dayMs))

  /** What stands against a use, as things are now. */
  const examine = (wanted: Wanted, now: number, replaces?: string) => {
    const certificate = find(wanted.type, wanted.number)
    if (certificate === undefined) return { objections: [{ reason: 'unknown' }] as Objection[] }
    if (certificate.holder !== wanted.holder) return { objections: [{ reason: 'holder' }] as Objection[] }
    const { direction, offices, origins, goods, unit, quantity, amount, uses, tolerance = '0' } = certificate
    const objections: Objection[] = []
    if (!isValid(certificate, now)) objections.push({ reason: 'void' })
    if (certificate.conforms === false) objections.push({ reason: 'not-conforming' })
    if (direction !== 'both' && direction !== wanted.direction) objections.push({ reason: 'direction' })
    if (offices.length > 0 && !offices.includes(wanted.office)) objections.push({ reason: 'office' })
    for (const [line, one] of wanted.goods.entries()) {
      if (!goods.some((prefix) => one.hs.startsWith(prefix))) objections.push({ reason: 'goods', line })
      if (origins.length > 0 && !origins.includes(one.origin)) objections.push({ reason: 'origin', line })
    }
    const replaced = replaces === undefined ? undefined : bookings.get(replaces)
    const base = replaced?.state === 'released' || replaced?.certificate !== certificate ? undefined : replaced
    const before = taken(certificate)
    const beyond = (want: Big, held: Big | undefined) => {
      const more = want.minus(held ?? 0)
      return more.gt(0) ? more : new Big(0)
    }
    let [wantedQuantity, wantedAmount] = [new Big(0), new Big(0)]
    if (quantity !== undefined && unit !== undefined) {
      const total = measured(wanted, unit)
      if (typeof total === 'number') objections.push({ reason: 'unit', line: total })
      else {
        wantedQuantity = total
        const most = new Big(quantity).times(new Big(tolerance).plus(100)).div(100)
        if (before.quantity.plus(beyond(total, base?.held)).gt(most)) objections.push({ reason: 'quantity' })
      }
    }
    if (amount !== undefined) {
      wantedAmount = wanted.goods.reduce((sum, one) => sum.plus(one.amount === '' ? 0 : one.amount), new Big(0))
      const foreign = wanted.goods.some(({ currency }) => currency !== '' && currency !== certificate.currency)
      if (foreign || before.amount.plus(beyond(wantedAmount, base?.heldAmount)).gt(amount))
        objections.push({ reason: 'amount' })
    }
    const another = base !== undefined && base.heldUses > 0 ? 0 : 1
    if (uses !== undefined && before.uses + another > uses) objections.push({ reason: 'used-up' })
    return {
      certificate,
      objections,
      take: {
        quantity: wantedQuantity,
        amount: wantedAmount,
        held: beyond(wantedQuantity, base?.held),
        heldAmount: beyond(wantedAmount, base?.heldAmount),
        heldUses: another,
      },
    }
  }
  return {
    find,
    taken,
    examine,
    booking: (id: string) => bookings.get(id),
    /** Books a use: the same number again gets the same booking. `fresh` when it is new. */
    reserve(id: string, wanted: Wanted, now: number, replaces?: string) {
      const known = bookings.get(id)
      if (known !== undefined && known.state !== 'released')
        return { booking: known, objections: [] as Objection[], fresh: false }
      if (cancelled.has(id) || known !== undefined)
        return { objections: [{ reason: 'released' }] as Objection[], fresh: false }
      const { certificate, objections, take } = examine(wanted, now, replaces)
      if (certificate === undefined || take === undefined || objections.length > 0)
        return { objections, certificate, fresh: false }
      serial += 1
      const nothing = { held: new Big(0), heldAmount: new Big(0), heldUses: 0 }
      const { quantity, amount, held, heldAmount, heldUses } = take
      const reference = `B${String(serial).padStart(8, '0')}`
      const booking: Booking = { id, certificate, quantity, amount, ...nothing, state: 'reserved', reference, replaces }
      bookings.set(id, booking)
      hold(booking, held, heldAmount, heldUses)
      return { booking, objections, certificate, fresh: true }
    },
    /** Writes a booking off. `fresh` when it was not yet. */
    commit(id: string) {
      const booking = bookings.get(id)
      if (booking === undefined || booking.state === 'released') return undefined
      const fresh = booking.state === 'reserved'
      booking.state = 'committed'
      return { booking, fresh }
    },
    /** Gives a booking back; another takes over what it held where one is named. */
    release(id: string, successor?: string) {
      const booking = bookings.get(id)
      if (booking === undefined) {
        cancelled.add(id)
        return undefined
      }
      if (booking.state === 'released') return { booking, fresh: false, was: booking.state }
      const was = booking.state
      booking.state = 'released'
      hold(booking, new Big(0), new Big(0), 0)
      const next = successor === undefined ? undefined : bookings.get(successor)
      if (next !== undefined && next.replaces === id && next.state !== 'released')
        hold(next, next.quantity, next.amount, 1)
      return { booking, fresh: true, was }
    },
    /** Validity as days, for a certificate that has it. */
    days({ valid }: Certificate) {
      const day = (offset: number) => new Date(openedAt + offset * dayMs + 8 * 3_600_000).toISOString().slice(0, 10)
      return valid === undefined
        ? { from: '2019-11-01', to: '2099-12-31' }
        : { from: day(valid.from), to: day(valid.to) }
    },
  }
}
export type Book = ReturnType<typeof openBook>
