// @ts-check
// From a mistake told by line and column to its place in the field that holds the text.

const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('script'))
for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('a[data-line]')))
  link.addEventListener('click', (event) => {
    if (field === null) return
    event.preventDefault()
    const lines = field.value.split('\n')
    const line = Number(link.dataset['line']) - 1
    const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0)
    const at = start + Math.min(Number(link.dataset['column']) - 1, lines[line]?.length ?? 0)
    field.focus()
    field.setSelectionRange(at, Math.min(at + 1, field.value.length))
    field.scrollTop = (line / Math.max(1, lines.length)) * field.scrollHeight - field.clientHeight / 2
  })
