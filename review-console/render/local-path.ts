/**
 * A path of this site to go back to, or an empty string. Anything that a browser could read as another site
 * (`//other`, `/\other`, `https:`) is refused, so a link to the sign-in can't send people elsewhere.
 */
export function localPath(value: string | undefined): string {
  if (!value?.startsWith('/')) return '';
  // Browsers drop tabs and line ends and read a backslash as a slash before they resolve.
  const read = value.replace(/[\t\r\n]/g, '').replace(/\\/g, '/');
  if (read.startsWith('//')) return '';
  return read.startsWith('/sign-in') ? '' : read;
}
