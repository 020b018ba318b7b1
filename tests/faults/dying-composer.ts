/** A composing thread that dies of `DIES` in the document it reads, never ends over `HANGS`, and composes everything else. */
const read = JSON.parse
JSON.parse = (text: string) => {
  if (text.includes('DIES')) process.exit(1)
  while (text.includes('HANGS'));
  return read(text) as unknown
}
await import('../../src/filing/composer-thread.ts')
