/*
 * A stand-in for https://connect.facebook.net/en_US/fbevents.js, written for the simulator from the documented and
 * observed behaviour of Meta's script (version 2.9.324); it holds none of its code.
 */
(function (window, document) {
  "use strict";

  const MAX_URL = 2048;
  const COOKIE_DAYS = 90;
  const MAX_FBCLID = 500;
  const stub = window.fbq;
  if (!stub || stub.callMethod) return;

  const startedAt = Date.now();
  const pixels = {};
  const order = [];
  const settings = { revoked: false, dpo: null, autoConfig: {}, agents: {}, trackSingleOnly: {} };
  let count = 0;
  let lastUrl = location.href;
  let referrer = document.referrer;
  let isFollowed = false;

  /* Cookies: written at the highest domain that the browser accepts; the index counts the dots of that domain. */
  function readCookie(name) {
    const found = document.cookie.split("; ").filter((pair) => pair.indexOf(`${name}=`) === 0)[0];
    return found ? found.slice(name.length + 1) : null;
  }

  function writeCookie(name, valueAt) {
    const parts = location.hostname.split(".");
    for (let depth = 1; depth <= parts.length; depth++) {
      const domain = parts.slice(-depth).join(".");
      const value = valueAt(depth - 1);
      const expires = new Date(Date.now() + COOKIE_DAYS * 864e5).toUTCString();
      document.cookie = `${name}=${value}; domain=.${domain}; path=/; expires=${expires}; SameSite=Lax`;
      if (readCookie(name) === value) return value;
    }
    return null;
  }

  function randomDigits() {
    return String(Math.floor(Math.random() * 999999999)) + String(Math.floor(Math.random() * 999999999));
  }

  function browserId() {
    const known = readCookie("_fbp");
    const made = `.${Date.now()}.${randomDigits()}`;
    return writeCookie("_fbp", (index) => known || `fb.${index}${made}`) || known;
  }

  function clickId() {
    const known = readCookie("_fbc");
    const match = /[?&]fbclid=([^&#]*)/.exec(location.search);
    /* A dot would end the cookie's field, so it is spelled out. */
    const payload = match && match[1] && match[1].length <= MAX_FBCLID ? match[1].replace(/\./g, "__DOT__") : null;
    const isKnown = known && (!payload || known.split(".")[3] === payload);
    if (!isKnown && !payload) return null;
    const made = `.${Date.now()}.${payload}`;
    return writeCookie("_fbc", (index) => (isKnown ? known : `fb.${index}${made}`)) || known;
  }

  /* Advanced matching: values are hashed in the browser, unless they are hashes already. */
  function sha256(text) {
    return crypto.subtle
      .digest("SHA-256", new TextEncoder().encode(text))
      .then((bytes) => Array.from(new Uint8Array(bytes), (byte) => `0${byte.toString(16)}`.slice(-2)).join(""));
  }

  async function hashedUserData(raw) {
    const hashed = {};
    for (const [key, value] of Object.entries(raw)) {
      const text = String(value).trim().toLowerCase();
      if (text) hashed[key] = /^[0-9a-f]{64}$/.test(text) ? text : await sha256(text);
    }
    return hashed;
  }

  /* Sending: parameters without a value are left out; arrays and objects travel as JSON. */
  function nested(prefix, values) {
    const given = Object.entries(values || {});
    return Object.fromEntries(
      given.map(([key, value]) => [`${prefix}[${key}]`, isObject(value) ? JSON.stringify(value) : value]),
    );
  }

  const isObject = (value) => typeof value === "object" && value !== null;

  function post(pixel, event, userData) {
    const { dpo } = settings;
    const parameters = {
      id: pixel.id,
      ev: event.name,
      dl: event.url,
      rl: event.referrer,
      if: window.top !== window,
      ts: event.at,
      ...nested("cd", event.params),
      ...nested("ud", userData),
      sw: screen.width,
      sh: screen.height,
      v: "2.9.324",
      r: "stable",
      a: settings.agents[pixel.id],
      ec: event.count,
      o: settings.autoConfig[pixel.id] === false ? 4097 : 4098,
      fbp: browserId(),
      fbc: clickId(),
      it: startedAt,
      coo: false,
      eid: event.id,
      es: event.isAutomatic ? "automatic" : undefined,
      tm: event.isSingle ? 1 : 0,
      ...(dpo && { dpo: dpo.options.join(","), dpoco: dpo.country, dpost: dpo.state }),
    };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined && value !== null) query.set(name, value);
    }
    transmit(query);
    followPage();
  }

  function transmit(query) {
    const endpoint = "https://www.facebook.com/tr/";
    const url = `${endpoint}?${query}&rqm=GET`;
    if (url.length < MAX_URL) {
      new Image().src = url;
      return;
    }
    query.set("rqm", "fetch");
    fetch(endpoint, { method: "POST", mode: "no-cors", keepalive: true, credentials: "include", body: query }).catch(
      () => {},
    );
  }

  function send(pixel, event) {
    if (!pixel.isReady) pixel.waiting.push(event);
    else if (pixel.isProhibited) return;
    else if (pixel.userData) pixel.userData.then((userData) => post(pixel, event, userData));
    else post(pixel, event, null);
  }

  function track(targets, [name, params, options], isAutomatic = false) {
    const ids = targets || order.filter((id) => !settings.trackSingleOnly[id]);
    const { eventID, event_id } = options || {};
    for (const pixel of ids.map((id) => pixels[id]).filter(Boolean)) {
      /* One page counts one PageView per pixel, whatever its id; those of trackSingle neither count nor are held to it. */
      if (name === "PageView" && targets === null) {
        if (pixel.hasPageView && !isAutomatic) continue;
        pixel.hasPageView = true;
      }
      const page = { url: location.href, referrer, at: Date.now(), count: count++ };
      send(pixel, { ...page, name, params, id: eventID ?? event_id, isAutomatic, isSingle: targets !== null });
    }
  }

  /* The gate: nothing is sent before the pixel's configuration came, and nothing ever if it does not come. */
  function open(pixel) {
    pixel.isReady = true;
    for (const event of pixel.waiting.splice(0)) send(pixel, event);
  }

  function loadConfig(id) {
    const script = document.createElement("script");
    script.async = true;
    script.src = `https://connect.facebook.net/signals/config/${id}?v=2.9.324&r=stable&domain=${encodeURIComponent(location.hostname)}`;
    document.head.appendChild(script);
  }

  stub.registerPlugin = (_id, { plugin }) => {
    const instance = { configLoaded: (pixelId) => open(pixels[pixelId]) };
    const config = {
      set: (pixelId, key) => {
        if (key === "prohibitedPixels") pixels[pixelId].isProhibited = true;
      },
    };
    plugin(stub, instance, config);
  };

  const methods = {
    init(id, matching, options) {
      const key = String(id);
      const userData = matching && Object.keys(matching).length > 0 ? hashedUserData(matching) : null;
      if (options && options.agent) settings.agents[key] = options.agent;
      if (pixels[key]) {
        if (userData) pixels[key].userData = userData;
        return;
      }
      pixels[key] = { id: key, isReady: false, isProhibited: false, waiting: [], userData, hasPageView: false };
      order.push(key);
      if (stub.disableConfigLoading) open(pixels[key]);
      else loadConfig(key);
    },
    track: (...event) => track(null, event),
    trackCustom: (...event) => track(null, event),
    trackSingle: (id, ...event) => track([String(id)], event),
    trackSingleCustom: (id, ...event) => track([String(id)], event),
    dataProcessingOptions(options, country, state) {
      settings.dpo = { options: options || [], country: String(country || 0), state: String(state || 0) };
    },
    set(key, value, id) {
      if (key === "autoConfig") settings.autoConfig[id] = value;
      if (key === "agent") settings.agents[id] = value;
      if (key === "trackSingleOnly") settings.trackSingleOnly[id] = value;
    },
  };

  /*
   * Revoked consent is a lock on the whole script (2.9.324): every command but `consent` goes to the end of the page's own
   * queue, and a grant works the queue off. So does what the script says to itself; released, it is a command like others.
   */
  function call(args, isAutomatic) {
    if (args[0] === "consent") {
      settings.revoked = args[1] === "revoke";
      release();
    } else if (settings.revoked) stub.queue.push(args);
    else if (isAutomatic) track(null, args.slice(1), true);
    else if (methods[args[0]]) methods[args[0]](...args.slice(1));
  }

  function release() {
    while (!settings.revoked && stub.queue.length > 0) call([...stub.queue.shift()], false);
  }

  stub.callMethod = (...args) => call(args, false);
  const viewPage = () => call(["trackCustom", "PageView"], true);

  /*
   * Single-page navigation and a page's return make PageViews of their own, without an id that a server could know. All
   * of it begins with the first event that is sent, and `disablePushState` is read then, once.
   */
  function followPage() {
    if (isFollowed) return;
    isFollowed = true;
    lastUrl = location.href;
    if (stub.disablePushState !== true) followAddress();
    window.addEventListener("pageshow", (event) => event.persisted && viewPage());
  }

  function onAddressChange() {
    if (location.href === lastUrl) return;
    referrer = lastUrl;
    lastUrl = location.href;
    viewPage();
  }

  function followAddress() {
    for (const name of ["pushState", "replaceState"]) {
      const original = history[name];
      history[name] = (...args) => {
        const result = original.apply(history, args);
        onAddressChange();
        return result;
      };
    }
    window.addEventListener("popstate", onAddressChange);
  }

  stub.queue = stub.queue || [];
  release();
})(window, document);
