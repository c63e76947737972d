import { startCsvFile } from './csv-file.ts';
import { startForms } from './forms.ts';
import { startHelp } from './help.ts';
import { startItemKeys } from './item-keys.ts';
import { startLetter } from './letter.ts';
import { startListKeys } from './list-keys.ts';
import { startLive } from './live.ts';
import { startMenus } from './menus.ts';
import { startPlayButtons } from './play-buttons.ts';
import { startPrintButtons } from './print-button.ts';
import { startTryField } from './try-field.ts';
import { createUnitPlayer } from './unit-player.ts';

// What every screen has. Each part looks for its own marks in the page and does nothing where there are none.
startMenus();
startHelp();
startListKeys();
startItemKeys();
startForms();
startCsvFile();
startPrintButtons();
startTryField();
startLive();
const player = createUnitPlayer();
startLetter(player);
startPlayButtons(player);
