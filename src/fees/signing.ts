import { generateKeyPairSync } from 'node:crypto'
import { type Signer, signerOf } from '../audit/seal.ts'
import type { Client } from '../db/database.ts'
import { keepSealedKey, readSealedKey } from '../db/editions.ts'
import { SealedWithAnotherKey, type Vault } from '../notices/vault.ts'
import { Problem } from '../problem.ts'

/** What the key was sealed for. */
const ownerOf = (publicKey: string) => `catalogue-key ${publicKey}`

/**
 * Signs editions 版次签名 with the catalogue's Ed25519 key, which is made with the first of them. To be asked under the lock of the
 * catalogue: then there is one key, whoever publishes first.
 * @throws {Problem} unavailable, when the operator's key that sealed it is not here
 */
export async function catalogueSigner(client: Client, vault: Vault, at: Date): Promise<Signer> {
  const kept = await readSealedKey(client)
  if (kept === undefined) {
    const secret = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    const signer = signerOf(secret)
    await keepSealedKey(client, { publicKey: signer.key, sealed: vault.seal(secret, ownerOf(signer.key)) }, at)
    return signer
  }
  try {
    return signerOf(vault.open(kept.sealed, ownerOf(kept.publicKey)))
  } catch (cause) {
    if (!(cause instanceof SealedWithAnotherKey)) throw cause
    throw new Problem('unavailable', {
      detail: {
        en: 'The key editions are signed with cannot be opened here',
        zh: '版次签名密钥无法开启，请联系运维人员',
      },
      cause,
    })
  }
}
