"""Looks at the pages of a running gateway as people do, with Debian's Chromium.

usage: page_eyes.py BASE PIN OUTDIR
  BASE    the pages' address, such as http://127.0.0.1:8080
  PIN     the box's PIN
  OUTDIR  a folder for the screenshots and the printed pages

It prints a line of JSON for each check, {"check": ..., "ok": ..., "detail": ...}, and exits with 1 if one failed. It needs
playwright 1.65.2 and axe-playwright-python 0.1.8. It asks one Modbus device of the box four times.
"""

import json
import os
import pathlib
import re
import sys
import time
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LANGUAGES, SCHEMES, WIDTHS = ("id", "en"), ("light", "dark"), (360, 1280)
# What A4 leaves between margins of 14 mm, in pixels of a stylesheet.
PAPER_WIDTH, PAPER_HEIGHT = round(182 / 25.4 * 96), round(269 / 25.4 * 96)
SHAPES = "●▲■○"
# Whether the charts that a script draws are there, where the library is installed.
CHARTS = "typeof Dygraph === 'undefined' || document.querySelectorAll('.dygraph-axis-label').length > 0"
failed = 0


def say(check, ok, detail=""):
    global failed
    failed += not ok
    print(json.dumps({"check": check, "ok": bool(ok), "detail": detail}, ensure_ascii=False), flush=True)


def told(path, language):
    return path + ("&" if "?" in path else "?") + "lang=" + language


