// Opens pages in Chromium without a network and asks axe-core: `axe.cjs TOOLS PAGE...`. Exits 1 at a violation or a request.
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const [tools, ...pages] = process.argv.slice(2);
const modules = path.join(tools, "node_modules");
const puppeteer = require(path.join(modules, "puppeteer-core"));
const axe = require.resolve("axe-core", { paths: [modules] });

(async () => {
  const browser = await puppeteer.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"],
  });
  let faults = 0;
  for (const file of pages) {
    const page = await browser.newPage();
    await page.setBypassCSP(true);
    await page.setViewport({ width: 1100, height: 1400 });
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(path.resolve(file)).href, { waitUntil: "networkidle0" });
    const others = asked.slice(1);
    await page.addScriptTag({ path: axe });
    const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
    const broken = await page.evaluate(() => [...document.querySelectorAll("a")].map((one) => one.getAttribute("href")));
    for (const href of broken.filter((one) => !one.startsWith("#"))) {
      const target = path.join(path.dirname(file), decodeURIComponent(href));
      if (!require("node:fs").existsSync(target)) { console.log(`${file}: no ${href}`); faults += 1; }
    }
    for (const one of violations) console.log(`${file}: ${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).join(" ")}`);
    for (const url of others) console.log(`${file}: asks for ${url}`);
    faults += violations.length + others.length + (passes.length === 0 ? 1 : 0);
    console.log(`${file}: ${passes.length} rules hold, ${violations.length} violations, ${others.length} requests`);
    if (process.env.SCREENSHOTS) await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${path.basename(path.dirname(file))}.png`), fullPage: true });
    await page.close();
  }
  await browser.close();
  process.exit(faults === 0 && pages.length > 0 ? 0 : 1);
})().catch((error) => { console.error(error); process.exit(1); });
