import { tradeTerms } from '../../../schemas/declaration/index.ts'

type Term = (typeof tradeTerms)[number]
/** Spellings of trade terms 成交方式 that are not their code. DAT became DPU, DDU what DAP covers (Incoterms 2010, 2020). */
const spelled: Readonly<Record<string, { readonly code: Term; readonly sure: boolean }>> = {
  'C&F': { code: 'CFR', sure: true },
  CNF: { code: 'CFR', sure: true },
  CANDF: { code: 'CFR', sure: true },
  离岸价: { code: 'FOB', sure: true },
  到岸价: { code: 'CIF', sure: true },
  成本加运费: { code: 'CFR', sure: true },
  工厂交货: { code: 'EXW', sure: true },
  市场价: { code: 'MARKET', sure: true },
  垫仓: { code: 'STOWAGE', sure: true },
  DAT: { code: 'DPU', sure: false },
  DDU: { code: 'DAP', sure: false },
  DAF: { code: 'DAP', sure: false },
}
const words = /[A-Z]+(?:&[A-Z])?|\p{Script=Han}{2,8}/gu

function termNamed(word: string): { readonly code: Term; readonly sure: boolean } | undefined {
  if (Object.hasOwn(spelled, word)) return spelled[word]
  // Of the national terms the Chinese names alone are terms: MARKET is as likely a street.
  const code = tradeTerms.find((term) => term === word && term.length === 3)
  return code && { code, sure: true }
}

/** The trade term in a text, with the place behind it: `FOB CHONGQING, INCOTERMS 2020`. */
export function termIn(
  text: string,
): { readonly code: Term; readonly sure: boolean; readonly place: string } | undefined {
  const upper = text.normalize('NFKC').toUpperCase().slice(0, 400)
  for (const match of upper.matchAll(words)) {
    const [word] = match
    const known = termNamed(word)
    if (known === undefined) continue
    const behind = upper
      .slice(match.index + word.length)
      .replace(/\(?INCOTERMS.*$/, '')
      .replaceAll(/^[\s:,，（(]+|[\s,，）).]+$/g, '')
    return { ...known, place: behind }
  }
  return undefined
}