class Eyes:
    def __init__(self, browser, base, pin, out):
        self.browser, self.base, self.pin, self.out = browser, base, pin, pathlib.Path(out)
        self.host = urlsplit(base).netloc
        self.axe = Axe()
        self.troubles = []

    def context(self, width=360, scheme="light", **more):
        context = self.browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **more)
        context.set_default_timeout(20_000)
        return context

    def page(self, context):
        """A page whose console and requests are watched."""
        page = context.new_page()
        page.on("console", lambda line: line.type == "error" and self.troubles.append(line.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda request: self.watch(request.url))
        return page

    def watch(self, url):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.troubles.append("another host: " + url)

    # What every page must have.

    def look(self, page, path, name, with_axe):
        """What is wrong with a page; a screenshot of it stays in the folder."""
        self.troubles.clear()
        answer = page.goto(self.base + path, wait_until="load")
        flaws = [] if answer.status == 200 else [f"status {answer.status}"]
        if "/device/" in path:
            self.wait(page, CHARTS)
        flaws += self.judge(page, name, with_axe)
        return flaws + self.troubles

    def judge(self, page, name, with_axe=True):
        flaws = []
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            flaws.append(f"{over} px wider than the screen")
        if with_axe:
            for found in self.axe.run(page).response["violations"]:
                flaws.append(f"{found['id']}: {found['nodes'][0]['html'][:160]}")
        bare = page.evaluate(
            "shapes => [...document.querySelectorAll('.badge')].map(b => b.innerText.trim())"
            ".filter(t => !shapes.includes(t[0]) || t.length < 3)",
            SHAPES,
        )
        if bare:
            flaws.append(f"states without a shape and a word: {bare[:3]}")
        page.screenshot(path=self.out / (name + ".png"), full_page=True)
        return flaws

    @staticmethod
    def wait(page, condition, seconds=10):
        """Waits for what comes later; what does not come shows in the checks after it. The pages' policy lets no library
        evaluate text in them, so this asks from outside."""
        end = time.monotonic() + seconds
        while not page.evaluate(condition) and time.monotonic() < end:
            page.wait_for_timeout(50)

    def every_page(self, paths):
        for scheme in SCHEMES:
            for width in WIDTHS:
                context = self.context(width, scheme)
                page = self.page(context)
                for language in LANGUAGES:
                    for path in paths:
                        name = (re.sub(r"\W+", "-", path).strip("-") or "index") + f"-{language}-{scheme}-{width}"
                        # The words change nothing of what axe looks at but their lang.
                        with_axe = language == "id" or (scheme, width) == ("light", 360)
                        flaws = self.look(page, told(path, language), name, with_axe)
                        if page.get_attribute("html", "lang") != language:
                            flaws.append("another language")
                        say(f"page {path} {language} {scheme} {width}", not flaws, "; ".join(flaws))
                context.close()

    def links(self, start):
        """Follows the links of the pages from some of them; returns the addresses that answered."""
        context = self.context()
        left, seen, wrong = list(start), {}, []
        while left and len(seen) < 200:
            path = left.pop()
            if path in seen:
                continue
            answer = context.request.get(self.base + path, timeout=60_000)
            text = answer.text()
            seen[path] = answer.status
            if answer.status != 200:
                wrong.append(f"{path}: {answer.status}")
            if answer.headers.get("content-type", "").startswith("text/html"):
                for link in re.findall(r'(?:href|src|data-csv)="(/[^"#]*)', text):
                    left.append(re.sub(r"[?&]lang=..$", "", link.replace("&amp;", "&")))
        say("links lead somewhere", not wrong and len(seen) > 10, "; ".join(wrong) or f"{len(seen)} addresses")
        context.close()
        return [path for path, status in seen.items() if status == 200]

    # What some pages must do.

    def keyboard(self, path):
        context = self.context()
        page = self.page(context)
        page.goto(self.base + told(path, "id"))
        places = "a[href], button:not([hidden]), input, select, [tabindex='0']"
        wanted = page.evaluate("p => [...document.querySelectorAll(p)].filter(e => e.checkVisibility()).length", places)
        order, hidden = [], []
        for _ in range(min(wanted, 60)):
            page.keyboard.press("Tab")
            here = page.evaluate(
                """places => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
                return { place: [...document.querySelectorAll(places)].filter(e => e.checkVisibility()).indexOf(e),
                  seen: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 && r.right > 0 && r.width > 0,
                  html: e.outerHTML.slice(0, 80) } }""",
                places,
            )
            order.append(here["place"])
            if not here["seen"]:
                hidden.append(here["html"])
        say(f"Tab goes through {path} in its order", order == list(range(len(order))), f"{order[:40]}")
        say(f"the focus is seen on {path}", not hidden, "; ".join(hidden[:3]))
        context.close()

    def live(self):
        context = self.context()
        page = self.page(context)
        page.goto(self.base + "/?lang=id")
        page.evaluate("window.sameDocument = true; window.before = document.querySelector('main').innerText")
        began = time.monotonic()
        self.wait(page, "document.querySelector('main').innerText !== window.before")
        changed = page.evaluate("window.sameDocument && document.querySelector('main').innerText !== window.before")
        say("values change without a reload", changed, f"after {time.monotonic() - began:.1f} s")
        self.focused(page)
        context.close()

    def focused(self, page):
        """Whoever stands on a card's link sees its values go on."""
        link = page.locator("[id^='card-'] a").first
        if link.count() == 0:
            return
        link.focus()
        page.evaluate("window.card = document.activeElement.closest('[id^=card-]'); window.old = card.innerText")
        self.wait(page, "window.card.innerText !== window.old", 20)
        moved = page.evaluate("card.innerText !== old")
        stays = page.evaluate("card.contains(document.activeElement)")
        say("a card with the focus goes on, and keeps it", moved and stays, f"changed {moved}, focused {stays}")

    def without_scripts(self):
        """The same words and numbers with scripts and without, at a moment at which nothing changed between."""
        words = "[...document.querySelectorAll('.big, dd, .badge, dt')].map(e => e.innerText.trim())"
        with_scripts, without = self.context(), self.context(java_script_enabled=False)
        first, second = self.page(with_scripts), self.page(without)
        first.goto(self.base + "/?lang=id")
        same, ours, theirs = False, [], []
        for _ in range(20):
            second.goto(self.base + "/?lang=id")
            ours, theirs = first.evaluate(words), second.evaluate(words)
            same = ours == theirs and len(ours) > 3
            if same:
                break
        differ = [pair for pair in zip(ours, theirs) if pair[0] != pair[1]]
        say("reads the same without scripts", same, f"{len(ours)} texts; {differ[:3]}")
        for path in ("/operator", "/kota", "/map"):
            answer = second.goto(self.base + told(path, "en"))
            say(f"reads without scripts {path}", answer.status == 200 and len(second.inner_text("main")) > 80)
        with_scripts.close()
        without.close()

    def without_libraries(self, path):
        context = self.context()
        context.route("**/lib/**", lambda route: route.fulfill(status=404))
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        drawn = {}
        for place, drawing in ((path, "svg.chart"), ("/map", "#map svg")):
            page.goto(self.base + place)
            drawn[place] = page.locator(drawing).count() and page.locator(drawing).first.is_visible()
        ok = all(drawn.values()) and not errors
        say("charts and map are drawn without script libraries", ok, f"{drawn} {errors}")
        context.close()

    def charts_in_the_dark(self, path):
        context = self.context(scheme="dark")
        page = self.page(context)
        page.goto(self.base + path)
        self.wait(page, CHARTS)
        if page.locator(".dygraph-axis-label").count() == 0:
            return say("the charts' numbers are read in the dark", True, "no interactive charts")
        ratio = page.evaluate(
            """() => { const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => v / 255)
                .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const a = light(getComputedStyle(document.querySelector(".dygraph-axis-label")).color),
                b = light(getComputedStyle(document.body).backgroundColor);
              return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }"""
        )
        say("the charts' numbers are read in the dark", ratio >= 4.5, f"contrast {ratio:.1f}")
        context.close()

    # Paper.

    def printed(self, page, name):
        """The number of pages."""
        data = page.pdf(path=self.out / (name + ".pdf"), format="A4", prefer_css_page_size=True)
        return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))

    def paper(self, device):
        context = self.context(1280)
        page = self.page(context)
        for language in LANGUAGES:
            for path in ("/kota", "/kota?window=month&before=366", "/kota?window=hour"):
                page.goto(self.base + told(path, language))
                pages = self.printed(page, re.sub(r"\W+", "-", path).strip("-") + "-" + language)
                say(f"one sheet of paper holds {path} {language}", pages == 1, f"{pages} pages")
        page.set_viewport_size({"width": PAPER_WIDTH, "height": PAPER_HEIGHT})
        for path in ("/", "/operator", "/map", device):
            page.goto(self.base + told(path, "id"))
            if path == device:
                self.wait(page, CHARTS)
            page.emulate_media(media="print")
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            say(f"paper is wide enough for {path}", over <= 0, f"{over} px too wide")
            if path in (device, "/map"):
                seen = page.locator("svg.chart, #map svg").first.is_visible()
                say(f"the server's drawing is what gets printed of {path}", seen)
            page.emulate_media(media="screen")
        context.close()

    # Questions.

    def ask(self, page, device, button, **fields):
        """Fills the form in and presses a button, or Enter in the last field."""
        page.goto(self.base + told(device, "id"))
        for name, value in fields.items():
            page.fill(f"[name={name}]", value)
        try:
            with page.expect_navigation(timeout=60_000):
                if button:
                    page.click(f"button[value={button}]")
                else:
                    page.press(f"[name={list(fields)[-1]}]", "Enter")
        except Error as error:
            return str(error)
        return page.inner_text("main")

    def questions(self, device):
        context = self.context()
        wrong = self.ask(self.page(context), device, "ask", pin="000")
        say("a wrong PIN is told on the page", wrong.startswith("PIN salah"), wrong[:100])
        page = self.page(context)
        asked = self.ask(page, device, "ask", pin=self.pin)
        flaws = self.judge(page, "asked")
        say("a device is asked", page.locator("pre").count() == 1 and not flaws, "; ".join(flaws) or asked[:80])
        compared = self.ask(page, device, None, pin=self.pin, display="12,43 L/s")
        flaws = self.judge(page, "compared")
        words = "; ".join(flaws) or compared[:80]
        say("Enter after the display's number compares", "12,43" in compared and not flaws, words)
        context.close()
        self.record(device)

    def record(self, device):
        context = self.context(1280)
        page = self.page(context)
        self.ask(page, device, "record", pin=self.pin, by='Sari <b>&"')
        sheets = page.locator(".sheet")
        if sheets.count() != 2:
            return say("the record has its signatures on page one", False, page.inner_text("main")[:120])
        pages = self.printed(page, "record")
        page.set_viewport_size({"width": PAPER_WIDTH, "height": PAPER_HEIGHT})
        page.emulate_media(media="print")
        first = sheets.first.bounding_box()
        bottom, wide = first["y"] + first["height"], page.evaluate("document.querySelector('.sheet').scrollWidth")
        signed = sheets.first.inner_text()
        whole = "Tanda tangan" in signed and signed.count("____") >= 2 and 'Sari <b>&"' in signed
        say(
            "the record has its signatures on page one",
            whole and bottom <= PAPER_HEIGHT and wide <= PAPER_WIDTH and pages >= 2,
            f"ends at {bottom:.0f} of {PAPER_HEIGHT}, {wide} of {PAPER_WIDTH} wide, {pages} pages",
        )
        context.close()


def main():
    base, pin, out = sys.argv[1].rstrip("/"), sys.argv[2], sys.argv[3]
    pathlib.Path(out).mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        eyes = Eyes(browser, base, pin, out)
        status = browser.new_context().request.get(base + "/api/status.json").json()
        buses = {bus["id"]: bus["address"] for bus in status["buses"]}
        asked = next(d for d in status["devices"] if not buses[d["bus"]].startswith("mqtt") and d["answering"])
        device = "/device/" + asked["id"]
        paths = eyes.links(["/", "/operator", "/kota", "/map", "/configuration"])
        figure = next((path for path in paths if path.startswith("/figure?")), None)
        eyes.every_page(["/", device, "/operator", "/kota", "/map", "/configuration"] + ([figure] if figure else []))
        eyes.keyboard("/")
        eyes.keyboard(device)
        eyes.live()
        eyes.without_scripts()
        eyes.without_libraries(device)
        eyes.charts_in_the_dark(device)
        eyes.paper(device)
        eyes.questions(device)
        browser.close()
    say("all", failed == 0, f"{failed} failed, {time.monotonic() - began:.0f} s")
    sys.exit(failed > 0)


main()
