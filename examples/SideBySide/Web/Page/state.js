// What is shown, and the address that shows it again. Only what differs from the model's own values is in the address.

const keys = ['q', 'open', 'view', 'kind', 'model', 'beside', 'fusion', 'floor', 'expansion', 'idf'];
const settings = ['model', 'fusion', 'floor', 'expansion', 'idf'];

export const state = {};

// Takes up what the address says, and tells what of it is new.
export function readAddress() {
  const asked = new URLSearchParams(location.search), before = { ...state };
  for (const key of keys) state[key] = asked.get(key) ?? '';
  return keys.filter(key => state[key] !== before[key]);
}

function addressOf(values) {
  const given = Object.fromEntries(keys.filter(key => values[key]).map(key => [key, values[key]]));
  const query = new URLSearchParams(given).toString();
  return query ? '?' + query : location.pathname;
}

// A new place in the browser's history, or the same place with something turned.
export function change(values, { replaces = false } = {}) {
  Object.assign(state, values);
  if (replaces) history.replaceState(history.state, '', addressOf(state));
  else history.pushState(null, '', addressOf(state));
}

// A document is opened at a place of its own, and closing it is the way back from there: no place is left that opens it again.
export function openAt(id) {
  change({ open: id });
  history.replaceState('opened', '');
}

export function closeAt() {
  if (history.state !== 'opened') return change({ open: '' }, { replaces: true });
  state.open = '';
  history.back();
}

export const settingsOf = () => Object.fromEntries(settings.filter(key => state[key]).map(key => [key, state[key]]));
