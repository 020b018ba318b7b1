import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Seals secrets that must be kept so that they can sign: a database read by somebody else gives none away. */
export interface Vault {
  /** @param owner what it belongs to: sealed for one endpoint, it opens for no other */
  seal(secret: string, owner: string): string
  /** @throws {SealedWithAnotherKey} */
  open(sealed: string, owner: string): string
  /** Whether there is a key at all; without one secrets are kept as they are. */
  readonly locked: boolean
}

/** It was sealed with a key this process does not have. The operator's matter. */
export class SealedWithAnotherKey extends Error {
  override readonly name = 'SealedWithAnotherKey'
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/** @param keys 32 bytes each; the first seals, all open, so that an operator can change keys: `[new, old]` */
export function createVault(keys: readonly Buffer[]): Vault {
  const named = keys.map((key) => ({ key, name: createHash('sha256').update(key).digest('hex').slice(0, 8) }))
  const [first] = named
  return {
    locked: first !== undefined,
    seal(secret, owner) {
      if (first === undefined) return `plain.${secret}`
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, first.key, iv).setAAD(Buffer.from(owner))
      const bytes = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${first.name}.${bytes.toString('base64')}`
    },
    open(sealed, owner) {
      const [name, rest] = [sealed.slice(0, sealed.indexOf('.')), sealed.slice(sealed.indexOf('.') + 1)]
      if (name === 'plain') return rest
      const found = named.find((one) => one.name === name)
      if (found === undefined) throw new SealedWithAnotherKey(`Sealed with key ${name}`)
      const bytes = Buffer.from(rest, 'base64')
      try {
        const iv = bytes.subarray(0, ivBytes)
        const decipher = createDecipheriv(algorithm, found.key, iv, { authTagLength: tagBytes })
          .setAAD(Buffer.from(owner))
          .setAuthTag(bytes.subarray(-tagBytes))
        return `${decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8')}${decipher.final('utf8')}`
      } catch (cause) {
        throw new SealedWithAnotherKey(`What ${owner} was sealed with does not open it`, { cause })
      }
    },
  }
}
