// Tests of components press and look at once; that code is fetched first is a matter of the browser's tests.
if (typeof document !== 'undefined') {
  await import('../../components/ui/test-browser.ts');
  const [{ overlays }, { loadParser }] = await Promise.all([
    import('../../components/ui/overlay.ts'),
    import('../../components/markdown/with-parser.tsx'),
  ]);
  await Promise.all([overlays.load(), loadParser()]);
}
