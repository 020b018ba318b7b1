import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { limits } from '../../../limits.ts'
import type { Language } from '../../../problem.ts'
import { sampleDocuments } from '../../../proposal/samples.ts'
import { assetPath } from '../../assets.ts'
import { unseen } from '../../form.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { say } from '../../words.ts'
import { type DropWord, dropWords } from './words.ts'

/** Where documents are dropped from which a draft is proposed 智能单证申报: a form like any other, and a place to drop files on with script. */
export function dropBox(language: Language, pasted = ''): Html {
  const t = (word: DropWord) => say(language, dropWords[word])
  return html`<section class="drop" aria-labelledby="drop-title"><h2 id="drop-title">${t('title')}</h2><p>${t('about')}</p>
<form method="post" action="/drafts/proposals" enctype="multipart/form-data" data-drop data-most-files="${limits.proposalFiles}" data-most-bytes="${limits.proposalFileBytes}">${unseen('once', randomUUID())}
<label class="zone" for="drop-files">${icon('arrow-up-tray')} <span data-when-dropping hidden>${t('dropHere')}</span><span data-when-plain>${t('files')}</span>
<input type="file" id="drop-files" name="files" multiple accept=".xlsx,.csv,.xml,.json,.txt,text/csv,application/json,text/xml" aria-describedby="drop-files-help"></label>
<small id="drop-files-help">${t('filesHelp')}</small>
<ul class="plain chosen" data-chosen></ul>
<details${pasted === '' ? '' : html` open`}><summary>${t('paste')}</summary><label for="drop-pasted">${t('pasteHelp')}</label><textarea id="drop-pasted" name="pasted" rows="4">
${pasted}</textarea></details>
<p data-said role="status" aria-live="polite"></p>
<button type="submit">${icon('document-text')} ${t('send')}</button></form>
<p><small>${t('noPapers')} ${Object.entries(sampleDocuments).map(
    ([name, names], at) =>
      html`${at === 0 ? '' : ' · '}${say(language, names)} <a href="/drafts/samples/${name}.xlsx" download>XLSX<span class="unseen"> ${say(language, names)}</span></a> <a href="/drafts/samples/${name}.csv" download>CSV<span class="unseen"> ${say(language, names)}</span></a>`,
  )}</small></p>
<script type="module" src="${assetPath('drop.js')}"></script></section>`
}
