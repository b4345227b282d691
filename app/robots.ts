import type { MetadataRoute } from 'next';

/**
 * What a student keeps here is nobody's search result; the way in may be found. A shared link has to be read to see that it
 * is not to be listed.
 */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: ['/sign-in', '/sign-up', '/privacy', '/terms', '/shared/'],
      disallow: '/',
    },
  };
}
