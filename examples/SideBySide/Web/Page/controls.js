// What can be turned, with what each turn changes on the judged queries.
import { at, button, element, fill, number, signed } from './dom.js';
import { kindOf } from './columns.js';
import { state } from './state.js';

const sliders = [
  { key: 'fusion', name: 'Fusion weight', most: 1, hint: '0: words alone, 1: meaning alone; between them no percentage, as each score has a scale of its own' },
  { key: 'floor', name: 'Floor', most: 1, hint: 'share of the tenth-best score that a hit has to reach, and half as much of the best' },
  { key: 'expansion', name: 'Expansion weight', most: 2, hint: '0: the query’s own words alone' },
  { key: 'idf', name: 'Idf exponent', most: 2, hint: 'how much less terms count that many documents have' },
];

export const untouched = { model: '', beside: '', fusion: '', floor: '', expansion: '', idf: '' };

let models = [];

export const ownOf = name => models.find(model => model.name === name) ?? models[0];

export function makeControls(all, changed) {
  models = all;
  const made = sliders.map(slider => sliderControl(slider, changed));
  if (models.length > 1) {
    made.unshift(
      selectControl('model', 'Model', models.map(model => [model === models[0] ? '' : model.name, model.name]), changed),
      selectControl('beside', 'Beside it', [], changed));
  }
  fill(at('controls'), ...made, resetButton(changed));
}

export const resetButton = changed => button('reset', () => changed(untouched), 'Back to what the model was calibrated with');

// An address may name what needs no name: the model that is taken anyway, or the same one twice.
export function tidied(values) {
  const model = values.model === models[0].name ? '' : values.model;
  return { ...values, model, beside: values.beside === ownOf(model).name ? '' : values.beside };
}

const movedSliders = () => sliders.filter(({ key }) => state[key]).map(({ key, name }) => `${name.toLowerCase()} ${number(Number(state[key]))}`);

// What meaning is ranked by, in words.
export function meaningInWords() {
  const moved = movedSliders();
  return `Meaning by ${ownOf(state.model).name}, ${moved.length ? 'with ' + moved.join(', ') : 'as it was calibrated'}.`;
}

export const isTouched = () => Object.keys(untouched).some(key => key !== 'beside' && state[key]);

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
  for (const { key } of sliders) {
    const input = at(`set-${key}`), value = state[key] || String(own[key]);
    input.value = value;
    input.previousSibling.querySelector('output').textContent = number(Number(value));
  }
  if (at('set-model')) {
    at('set-model').value = state.model;
    fill(at('set-beside'), new Option('no second model', ''),
      ...models.filter(model => model !== own).map(model => new Option(model.name, model.name)));
    at('set-beside').value = state.beside;
  }
  const changed = [state.model, state.beside && `${state.beside} beside it`, ...movedSliders()].filter(Boolean);
  at('settings-now').textContent = changed.join(', ') || 'as the model was calibrated';
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
