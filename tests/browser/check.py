"""What a reader does with the page, in headless Chromium: clicks a number, filters, tabs, reads it with the eyes of
axe-core, and opens pages of hostile names. Every request that is not for the page itself is a failure."""

import base64
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

ROOT = pathlib.Path(__file__).resolve().parents[2]
# axe-core comes with this package; the package itself, which drives another browser tool, is not used.
AXE = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js"

LEXICON = """
[lexicon]
id = "naming"
version = "1"
language = "en"
[[referent]]
id = "captives"
label = "<b>people</b> held"
[[referent.variant]]
id = "hostage"
connotation = "<script>window.ran = 1</script>"
terms = ["hostage*"]
[[referent.variant]]
id = "prisoner"
terms = ["prisoner*"]
"""

WIDE = """
[lexicon]
id = "wide"
version = "1"
language = "en"
[[about]]
id = "side"
within = "sentence"
[about.sides]
reds = ["Reds"]
blues = ["Blues"]
[[referent]]
id = "captives"
[[referent.variant]]
id = "hostage"
terms = ["hostage", "hostages", "people held"]
[[referent.variant]]
id = "prisoner"
terms = ["prisoner*"]
[[category]]
id = "deaths"
about = "side"
terms = ["killed"]
[[category]]
id = "sources.officials"
terms = ["officials", "ministers"]
[[category]]
id = "threat"
terms = ["threat", "warning"]
"""

FILLER = ("stone river bread lamp road field window table paper letter garden winter bridge market tower school train bottle "
          "candle mirror").split()

# Numbers that lead to some of the lines of a path: what a link says it leads to, and a section that has such links.
KINDS = {"e": "words", "w": "whom", "z": "emphasis", "b": "association", "t": "time"}

HOSTILE = [
    "<script>window.ran = 1</script>",
    "=cmd|' /C calc'!A0",
    "\"><img src=x onerror=\"window.ran = 1\">",
    "' onmouseover='window.ran = 1",
    "</title></style></script><svg onload=window.ran=1>",
]


def check(condition, what):
    """Fails with a sentence."""
    if not condition:
        raise SystemExit(f"browser: {what}")


