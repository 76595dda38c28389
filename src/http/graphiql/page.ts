import { escapeHtml } from '../html.js';
import type { GraphiqlAsset } from './asset.js';
import type { GraphiqlExample } from './examples.js';

/** The configuration that the server gives the page. It travels as an escaped attribute, so that no script is inline. */
export interface PageConfig {
  readonly endpoint: string;
  /** Null if there is no demo login: the page asks for an access token instead. */
  readonly logins: readonly { readonly login: string; readonly label: string }[] | null;
  readonly tokenEndpoint: string;
  readonly examples: readonly GraphiqlExample[];
}

/** Renders the page of GraphiQL. */
export function renderPage(config: PageConfig, assets: Iterable<GraphiqlAsset>): string {
  const all = [...assets];
  const links = all
    .filter((asset) => asset.contentType.startsWith('text/css'))
    .map((asset) => `  <link rel="stylesheet" href="${escapeHtml(asset.href)}">`);
  const scripts = all
    .filter((asset) => asset.contentType.startsWith('text/javascript'))
    .map((asset) => `  <script src="${escapeHtml(asset.href)}" defer></script>`);
  const options = (config.logins ?? []).map(({ login, label }) => {
    const text = label === '' ? login : `${login} — ${label}`;
    return `        <option value="${escapeHtml(login)}">${escapeHtml(text)}</option>`;
  });
  const controls =
    config.logins === null
      ? `    <form class="cosmos-control" id="token-form">
      <label for="token">Jeton d’accès</label>
      <input id="token" type="password" autocomplete="off" spellcheck="false">
      <button type="submit">Utiliser</button>
    </form>`
      : `    <div class="cosmos-control">
      <label for="login">Se connecter en tant que</label>
      <select id="login" autocomplete="off">
${[...options, '        <option value="">Anonyme</option>'].join('\n')}
      </select>
    </div>`;
  return `<!doctype html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Cosmos – GraphiQL</title>
  <link rel="icon" href="data:,">
${links.join('\n')}
${scripts.join('\n')}
</head>
<body>
  <header class="cosmos-bar">
    <h1>Cosmos</h1>
${controls}
    <p id="status" role="status"></p>
  </header>
  <main id="graphiql" data-config="${escapeHtml(JSON.stringify(config))}">
    <p class="cosmos-loading">Chargement…</p>
  </main>
</body>
</html>
`;
}

/** The style sheet of the page. */
export const PAGE_STYLE = `html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; overflow: hidden; }
.cosmos-bar {
  align-items: center;
  background: #17345c;
  color: #fff;
  display: flex;
  flex-wrap: wrap;
  font: 15px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif;
  gap: 8px 24px;
  padding: 8px 16px;
}
.cosmos-bar h1 { font-size: 19px; font-weight: 650; letter-spacing: 0.01em; margin: 0; }
.cosmos-control { align-items: center; display: flex; flex-wrap: wrap; gap: 4px 8px; margin: 0; }
.cosmos-bar select, .cosmos-bar input, .cosmos-bar button {
  background: #fff;
  border: 1px solid #8fa3bf;
  border-radius: 4px;
  box-sizing: border-box;
  color: #161616;
  font: inherit;
  max-width: 100%;
  padding: 4px 8px;
}
.cosmos-bar select { max-width: min(100%, 620px); text-overflow: ellipsis; }
.cosmos-bar button { cursor: pointer; }
.cosmos-bar :focus-visible { outline: 3px solid #ffd166; outline-offset: 1px; }
.cosmos-bar #status { margin: 0 0 0 auto; }
.cosmos-bar #status.error {
  background: #fff;
  border-radius: 4px;
  color: #a3000b;
  font-weight: 600;
  padding: 2px 8px;
}
#graphiql { flex: 1; min-height: 0; }
.cosmos-loading { font: 15px/1.4 system-ui, sans-serif; margin: 0; padding: 24px 16px; }
#graphiql .graphiql-logo { display: none; }
`;

/**
 * The page's own script. It is text, because it runs in the browser and tsc would not copy a .js file. It must hold no backtick and no
 * dollar-brace.
 */
