// @ts-check
/**
 * A draft's page with script: saves by itself a little after something was changed, shows what the saved step is told (issues at their
 * fields, the plan beside it), and puts each proposed value's button beside its field. Without it the page's buttons do all of that.
 */

const restMs = 1_500

/** Parts of the page that are taken anew from each answer. */
const parts = ['plan', 'steps', 'tariff', 'elements', 'sums', 'guesses']

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-draft]'))
if (form !== null) begin(form)

/** @param {HTMLFormElement} form */
function begin(form) {
  const said = document.getElementById('saved')
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let isSaving = false
  let isHeld = false
  let sent = bodyOf(form)

  /** @param {number} wait */
  const later = (wait) => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), wait)
  }
  const save = async () => {
    const body = bodyOf(form)
    if (isSaving) return later(restMs)
    if (isHeld || body === sent) return
    isSaving = true
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(body),
        headers: { 'draft-save': 'quiet', accept: 'text/html' },
      })
      const answer = new DOMParser().parseFromString(await response.text(), 'text/html')
      if (response.ok && answer.querySelector('form[data-draft]') !== null) {
        takeOver(form, answer)
        sent = bodyOf(form, body)
        tell()
      } else {
        // Somebody must decide: nothing is saved by itself any more, nothing that was typed is touched.
        isHeld = true
        refuse(answer)
      }
    } catch {
      later(restMs * 4)
    } finally {
      isSaving = false
    }
  }
  const tell = () => {
    if (said === null) return
    const at = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' })
    said.textContent = `${said.dataset['words'] ?? ''} ${at}`
  }

  form.addEventListener('input', () => later(restMs))
  form.addEventListener('change', () => later(restMs / 5))
  // What is on its way by a button needs no other way; what is just being saved changes the revision the button must know.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    isHeld = true
    if (!isSaving) return
    event.preventDefault()
    const { submitter } = event
    const again = () => (isSaving ? setTimeout(again, 50) : form.requestSubmit(submitter))
    again()
  })
  // Who leaves by a link takes along what was just typed.
  addEventListener('pagehide', () => {
    const body = bodyOf(form)
    if (isHeld || isSaving || body === sent) return
    void fetch(form.action, { method: 'POST', body: new URLSearchParams(body), keepalive: true })
  })
  placeGuesses()
}

/**
 * What the form would send, but its revision, which saving changes.
 * @param {HTMLFormElement} form
 * @param {string} [unless] what was sent: typed over since, it is still to be saved
 */
function bodyOf(form, unless) {
  const data = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') data.append(name, value)
  const now = data.toString()
  return unless === undefined || withoutRevision(now) === withoutRevision(unless) ? now : unless
}
/** @param {string} body */
const withoutRevision = (body) => body.replace(/(^|&)revision=\d+/, '')

/**
 * Takes what the answer says, and leaves what somebody types.
 * @param {HTMLFormElement} form
 * @param {Document} answer
 */
function takeOver(form, answer) {
  for (const id of parts) {
    const [here, there] = [document.getElementById(id), answer.getElementById(id)]
    if (here === null || there === null || here.contains(document.activeElement)) continue
    // What is asked for a code changes with the code, and with nothing else.
    if (id === 'elements' && here.dataset['of'] === there.dataset['of']) continue
    if (here.outerHTML !== there.outerHTML) here.replaceWith(document.adoptNode(there))
  }
  const revision = /** @type {HTMLInputElement | null} */ (answer.querySelector('form[data-draft] [name="revision"]'))
  const own = /** @type {HTMLInputElement | null} */ (form.querySelector('[name="revision"]'))
  if (revision !== null && own !== null) own.value = revision.value
  for (const field of form.querySelectorAll('input[id], select[id], textarea[id]')) {
    const other = answer.getElementById(field.id)
    if (other !== null) takeOverField(/** @type {HTMLInputElement} */ (field), other)
  }
  placeGuesses()
}

/**
 * @param {HTMLInputElement} field
 * @param {Element} other the same field in the answer
 */
function takeOverField(field, other) {
  // Filled in for them: a unit that follows from the code, a total from its price.
  if (field.value === '' && field !== document.activeElement && field.type !== 'hidden') {
    const value = other instanceof HTMLSelectElement ? other.value : (other.getAttribute('value') ?? '')
    if (value !== '') field.value = value
  }
  const [wrong, now] = [
    document.getElementById(`${field.id}-wrong`),
    other.ownerDocument.getElementById(`${field.id}-wrong`),
  ]
  if (wrong?.textContent === now?.textContent) return
  wrong?.remove()
  for (const name of ['aria-invalid', 'aria-describedby']) {
    const value = other.getAttribute(name)
    if (value === null) field.removeAttribute(name)
    else field.setAttribute(name, value)
  }
  if (now !== null) field.closest('.field')?.append(document.adoptNode(now))
}

/** @param {Document} answer */
function refuse(answer) {
  const [here, there] = [document.getElementById('over'), answer.getElementById('over')]
  if (here === null) return
  if (there !== null && there.childElementCount > 0) here.replaceWith(document.adoptNode(there))
  else here.textContent = answer.querySelector('main')?.textContent ?? answer.title
  const revision = /** @type {HTMLInputElement | null} */ (answer.querySelector('form[data-draft] [name="revision"]'))
  const own = /** @type {HTMLInputElement | null} */ (document.querySelector('form[data-draft] [name="revision"]'))
  if (revision !== null && own !== null) own.value = revision.value
  document.getElementById('over')?.scrollIntoView({ block: 'nearest' })
}

/** Puts the button that confirms a proposed value right below its field. */
function placeGuesses() {
  for (const old of document.querySelectorAll('.field > [data-confirms]')) old.remove()
  for (const line of document.querySelectorAll('#guesses [data-guess]')) {
    const pointer = line.getAttribute('data-guess') ?? ''
    const field = document.getElementById(pointer)?.closest('.field')
    const button = line.querySelector('button')
    if (field === null || field === undefined || button === null) continue
    const copy = /** @type {HTMLElement} */ (button.cloneNode(true))
    copy.setAttribute('data-confirms', pointer)
    field.classList.add('guessed')
    field.append(copy)
  }
}
