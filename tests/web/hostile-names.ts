/** A name that wants to be more than text: where it succeeds, an element of the page says so. */
export const hostile = `<b data-hostile>"'</b></title></textarea><script data-hostile>hit()</script>{{7*7}}`
/** Finds what such a name made of a page. */
export const hits = '[data-hostile]'
