import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventLine } from '../../schemas/export.ts'
import { bindingOf, bindingText, readBinding } from '../../src/audit/bind.ts'
import { chain } from '../../src/audit/chain.ts'
import { ChainCheck } from '../../src/audit/check.ts'
import { beginning, digestOf, eventHash } from '../../src/audit/hash.ts'
import { growTree, leafHash, rootOfPath } from '../../src/audit/merkle.ts'

const text = fc.string({ unit: 'binary', maxLength: 20 }).map((one) => one.toWellFormed())
const happenings = fc.array(
  fc.array(
    fc.record({
      declarationId: fc.constant('D'),
      type: fc.constantFrom('filing.status', 'filing.receipt'),
      filingId: fc.option(text, { nil: undefined }),
      data: fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<unknown>),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  { minLength: 1, maxLength: 8 },
)

/** The chain a run of transactions makes. */
function chained(steps: Parameters<typeof chain>[1][]): EventLine[] {
  const events: EventLine[] = []
  for (const [step, happened] of steps.entries()) {
    const at = new Date(Date.UTC(2026, 2, 1, 0, 0, step))
    const head = { record: 'head', of: 'D', head: events.at(-1)?.hash ?? beginning, eventCount: events.length } as const
    for (const { declarationId: _, binds, ...event } of chain([head], happened, at))
      events.push({ record: 'event', ...event, at: at.toISOString(), binds: binds === '' ? [] : binds.split('\n') })
  }
  return events
}

function verify(events: readonly EventLine[]): ChainCheck {
  const check = new ChainCheck('D')
  for (const event of events) check.next(event)
  return check
}

describe('a chain', () => {
  test('verifies, whatever happened', () => {
    fc.assert(
      fc.property(happenings, (steps) => {
        const events = chained(steps)
        expect(verify(events).count).toBe(steps.flat().length)
      }),
    )
  })

  test('breaks at the event that was changed, taken out or moved', () => {
    fc.assert(
      fc.property(
        happenings,
        fc.nat(),
        fc.constantFrom('data', 'type', 'filingId', 'at', 'binds', 'hash', 'out', 'moved'),
        (steps, pick, how) => {
          const events = chained(steps)
          const at = pick % events.length
          const event = events[at] as EventLine
          const changed = {
            data: { ...event, data: `${event.data} ` },
            type: { ...event, type: `${event.type}.` },
            filingId: { ...event, filingId: event.filingId === null ? '' : null },
            at: { ...event, at: event.at.replace('2026', '2025') },
            binds: { ...event, binds: [...event.binds, 'filing F d'] },
            hash: { ...event, hash: beginning },
          }
          const tampered =
            how === 'out'
              ? events.toSpliced(at, 1)
              : how === 'moved'
                ? [...events.toSpliced(at, 1), event]
                : events.with(at, changed[how as keyof typeof changed])
          if ((how === 'out' || how === 'moved') && at === events.length - 1) return
          expect(() => verify(tampered)).toThrow(
            expect.objectContaining({ place: { declarationId: 'D', event: at + 1 } }) as Error,
          )
        },
      ),
    )
  })

  test('is one declaration’s alone', () => {
    const [first] = chained([[{ declarationId: 'D', type: 'filing.status', data: {} }]])
    expect(() => new ChainCheck('E').next(first as EventLine)).toThrow('do not give its hash')
  })
})

describe('what is hashed', () => {
  test('is the array of its parts as RFC 8785 writes it: a known answer', () => {
    expect(digestOf('a', 1, null, ['报关', true])).toBe(
      // printf '["a",1,null,["报关",true]]' | openssl sha256 -binary | basenc --base64url
      'zVdogwWQW_71iVgplP0PzNcDNgtAAa5-7OzRSFJN8lA',
    )
    const event = {
      number: 1,
      type: 't',
      filingId: null,
      data: '{}',
      at: '2026-03-01T00:00:00.000Z',
      binds: ['x', 'y'],
    }
    expect(eventHash(beginning, 'D', event)).toBe(
      digestOf(beginning, 'D', 1, 't', null, '{}', '2026-03-01T00:00:00.000Z', 'x\ny'),
    )
  })

  test('no two contents are written the same', () => {
    fc.assert(
      fc.property(fc.array(text), fc.array(text), (one, other) => {
        expect(digestOf(...one) === digestOf(...other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })
})

test('a binding is read as it was written', () => {
  const at = '2026-03-01T00:00:00.000Z'
  const line = { record: 'version', version: 2, mediaType: 'm', raw: 'r', document: null, at } as const
  const binding = bindingOf('D', line)
  expect(readBinding(bindingText(binding, at), at)).toEqual(binding)
  expect(readBinding(bindingText(binding, '2026-03-02T00:00:00.000Z'), '2026-03-02T00:00:00.000Z')).toEqual(binding)
  for (const wrong of ['', 'version', 'version 2', 'nothing 2 d', 'version 2 d a b'])
    expect(readBinding(wrong, at)).toBeUndefined()
})

describe('a Merkle tree', () => {
  const leaves = (count: number) => Array.from({ length: count }, (_, at) => leafHash(`leaf ${at}`))
  const treeOf = (all: readonly Buffer[]) => {
    const growing = growTree()
    for (const leaf of all) growing.add(leaf)
    return growing.finish()
  }

  test('has the roots of RFC 6962: known answers of its reference implementation', () => {
    const hex = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]
    const inputs = hex.map((one) => leafHash(Buffer.from(one, 'hex').toString('latin1')))
    for (const [at, root] of roots.entries()) expect(treeOf(inputs.slice(0, at + 1)).root.toString('hex')).toBe(root)
    expect(treeOf([]).root.toString('hex')).toMatch(/^e3b0c44298fc1c14/)
  })

  test('every leaf’s path leads to its root, and no other leaf’s, place’s or size’s', () => {
    for (let count = 1; count <= 40; count++) {
      const all = leaves(count)
      const tree = treeOf(all)
      for (const [position, leaf] of all.entries()) {
        const path = tree.pathOf(position)
        expect(rootOfPath(leaf, position, count, path)).toEqual(tree.root)
        expect(rootOfPath(leafHash('another'), position, count, path)).not.toEqual(tree.root)
        if (count > 1) expect(rootOfPath(leaf, position, count, path.slice(1))).not.toEqual(tree.root)
        expect(rootOfPath(leaf, position, count, [...path, leaf])).toBeUndefined()
        expect(rootOfPath(leaf, count, count, path)).toBeUndefined()
        for (const elsewhere of all.keys())
          if (elsewhere !== position) expect(rootOfPath(leaf, elsewhere, count, path)).not.toEqual(tree.root)
      }
    }
  })

  test('grows beyond what it began with', () => {
    const all = leaves(3_000)
    const tree = treeOf(all)
    for (const position of [0, 1_023, 1_024, 2_999])
      expect(rootOfPath(all[position] ?? Buffer.alloc(0), position, 3_000, tree.pathOf(position))).toEqual(tree.root)
  })
})
