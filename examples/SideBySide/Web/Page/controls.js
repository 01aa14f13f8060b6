// What can be turned, with what each turn changes on the judged queries.
import { at, button, element, fill, number, signed } from './dom.js';
import { kindOf } from './columns.js';
import { state } from './state.js';

const sliders = [
  { key: 'fusion', name: 'Fusion weight', most: 1, hint: '0: words alone, 1: meaning alone' },
  { key: 'floor', name: 'Floor', most: 1, hint: 'share of the tenth-best score that a hit has to reach, and half as much of the best' },
  { key: 'expansion', name: 'Expansion weight', most: 2, hint: '0: the query’s own words alone' },
  { key: 'idf', name: 'Idf exponent', most: 2, hint: 'how much less terms count that many documents have' },
];

let models = [];

export const ownOf = name => models.find(model => model.name === name) ?? models[0];

export function makeControls(all, changed) {
  models = all;
  const made = sliders.map(slider => sliderControl(slider, changed));
  if (models.length > 1) {
    made.unshift(
      selectControl('model', 'Model', models.map(model => [model === models[0] ? '' : model.name, model.name]), changed),
      selectControl('beside', 'Beside it', [['', 'no second model'], ...models.map(model => [model.name, model.name])], changed));
  }
  const reset = button('reset', () => changed({ model: '', beside: '', fusion: '', floor: '', expansion: '', idf: '' }),
    'Back to what the model was calibrated with');
  fill(at('controls'), ...made, reset);
}

function sliderControl({ key, name, most, hint }, changed) {
  const input = element('input');
  Object.assign(input, { type: 'range', min: 0, max: most, step: 0.01, id: `set-${key}` });
  input.setAttribute('aria-describedby', `hint-${key} effect-${key}`);
  input.addEventListener('input', () => {
    const own = ownOf(state.model)[key];
    changed({ [key]: Number(input.value) === own ? '' : input.value });
  });
  const label = element('label', '', name, ' ', element('output'));
  label.htmlFor = input.id;
  return control(key, label, input, hint);
}

function selectControl(key, name, options, changed) {
  const input = element('select', '', ...options.map(([value, text]) => new Option(text, value)));
  input.id = `set-${key}`;
  input.addEventListener('change', () => changed({ [key]: input.value }));
  const label = element('label', '', name);
  label.htmlFor = input.id;
  return control(key, label, input, key === 'model' ? 'the one that meaning and fused use' : 'a second meaning column, as that model has it');
}

function control(key, label, input, text) {
  const hint = element('p', 'hint', text), effect = element('p', 'effect');
  hint.id = `hint-${key}`;
  effect.id = `effect-${key}`;
  return element('div', 'control', label, input, hint, effect);
}

// Brings the controls to what the state says.
export function showControls() {
  const own = ownOf(state.model);
  let changed = Number(Boolean(state.model)) + Number(Boolean(state.beside));
  for (const { key } of sliders) {
    const input = at(`set-${key}`), value = state[key] || String(own[key]);
    input.value = value;
    input.previousSibling.querySelector('output').textContent = number(Number(value));
    if (state[key]) changed++;
  }
  for (const key of ['model', 'beside']) if (at(`set-${key}`)) at(`set-${key}`).value = state[key];
  at('settings-now').textContent = changed ? `${changed} changed` : 'as the model was calibrated';
}

export function showEffects(measured) {
  for (const key of [...sliders.map(slider => slider.key), 'model']) {
    const place = at(`effect-${key}`);
    if (!place) continue;
    const effect = measured?.effects[key];
    if (!effect) place.textContent = '';
    else if (key === 'fusion') fill(place, 'nDCG@10: fused ', amount(effect.fused));
    else fill(place, 'nDCG@10: meaning ', amount(effect.meaning), ', fused ', amount(effect.fused));
  }
}

export function clearEffects() {
  for (const { key } of sliders) if (state[key]) at(`effect-${key}`).textContent = 'measuring on the judged queries …';
}

function amount(change) {
  const verdict = change.significant ? 'significant' : 'not significant';
  return element('span', kindOf(change), `${signed(change.mean)} (${verdict})`);
}
