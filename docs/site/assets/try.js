/* Starts the interactive reference: everything that would ask another host for something is off. */
'use strict';

(() => {
  const { mock, language } = document.documentElement.dataset;
  const origin = mock === '' ? location.origin : mock.replace(/\/+$/, '');
  document.getElementById('target').textContent = origin;

  const wanted = new URLSearchParams(location.search).get('operation') ?? '';
  const name = wanted.slice(0, wanted.indexOf('/'));
  const operation = globalThis.hufuDocuments.find((item) => item.name === name)?.operations[wanted.slice(name.length + 1)];

  const aimed = (content) => {
    const { host } = new URL(origin);
    if (content.swagger !== undefined) return { ...content, host, schemes: [origin.split(':')[0]] };
    return { ...content, servers: content.servers.map(({ url }) => ({ url: origin + url.replace(/\/$/, '') })) };
  };
  const sources = globalThis.hufuDocuments.map((item) => ({
    title: item.title,
    slug: item.name,
    content: aimed(item.content),
    default: item.name === name,
  }));

  globalThis.Scalar.createApiReference('#app', {
    sources,
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    hideClientButton: true,
    proxyUrl: '',
    persistAuth: false,
    localization: { locale: language === 'zh' ? 'zh-CN' : 'en' },
    orderSchemaPropertiesBy: 'preserve',
    onLoaded: () => reveal(),
  });

  let isRevealed = false;
  /** Goes to the operation that a page of the documentation named. */
  function reveal() {
    if (isRevealed || operation === undefined) return;
    isRevealed = true;
    const [method, path] = operation;
    const tail = `/${method}${path}`;
    const target = [...document.querySelectorAll('[id]')].find((element) => element.id.endsWith(tail));
    target?.scrollIntoView();
  }
})();
