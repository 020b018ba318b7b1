// @ts-check
// A run under way shows itself anew, and says how far it is. Without this script the page is loaded again now and then.

/** What is said to those who listen. */
const told = document.createElement('p')
told.className = 'unseen'
told.setAttribute('role', 'status')
document.body.append(told)

/** What a page says of its progress. @param {ParentNode} page */
const progressOf = (page) =>
  page.querySelector('#told')?.textContent ?? page.querySelector('h1 .status')?.textContent ?? ''

async function look() {
  const live = document.getElementById('live')
  if (live === null || live.dataset['underWay'] === undefined) return
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } })
    const fresh = response.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : undefined
    const next = fresh?.getElementById('live')
    if (next && next.innerHTML !== live.innerHTML) {
      // What was unfolded stays so.
      for (const { id } of live.querySelectorAll('details[open]')) fresh?.getElementById(id)?.setAttribute('open', '')
      live.replaceWith(next)
      told.textContent = progressOf(next)
    }
  } catch {
    // The gateway is away for a moment: it is asked again.
  }
  setTimeout(look, Number(live.dataset['seconds']) * 1_000)
}
void look()

/** A verdict leads to what was found: which is unfolded then. */
function unfold() {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (at instanceof HTMLDetailsElement) at.open = true
}
addEventListener('hashchange', unfold)
unfold()
