import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { ProofLine, SealLine } from '../../schemas/export.ts'
import { Broken } from './broken.ts'
import { digestOf } from './hash.ts'
import { leafHash, rootOfPath } from './merkle.ts'

/** What a seal's hash covers: the day, how many declarations changed in it, their root, and the seal before. */
export type Sealing = Pick<SealLine, 'day' | 'count' | 'root' | 'previous' | 'at'>

export const sealHash = ({ day, count, root, previous, at }: Sealing): string =>
  digestOf('seal', day, count, root, previous, at)

/** The leaf of a declaration in a day's tree: who it is and where its chain stood when the day ended. */
export const leafOf = (declarationId: string, head: string): Buffer =>
  leafHash(JSON.stringify(['head', declarationId, head]))

/** The day (UTC) an instant lies in. */
export const dayOf = (at: string): string => at.slice(0, 10)

/** Signs seals with an operator's key, so that a copy can be held against its public half. */
export interface Signer {
  /** The public key, raw, in base64url. */
  readonly key: string
  sign(hash: string): string
}

/** @param text an Ed25519 private key: PKCS #8, as PEM or as base64 of DER. @throws {Error} when it is none */
export function signerOf(text: string): Signer {
  const pem = text.includes('-----BEGIN')
  const key = createPrivateKey(pem ? text : { key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`An Ed25519 key is wanted, not ${key.asymmetricKeyType}`)
  return {
    key: createPublicKey(key).export({ format: 'jwk' }).x ?? '',
    sign: (hash) => sign(null, Buffer.from(hash), key).toString('base64url'),
  }
}

const publicKeyOf = (raw: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' })

/** @returns undefined when the text is not what these bytes are written as */
function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

/** Whether a hash was signed with a key: raw, both in base64url. */
export function isSigned({ hash, signature, key }: Pick<SealLine, 'hash' | 'signature' | 'key'>): boolean {
  const bytes = bytesOf(signature ?? '')
  if (bytes === undefined || bytesOf(key ?? '') === undefined) return false
  try {
    return verify(null, Buffer.from(hash), publicKeyOf(key ?? ''), bytes)
  } catch {
    // Not a key at all.
    return false
  }
}

/** What a reader knows from elsewhere and holds seals against. */
export interface Pins {
  /** Public key the newest seal must be signed with: the chain makes it vouch for all before, whoever signed those. */
  readonly key?: string | undefined
  /** Hash of a seal that must be among them: published, printed, kept by somebody else. */
  readonly seal?: string | undefined
}

/**
 * Checks seals one after the other, in the order of their days.
 * @param first what stands before the first; undefined when only the end of the chain is at hand
 */
export function checkSeals(first: string | undefined, pins: Pins) {
  let before: SealLine | undefined
  let pinned = pins.seal === undefined
  return {
    /** @throws {Broken} */
    next(seal: SealLine): void {
      const broken = (what: string) => new Broken({ day: seal.day }, what)
      const previous = before?.hash ?? first
      if (before !== undefined && seal.day <= before.day) throw broken(`follows the seal of ${before.day}`)
      if (previous !== undefined && seal.previous !== previous)
        throw broken(
          before === undefined
            ? 'is not the first: what comes before it is missing'
            : `does not follow the seal of ${before.day}: one is missing, or was changed`,
        )
      if (sealHash(seal) !== seal.hash) throw broken('its content does not give its hash')
      if ((seal.signature === null) !== (seal.key === null) || (seal.key !== null && !isSigned(seal)))
        throw broken('its signature is not that of its key')
      pinned ||= seal.hash === pins.seal
      before = seal
    },
    /** @throws {Broken} when they do not end under the key, or the seal that was to be among them is not */
    end(): SealLine | undefined {
      if (!pinned) throw new Broken({}, `no seal has the hash ${pins.seal}`)
      if (pins.key !== undefined && before?.key !== pins.key)
        throw new Broken(
          before === undefined ? {} : { day: before.day },
          before === undefined
            ? 'there is no seal the key could be held against'
            : before.key === null
              ? 'the newest seal is not signed'
              : `the newest seal is signed with another key: ${before.key}`,
        )
      return before
    },
  }
}

/** Whether a proof leads to its day's seal. @throws {Broken} */
export function checkProof(declarationId: string, proof: ProofLine, seal: SealLine | undefined): void {
  const broken = (what: string) => new Broken({ declarationId, day: proof.day }, what)
  if (seal === undefined) throw broken('there is a proof, but no seal')
  const path = proof.path.map(bytesOf).filter((sibling) => sibling !== undefined)
  const root =
    path.length === proof.path.length
      ? rootOfPath(leafOf(declarationId, proof.head), proof.position, seal.count, path)
      : undefined
  if (root?.toString('base64url') !== seal.root) throw broken('its proof does not lead to the root of the seal')
}
