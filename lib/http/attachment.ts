/** A file to keep, under a name every system takes and the real one beside it. */
export function attachment(name: string, extension: string): { 'content-disposition': string } {
  const plain = name.replace(/[^\w .-]+/g, '_').slice(0, 80) || 'clerva';
  const real = encodeURIComponent(`${name}.${extension}`).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return { 'content-disposition': `attachment; filename="${plain}.${extension}"; filename*=UTF-8''${real}` };
}
