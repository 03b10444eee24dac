#!/usr/bin/env python3
"""Writes a page of the newest figures anew whenever one comes: board.html, which needs no server and no script.

usage: board.py [--prefix kediri] [--lang en|id] [--devices] [--output board.html] [options of mosquitto_sub]
  board.py -h broker.example
  board.py --lang id --output /var/www/html/index.html -h broker.example -p 8883 --cafile ca.pem -u board -P SECRET

It needs mosquitto_sub (Debian: mosquitto-clients) and nothing else.
"""
import argparse
import datetime
import html
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import zoneinfo

WORDS = {
    "en": {"title": "Figures", "15min": "15 minutes", "hour": "hour", "day": "day", "month": "month", "year": "year",
           "complete": "{} % complete", "incomplete": "incomplete", "uncertain": "uncertain", "bad": "no data",
           "old": "old", "nothing": "nothing expected yet", "sure": "sure", "made": "as of {}",
           "written": "written {}"},
    "id": {"title": "Indikator", "15min": "15 menit", "hour": "jam", "day": "hari", "month": "bulan", "year": "tahun",
           "complete": "data {} %", "incomplete": "belum lengkap", "uncertain": "belum pasti", "bad": "tidak ada data",
           "old": "data lama", "nothing": "belum ada yang ditunggu", "sure": "pasti", "made": "per {}",
           "written": "ditulis {}"},
}
WINDOWS = ["15min", "hour", "day", "month", "year"]
OLD = datetime.timedelta(minutes=5)  # after the window's end: the next one's figure should have come
PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta http-equiv="refresh" content="30">
<meta name="viewport" content="width=device-width"><title>{title}</title><style>
body {{ font: 16px sans-serif; margin: 1em; }} section {{ display: flex; flex-wrap: wrap; gap: .7em; }}
article {{ border: 2px solid #176; border-radius: .5em; padding: .6em; width: 15em; }} b {{ font-size: 1.7em; }}
article.grey {{ border: 2px dashed #999; background: #eee; color: #555; }} p {{ margin: .2em 0; }}
</style><h1>{title}</h1><section>{cards}</section><p>{written}</p></html>
"""


def doubt(figure, now):
    """Why a figure is not sure; None where it is."""
    if "quality" in figure:
        return figure["quality"]
    if figure.get("completeness", 1) < figure.get("parts", {}).get("complete_above", 0.9):
        return "incomplete"
    if datetime.datetime.fromisoformat(figure["to"]) + OLD < now:
        return "old"
    return None


def number(value, words):
    if not isinstance(value, (int, float)):
        return "–" if value is None else str(value)
    text = f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,")) if words is WORDS["id"] else text


def card(topic, figure, words, now):
    why = doubt(figure, now)
    complete = figure.get("completeness")
    # The revision is the minutes from the window's beginning to the figure.
    made = datetime.datetime.fromisoformat(figure["from"]) + datetime.timedelta(minutes=figure["revision"])
    lines = [
        figure["indicator"],
        f"{figure.get('gateway', figure.get('city'))} {figure['scope']}",
        words[figure["window"]],
        words["nothing"] if complete is None else words["complete"].format(int(complete * 10_000 + 0.5) // 100),
        words[why or "sure"] + (f" ({figure['reason']})" if "reason" in figure else ""),
        words["made"].format(made.astimezone(zoneinfo.ZoneInfo(figure["zone"])).strftime("%Y-%m-%d %H:%M")),
    ]
    name, *rest = (f"<p>{html.escape(line)}</p>" for line in lines)
    value = f"<p><b>{html.escape(number(figure['value'], words))}</b> {html.escape(figure.get('unit', ''))}</p>"
    kind = "grey" if why else "sure"
    return f'<article class="{kind}" id="{html.escape(topic)}">{name}{value}{"".join(rest)}</article>'


def write(path, figures, lang):
    """Replaces the page in one step, so that nobody sees half of one."""
    words, now = WORDS[lang], datetime.datetime.now(datetime.timezone.utc)
    order = sorted(figures.items(), key=lambda item: (item[0].split("/")[-4:-1], WINDOWS.index(item[1]["window"])))
    cards = "".join(card(topic, figure, words, now) for topic, figure in order)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(PAGE.format(lang=lang, title=words["title"], cards=cards,
                               written=words["written"].format(now.astimezone().strftime("%Y-%m-%d %H:%M:%S"))))
    os.replace(path + ".new", path)


def take(line, figures, devices):
    """Keeps the figure of a line. An unknown window, and what is no figure, is left out."""
    topic, _, payload = line.rstrip("\n").partition(" ")
    if not payload:
        figures.pop(topic, None)
        return
    try:
        figure = json.loads(payload)
        if figure["window"] in WINDOWS and (devices or not figure["scope"].startswith("device-")):
            card(topic, figure, WORDS["en"], datetime.datetime.now(datetime.timezone.utc))
            figures[topic] = figure
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
        print(f"{topic}: left out: {error!r}", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--prefix", default="kediri")
    parser.add_argument("--lang", choices=WORDS, default="en")
    parser.add_argument("--devices", action="store_true")
    parser.add_argument("--output", default="board.html")
    options, rest = parser.parse_known_args()
    topics = [f"{options.prefix}/indicators/+/+/+/+/+", f"{options.prefix}/city/indicators/+/+/+/+"]
    command = ["mosquitto_sub", "-V", "5", "-q", "1", "-F", "%t %p", "-t", topics[0], "-t", topics[1], *rest]
    figures, lines = {}, queue.SimpleQueue()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as subscriber:
        signal.signal(signal.SIGTERM, lambda number, frame: subscriber.terminate())
        threading.Thread(target=read, args=(subscriber.stdout, lines), daemon=True).start()
        ended = False
        while not ended:
            try:
                line = lines.get(timeout=30)
                while line is not None:
                    take(line, figures, options.devices)
                    line = lines.get_nowait()
                ended = True
            except queue.Empty:
                pass  # for now; a figure also grows old when none comes
            if figures:  # none comes where the broker is away: then the last page stays
                write(options.output, figures, options.lang)
    return subscriber.returncode


def read(stream, lines):
    for line in stream:
        lines.put(line)
    lines.put(None)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        pass
