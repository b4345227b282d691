import { currentLanguage, readText, Texts } from '@/lib/language/server-text';
import '@fontsource-variable/hanken-grotesk/index.css';
import '@fontsource-variable/literata/opsz.css';
import '@fontsource-variable/literata/opsz-italic.css';
import 'katex/dist/katex.min.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { isTheme, THEME_COOKIE } from '@/components/shell/theme';

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

export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  // No attribute means the system's theme. The switch on the You page changes the attribute in place.
  const theme = isTheme(chosen) && chosen !== 'system' ? chosen : undefined;
  return (
    <html
      lang={await currentLanguage()}
      className={hanken.variable}
      data-theme={theme}
      suppressHydrationWarning
    >
      <body>
        <Texts of={['common']}>{children}</Texts>
      </body>
    </html>
  );
}
