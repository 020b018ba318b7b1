/** Every limit of the command line 命令行, with its unit. */
export const limits = {
  /** Characters of an agency's id: it stands in URLs, tables and references. */
  longestId: 20,
  /** Characters of an agency's name, so that its lines of source stay within 120 columns. */
  longestName: { en: 40, zh: 20 },
} as const
