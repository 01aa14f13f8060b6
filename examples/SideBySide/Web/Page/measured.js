// What the rankings are worth on the judged queries, with the settings as they stand: nothing of other settings is left to be seen.
import { ask, at, counted } from './dom.js';
import { settingsOf, state } from './state.js';
import { showWorth } from './columns.js';
import { clearEffects, showEffects } from './controls.js';
import { showKinds, showTries } from './kinds.js';

const known = new Map();
let found = null, kindsInWords = {}, search = () => {};

export function makeMeasured(kinds, searchFor) {
  kindsInWords = kinds;
  search = searchFor;
}

const worthOf = settings => known.get(JSON.stringify(settings)) ?? null;

async function measured(settings) {
  known.set(JSON.stringify(settings), worthOf(settings) ?? await ask('measure', settings));
}

export function beginMeasuring(whileCurrent) {
  if (!worthOf(settingsOf())) clearEffects();
  showMeasured();
  whileCurrent(() => measured(settingsOf()), () => {
    showMeasured();
    showEffects(worthOf(settingsOf()));
    if (state.beside) whileCurrent(() => measured({ model: state.beside }), () => showMeasured());
  });
}

// Shows what is known; of the answer to a query, where one is given, as well.
export function showMeasured(answer = found) {
  found = answer;
  const worth = worthOf(settingsOf());
  for (const part of ['kinds', 'tries']) at(part).classList.toggle('stale', !worth);
  showWorth(worth, state.beside ? worthOf({ model: state.beside }) : null);
  showWeakness(worth?.weakness);
  if (!worth) return;
  showKinds(worth.kinds, kindsInWords);
  showTries(worth.examples, search);
}

// Rankings always have a first hit; whether it looks like an answer only the judged queries can say.
function showWeakness(weakness) {
  const isWeak = weakness && found?.meaning.length > 0 && found.strength < weakness.usualStrength;
  at('weak').hidden = !isWeak;
  at('weak').textContent = isWeak ? 'There may be no answer here: 19 of 20 right first hits to judged queries are stronger than this one by meaning. '
    + `Don’t rely on it: of ${counted(weakness.wrong, 'wrong first hit')} to them this catches ${weakness.noticed}.` : '';
}
