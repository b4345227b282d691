/** A page of the web in one file, as mail has it: the HTML of its first part that is any. */
export function htmlOfMht(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  const boundary = /^content-type:[^\n]*(?:\n[ \t][^\n]*)*?boundary="?([^"\s;]{1,200})/im.exec(text)?.[1];
  const parts = boundary === undefined ? [text] : text.split(`--${boundary}`);
  for (const part of parts) {
    const [, head = '', body = ''] = /^\s*([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(part) ?? [];
    const header = (name: string) =>
      new RegExp(`^${name}:\\s*([^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*)`, 'im').exec(head)?.[1] ?? '';
    const type = header('content-type');
    if (!/^text\/(?:x-)?html|^application\/xhtml/i.test(type)) continue;
    const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
    return decoder(charset).decode(unpacked(body, header('content-transfer-encoding')));
  }
  return '';
}

function unpacked(body: string, encoding: string): Uint8Array {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64');
  if (!/quoted-printable/i.test(encoding)) return Buffer.from(body, 'latin1');
  const whole = body.replace(/=[ \t]*\r?\n/g, '');
  return Buffer.from(
    whole.replace(/=([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
}

function decoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    // An encoding that nobody knows: most pages are in this one.
    return new TextDecoder();
  }
}
