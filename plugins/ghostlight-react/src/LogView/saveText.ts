/** Gives the browser a text file to save. */
export function saveText(name: string, text: string | Blob): void {
  const blob =
    typeof text === 'string' ? new Blob([text], { type: 'text/plain' }) : text;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
