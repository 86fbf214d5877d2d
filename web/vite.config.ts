import { svelte } from '@sveltejs/vite-plugin-svelte';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { textsOnly } from './vite.texts.ts';

/** The app, the two phones side by side, and the shell that opens without a connection. */
export default defineConfig({
  // Everything is found relative to the page, so that the app can stand below a path of somebody's host.
  base: './',
  plugins: [
    svelte(),
    textsOnly(),
    VitePWA({
      // Never replaced silently: the app asks, and goes on with what it has until it is told otherwise.
      registerType: 'prompt',
      injectRegister: false,
      includeManifestIcons: false,
      strategies: 'generateSW',
      manifest: {
        name: 'Seen',
        short_name: 'Seen',
        description: 'A private place for two people, or for one.',
        lang: 'en',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f4ecdd',
        theme_color: '#f4ecdd',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,wasm}', '**/*-latin-{opsz,wght}-normal*.woff2'],
        globIgnores: ['demo.html', '**/demo-*.{js,css}', 'icon-512.png', 'icon-maskable.png'],
        maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
        // The app stands at one address; what follows a slash there is a query, and all else is the server's to answer.
        navigateFallback: 'index.html',
        navigateFallbackAllowlist: [/\/(\?|$)/],
        clientsClaim: false,
        skipWaiting: false,
      },
    }),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // A font or drawing inside a data: URL would need a looser content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { index: 'index.html', demo: 'demo.html' } },
  },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['tests/server/**'],
    // The key of a typed code is slow to make on purpose, and slower where many tests run at once.
    testTimeout: 60_000,
  },
  server: { fs: { allow: ['..'] }, proxy: { '/v1': { target: 'http://127.0.0.1:7777', ws: true } } },
});
