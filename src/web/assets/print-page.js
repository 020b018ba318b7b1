// @ts-check
// Offers to print the page it stands on. Without this script the browser's own menu does.

const place = document.getElementById('print')
if (place !== null) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = place.dataset.word ?? ''
  button.addEventListener('click', () => print())
  place.append(button)
}
