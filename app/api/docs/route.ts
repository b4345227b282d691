import { otherMethods } from '@/lib/http/methods';

/** The library's own page without its inline script, so that the policy of the page can forbid those. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clerva API</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<main id="swagger-ui"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

/** The description of the API as a page, which loads nothing from elsewhere. */
export const GET = () => new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
