// Progressive enhancement only: every page works with this file blocked. Each part looks for the
// attributes it serves and does nothing on pages without them; one that fails does not take the
// others with it. The attributes are described in assets/README.md.
import { drawBoxes } from "./boxes.js";
import { countCharacters } from "./count.js";
import { keepDrafts } from "./draft.js";
import { leadToErrors } from "./errors.js";
import { clearWhenIdle } from "./idle.js";
import { singleKeys } from "./keys.js";
import { refreshFigures } from "./live.js";
import { offerPosition } from "./position.js";
import { copyButtons, onceOnly, printButtons } from "./press.js";
import { keepAtCounter } from "./queue.js";
import { recordVoice } from "./record.js";
import { openWithSecret } from "./secret.js";
import { showPicked } from "./upload.js";
import { workForBooking } from "./work.js";

const parts = [openWithSecret, leadToErrors, keepDrafts, countCharacters, onceOnly, copyButtons,
               printButtons, showPicked, recordVoice, offerPosition, refreshFigures, clearWhenIdle,
               keepAtCounter, singleKeys, drawBoxes, workForBooking];
for (const part of parts) {
  try {
    part();
  } catch (error) {
    console.warn(error);
  }
}
