import { Big } from 'big.js'
import type { Issue } from '../../schemas/issue.ts'
import { totalIn } from '../../schemas/measures.ts'
import type { UseLease } from '../db/certificate-leases.ts'
import { take } from '../db/certificate-ledger.ts'
import { readCertificate } from '../db/certificate-register.ts'
import { keepHeld, lockUse, type UseRow } from '../db/certificates.ts'
import { transaction } from '../db/database.ts'
import { worded } from './ask.ts'
import { toleranceOf } from './network.ts'
import type { Office } from './tell.ts'

/**
 * Sets a use aside in our own ledger 台账, before its issuer is told: two declarations never overdraw one certificate, even where the issuer
 * errs. Done once, however often it is tried. A use that takes the place of another needs only what it wants beyond that.
 * @returns what is against it; undefined when the lease is lost
 */
export function setAside(
  { database, rules, now }: Pick<Office, 'database' | 'rules' | 'now'>,
  { id, fence }: UseLease,
): Promise<readonly Issue[] | undefined> {
  return transaction(database.pool, async (client) => {
    const locked = await lockUse(client, id)
    const use = locked.find((one) => one.id === id)
    if (use === undefined || use.fence !== fence) return undefined
    if (use.held !== undefined) return []
    const known = await readCertificate(client, use.typeCode, use.number)
    if (known?.facts === undefined) throw new Error(`${use.typeCode} ${use.number} is not known yet`)
    const { quantity } = known.facts
    const wanted = quantity === undefined ? { total: '0' } : totalIn(quantity.unitCode, use.use.lines)
    if ('line' in wanted) return [unitIssue(use, wanted.line, quantity?.unitCode ?? '')]
    const before = locked.find((one) => one.id === use.replaces && one.held !== undefined)
    const beyond = new Big(wanted.total).minus(before?.held ?? 0)
    const held = beyond.gt(0) ? beyond.toFixed() : '0'
    const uses = before !== undefined && before.heldUses > 0 ? 0 : 1
    const hsCodes = use.use.lines.map(({ hsCode }) => hsCode)
    const percent = toleranceOf(rules, now(), use.rule.tolerance, hsCodes)
    const entry = { useId: id, kind: 'reserve', reserved: held, committed: '0', uses } as const
    if (!(await take(client, use, entry, percent, new Date(now())))) {
      const { reserved, committed, usesTaken } = known
      const limit = known.usesMost
      const used = limit !== undefined && uses > 0 && usesTaken + uses > limit
      const [code, en, zh] = used
        ? ([
            'certificate-used-up',
            `By our own ledger it was used ${usesTaken} times of ${limit}`,
            `本平台台账：已使用${usesTaken}次，共${limit}次`,
          ] as const)
        : ([
            'certificate-quantity',
            `By our own ledger ${new Big(reserved).plus(committed).toFixed()} of ${quantity?.value} ${quantity?.unitCode} are taken, and ${held} are wanted (tolerance ${percent} %)`,
            `本平台台账：共${quantity?.value}${quantity?.unitCode}，已占用${new Big(reserved).plus(committed).toFixed()}，本次需${held}（溢装${percent}%）`,
          ] as const)
      return [worded(use.issuer, code, use.use.pointer, en, zh)]
    }
    await keepHeld(client, id, { quantity: wanted.total, held, heldUses: uses })
    return []
  })
}

const unitIssue = (use: UseRow, line: number, unitCode: string): Issue => {
  const { pointer = use.use.pointer, quantities = [] } = use.use.lines[line] ?? {}
  const units = quantities.map((one) => one.unitCode).join(', ')
  return worded(
    use.issuer,
    'certificate-unit',
    pointer,
    `The certificate counts ${unitCode}; declared are ${units || 'none'}`,
    `证件计量单位为${unitCode}，申报单位为${units || '无'}`,
  )
}
