// @ts-check
// A declaration as it happens: each event brings the parts of the page anew, and the timeline its newest lines.
// Numbers can be copied with a button each. Without this script the page has a link that asks for it again.

const events = /** @type {HTMLElement | null} */ (document.querySelector('[data-events]'))

/** What is said to those who listen. */
const told = document.createElement('p')
told.className = 'unseen'
told.setAttribute('role', 'status')
document.body.append(told)

/** Gives every number a button that copies it. */
function offerCopies() {
  const words = /** @type {HTMLElement | null} */ (document.querySelector('[data-copy-word]'))?.dataset
  if (words === undefined || navigator.clipboard === undefined) return
  for (const code of document.querySelectorAll('code[data-copy]')) {
    if (code.nextElementSibling?.matches('button.copy')) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy quiet'
    button.textContent = words.copyWord ?? ''
    const value = code.textContent ?? ''
    button.setAttribute('aria-label', `${words.copyWord} ${value}`)
    button.addEventListener('click', () => void copy(value, button, words))
    code.after(button)
  }
}

/**
 * @param {string} value
 * @param {HTMLButtonElement} button
 * @param {DOMStringMap} words
 */
async function copy(value, button, words) {
  await navigator.clipboard.writeText(value)
  button.textContent = words.copiedWord ?? ''
  told.textContent = `${words.copiedWord}: ${value}`
  setTimeout(() => (button.textContent = words.copyWord ?? ''), copiedMs)
}
/** How long a button says that it has copied. */
const copiedMs = 2_000

/** How long news are gathered before the page is asked for again. */
const gatherMs = 150
/** When it is tried again after the gateway turned us away. */
const turnedAwayMs = 10_000

/** @param {HTMLElement} log */
function follow(log) {
  const { events: source = '', types = '', liveWord = '', lostWord = '' } = log.dataset
  let last = Number(log.dataset.last)
  let shown = last
  /** @type {EventSource | undefined} */
  let stream
  let isWaiting = false
  let isReading = false
  const state = document.getElementById('live')

  const news = () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(read, gatherMs)
  }
  /** Asks for the page again and puts in what is new of it. */
  const read = async () => {
    if (isReading) return
    isReading = true
    isWaiting = false
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), 'text/html'))
    } finally {
      isReading = false
      if (isWaiting) void read()
    }
  }
  /** @param {Document} page */
  const show = (page) => {
    for (const part of document.querySelectorAll('[data-live]')) {
      const now = page.getElementById(part.id)
      // Whoever is in the middle of something there is not disturbed.
      if (now === null || part.contains(document.activeElement) || part.outerHTML === now.outerHTML) continue
      part.replaceWith(document.importNode(now, true))
    }
    const lines = [...page.querySelectorAll('#events li')].reverse()
    for (const line of lines) {
      const number = Number(/** @type {HTMLElement} */ (line).dataset.number)
      if (number <= shown) continue
      log.querySelector('ol')?.prepend(document.importNode(line, true))
      shown = number
    }
    offerCopies()
  }
  const open = () => {
    if (stream !== undefined) return
    // The browser resumes by itself with the last event it had (Last-Event-ID).
    stream = new EventSource(`${source}?after=${last}`)
    for (const type of types.split(' '))
      stream.addEventListener(type, (event) => {
        last = Math.max(last, Number(event.lastEventId))
        news()
      })
    stream.addEventListener('open', () => say(liveWord))
    stream.addEventListener('error', () => {
      say(lostWord)
      if (stream?.readyState !== EventSource.CLOSED) return
      // Turned away: the browser gives up, we try once more some time later.
      close()
      setTimeout(open, turnedAwayMs)
    })
  }
  /** @param {string} word */
  const say = (word) => {
    if (state !== null) state.textContent = word
  }
  const close = () => {
    stream?.close()
    stream = undefined
  }
  addEventListener('pagehide', close)
  addEventListener('pageshow', open)
  open()
}

if (events !== null) follow(events)
offerCopies()
