/* What the pages do beyond being read: search, theme, copying, and showing one page at a time where all of them are in one file. */
'use strict';

(() => {
  const root = document.documentElement;
  root.classList.add('js');

  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Storage may be off for files; the choice then lasts as long as the page.
    }
  };
  const recall = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const chosen = recall('hufu-theme');
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;

  const isDark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

  document.addEventListener('DOMContentLoaded', () => {
    startThemes();
    startCopying();
    if (root.dataset.single !== undefined) startSingle();
    for (const form of document.querySelectorAll('form.search')) startSearch(form);
    startKeys();
    openTarget();
    if (matchMedia('(max-width: 860px)').matches) for (const menu of document.querySelectorAll('.menu')) menu.open = false;
    for (const link of document.querySelectorAll('a[data-keep-hash]'))
      link.addEventListener('click', () => {
        link.hash = location.hash;
      });
    showCurrent();
  });
  addEventListener('hashchange', openTarget);

  /** Not by scrollIntoView: the first Tab would go on from there, past the link to the content and the search. */
  function showCurrent() {
    const side = document.querySelector('.side');
    const current = side?.querySelector('[aria-current]');
    if (!current) return;
    const [frame, link] = [side.getBoundingClientRect(), current.getBoundingClientRect()];
    if (link.bottom > frame.bottom || link.top < frame.top) side.scrollTop += link.top - frame.top - side.clientHeight / 2;
  }

  /** A link to a place inside of something folded opens it. */
  function openTarget() {
    let target;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    if (target === null) return;
    for (let element = target; element !== null; element = element.parentElement) if (element.tagName === 'DETAILS') element.open = true;
    if (root.dataset.single === undefined) target.scrollIntoView();
  }

  function startThemes() {
    const buttons = [...document.querySelectorAll('button.theme')];
    const show = () => {
      for (const button of buttons) {
        button.textContent = isDark() ? button.dataset.light : button.dataset.dark;
      }
    };
    for (const button of buttons) {
      button.addEventListener('click', () => {
        root.dataset.theme = isDark() ? 'light' : 'dark';
        remember('hufu-theme', root.dataset.theme);
        show();
      });
    }
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
    show();
  }

  function startCopying() {
    document.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('.copy') : null;
      if (button === null) return;
      const text = button.nextElementSibling?.textContent ?? '';
      const label = button.textContent;
      void copy(text).then(() => {
        button.textContent = button.dataset.done;
        setTimeout(() => {
          button.textContent = label;
        }, 1500);
      });
    });
  }

  /** The clipboard's own interface is there in secure contexts only; a file or a plain address is none. */
  async function copy(text) {
    if (navigator.clipboard !== undefined && isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }

  function startSingle() {
    const show = () => {
      const hash = decodeURIComponent(location.hash.slice(1));
      const path = /^(?:zh|en)\/.*?\.html/.exec(hash)?.[0] ?? `${root.dataset.single}/index.html`;
      const page = document.getElementById(path) ?? document.querySelector('article.page');
      const language = page.closest('.language').dataset.language;
      root.lang = language === 'zh' ? 'zh-CN' : 'en';
      for (const element of document.querySelectorAll('.language'))
        element.classList.toggle('shown', element.dataset.language === language);
      for (const element of document.querySelectorAll('article.page')) element.classList.toggle('shown', element === page);
      document.title = page.querySelector('h1')?.textContent ?? document.title;
      for (const link of document.querySelectorAll('.side a')) {
        if (link.hash === `#${page.id}`) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
      for (const link of document.querySelectorAll('a[data-language]'))
        link.hash = `#${link.dataset.language}/${hash.replace(/^(?:zh|en)\//, '') || 'index.html'}`;
      const place = document.getElementById(hash);
      if (place !== null && place !== page) place.scrollIntoView();
      else scrollTo(0, 0);
    };
    addEventListener('hashchange', show);
    show();
  }

  function startKeys() {
    document.addEventListener('keydown', (event) => {
      const inField = event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || inField || event.ctrlKey || event.metaKey || event.altKey) return;
      const input = [...document.querySelectorAll('form.search input')].find((element) => element.offsetParent !== null);
      if (input === undefined) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  /** Loads the index when somebody first wants to search. */
  let loading;
  function loadIndex() {
    loading ??= new Promise((resolve, reject) => {
      const inline = document.getElementById('search-index');
      if (inline !== null) {
        resolve(JSON.parse(inline.textContent));
        return;
      }
      const script = document.createElement('script');
      script.src = `${root.dataset.root}assets/search-index.js`;
      script.addEventListener('load', () => resolve(globalThis.hufuSearch));
      script.addEventListener('error', () => reject(new Error('the search index could not be loaded')));
      document.head.append(script);
    });
    return loading;
  }

  function startSearch(form) {
    const input = form.querySelector('input');
    const list = form.querySelector('[role=listbox]');
    const status = form.querySelector('[role=status]');
    const language = form.closest('.language')?.dataset.language ?? (root.lang.startsWith('zh') ? 'zh' : 'en');
    let selected = -1;
    const hits = () => [...list.querySelectorAll('.hit')];
    const close = () => {
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
      selected = -1;
    };
    const select = (index) => {
      const all = hits();
      if (all.length === 0) return;
      selected = (index + all.length) % all.length;
      for (const [place, hit] of all.entries()) hit.setAttribute('aria-selected', String(place === selected));
      all[selected].scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', all[selected].id);
    };
    const show = async () => {
      const query = input.value.trim();
      if (query === '') {
        close();
        status.textContent = '';
        return;
      }
      const index = await loadIndex();
      if (input.value.trim() !== query) return;
      const found = globalThis.hufuFind(index, query, language);
      list.replaceChildren(...drawHits(found, query, index, language, list));
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      selected = -1;
      const count = found.length === 0 ? list.dataset.none : `${found.length} ${found.length === 1 ? list.dataset.one : list.dataset.many}`;
      status.textContent = count;
      if (found.length > 0) select(0);
    };
    input.addEventListener('focus', () => void loadIndex());
    input.addEventListener('input', () => void show());
    input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        select(selected + (event.key === 'ArrowDown' ? 1 : -1));
      } else if (event.key === 'Escape') {
        if (list.hidden) input.value = '';
        close();
      }
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const hit = hits()[Math.max(selected, 0)];
      if (hit === undefined) return;
      location.href = hit.href;
      close();
    });
    list.addEventListener('click', () => setTimeout(close));
    document.addEventListener('click', (event) => {
      if (!form.contains(event.target)) close();
    });
  }

  function drawHits(found, query, index, language, list) {
    const count = document.createElement('div');
    count.className = 'count';
    count.setAttribute('role', 'presentation');
    count.textContent =
      found.length === 0 ? list.dataset.none : `${found.length} ${found.length === 1 ? list.dataset.one : list.dataset.many}`;
    const drawn = found.slice(0, 60).map((hit, place) => {
      const link = document.createElement('a');
      link.className = 'hit';
      link.id = `${list.id}-hit-${place}`;
      link.setAttribute('role', 'option');
      link.setAttribute('aria-selected', 'false');
      link.tabIndex = -1;
      link.href = hrefOf(hit, language);
      const title = document.createElement('b');
      title.append(...marked(hit.title, query));
      const from = document.createElement('span');
      from.className = 'from';
      from.textContent = hit.module;
      link.append(title, from);
      if (hit.why !== '') {
        const why = document.createElement('span');
        why.className = 'why';
        why.append(...marked(hit.why, query));
        link.append(why);
      }
      return link;
    });
    return [count, ...drawn];
  }

  function hrefOf({ path, anchor }, language) {
    if (root.dataset.single !== undefined) {
      const [page, place = anchor] = path.split('#');
      return `#${language}/${page}${place === '' ? '' : `/${place}`}`;
    }
    const [page, place = anchor] = path.split('#');
    const alternate = document.querySelector('link[rel=alternate]');
    // Pages of the other language stand in a folder of its name.
    const isRoot = alternate === null || /(?:^|\/)(?:zh|en)\//.test(alternate.getAttribute('href'));
    const folder = isRoot ? '' : `${language}/`;
    return `${root.dataset.root}${folder}${page.split('/').map(encodeURIComponent).join('/')}${place === '' ? '' : `#${encodeURIComponent(place)}`}`;
  }

  /** Text with what was asked for marked; never as HTML. */
  function marked(text, query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const lower = text.toLowerCase();
    const parts = [];
    let position = 0;
    while (position < text.length) {
      let next = -1;
      let length = 0;
      for (const word of words) {
        const at = lower.indexOf(word, position);
        if (at >= 0 && (next < 0 || at < next)) [next, length] = [at, word.length];
      }
      if (next < 0) break;
      const mark = document.createElement('mark');
      mark.textContent = text.slice(next, next + length);
      parts.push(text.slice(position, next), mark);
      position = next + length;
    }
    parts.push(text.slice(position));
    return parts;
  }
})();

