// @ts-check
// A place to drop documents on 智能单证申报: files can be dragged there, taken out one by one, and are told of while they are sent.
// Without this the form is a plain choice of files.

const isChinese = document.documentElement.lang.startsWith('zh')
/** @param {string} en @param {string} zh */
const say = (en, zh) => (isChinese ? zh : en)

/** @param {number} bytes */
const sizeOf = (bytes) =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`

/** @param {HTMLFormElement} form */
function enhance(form) {
  const input = /** @type {HTMLInputElement | null} */ (form.querySelector('input[type=file]'))
  const zone = /** @type {HTMLElement | null} */ (form.querySelector('.zone'))
  const list = /** @type {HTMLElement | null} */ (form.querySelector('[data-chosen]'))
  const said = /** @type {HTMLElement | null} */ (form.querySelector('[data-said]'))
  const button = /** @type {HTMLButtonElement | null} */ (form.querySelector('button[type=submit]'))
  if (input === null || zone === null || list === null || said === null || button === null) return
  const mostFiles = Number(form.dataset['mostFiles'])
  const mostBytes = Number(form.dataset['mostBytes'])
  zone.querySelector('[data-when-plain]')?.setAttribute('hidden', '')
  zone.querySelector('[data-when-dropping]')?.removeAttribute('hidden')

  /** @param {File[]} files */
  const choose = (files) => {
    const transfer = new DataTransfer()
    for (const file of files.slice(0, mostFiles)) transfer.items.add(file)
    input.files = transfer.files
    show(files.length > mostFiles ? say(`At most ${mostFiles} files at once`, `每次最多${mostFiles}个文件`) : undefined)
  }
  const chosen = () => [...(input.files ?? [])]

  /** @param {string} [more] */
  const show = (more) => {
    const files = chosen()
    list.replaceChildren(
      ...files.map((file, at) => {
        const line = document.createElement('li')
        const remove = document.createElement('button')
        remove.type = 'button'
        remove.className = 'quiet secondary'
        remove.textContent = say('Take out', '移除')
        remove.setAttribute('aria-label', `${remove.textContent} ${file.name}`)
        remove.addEventListener('click', () => {
          choose(chosen().filter((_, other) => other !== at))
          input.focus()
        })
        const isLarge = file.size > mostBytes
        const size = document.createElement('small')
        const tooLarge = say(`larger than ${sizeOf(mostBytes)}`, `超过 ${sizeOf(mostBytes)}`)
        size.textContent = [sizeOf(file.size), ...(isLarge ? [tooLarge] : [])].join(' — ')
        if (isLarge) size.className = 'wrong'
        line.append(file.name, size, remove)
        return line
      }),
    )
    said.textContent =
      more ?? (files.length === 0 ? '' : say(`${files.length} chosen`, `已选择 ${files.length} 个文件`))
  }

  input.addEventListener('change', () => show())
  for (const event of ['dragover', 'dragenter'])
    zone.addEventListener(event, (dragged) => {
      dragged.preventDefault()
      zone.classList.add('over')
    })
  for (const event of ['dragleave', 'drop']) zone.addEventListener(event, () => zone.classList.remove('over'))
  zone.addEventListener('drop', (event) => {
    event.preventDefault()
    const dropped = [...(event.dataTransfer?.files ?? [])]
    const known = chosen()
    choose([
      ...known,
      ...dropped.filter((file) => !known.some(({ name, size }) => name === file.name && size === file.size)),
    ])
  })

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send(form, said, button)
  })
}

/**
 * Sends the form and says how far it is; what is refused is told here, so that the files need not be chosen again.
 * @param {HTMLFormElement} form @param {HTMLElement} said @param {HTMLButtonElement} button
 */
function send(form, said, button) {
  const request = new XMLHttpRequest()
  const bar = document.createElement('progress')
  bar.max = 1
  bar.setAttribute('aria-label', say('Sending', '正在上传'))
  said.replaceChildren(say('Reading the documents …', '正在识读单证……'), ' ', bar)
  button.setAttribute('aria-busy', 'true')
  button.disabled = true
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    bar.value = total === 0 ? 0 : loaded / total
  })
  const end = () => {
    button.removeAttribute('aria-busy')
    button.disabled = false
  }
  request.addEventListener('load', () => {
    if (request.status < 400) {
      location.assign(request.responseURL)
      return
    }
    end()
    const page = new DOMParser().parseFromString(request.responseText, 'text/html')
    const problem = page.querySelector('[data-refused] .problem, .problem')
    problem?.querySelector('[data-without-script]')?.remove()
    said.replaceChildren(problem ?? say('That did not work. Try once more.', '未能完成，请重试。'))
    // Sent again, it is another attempt.
    const once = page.querySelector('form[data-drop] input[name=once]')
    const own = form.querySelector('input[name=once]')
    if (once instanceof HTMLInputElement && own instanceof HTMLInputElement) own.value = once.value
  })
  request.addEventListener('error', () => {
    end()
    said.textContent = say('No connection. Nothing was kept; try once more.', '连接中断，未保存任何内容，请重试。')
  })
  request.open('POST', form.action)
  request.setRequestHeader('accept', 'text/html')
  request.send(new FormData(form))
}

for (const form of document.querySelectorAll('form[data-drop]')) if (form instanceof HTMLFormElement) enhance(form)
