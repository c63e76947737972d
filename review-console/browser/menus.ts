/** Folded menus close on Escape and on a click elsewhere, as people expect of a menu. */
export function startMenus(): void {
  // On a phone the rows of screens scroll; where one is should be in sight.
  document.querySelectorAll('.bar-nav [aria-current], .subnav [aria-current]').forEach((link) => {
    link.scrollIntoView({ block: 'nearest', inline: 'center' });
  });
  const menus = document.querySelectorAll<HTMLDetailsElement>('details.bar-me');
  document.addEventListener('click', (event) => {
    menus.forEach((menu) => {
      if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    menus.forEach((menu) => {
      if (!menu.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
  });
}
