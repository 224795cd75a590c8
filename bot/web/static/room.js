// The chat page: whoever the link says; at a room's QR or an invite a guest, but only after a tap.
import { Phone } from "./chat.js";

const root = document.getElementById("phone");
const [, , place, code] = location.pathname.split("/");
const language = navigator.language.startsWith("zh") ? "zh" : "en";
const words = language === "zh" ? { title: "应诺服务台", start: "开始" } : { title: "Yingnuo desk", start: "Start" };

const open = (token = "") => new Phone(root, { name: words.title, role: "teacher", token, language });

const enter = async () => {
  const kept = localStorage.getItem("yingnuo-guest");
  const answer = kept ? null : await fetch("/web/guests", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
  const token = kept || (await answer.json()).token;
  localStorage.setItem("yingnuo-guest", token);
  open(token).say({ scan: code, text: "" });
};

if ((place === "room" || place === "invite") && code) {
  const card = document.createElement("section");
  card.className = "card-page";
  const title = document.createElement("h1");
  title.textContent = words.title;
  const start = document.createElement("button");
  start.className = "send";
  start.textContent = words.start;
  start.addEventListener("click", enter);
  card.append(title, start);
  root.append(card);
} else {
  open();
}
