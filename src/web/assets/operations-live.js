// @ts-check
// Brings what changed into a page that shows something under way: in place, what was being done on it kept.

const region = /** @type {HTMLElement | null} */ (document.querySelector('[data-live]'))
const everyMs = Number(region?.dataset['live'] ?? 0) * 1000
const longestMs = 60_000

/** Whether somebody is at work in the region: then nothing is taken from under their hands. */
const isBusy = () =>
  region !== null && (region.contains(document.activeElement) || !document.getSelection()?.isCollapsed)

/** @param {ParentNode} within */
const statusIn = (within) => within.querySelector('[role=status]')

/** @param {string} page */
function bring(page) {
  if (region === null) return false
  const fresh = new DOMParser().parseFromString(page, 'text/html')
  const next = fresh.querySelector('[data-live]')
  // It is over: the page as it stands then has no region that changes.
  if (next === null) {
    location.reload()
    return false
  }
  const [said, says] = [statusIn(region), statusIn(next)]
  if (said !== null && says !== null && said.textContent === says.textContent) says.replaceWith(said)
  if (region.innerHTML !== next.innerHTML) region.replaceChildren(...next.childNodes)
  return true
}

let pauseMs = everyMs
async function look() {
  let goesOn = true
  try {
    if (document.visibilityState === 'visible' && !isBusy()) {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
      if (answer.redirected) location.reload()
      else if (answer.ok) goesOn = bring(await answer.text())
      pauseMs = answer.ok ? everyMs : Math.min(pauseMs * 2, longestMs)
    }
  } catch {
    pauseMs = Math.min(pauseMs * 2, longestMs)
  }
  if (goesOn) setTimeout(look, pauseMs)
}
if (region !== null && everyMs > 0) setTimeout(look, everyMs)
