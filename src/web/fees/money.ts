import type { Language } from '../../problem.ts'

/** An amount as it is read 金额: thousands apart, two decimals at least, "12,345.60". */
export function yuan(amount: string): string {
  const [whole = '', decimals = ''] = amount.split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals.padEnd(2, '0')}`
}

/** An amount, or the two bounds of one; where nobody knows the upper one it says "from". */
export function between(
  language: Language,
  { least, most }: { readonly least: string; readonly most?: string | undefined },
): string {
  if (most === least) return yuan(least)
  if (most === undefined) return language === 'zh' ? `${yuan(least)} 起` : `from ${yuan(least)}`
  return `${yuan(least)} – ${yuan(most)}`
}
