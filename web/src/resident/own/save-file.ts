/** WeChat's browser opens no download, whatever the page does. */
export function canSaveFiles(): boolean {
  return !/MicroMessenger/i.test(navigator.userAgent);
}

export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by then; the text is given back.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
