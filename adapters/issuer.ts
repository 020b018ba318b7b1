import type { CertificateFacts, CertificateFinding, CertificateUse } from '../schemas/certificates.ts'
import type { Text } from '../schemas/text.ts'
import type { Reply, WireMessage } from './adapter.ts'

/** What is asked of an issuer about one certificate. */
export interface Asked {
  /** Our own number of the reservation: [0-9A-Z], 20 characters. An issuer does a thing once for it, however often it is asked. */
  readonly id: string
  readonly use: CertificateUse
  /** The trader's own number of its declaration. */
  readonly traderReference: string
  /** The reservation this one is to take the place of: what that holds counts as free. */
  readonly replaces?: string
  /** RFC 3339. */
  readonly instant: string
}

/** A reservation that was asked for, to be committed, given back or asked about. */
export interface Booked {
  readonly id: string
  readonly typeCode: string
  readonly number: string
  readonly traderReference: string
  /** Given back in favour of this reservation: what it held passes on in the same step. */
  readonly successor?: string
  readonly instant: string
}

/** One thing an issuer has against it, in our code and its own words. */
export interface Objection {
  readonly code: CertificateFinding
  /** The line of goods it speaks of, from 0. */
  readonly line?: number
  readonly theirCode: string
  readonly words: string
}

/** What an issuer said. Only an explicit yes is yes; `not-here`: it knows no such reservation; `unrecognised`: a code nobody has told us of. */
export interface Said {
  readonly verdict: 'yes' | 'no' | 'not-here' | 'unrecognised'
  readonly code: string
  readonly text: string
  readonly objections: readonly Objection[]
  /** How the reservation stands there, where the answer is about one. */
  readonly state?: 'reserved' | 'committed' | 'released'
  /** The issuer's own number of it. */
  readonly reference?: string
  /** As the issuer describes the certificate, told to its holder only. */
  readonly certificate?: CertificateFacts
}

/**
 * The dialect of one issuer of certificates 发证机关, the second kind of adapter. A pure value like the first: no network, clock, random,
 * database or environment. All five are safe to repeat: the issuer knows our number.
 */
export interface Issuer {
  readonly name: Text
  /** Whether the certificate is there, is who's and what's it should be, and has enough left. Reserves nothing. */
  encodeVerify(asked: Asked): WireMessage
  /** Sets aside what is asked for 预留. */
  encodeReserve(asked: Asked): WireMessage
  /** Writes off what was set aside 核销. */
  encodeCommit(booked: Booked): WireMessage
  /** Gives back what was set aside, or reverses what was written off 释放; a reservation that comes after its release is refused. */
  encodeRelease(booked: Booked): WireMessage
  /** How a reservation stands, after an answer that never came. */
  encodeInquiry(booked: Booked): WireMessage
  /** @throws {Unintelligible} when the bytes are no answer of this issuer at all */
  decode(reply: Reply): Said
}
