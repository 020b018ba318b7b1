// @ts-check
// Brings what changes on a page up to date by itself: every element marked `data-live`, found again by its id in the page as it is now.
// What is being used is left alone until it is not.

const everyMs = 3_000
const status = /** @type {HTMLElement | null} */ (document.querySelector('[data-live-says]'))
let isPaused = false
let isAsking = false

async function look() {
  if (isPaused || isAsking || document.hidden) return
  isAsking = true
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (answer.ok) renew(new DOMParser().parseFromString(await answer.text(), 'text/html'))
  } catch {
    // The next look may find it again.
  } finally {
    isAsking = false
  }
}

/** @param {Document} now */
function renew(now) {
  let isNew = false
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = now.getElementById(part.id)
    if (fresh === null || fresh.innerHTML === part.innerHTML || part.contains(document.activeElement)) continue
    part.replaceChildren(...fresh.childNodes)
    isNew = true
  }
  if (isNew && status !== null) say(status.dataset['liveSays'] ?? '')
}

/** @param {string} text */
function say(text) {
  const said = document.getElementById('live-said')
  if (said !== null) said.textContent = text
}

if (status !== null) {
  const said = document.createElement('span')
  said.id = 'live-said'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.textContent = status.dataset['livePause'] ?? ''
  button.addEventListener('click', () => {
    isPaused = !isPaused
    button.textContent = (isPaused ? status.dataset['liveResume'] : status.dataset['livePause']) ?? ''
  })
  status.before(button)
  status.append(said)
}
setInterval(() => void look(), everyMs)
