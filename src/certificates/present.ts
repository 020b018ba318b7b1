import { Big } from 'big.js'
import { useStatuses } from '../../schemas/certificates.ts'
import type { EntryRow } from '../db/certificate-ledger.ts'
import type { CertificateRow } from '../db/certificate-register.ts'
import type { UseRow } from '../db/certificates.ts'
import type { Issuers } from './ask.ts'

const nameOf = (issuers: Issuers, issuer: string) => issuers[issuer]?.name ?? { en: issuer, zh: issuer }
const iso = (at: Date | undefined, name: string) => (at === undefined ? {} : { [name]: at.toISOString() })

/** A use of a certificate as a caller reads it. */
export const presentUse = (issuers: Issuers, use: UseRow) => ({
  id: use.id,
  declarationId: use.declarationId,
  filingId: use.filingId,
  typeCode: use.typeCode,
  number: use.number,
  issuer: use.issuer,
  issuerName: nameOf(issuers, use.issuer),
  pointer: use.use.pointer,
  status: use.status,
  statusName: useStatuses[use.status],
  ...(use.asking === undefined ? {} : { asking: use.asking }),
  ...quantityOf(use),
  unknown: use.unknown && use.silentSince !== undefined,
  ...iso(use.silentSince, 'unreachableSince'),
  ...(use.silentSince === undefined ? {} : iso(use.dueAt, 'nextAttemptAt')),
  ...(use.error === undefined ? {} : { error: use.error }),
  findings: use.findings.map(({ pointer, code, detail, detailZh }) => ({ pointer, code, detail, detailZh })),
  ...(use.reference === undefined ? {} : { reference: use.reference }),
  ...(use.replaces === undefined ? {} : { replaces: use.replaces }),
  rule: ruleOf(use),
  at: use.at.toISOString(),
  updatedAt: use.updatedAt.toISOString(),
})

const quantityOf = ({ quantity, unitCode }: UseRow) =>
  quantity === undefined || unitCode === undefined ? {} : { quantity: { value: new Big(quantity).toFixed(), unitCode } }

const ruleOf = ({ rule: { table, validFrom, source } }: Pick<UseRow, 'rule'>) => ({ table, validFrom, source })

/** A certificate with its balance, for a list. */
export function presentCertificate(issuers: Issuers, certificate: CertificateRow) {
  const { typeCode, number, issuer, facts, reserved, committed, usesTaken, usesMost, seenAt, unconfirmed } = certificate
  return {
    typeCode,
    number,
    issuer,
    issuerName: nameOf(issuers, issuer),
    ...(facts === undefined ? {} : { facts }),
    ...iso(seenAt, 'seenAt'),
    unconfirmed,
    balance: {
      reserved: new Big(reserved).toFixed(),
      committed: new Big(committed).toFixed(),
      ...(facts?.quantity === undefined
        ? {}
        : {
            remaining: new Big(facts.quantity.value).minus(reserved).minus(committed).toFixed(),
            unitCode: facts.quantity.unitCode,
          }),
      usesTaken,
      ...(usesMost === undefined ? {} : { usesLeft: usesMost - usesTaken }),
    },
  }
}

export const presentEntry = ({ useId, kind, reserved, committed, uses, at }: EntryRow) => ({
  useId,
  kind,
  reserved: new Big(reserved).toFixed(),
  committed: new Big(committed).toFixed(),
  uses,
  at: at.toISOString(),
})
