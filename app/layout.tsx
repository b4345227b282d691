import { currentLanguage, readText, Texts } from '@/lib/language/server-text';
import '@fontsource-variable/hanken-grotesk/index.css';
import '@fontsource-variable/literata/opsz.css';
import '@fontsource-variable/literata/opsz-italic.css';
import 'katex/dist/katex.min.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { isTheme, THEME_COOKIE } from '@/components/shell/theme';
import Fault from './error';

// See the layout of the app.
void Fault;

// Only the Latin face of the interface is preloaded; other scripts arrive by unicode-range when a page needs them.
const hanken = localFont({
  src: '../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-hanken',
  adjustFontFallback: false,
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await readText();
  return {
    title: { default: 'Clerva', template: '%s · Clerva' },
    description: t('Ask, practise and plan from what you actually wrote down.'),
    applicationName: 'Clerva',
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f1f4f3' },
    { media: '(prefers-color-scheme: dark)', color: '#11161a' },
  ],
};

/**
 * On a slow line the face of what students wrote comes once the page can be used, and whoever saves data keeps that of
 * their device. Said before anything is laid out, since that is when a face is asked for.
 */
const SPARE_THE_LINE = `(line => {
  if (!line?.saveData && !/2g|3g/.test(line?.effectiveType)) return;
  const { dataset } = document.documentElement;
  dataset.line = 'slow';
  if (!line.saveData) addEventListener('load', () => { delete dataset.line });
})(navigator.connection)`;

export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  // No attribute means the system's theme. The switch on the You page changes the attribute in place.
  const theme = isTheme(chosen) && chosen !== 'system' ? chosen : undefined;
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1];
  return (
    <html
      lang={await currentLanguage()}
      className={hanken.variable}
      data-theme={theme}
      suppressHydrationWarning
    >
      <head>
        {/* A browser shows nobody the nonce of a script. */}
        <script nonce={nonce} suppressHydrationWarning>
          {SPARE_THE_LINE}
        </script>
      </head>
      <body>
        <Texts of={['common']}>{children}</Texts>
      </body>
    </html>
  );
}
