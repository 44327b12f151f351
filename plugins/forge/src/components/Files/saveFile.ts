import type { FileContent } from '@ghostlight/plugin-forge-common';

/** Hands a file to the browser to be saved. Always as bytes: what comes out of a repository is never opened as a page. */
export function saveFile(file: FileContent): void {
  const content = file.content ?? '';
  const bytes =
    file.encoding === 'base64'
      ? Uint8Array.from(atob(content), char => char.charCodeAt(0))
      : new TextEncoder().encode(content);
  const url = URL.createObjectURL(
    new Blob([bytes], { type: 'application/octet-stream' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = file.path.slice(file.path.lastIndexOf('/') + 1);
  link.click();
  URL.revokeObjectURL(url);
}
