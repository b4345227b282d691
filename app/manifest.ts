import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Clerva',
    short_name: 'Clerva',
    description: 'Ask, practise and plan from what you actually wrote down.',
    start_url: '/',
    display: 'standalone',
    background_color: '#f1f4f3',
    theme_color: '#f1f4f3',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}
