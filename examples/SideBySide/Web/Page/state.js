// What is shown, and the address that shows it again. Only what differs from the model's own values is in the address.

const keys = ['q', 'open', 'view', 'kind', 'model', 'beside', 'fusion', 'floor', 'expansion', 'idf'];
const settings = ['model', 'fusion', 'floor', 'expansion', 'idf'];

export const state = {};

export function readAddress() {
  const asked = new URLSearchParams(location.search);
  for (const key of keys) state[key] = asked.get(key) ?? '';
}

function addressOf(values) {
  const given = Object.fromEntries(keys.filter(key => values[key]).map(key => [key, values[key]]));
  const query = new URLSearchParams(given).toString();
  return query ? '?' + query : location.pathname;
}

// A new place in the browser's history, or the same place with something turned.
export function change(values, { replaces = false } = {}) {
  Object.assign(state, values);
  history[replaces ? 'replaceState' : 'pushState'](null, '', addressOf(state));
}

export const settingsOf = () => Object.fromEntries(settings.filter(key => state[key]).map(key => [key, state[key]]));
