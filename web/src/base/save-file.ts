/** WeChat's browser opens no download, whatever the page does. */
export function canSaveFiles(): boolean {
  return !/MicroMessenger/i.test(navigator.userAgent);
}

/** Hands a file to the browser under a name. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken it by then; the memory is given back.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
