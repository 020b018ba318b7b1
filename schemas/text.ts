/** A bilingual text: everything a person reads exists in both languages. */
export interface Text {
  readonly en: string
  readonly zh: string
}
