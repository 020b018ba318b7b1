import { given } from '../form.ts'

/** What a form asks to be sent again, as the interface takes it; what cannot be read goes on as it is, and is refused there. */
export function replayRequestOf(form: URLSearchParams) {
  const value = (name: string) => given(form, name).trim()
  const filingIds = value('filings')
    .split(/[\s,;]+/)
    .filter((one) => one !== '')
  const select = {
    ...(filingIds.length === 0 ? {} : { filingIds }),
    ...(value('agency') === '' ? {} : { agency: value('agency') }),
    ...(value('since') === '' ? {} : { from: instantOf(value('since')) }),
    ...(value('until') === '' ? {} : { to: instantOf(value('until')) }),
    ...(value('after') === '' ? {} : { after: value('after') }),
  }
  return {
    select,
    from: value('from') || 'stored',
    force: value('force') === 'yes',
    reason: value('reason'),
  }
}

/** A time of the port's clock as an instant. */
const instantOf = (text: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) ? `${text.length === 16 ? `${text}:00` : text}+08:00` : text
