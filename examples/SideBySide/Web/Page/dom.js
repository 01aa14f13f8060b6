// Small helpers: elements are made with text, never with markup, so that no document can bring markup along.

export const at = id => document.getElementById(id);

export function element(name, kind, ...children) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  return fill(made, ...children);
}

// A browser writes what isn't there as the word "null": whatever is put into the page goes through here.
export function fill(place, ...children) {
  place.replaceChildren(...children.filter(child => child !== null && child !== undefined));
  return place;
}

export function button(kind, action, ...children) {
  const made = element('button', kind, ...children);
  made.type = 'button';
  made.addEventListener('click', action);
  return made;
}

export function drawn(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export async function ask(path, values = {}) {
  const answer = await fetch(`api/${path}?${new URLSearchParams(values)}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export const number = (value, digits = 2) => value.toFixed(digits).replace('-', '−');

export const signed = value => (value > 0 ? '+' : '') + number(value, 3);

export const percent = share => `${Math.round(100 * share)} %`;

export const counted = (count, one, many = one + 's') => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

// Before a long list, for who goes through the page by keyboard: a way to the heading that comes after it.
export function past(what, next) {
  return button('past', () => {
    const heading = next();
    heading.tabIndex = -1;
    heading.focus();
  }, `Skip ${what}`);
}

// A bar whose length is a share of the longest; the number beside it says the same to who can't see it.
export function bar(label, share, shown, kind) {
  const length = element('i', 'length');
  length.style.width = `${Math.max(0.5, 100 * share)}%`;
  const track = element('span', 'track', length);
  track.ariaHidden = 'true';
  return element('li', `bar ${kind}`, element('span', 'label', label), track, element('span', 'value', shown));
}
