// @ts-check
// Fields that choose from a code list 代码表: what fits is found as one types, by code or by name (ARIA combobox pattern, list popup).
// Without this a field takes the code itself, and a link beside it leads to the list.

/** @typedef {{ code: string, zh?: string, en?: string, [column: string]: unknown }} Row */

const pauseMs = 150
const shown = 12
const isChinese = document.documentElement.lang.startsWith('zh')
/** @param {number} count @param {boolean} hasMore */
const countOf = (count, hasMore) =>
  isChinese
    ? count === 0
      ? '没有匹配的代码'
      : `${hasMore ? '至少 ' : ''}${count} 项`
    : `${hasMore ? 'More than ' : ''}${count} found`

let made = 0

/** @param {HTMLInputElement} input */
function enhance(input) {
  if (input.getAttribute('role') === 'combobox') return
  const list = input.dataset['codes'] ?? ''
  const column = input.dataset['codeColumn'] ?? 'code'
  const id = `codes-${++made}`

  const popup = document.createElement('ul')
  popup.id = id
  popup.className = 'options'
  popup.setAttribute('role', 'listbox')
  popup.setAttribute('aria-label', list)
  popup.hidden = true
  const said = document.createElement('span')
  said.className = 'unseen'
  said.setAttribute('role', 'status')
  input.after(popup, said)
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-expanded', 'false'],
    ['aria-controls', id],
    ['autocapitalize', 'none'],
    ['spellcheck', 'false'],
  ])
    input.setAttribute(name ?? '', value ?? '')
  // What is sought may be longer than a code.
  input.removeAttribute('maxlength')

  /** @type {Row[]} */
  let rows = []
  let active = -1
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting
  /** @type {AbortController | undefined} */
  let asking

  /** @param {Row} row */
  const nameOf = (row) => (isChinese ? (row.zh ?? row.en) : (row.en ?? row.zh)) ?? ''
  /** @param {string} text */
  const mean = (text) => {
    const beside = input.parentElement?.querySelector('small.code')
    if (!beside) return
    let output = beside.querySelector('output')
    if (output === null) {
      output = document.createElement('output')
      beside.prepend(output, ' ')
    }
    output.textContent = text
  }
  const close = () => {
    clearTimeout(waiting)
    asking?.abort()
    popup.hidden = true
    active = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  /** @param {number} to */
  const move = (to) => {
    const options = [...popup.children]
    active = options.length === 0 ? -1 : (to + options.length) % options.length
    for (const [at, option] of options.entries()) option.setAttribute('aria-selected', String(at === active))
    const option = options[active]
    if (option === undefined) input.removeAttribute('aria-activedescendant')
    else {
      input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
  }
  /** @param {Row | undefined} row */
  const choose = (row) => {
    if (row === undefined) return
    input.value = String(row[column])
    close()
    mean(nameOf(row))
    said.textContent = `${input.value} ${nameOf(row)}`
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  /** @param {boolean} hasMore */
  const show = (hasMore) => {
    popup.replaceChildren(
      ...rows.map((row, at) => {
        const option = document.createElement('li')
        option.id = `${id}-${at}`
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        const code = document.createElement('strong')
        code.textContent = String(row[column])
        option.append(code, ` ${nameOf(row)}`)
        option.addEventListener('click', () => choose(row))
        return option
      }),
    )
    active = -1
    input.removeAttribute('aria-activedescendant')
    popup.hidden = rows.length === 0
    input.setAttribute('aria-expanded', String(rows.length > 0))
    said.textContent = countOf(rows.length, hasMore)
    const same = rows.find((row) => row[column] === input.value)
    mean(same === undefined ? '' : nameOf(same))
  }
  const find = async () => {
    asking?.abort()
    const mine = new AbortController()
    asking = mine
    const query = new URLSearchParams({ q: input.value.trim(), limit: String(shown) })
    try {
      const response = await fetch(`/v1/codes/${list}?${query}`, { signal: mine.signal })
      if (!response.ok || mine.signal.aborted) return
      const { data, hasMore } = /** @type {{ data: Row[], hasMore: boolean }} */ (await response.json())
      const seen = new Set()
      rows = data.filter((row) => typeof row[column] === 'string' && !seen.has(row[column]) && seen.add(row[column]))
      if (document.activeElement === input) show(hasMore)
    } catch {
      // Nothing is found while nothing answers: the field still takes a code.
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(waiting)
    mean('')
    if (input.value.trim() === '') close()
    else waiting = setTimeout(find, pauseMs)
  })
  input.addEventListener('keydown', (event) => {
    const isOpen = !popup.hidden
    if (event.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (isOpen) move(active === -1 && step === -1 ? -1 : active + step)
      else void find().then(() => move(step === 1 ? 0 : -1))
    } else if (event.key === 'Enter' && isOpen && active >= 0) {
      event.preventDefault()
      choose(rows[active])
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      close()
    } else if (event.key === 'Tab' && isOpen && active >= 0) choose(rows[active])
  })
  input.addEventListener('blur', close)
  popup.addEventListener('mousedown', (event) => event.preventDefault())
}

const isCodes = (/** @type {EventTarget | null} */ one) =>
  one instanceof HTMLInputElement && one.dataset['codes'] !== undefined
for (const input of document.querySelectorAll('input[data-codes]'))
  if (input instanceof HTMLInputElement) enhance(input)
// Fields that come later: rows that a script adds, steps it brings.
document.addEventListener('focusin', ({ target }) => {
  if (isCodes(target)) enhance(/** @type {HTMLInputElement} */ (target))
})
