import { defineConfig } from 'vitest/config'

export default defineConfig({
  // For this checkout alone, where nothing is built: with the package installed, leave it out.
  ssr: { resolve: { conditions: ['yuchuang-source', 'module', 'node', 'development|production'] } },
})
