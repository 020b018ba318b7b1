// @ts-check
/**
 * Checks a published draw in the browser 浏览器内核验: the same arithmetic as `npm run draw:verify`, written a second time, on the file as it comes.
 */

/** @typedef {{ number: number, lot: string, ppm: number, rules: object, excused: string[], early: boolean, hash: string, selected: boolean, officers: string[] }} Lot */
/** @typedef {{ officers: string[], officersDrawn: number, seedHash: string } & Record<string, unknown>} Head */

const encoder = new TextEncoder()
/** @param {Uint8Array<ArrayBuffer>} bytes */
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
/** @param {Uint8Array} bytes */
const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
/** @param {string} hex */
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/**
 * RFC 8785.
 * @param {unknown} value
 * @returns {string}
 */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, content]) => `${JSON.stringify(name)}:${canonical(content)}`).join(',')}}`
}
/** @param {unknown} value */
const hashOf = async (value) => hexOf(await sha256(encoder.encode(canonical(value))))

/**
 * RFC 9162 §2.1.1.
 * @param {Uint8Array[]} leaves
 */
async function rootOf(leaves) {
  if (leaves.length === 0) return hexOf(await sha256(new Uint8Array()))
  let level = leaves
  while (level.length > 1) {
    /** @type {Promise<Uint8Array>[]} */
    const above = []
    for (let at = 0; at < level.length; at += 2) {
      const [left = new Uint8Array(), right] = level.slice(at, at + 2)
      above.push(right === undefined ? Promise.resolve(left) : sha256(Uint8Array.from([1, ...left, ...right])))
    }
    level = await Promise.all(above)
  }
  return hexOf(level[0] ?? new Uint8Array())
}

/**
 * Whether a lot is selected, and the officers for it.
 * @param {Head} head
 * @param {CryptoKey} seed
 * @param {Lot} lot
 */
async function outcomeOf({ officers, officersDrawn }, seed, { lot, ppm, excused }) {
  /** @param {string} text */
  const keyed = async (text) => new Uint8Array(await crypto.subtle.sign('HMAC', seed, encoder.encode(text)))
  const first = BigInt(`0x${hexOf((await keyed(lot)).slice(0, 8))}`)
  if (first * 1_000_000n >= BigInt(ppm) << 64n) return { selected: false, drawn: '' }
  const ranked = await Promise.all(
    officers
      .filter((code) => !excused.includes(code))
      .map(async (code) => ({ code, rank: hexOf(await keyed(`${lot} ${code}`)) })),
  )
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return {
    selected: true,
    drawn: ranked
      .slice(0, officersDrawn)
      .map(({ code }) => code)
      .join(),
  }
}

/**
 * Works a file out again. Fails at the first thing that is not as published.
 * @param {string} text
 * @param {{ draw: string, root: string }} published
 * @returns {Promise<number>} how many lots there are
 */
async function check(text, published) {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  /** @param {string} kind */
  const only = (kind) => lines.find((line) => line.kind === kind)
  const { kind: _, ...head } = lines[0]
  const start = await hashOf(head)
  if (start !== published.draw) throw new Error('draw')
  /** @type {Lot[]} */
  const lots = lines.filter(({ kind }) => kind === 'lot')
  const { seed } = only('seed')
  if (hexOf(await sha256(bytesOf(seed))) !== head.seedHash) throw new Error('seed')
  const key = await crypto.subtle.importKey('raw', bytesOf(seed), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  let previous = start
  /** @type {Uint8Array[]} */
  const leaves = []
  for (const [at, line] of lots.entries()) {
    const { number, lot, ppm, rules, excused, early, hash, selected, officers } = line
    const [chained, outcome, leaf] = await Promise.all([
      hashOf({ previous, number, lot, ppm, rules, excused, early }),
      outcomeOf(head, key, line),
      sha256(Uint8Array.from([0, ...encoder.encode(hash)])),
    ])
    if (number !== at + 1 || chained !== hash) throw new Error(`${number}`)
    if (outcome.selected !== selected || outcome.drawn !== officers.join()) throw new Error(`${number} ${lot}`)
    leaves.push(leaf)
    previous = hash
  }
  const closing = only('closing')
  if (closing.count !== lots.length || closing.head !== previous) throw new Error('head')
  if ((await rootOf(leaves)) !== published.root || closing.root !== published.root) throw new Error('root')
  return lots.length
}

const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('button[data-check]'))
const told = document.querySelector('[data-checked]')

/**
 * Checks the file and tells how it came out.
 * @param {HTMLButtonElement} button
 * @param {Element} told
 */
async function run(button, told) {
  const { check: file = '', draw = '', root = '', working = '', right = '', wrong = '' } = button.dataset
  button.disabled = true
  told.className = ''
  told.textContent = working
  try {
    const response = await fetch(file)
    const lots = await check(await response.text(), { draw, root })
    told.textContent = `✓ ${lots} ${right}`
    told.className = 'good'
  } catch (error) {
    told.textContent = `✗ ${wrong} ${error instanceof Error ? error.message : ''}`
    told.className = 'wrong'
  }
  button.disabled = false
}

// Browsers hash only on safe pages: over TLS, or on this machine.
if (button !== null && told !== null && globalThis.crypto?.subtle !== undefined) {
  button.hidden = false
  button.addEventListener('click', () => void run(button, told))
}
