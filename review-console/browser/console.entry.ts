import { startHelp } from './help.ts';
import { startListKeys } from './list-keys.ts';
import { startMenus } from './menus.ts';

// What every screen has. Each part looks for its own marks in the page and does nothing where there are none.
startMenus();
startHelp();
startListKeys();
