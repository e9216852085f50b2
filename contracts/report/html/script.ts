/**
 * The page's script: search, keyboard, copying, and scrolling to what is highlighted. Everything else works without it. It puts no text into
 * the page but numbers, and asks for nothing from elsewhere.
 */
export const SCRIPT = `
(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('js');
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const groups = all('.group');
  const search = byId('search');
  const chosen = byId('module');
  const tally = byId('tally');
  const isShown = (group) => !group.hidden && group.getClientRects().length > 0;
  const texts = new Map(groups.map((group) => [group, group.firstElementChild.textContent.toLowerCase() + ' ' + group.id.slice(2)]));

  const filter = () => {
    const words = search === null ? [] : search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = chosen === null ? '' : chosen.value;
    for (const group of groups) {
      const text = texts.get(group);
      group.hidden = !words.every((word) => text.includes(word)) || (wanted !== '' && !group.dataset.modules.split(' ').includes(wanted));
    }
    if (tally !== null) tally.textContent = groups.filter(isShown).length + ' / ' + groups.length;
  };
  for (const control of all('.toolbar input, .toolbar select')) control.addEventListener('input', filter);
  filter();

  for (const choice of all('input[name=language]'))
    choice.addEventListener('change', () => {
      root.lang = choice.value === 'zh' ? 'zh-CN' : 'en';
    });

  const center = (mark) => {
    const box = mark.closest('pre');
    if (box !== null) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
  };
  const settle = (details) => {
    // An exchange that is open in a closed group stays unseen: nothing opens but by the reader.
    const mark = details.closest('.group').open ? details.querySelector('.exchange[open] pre mark.hit') : null;
    if (mark !== null) center(mark);
  };
  for (const details of all('.group, .exchange')) details.addEventListener('toggle', () => settle(details));
  for (const details of all('.group[open]')) settle(details);

  const openTarget = () => {
    const target = location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null;
    if (target === null) return;
    for (let box = target; box !== null; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', openTarget);
  openTarget();

  const step = (by) => {
    const shown = groups.filter(isShown);
    if (shown.length === 0) return;
    const at = shown.indexOf(document.activeElement === null ? null : document.activeElement.closest('.group'));
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by))];
    next.firstElementChild.focus();
    next.firstElementChild.scrollIntoView({ block: 'nearest' });
  };
  let here = null;
  const jump = (by) => {
    const marks = all('mark.hit').filter((mark) => isShown(mark.closest('.group')));
    if (marks.length === 0) return;
    const at = marks.indexOf(here);
    if (here !== null) here.classList.remove('here');
    here = marks[at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length];
    here.classList.add('here');
    for (let box = here.parentElement; box !== null; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true;
    center(here);
    here.closest('.group').firstElementChild.focus({ preventScroll: true });
    here.scrollIntoView({ block: 'center' });
  };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isTyping = event.target instanceof Element && event.target.matches('input[type=search], select, textarea');
    if (event.key === 'Escape' && isTyping) event.target.blur();
    if (isTyping) return;
    const keys = { j: () => step(1), k: () => step(-1), n: () => jump(1), p: () => jump(-1), '/': () => search !== null && search.focus() };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  for (const button of all('.copy'))
    button.addEventListener('click', async () => {
      const source = button.previousElementSibling;
      try {
        await navigator.clipboard.writeText(source.textContent);
      } catch {
        const range = document.createRange();
        range.selectNodeContents(source);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        document.execCommand('copy');
      }
      button.classList.add('done');
      button.append(button.textContent.endsWith(' ✓') ? '' : ' ✓');
    });
})();
`;
