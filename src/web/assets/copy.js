// @ts-check
// A secret that is shown once can be copied with a button. Without this script it is marked and copied by hand.

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('button[data-copies]'))) {
  const from = document.getElementById(button.dataset['copies'] ?? '')
  if (from === null || navigator.clipboard === undefined) continue
  const said = document.createElement('span')
  said.setAttribute('role', 'status')
  button.after(said)
  button.hidden = false
  const copy = async () => {
    await navigator.clipboard.writeText((from.textContent ?? '').trim())
    said.textContent = button.dataset['copied'] ?? ''
  }
  button.addEventListener('click', () => void copy())
}

// What makes something new is sent once, however often its button is pressed.
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-once]')))
  form.addEventListener('submit', (event) => {
    if (form.dataset['sent'] !== undefined) event.preventDefault()
    form.dataset['sent'] = ''
  })
// Whoever comes back finds the form as it was.
addEventListener('pageshow', () => {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-once]')))
    delete form.dataset['sent']
})
