// Tests of components press and look at once; that what opens is fetched first is a matter of the browser's tests.
if (typeof document !== 'undefined') {
  const { overlays } = await import('../../components/ui/overlay.ts');
  await overlays.load();
}
