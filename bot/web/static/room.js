// The chat page: whoever the link says; at a room's QR or an invite a guest, but only after a tap.
import { Phone } from "./chat.js";

const root = document.getElementById("phone");
const [, , place, code] = location.pathname.split("/");
const spoken = navigator.language.startsWith("zh") ? "zh" : "en";
const TITLES = {
  zh: { title: "应诺服务台", hint: "点 开始，然后直接写一句话或发张照片。", start: "开始" },
  en: { title: "Yingnuo desk", hint: "Tap Start, then write a sentence or send a photo.", start: "Start" } };

const headers = (token) => (token ? { Authorization: `Bearer ${token}` } : {});

// Who looks: their language and their menu.
const me = async (token) => {
  const answer = await fetch(`/web/me?language=${spoken}`, { headers: headers(token) });
  return answer.ok ? answer.json() : { language: spoken, menu: [] };
};

const open = async (token = "") => {
  const { language, menu } = await me(token);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  return new Phone(root, { name: TITLES[language].title, menu, token, language, spoken });
};

const enter = async () => {
  const kept = localStorage.getItem("yingnuo-guest");
  const answer = kept ? null : await fetch("/web/guests", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
  const token = kept || (await answer.json()).token;
  localStorage.setItem("yingnuo-guest", token);
  (await open(token)).say({ scan: code, text: "" });
};

if ((place === "room" || place === "invite") && code) {
  const words = TITLES[spoken];
  document.documentElement.lang = spoken === "zh" ? "zh-CN" : "en";
  const card = document.createElement("section");
  card.className = "card-page";
  const title = document.createElement("h1");
  title.textContent = words.title;
  const start = document.createElement("button");
  start.className = "send";
  start.textContent = words.start;
  start.addEventListener("click", enter);
  const hint = document.createElement("p");
  hint.textContent = words.hint;
  card.append(title, hint, start);
  root.append(card);
} else {
  // In a frame the token comes behind the #, which no server reads; it leaves the address at once.
  const token = place === "embed" ? new URLSearchParams(location.hash.slice(1)).get("k") ?? "" : "";
  if (token) history.replaceState(null, "", location.pathname);
  open(token);
}