/**
 * Finds the pages that hold every word of a query, in either language, the best first. A word of Chinese that is nowhere as it stands is looked for by its
 * pairs of characters, most of which have to be there.
 */
globalThis.hufuFind = (index, query, language) => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (place) => index.t[place];
  const search = (groups, least) => {
    const found = [];
    for (const [path, module, address, zh, en, body, fields] of index.p) {
      const title = language === 'zh' ? text(zh) : text(en);
      const titles = `${text(zh)} ${text(en)}`.toLowerCase();
      const [where, prose] = [text(address).toLowerCase(), text(body).toLowerCase()];
      let score = 0;
      let best;
      const matched = groups.filter((word) => {
        if (titles.includes(word)) {
          score += titles.startsWith(word) || titles.includes(` ${word}`) ? 60 : 50;
          return true;
        }
        if (where.includes(word)) {
          score += 40;
          return true;
        }
        for (let place = 0; place < fields.length; place += 3) {
          const name = text(fields[place + 1]);
          const lower = name.toLowerCase();
          const about = text(fields[place + 2]);
          const points = lower === word ? 35 : lower.includes(word) ? 25 : about.toLowerCase().includes(word) ? 15 : 0;
          if (points > (best?.points ?? 0)) best = { points, anchor: text(fields[place]), name, about };
        }
        if (best !== undefined && `${best.name} ${best.about}`.toLowerCase().includes(word)) {
          score += best.points;
          return true;
        }
        if (!prose.includes(word)) return false;
        score += 10;
        return true;
      });
      if (matched.length < least) continue;
      const names = index.m[module];
      const at = groups.map((word) => prose.indexOf(word)).find((position) => position >= 0) ?? -1;
      const excerpt = at < 0 ? '' : `${at > 40 ? '…' : ''}${text(body).slice(Math.max(0, at - 40), at + 80)}…`;
      found.push({
        path,
        title,
        module: names === undefined ? '' : text(names[language === 'zh' ? 0 : 1]),
        anchor: best?.anchor ?? '',
        why: best === undefined ? (score < 40 ? excerpt : text(address)) : `${best.name} — ${best.about}`,
        score: score - (path.includes('#') ? 40 : 0),
      });
    }
    return found.sort((a, b) => b.score - a.score);
  };
  const whole = search(words, words.length);
  if (whole.length > 0) return whole;
  const pairs = words.flatMap((word) => {
    const letters = [...word];
    return letters.length > 2 && /\p{Script=Han}/u.test(word)
      ? letters.slice(0, -1).map((letter, place) => letter + letters[place + 1])
      : [word];
  });
  return pairs.length > words.length ? search(pairs, Math.ceil(pairs.length * 0.6)) : [];
};
