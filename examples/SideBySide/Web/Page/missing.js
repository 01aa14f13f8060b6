// The question about a document that isn't among the hits, and what is wrong with its name.
import { ask, at, fill } from './dom.js';

export function makeMissing(suggestions, open) {
  fill(at('documents'), ...suggestions.map(name => new Option('', name)));
  at('document').addEventListener('input', () => refuse(''));
  at('missing').addEventListener('submit', async event => {
    event.preventDefault();
    const name = at('document').value.trim();
    if (!name) return refuse('Type a title or an id.');
    try {
      const { id, problem } = await ask('document', { name });
      refuse(problem ?? '');
      if (id) open(id);
    } catch (failed) {
      refuse(failed.message);
    }
  });
}

// Says what is wrong at the field, where whoever typed looks; '' where nothing is.
export function refuse(sentence) {
  const place = at('missing-problem');
  place.textContent = sentence;
  at('document').ariaInvalid = String(sentence !== '');
  if (sentence) place.scrollIntoView({ block: 'nearest' });
}