export const PAGE_SCRIPT = String.raw`'use strict';
(function () {
  var root = document.getElementById('graphiql');
  var status = document.getElementById('status');
  var select = document.getElementById('login');
  var config = JSON.parse(root.getAttribute('data-config'));
  var params = new URLSearchParams(location.search);
  var REFRESH_BEFORE_MS = 30000;
  var DEFAULT_HEADERS = JSON.stringify({ 'Accept-Language': 'fr' }, null, 2);

  // ---- Tokens: in this closure only, never in a storage nor in the address ----

  /**
   * A session is one choice in the bar. login: a demo login, or null (anonymous, or a token that was
   * pasted).
   */
  function createSession(login, pasted) {
    return { login: login, token: pasted, expiresAt: Infinity, pending: null };
  }

  /** GraphiQL prints an error with its stack, which says nothing to the reader. */
  function failure(message) {
    var error = new Error(message);
    error.stack = undefined;
    return error;
  }

  function expiryOf(token) {
    try {
      var claims = JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
      return typeof claims.exp === 'number' ? claims.exp * 1000 : Infinity;
    } catch (error) {
      return Infinity;
    }
  }

  function requestToken(session) {
    if (!session.pending) {
      session.pending = fetch(config.tokenEndpoint, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ login: session.login }),
      })
        .then(function (response) {
          if (!response.ok) {
            throw failure('Connexion refusée pour ' + session.login + ' (' + response.status + ').');
          }
          return response.json();
        })
        .then(function (answer) {
          session.token = answer.token;
          session.expiresAt = expiryOf(answer.token);
          showStatus(session);
          return session.token;
        })
        .catch(function (error) {
          session.token = null;
          showError(session, error.message);
          throw error;
        })
        .finally(function () {
          session.pending = null;
        });
    }
    return session.pending;
  }

  function tokenFor(session) {
    var stale = session.token === null || Date.now() > session.expiresAt - REFRESH_BEFORE_MS;
    return session.login !== null && stale ? requestToken(session) : Promise.resolve(session.token);
  }

  // ---- Requests ----

  function send(params, extraHeaders, token) {
    var headers = new Headers({
      Accept: 'application/graphql-response+json, application/json',
      'Content-Type': 'application/json',
      'Accept-Language': 'fr',
    });
    if (token) headers.set('Authorization', 'Bearer ' + token);
    Object.keys(extraHeaders || {}).forEach(function (name) {
      headers.set(name, extraHeaders[name]);
    });
    return fetch(config.endpoint, {
      method: 'POST',
      credentials: 'same-origin',
      headers: headers,
      body: JSON.stringify({
        query: params.query,
        operationName: params.operationName,
        variables: params.variables,
      }),
    });
  }

  // ---- Subscriptions: the token in the first message, never in the address ----

  function isSubscription(params, options) {
    var definitions = (options && options.documentAST && options.documentAST.definitions) || [];
    return definitions.some(function (definition) {
      var name = definition.name ? definition.name.value : null;
      return (
        definition.operation === 'subscription' && (!params.operationName || name === params.operationName)
      );
    });
  }

  var live = null;

  /** One socket at a time: what one login followed ends with it. */
  function createFollower(session) {
    if (live) live.dispose();
    var client = graphqlWs.createClient({
      url: new URL(config.endpoint, location.href).href.replace(/^http/, 'ws'),
      connectionParams: function () {
        return tokenFor(session).then(function (token) {
          return token ? { authorization: 'Bearer ' + token } : {};
        });
      },
    });
    live = client;
    return function (params) {
      return {
        subscribe: function (observer) {
          var unsubscribe = client.subscribe(
            { query: params.query, operationName: params.operationName, variables: params.variables },
            {
              next: observer.next,
              complete: observer.complete,
              error: function (error) {
                // A socket that was closed, one that could not be opened, or what GraphQL says.
                if (Array.isArray(error)) observer.error({ errors: error });
                else observer.error(failure(error.reason || error.message || 'Connexion perdue'));
              },
            },
          );
          return { unsubscribe: unsubscribe };
        },
      };
    };
  }

  function createFetcher(session) {
    var follow = createFollower(session);
    return function (params, options) {
      if (isSubscription(params, options)) return follow(params);
      var extraHeaders = options && options.headers;
      return tokenFor(session)
        .then(function (token) {
          return send(params, extraHeaders, token).then(function (response) {
            if (response.status !== 401 || session.login === null) return response;
            // Refused at the door, so nothing ran: once more with a new token.
            var renewed = session.token === token ? requestToken(session) : tokenFor(session);
            return renewed.then(function (fresh) {
              return send(params, extraHeaders, fresh);
            });
          });
        })
        .then(function (response) {
          return response.text().then(function (text) {
            try {
              return JSON.parse(text);
            } catch (error) {
              throw failure('HTTP ' + response.status + ' : ' + text.slice(0, 500));
            }
          });
        });
    };
  }

  // ---- The bar ----

  var current = null;

  function show(session, text, isError) {
    if (session !== current) return;
    status.textContent = text;
    status.className = isError ? 'error' : '';
  }

  function showError(session, text) {
    show(session, text, true);
  }

  function showStatus(session) {
    if (session.login === null) {
      show(session, session.token ? 'Jeton fourni' : 'Anonyme : le schéma n’est montré qu’une fois connecté');
    } else if (session.token === null) {
      show(session, 'Connexion de ' + session.login + '…');
    } else {
      var until = new Date(session.expiresAt);
      var time = until.toLocaleTimeString('fr', { hour: '2-digit', minute: '2-digit' });
      var known = session.expiresAt !== Infinity && !isNaN(until.getTime());
      show(session, 'Connecté : ' + session.login + (known ? ' (jeton valable jusqu’à ' + time + ')' : ''));
    }
  }

  // ---- GraphiQL ----

  function createMemoryStorage(entries) {
    var map = new Map(Object.entries(entries));
    return {
      get length() {
        return map.size;
      },
      getItem: function (key) {
        return map.has(key) ? map.get(key) : null;
      },
      setItem: function (key, value) {
        map.set(key, String(value));
      },
      removeItem: function (key) {
        map.delete(key);
      },
      clear: function () {
        map.clear();
      },
    };
  }

  function toTab(query, variables, index) {
    return {
      id: 'cosmos-' + index,
      title: (/(?:query|mutation|subscription)\s+(\w+)/.exec(query || '') || [])[1] || '<untitled>',
      query: query,
      variables: variables,
      headers: null,
      operationName: null,
      response: null,
    };
  }

  var tabs = {
    activeTabIndex: 0,
    tabs: config.examples.map(function (example, index) {
      var variables = example.variables ? JSON.stringify(example.variables, null, 2) : null;
      return toTab(example.query.trim(), variables, index);
    }),
  };
  config.examples.forEach(function (example, index) {
    if (example.name === params.get('operation')) tabs.activeTabIndex = index;
  });
  var runOnce = params.get('run') === '1';
  var storage = createMemoryStorage({});
  var visiblePlugin = '';
  var KEPT = ['theme', 'docExplorerFlex', 'editorFlex', 'secondaryEditorFlex'];

  /**
   * A new storage for a new login: the operations as edited, the layout; not the answers, headers or
   * history.
   */
  function nextStorage() {
    var entries = { 'graphiql:visiblePlugin': visiblePlugin };
    KEPT.forEach(function (key) {
      var value = storage.getItem('graphiql:' + key);
      if (value !== null) entries['graphiql:' + key] = value;
    });
    var active = tabs.tabs[tabs.activeTabIndex];
    if (active) {
      entries['graphiql:tabState'] = JSON.stringify(tabs);
      entries['graphiql:query'] = active.query || '';
      entries['graphiql:variables'] = active.variables || '';
    }
    return createMemoryStorage(entries);
  }

  function onTabChange(state) {
    tabs = {
      activeTabIndex: state.activeTabIndex,
      tabs: state.tabs.map(function (tab, index) {
        return toTab(tab.query, tab.variables, index);
      }),
    };
  }

  function onTogglePluginVisibility(plugin) {
    visiblePlugin = plugin ? plugin.title : '';
  }

  /** For screenshots: ?run=1 presses the button once the schema is there. Never a mutation. */
  function onSchemaChange() {
    var active = tabs.tabs[tabs.activeTabIndex];
    if (!runOnce || !active || /^\s*(mutation|subscription)\b/m.test(active.query || '')) return;
    runOnce = false;
    setTimeout(function () {
      var button = document.querySelector('.graphiql-execute-button');
      if (button) button.click();
    }, 100);
  }

  var reactRoot = ReactDOM.createRoot(root);
  var generation = 0;

  function open(session) {
    current = session;
    generation += 1;
    storage = nextStorage();
    showStatus(session);
    reactRoot.render(
      React.createElement(GraphiQL, {
        // A new instance for each login: nothing one login was answered stays on the screen of the next.
        key: generation,
        fetcher: createFetcher(session),
        // null: no introspection (the API refuses it to the anonymous); undefined: introspect.
        schema: session.login === null && !session.token ? null : undefined,
        storage: storage,
        defaultTabs: tabs.tabs.map(function (tab) {
          return { query: tab.query, variables: tab.variables, headers: DEFAULT_HEADERS };
        }),
        defaultHeaders: DEFAULT_HEADERS,
        defaultQuery: '',
        defaultEditorToolsVisibility: 'variables',
        shouldPersistHeaders: false,
        inputValueDeprecation: true,
        onTabChange: onTabChange,
        onTogglePluginVisibility: onTogglePluginVisibility,
        onSchemaChange: onSchemaChange,
      }),
    );
  }

  if (select) {
    var wanted = params.get('login');
    var values = Array.from(select.options, function (option) {
      return option.value;
    });
    select.value = wanted !== null && values.indexOf(wanted) >= 0 ? wanted : values[0];
    select.addEventListener('change', function () {
      var address = new URL(location.href);
      address.searchParams.set('login', select.value);
      history.replaceState(null, '', address);
      open(createSession(select.value || null, null));
    });
    open(createSession(select.value || null, null));
  } else {
    var field = document.getElementById('token');
    document.getElementById('token-form').addEventListener('submit', function (event) {
      event.preventDefault();
      open(createSession(null, field.value.trim().replace(/^Bearer\s+/i, '') || null));
      field.value = '';
    });
    open(createSession(null, null));
  }
})();
`;
