import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { NewFile } from './template.ts'

export interface Writing {
  /** Where the paths start. */
  readonly root: string
  /** Folders that come to be, as a whole. */
  readonly folders: readonly string[]
  /** What lies in them. */
  readonly files: readonly NewFile[]
  /** Files that are there and change. */
  readonly edits: readonly NewFile[]
  readonly move?: (from: string, to: string) => void
}

/**
 * Writes all of it or nothing: everything is written beside its place first, then moved there; whatever goes wrong is taken back.
 * @throws {Error} nothing was written, and why
 */
export function writeAll({ root, folders, files, edits, move = renameSync }: Writing): void {
  mkdirSync(root, { recursive: true })
  const staged = mkdtempSync(join(root, '.new-adapter-'))
  const before = edits.map(({ path }) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const moved: string[] = []
  try {
    for (const { path, text } of [...files, ...edits]) {
      mkdirSync(dirname(join(staged, path)), { recursive: true })
      writeFileSync(join(staged, path), text)
    }
    for (const folder of folders) {
      if (existsSync(join(root, folder))) throw new Error(`${folder} is there already`)
      mkdirSync(dirname(join(root, folder)), { recursive: true })
      move(join(staged, folder), join(root, folder))
      moved.push(folder)
    }
    for (const { path } of edits) move(join(staged, path), join(root, path))
  } catch (error) {
    for (const folder of moved) rmSync(join(root, folder), { recursive: true, force: true })
    for (const { path, text } of before) writeFileSync(join(root, path), text)
    throw error
  } finally {
    rmSync(staged, { recursive: true, force: true })
  }
}