def framescope(*arguments):
    """Runs the binary."""
    done = subprocess.run([BINARY, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)
    check(done.returncode == 0, f"framescope {' '.join(map(str, arguments))}: {done.returncode}\n{done.stderr}")
    return done


def browser(folder, width=1280):
    """A fresh Chromium that logs every request and every word of its console."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 "--force-prefers-reduced-motion", f"--window-size={width},1000", f"--user-data-dir={folder}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    service = webdriver.ChromeService(executable_path="/usr/bin/chromedriver")
    driver = webdriver.Chrome(options=options, service=service)
    # A busy machine is slow, not wrong.
    driver.set_script_timeout(300)
    driver.command_executor.client_config.timeout = 600
    # The browser's own first page is none of ours.
    driver.get("about:blank")
    return driver


def requests_of(driver):
    """The addresses that were asked for since the last look."""
    entries = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    return [e["params"]["request"]["url"] for e in entries if e["method"] == "Network.requestWillBeSent"]


def opened(driver, page):
    """Opens a page, and checks that it asks for nothing else and complains of nothing."""
    requests_of(driver)
    driver.get(page.as_uri())
    asked = [url for url in requests_of(driver) if url.split("#")[0] != page.as_uri()]
    check(not asked, f"{page.name} asks for {asked}")
    said = [entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    check(not said, f"{page.name}: the console says {said}")


def shown_lines(driver):
    """The lines that can be seen."""
    return [line for line in driver.find_elements(By.CSS_SELECTOR, "#lines li") if line.is_displayed()]


def clicks_a_number(driver):
    """A number in a table leads to as many lines as it says."""
    for summary in driver.find_elements(By.CSS_SELECTOR, "details.numbers > summary"):
        summary.click()
    numbers = [a for a in driver.find_elements(By.CSS_SELECTOR, "details.numbers td a.n")
               if a.is_displayed() and a.text.isdigit() and 0 < int(a.text) < 20]
    check(len(numbers) > 10, "there are hardly any numbers to click")
    number = numbers[0]
    wanted, voice = int(number.text), number.get_attribute("data-v")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", number)
    number.click()
    lines = shown_lines(driver)
    check(len(lines) == wanted, f"the number {wanted} leads to {len(lines)} lines")
    voices = {line.get_attribute("data-v") for line in lines}
    check(voices <= ({"q"} if voice == "q" else {"n", "a"}), f"the lines of {voice!r} have the voices {voices}")
    focused = driver.switch_to.active_element
    check(focused.tag_name == "summary", f"the focus is on {focused.tag_name}, not on the lines")
    check(all(line.find_elements(By.CSS_SELECTOR, "mark, .unshown") for line in lines), "a line shows no word found")
    driver.back()


def some_lines(driver):
    """A number of one word, side, zone, period or couple leads to its own lines, says so, and "Show all" takes it back."""
    driver.execute_script("document.querySelectorAll('details.numbers').forEach((d) => { d.open = true; })")
    for kind, section in KINDS.items():
        links = driver.find_elements(By.CSS_SELECTOR, f"#{section} a.n[data-k={kind}]")
        links = [a for a in links if a.is_displayed() and a.text.isdigit() and int(a.text) < 20]
        check(links, f"no number of #{section} leads to some of the lines")
        link = links[len(links) // 2]
        wanted, words = int(link.text), link.get_attribute("data-s")
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
        link.click()
        lines = shown_lines(driver)
        if kind == "b":
            check(wanted <= len(lines) <= 2 * wanted, f"{wanted} sentences {words}: {len(lines)} lines")
        else:
            check(len(lines) == wanted, f"the number {wanted} {words} leads to {len(lines)} lines")
        count = driver.find_element(By.ID, "f-count").text
        check(count.endswith(words), f"the count says {count!r} and not {words!r}")
        driver.find_element(By.ID, "f-clear").click()
        check(not driver.find_element(By.ID, "f-count").text, "showing all leaves the count of a filter")
        check(len(shown_lines(driver)) > len(lines), "showing all shows no more")


def desks(driver):
    """What a desk changed stands in both columns, and its frame leads to its lines."""
    rows = driver.find_elements(By.CSS_SELECTOR, "#desks tbody tr")
    changed = [row for row in rows if row.find_elements(By.CSS_SELECTOR, "del mark")
               and row.find_elements(By.CSS_SELECTOR, "ins mark")]
    check(changed, "no row has the words of both desks")
    chip = changed[0].find_element(By.CSS_SELECTOR, "a.chip")
    path = chip.get_attribute("data-p")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", chip)
    chip.click()
    lists = [d for d in driver.find_elements(By.CSS_SELECTOR, "details.lines") if d.is_displayed()]
    check(lists and all(path in d.get_attribute("data-p").split() for d in lists), "a frame leads to other lines")
    driver.find_element(By.ID, "f-clear").click()


def events(driver):
    """An event leads from the table to its articles, which open."""
    sets = driver.find_elements(By.CSS_SELECTOR, "details.set")
    check(len(sets) > 6 and not sets[-1].get_attribute("open"), "all events are open")
    for summary in driver.find_elements(By.CSS_SELECTOR, "#events details.numbers > summary"):
        if not summary.find_element(By.XPATH, "..").get_attribute("open"):
            summary.click()
    last = sets[-1].get_attribute("id")
    link = driver.find_element(By.CSS_SELECTOR, f"#events a[href='#{last}']")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    link.click()
    WebDriverWait(driver, 5).until(lambda d: d.find_element(By.ID, last).get_attribute("open"))
    check(sets[-1].find_element(By.TAG_NAME, "article").is_displayed(), "the articles of an event do not open")


    number = driver.find_element(By.XPATH, f"//*[@id='events']//a[starts-with(@href, '#{last}-')]")
    wanted = number.get_attribute("href").split("#")[1]
    check(number.text.isdigit(), f"{number.text!r} is no number of articles")
    driver.execute_script("arguments[0].open = false; arguments[1].scrollIntoView({block: 'center'})", sets[-1], number)
    number.click()
    WebDriverWait(driver, 5).until(lambda d: d.find_element(By.ID, wanted).is_displayed())
    check(driver.find_element(By.ID, wanted).tag_name == "article", "a number of articles leads to none")


def paper(driver, page):
    """A print has the figures and the short tables of what is claimed, and says what it leaves to the page."""
    opened(driver, page)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    def printed(table):
        # Selenium takes whatever is in a closed details for hidden, and here it is not.
        return driver.execute_script("return arguments[0].querySelector('table').checkVisibility()", table)

    long = driver.find_elements(By.CSS_SELECTOR, "figure details.long")
    short = driver.find_elements(By.CSS_SELECTOR, "figure details:not(.long)")
    check(long and not any(map(printed, long)), "a long table is printed")
    check(short and all(map(printed, short)), "a short table is not printed")
    check(driver.find_element(By.CSS_SELECTOR, ".on-paper.always").is_displayed(), "a print does not say where the lines are")
    notes = driver.find_elements(By.CSS_SELECTOR, "figure details.long + .on-paper")
    check(len(notes) == len(long) and all(note.is_displayed() for note in notes), "a print does not say what it leaves out")
    driver.execute_script("arguments[0].open = true", long[0])
    check(printed(long[0]), "a long table that was opened is not printed")
    check(not notes[0].is_displayed(), "a print says that it leaves out what it has")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    check(not any(note.is_displayed() for note in notes), "what is for paper stands on the screen")
    opened(driver, page)
    pdf = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    check(5 < pages <= 35, f"the example is {pages} pages on paper")


def other_tests(driver):
    """Paired tests stand on the page where events are the units."""
    section = driver.find_element(By.ID, "other-tests")
    heads = [th.text for th in section.find_elements(By.CSS_SELECTOR, "thead th")]
    check("Wilcoxon" in heads and "mean difference" in heads, f"the paired tests have the heads {heads}")
    check(section.find_elements(By.CSS_SELECTOR, "tbody tr"), "the paired tests have no row")


def filters(driver):
    """A frame, an outlet and a voice leave their lines and no others."""
    driver.find_element(By.ID, "f-clear").click()
    frame = Select(driver.find_element(By.ID, "f-path"))
    value = next(o.get_attribute("value") for o in frame.options if o.text.endswith("captives.hostage"))
    frame.select_by_value(value)
    lists = [d for d in driver.find_elements(By.CSS_SELECTOR, "details.lines") if d.is_displayed()]
    check(lists, "the filter leaves no list")
    check(all(value in d.get_attribute("data-p").split() for d in lists), "the filter leaves lists of other frames")
    group = Select(driver.find_element(By.ID, "f-group"))
    group.select_by_index(1)
    wanted = group.first_selected_option.get_attribute("value")
    lists = [d for d in driver.find_elements(By.CSS_SELECTOR, "details.lines") if d.is_displayed()]
    check([d.get_attribute("data-g") for d in lists] == [wanted], "the filter of the outlet leaves others")
    if not lists[0].get_attribute("open"):
        lists[0].find_element(By.TAG_NAME, "summary").click()
    before = len(shown_lines(driver))
    Select(driver.find_element(By.ID, "f-voice")).select_by_value("q")
    quoted = shown_lines(driver)
    check(len(quoted) < before, "the filter of the voice takes nothing away")
    check(all(line.get_attribute("data-v") == "q" for line in quoted), "the filter of the voice leaves others")
    count = driver.find_element(By.ID, "f-count").text
    check(count.startswith(f"{len(quoted)} line"), f"the count says {count!r} of {len(quoted)}")
    driver.find_element(By.ID, "f-clear").click()
    check(not driver.find_element(By.ID, "f-count").text, "showing all leaves the count of a filter")


def tabs_through(driver):
    """With the keyboard alone: skip to the contents, open the numbers of a figure, follow one to its lines."""
    driver.execute_script("window.scrollTo(0, 0); document.activeElement.blur()")
    driver.refresh()
    body = driver.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    first = driver.switch_to.active_element
    check(first.get_attribute("class") == "skip", "the first stop is not the link that skips to the contents")
    check(first.is_displayed() and first.rect["x"] >= 0, "the link that skips cannot be seen when it has the focus")
    first.send_keys(Keys.ENTER)
    for _ in range(200):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        here = driver.switch_to.active_element
        if here.tag_name == "summary":
            break
    check(here.tag_name == "summary", "200 stops and no numbers to open")
    outline = here.value_of_css_property("outline-style")
    check(outline != "none", "the focus cannot be seen")
    here.send_keys(Keys.ENTER)
    for _ in range(40):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        here = driver.switch_to.active_element
        if here.tag_name == "a" and here.get_attribute("data-p"):
            break
    check(here.get_attribute("data-p"), "no number can be reached by keyboard")
    here.send_keys(Keys.ENTER)
    WebDriverWait(driver, 5).until(lambda d: d.switch_to.active_element.tag_name == "summary")
    check(shown_lines(driver), "a number followed by keyboard leads to no line")


def axe(driver, what, opened=12):
    """No serious fault that axe-core finds, with so much opened."""
    driver.execute_script("document.querySelectorAll('details').forEach((d, i) => { d.open = i < arguments[0]; })", opened)
    driver.execute_script(AXE.read_text(encoding="utf-8"))
    found = driver.execute_async_script(
        "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(done)")
    serious = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
    lines = [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in serious]
    check(not serious, f"axe-core, {what}:\n" + "\n".join(lines))


def fits(driver, width, what):
    """Nothing makes the page itself scroll sideways."""
    driver.set_window_size(width, 900)
    # Chromium's window has a least width; what the page is told is what counts.
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
    overflow = driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check(overflow <= 0, f"{what} at {width} pixels is {overflow} pixels too wide")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def dark(driver, on):
    """Light or dark."""
    value = "dark" if on else "light"
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                           {"features": [{"name": "prefers-color-scheme", "value": value}]})


def hostile_page(folder):
    """A corpus whose names and texts are attacks."""
    articles = folder / "hostile.jsonl"
    with articles.open("w", encoding="utf-8") as out:
        for i, name in enumerate(HOSTILE * 6):
            article = {"id": f"{i}{name}", "outlet": name, "title": name, "event": name if i % 2 else "e<i>",
                       "text": f"{name} The hostages {name} and a prisoner. {name} " * 5}
            out.write(json.dumps(article) + "\n")
    lexicon = folder / "naming.toml"
    lexicon.write_text(LEXICON, encoding="utf-8")
    for shown in ["excerpts", "full", "none"]:
        page = folder / f"hostile-{shown}.html"
        framescope("report", articles, "-l", lexicon, "--show-text", shown, "-o", page)
        yield page


def rtl_page(folder):
    """Names written from right to left, and long ones."""
    articles = folder / "rtl.jsonl"
    names = ["صحيفة المنبر العربي", "הארץ היומי", "The Very Long Name of a Newspaper That Goes On and On (Morning Edition)"]
    with articles.open("w", encoding="utf-8") as out:
        for i in range(18):
            article = {"id": f"a{i}", "outlet": names[i % 3], "title": "قال الناطق", "event": f"حدث {i // 3}",
                       "text": "The hostages and the prisoners. وقال الناطق إن المفاوضات مستمرة. " * (5 + i)}
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    lexicon = folder / "naming.toml"
    page = folder / "rtl.html"
    framescope("report", articles, "-l", lexicon, "-o", page)
    return page


def filler(seed):
    """Words that say nothing, in an order of its own for every seed: articles that share only these are no copies."""
    state, words = seed + 1, ["They saw"]
    for _ in range(60):
        state = (state * 1_664_525 + 1_013_904_223) % 2**32
        words.append(FILLER[(state >> 16) % len(FILLER)])
    return " ".join(words) + "."


def wide_page(folder):
    """A corpus that fills every section."""
    articles, lexicon, page = folder / "wide.jsonl", folder / "wide.toml", folder / "wide.html"
    lexicon.write_text(WIDE, encoding="utf-8")
    first = ""
    with articles.open("w", encoding="utf-8") as out:
        for day in range(14):
            for number, outlet in enumerate(["Courier", "Ledger"]):
                held = ["hostages", "hostage", "people held"][day % 3] if number == 0 else "prisoners"
                whom = "Reds" if number == 0 or day % 4 == 0 else "Blues"
                late = "A warning came from the sea. " if day % 3 == 0 else ""
                text = (f"Nobody left the {held} of day {day} alone with Orsic{day} and Weil{day} at the harbour wall of Sarn{day}, "
                        f"and a threat hung over them.\n\n{filler(2 * day + number)} Two {whom} were killed at the gate. "
                        f"Officials spoke of a threat to the {held}. Nothing else was said on the day that followed it. {late}A warning came late. "
                        f"Ministers had left. “The {['hostages', 'prisoner'][day % 2]} must come home,” they said.")
                if (number, day % 5) == (1, 0):
                    # This desk prints the other's text with other words.
                    text = first.replace("hostages", "prisoners").replace("hostage", "prisoner")
                first = text
                article = {"id": f"{number}-{day}", "outlet": outlet, "title": f"Day {day} of the {['hostages', 'talks'][number]}",
                           "text": text, "date": f"2031-{3 + day // 9:02}-{1 + day % 9 * 3:02}"}
                out.write(json.dumps(article, ensure_ascii=False) + "\n")
    framescope("report", articles, "-l", lexicon, "--events", "auto", "--replicates", "199", "-o", page)
    return page


def main():
    """All of it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        page = folder / "report.html"
        framescope("report", "examples/articles.jsonl", "-l", "talks", "-o", page)
        driver = browser(folder / "profile")
        try:
            opened(driver, page)
            clicks_a_number(driver)
            filters(driver)
            tabs_through(driver)
            for on in (False, True):
                dark(driver, on)
                opened(driver, page)
                axe(driver, "dark" if on else "light")
            dark(driver, False)
            for width in (400, 1280, 2560):
                opened(driver, page)
                fits(driver, width, "the page")
            paper(driver, page)
            wide = wide_page(folder)
            opened(driver, wide)
            some_lines(driver)
            desks(driver)
            events(driver)
            other_tests(driver)
            for on in (False, True):
                dark(driver, on)
                opened(driver, wide)
                axe(driver, f"every section, {'dark' if on else 'light'}", 40)
            dark(driver, False)
            for width in (400, 1280, 2560):
                opened(driver, wide)
                fits(driver, width, "every section")
            for hostile in hostile_page(folder):
                opened(driver, hostile)
                driver.execute_script("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
                check(driver.execute_script("return window.ran") is None, f"{hostile.name}: a name was run as a script")
                images = driver.find_elements(By.TAG_NAME, "img")
                check(not images, f"{hostile.name}: a name became an image")
                fits(driver, 400, hostile.name)
            rtl = rtl_page(folder)
            opened(driver, rtl)
            axe(driver, "names from right to left")
            fits(driver, 400, "names from right to left")
        finally:
            driver.quit()
    print("browser: the page can be clicked, filtered, tabbed through, read out and printed; nothing leaves it")


if __name__ == "__main__":
    BINARY = str(pathlib.Path(sys.argv[1]).resolve())
    main()
