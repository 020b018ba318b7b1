import { describe, expect, test } from 'vitest'
import { configFrom } from '../../src/config.ts'
import { newSecret } from '../../src/notices/signature.ts'
import { createVault, SealedWithAnotherKey } from '../../src/notices/vault.ts'

const [old, next] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]

describe('a sealed secret', () => {
  const secret = newSecret()
  const sealed = createVault([old]).seal(secret, 'A')

  test('tells nothing, and never looks the same twice', () => {
    expect(sealed).not.toContain(secret.slice(6, 20))
    expect(createVault([old]).seal(secret, 'A')).not.toBe(sealed)
  })
  test('opens with its key, also when that is no longer the first', () => {
    expect(createVault([old]).open(sealed, 'A')).toBe(secret)
    expect(createVault([next, old]).open(sealed, 'A')).toBe(secret)
  })
  test.each([
    ['with another key', [next], 'A', sealed],
    ['with none', [], 'A', sealed],
    ['for another endpoint', [old], 'B', sealed],
    ['changed', [old], 'A', `${sealed.slice(0, -6)}AAAA==`],
    ['cut short', [old], 'A', sealed.slice(0, 20)],
    ['as nothing at all', [old], 'A', ''],
  ] as const)('does not open %s', (_, keys, owner, text) => {
    expect(() => createVault(keys).open(text, owner)).toThrow(SealedWithAnotherKey)
  })
  test('kept without a key opens when there is one later', () => {
    expect(createVault([old]).open(createVault([]).seal(secret, 'A'), 'A')).toBe(secret)
  })
})

describe('the environment', () => {
  test('names keys of 32 bytes, the one that seals first', () => {
    const { webhookKeys } = configFrom({ WEBHOOK_KEYS: `${next.toString('base64')}, ${old.toString('base64')}` })
    expect(webhookKeys).toEqual([next, old])
    expect(configFrom({}).webhookKeys).toEqual([])
  })
  test.each(['short', Buffer.alloc(31).toString('base64'), `${old.toString('base64')},x`])(
    'is refused where it cannot be meant: %s',
    (text) => {
      expect(() => configFrom({ WEBHOOK_KEYS: text })).toThrow('WEBHOOK_KEYS')
    },
  )
  test('allows private addresses only when it says so', () => {
    const allowed = (text?: string) => configFrom({ ALLOW_PRIVATE_WEBHOOKS: text }).allowPrivateWebhooks
    expect([allowed(), allowed(''), allowed('false'), allowed('true')]).toEqual([false, false, false, true])
    expect(() => allowed('yes')).toThrow('ALLOW_PRIVATE_WEBHOOKS')
  })
})
