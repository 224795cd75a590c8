// Writes ../vectors.json anew: `node vectors.js > ../vectors.json`. Committed, so that no test needs node for them.
const Crypto = require("wechat-crypto");

const account = {
  app_id: "wx0123456789abcdef",
  token: "vectortoken",
  aes_key: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
};
const texts = {
  empty: "",
  "one byte": "a",
  "block edge": "x".repeat(90),
  "block edge and one": "x".repeat(91),
  chinese: "投影仪坏了，302教室",
  emoji: "😀👩‍👩‍👧 好的",
  xml: "<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>",
  long: "应诺".repeat(200),
};

const peer = new Crypto(account.token, account.aes_key, account.app_id);
const cases = Object.entries(texts).map(([name, text], at) => {
  const timestamp = String(1790000000 + at), nonce = `nonce${at}`;
  const encrypt = peer.encrypt(text);
  return { name, text, timestamp, nonce, encrypt, signature: peer.getSignature(timestamp, nonce, encrypt) };
});
process.stdout.write(JSON.stringify({ made_with: "npm wechat-crypto 0.0.2", ...account, cases }, null, 1) + "\n");
